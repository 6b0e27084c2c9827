"""A small team on the stand-in for Slack, and a small real Bolt app that it can talk to."""

import contextlib
import dataclasses
import json
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.serving import serving
from bot.sandbox.slack.delivery import Delivery
from bot.sandbox.slack.people import Channel, Member, Workspace
from bot.sandbox.slack.person import Person
from bot.sandbox.slack.shape import Json
from bot.sandbox.slack.standin import SlackStandIn
from tests.patience import PATIENCE

# 2026-11-24 08:00 in London
TUESDAY = 1_795_507_200.0
MANIFEST: Json = {
    "display_information": {"name": "Helper"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Helper"},
        "slash_commands": [
            {"command": "/help", "description": "helps", "should_escape": True},
            {"command": "/raw", "description": "helps", "should_escape": False},
        ],
        "shortcuts": [{"name": "Ask", "type": "global", "callback_id": "ask", "description": "asks"}],
    },
    "oauth_config": {
        "scopes": {
            "bot": ["chat:write", "commands", "im:write", "users:read", "team:read", "channels:read"],
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "user_change", "tokens_revoked", "app_uninstalled"]}
    },
}


class SetClock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.now = TUESDAY

    def __call__(self) -> float:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += seconds


class Bot:
    """Where the stand-in delivers: a real Bolt app, another one for each test."""

    def __init__(self) -> None:
        self.bolt: App | None = None

    async def events(self, request: Request) -> Response:
        assert self.bolt is not None, "the test has no bot"
        delivered = BoltRequest(body=(await request.body()).decode(), headers=dict(request.headers.items()))
        answer = await run_in_threadpool(self.bolt.dispatch, delivered)
        headers = {name: values[0] for name, values in answer.headers.items()}
        return Response(answer.body, answer.status, headers)


@dataclasses.dataclass(frozen=True)
class House:
    """The stand-in, served, and the bot it delivers to, served."""

    slack: SlackStandIn
    clock: SetClock
    url: str
    bot: Bot


@dataclasses.dataclass(frozen=True)
class Team:
    """Acme: Ana and Ben, both in #sales with the app; Cara is in #secret, where the app is not."""

    house: House
    acme: Workspace
    ana: Member
    ben: Member
    cara: Member
    sales: Channel
    secret: Channel

    @property
    def slack(self) -> SlackStandIn:
        return self.house.slack

    @property
    def clock(self) -> SetClock:
        return self.house.clock

    @property
    def client(self) -> WebClient:
        return WebClient(self.acme.bot_token, base_url=f"{self.house.url}/api/")

    def person(self, member: Member) -> Person:
        return self.slack.person(member.id)

    def problems(self) -> list[str]:
        return [str(problem) for problem in self.slack.problems.all]

    def bot(self) -> App:
        """A Bolt app without listeners, which from now on gets what Slack delivers."""
        bolt = App(client=self.client, signing_secret=self.slack.app.signing_secret)
        self.house.bot.bolt = bolt
        return bolt


def with_scopes(*scopes: str) -> Json:
    """The manifest, with these scopes of the bot's alone."""
    return MANIFEST | {"oauth_config": {"scopes": {"bot": list(scopes)}}}


@contextlib.contextmanager
def a_house(manifest: Json | None = None, *, patience: float = PATIENCE) -> Iterator[House]:
    """Serve both sides; this takes long enough to be shared, and workspaces keep tests apart."""
    clock, bot = SetClock(), Bot()
    slack = SlackStandIn(manifest or MANIFEST, clock=clock, patience=patience, retry_after=(0.0, 0.01, 0.02))
    app = Starlette(routes=[Route("/slack/events", bot.events, methods=["POST"])])
    with slack.serve() as url, serving(app) as address:
        slack.delivers_to(f"{address}/slack/events")
        yield House(slack, clock, url, bot)


def module_house(*scopes: str) -> object:
    """The fixture `house` of a module whose bot has these scopes alone."""

    @pytest.fixture(scope="module")
    def house() -> Iterator[House]:
        with a_house(with_scopes(*scopes)) as house:
            yield house

    return house


def a_team(house: House) -> Team:
    """A workspace of its own, in a house in which nothing was found wrong yet."""
    house.slack.problems.clear()
    house.slack.faults.clear()
    people = house.slack.people
    acme = people.add_workspace("acme")
    ana = people.add_member(acme.id, "ana", "Ana Sol", admin=True)
    ben = people.add_member(acme.id, "ben", "Ben Ray", tz="America/New_York")
    cara = people.add_member(acme.id, "cara", "Cara Lind")
    sales = people.add_channel(acme.id, "sales", [ana.id, ben.id])
    secret = people.add_channel(acme.id, "secret", [cara.id], private=True, with_bot=False)
    return Team(house, acme, ana, ben, cara, sales, secret)


def section(text: str, **more: object) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(text: str, action_id: str, **more: object) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field(label: str, element: Json, block_id: str, **more: object) -> Json:
    return {"type": "input", "label": plain(label), "element": element, "block_id": block_id, **more}


def option(text: str, value: str = "") -> Json:
    return {"text": plain(text), "value": value or text.lower()}


def modal(*blocks: Json, **more: object) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("A form"),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "blocks": list(blocks),
        **more,
    }


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks)}


def payload_of(delivery: Delivery) -> Json:
    form = parse_qs(delivery.sent.decode(), keep_blank_values=True)
    if "payload" in form:
        payload: Json = json.loads(form["payload"][0])
        return payload
    if delivery.headers["Content-Type"] == "application/json":
        event: Json = json.loads(delivery.sent)
        return event
    return {name: values[0] for name, values in form.items()}
