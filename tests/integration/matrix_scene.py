"""The whole bot with Ana connected, and the people to whom nothing of hers may show."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import yaml
from slack_sdk import WebClient
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app import build_app
from bot.clients.system import SystemClock, new_id
from bot.domain.people import Workspace
from bot.rendering.blocks import section
from bot.rendering.surfaces import Modal
from bot.sandbox.serving import serving
from bot.sandbox.slack.standin import SlackStandIn
from bot.settings import Settings
from handlers.modals import loading_name, named
from handlers.registry import Kind, Registry
from handlers.slack_app import SlackApp
from storage.engine import open_engine
from storage.store import SqlStore
from storage.tables import METADATA
from storage.vault import Vault, new_key
from tests.databases import a_file
from tests.integration import deliveries
from tests.integration.deliveries import VIEW_HASH, Who
from tests.integration.matrix_hers import connected
from tests.integration.matrix_sent import Hers, Sent
from tests.integration.slack_house import MANIFEST, settle
from tests.limits import boundless
from tests.patience import PATIENCE

ANA = "Ana herself"
OUTSIDER = "another workspace's member"
_DECIDED = ("schedule", "reminder_choice", "reminder_minutes", "home")
"""What every member decides for himself."""


@dataclass(frozen=True)
class Scene:
    """The whole bot, Ana with everything connected, and the others."""

    registry: Registry
    store: SqlStore
    browser: httpx.Client
    signing_secret: str
    people: Mapping[str, Who]
    hers: Hers
    heard: list[bytes]
    slack: SlackStandIn
    client: WebClient

    def sends(self, person: str, kind: Kind, sent: Sent) -> str:
        """Deliver, wait until it has been worked on, and give everything that the person was answered or sees."""
        already = len(self.heard)
        who = self.at_his_device(person, in_modal=kind in (Kind.VIEW, Kind.ACTION))
        answer = deliveries.deliver(self.browser, self.signing_secret, sent(who, self.hers))
        assert answer.status_code == 200
        settle(self.store)
        return (answer.content + b"".join(self.heard[already:])).decode() + self.screen(who)

    def at_his_device(self, person: str, *, in_modal: bool) -> Who:
        """The person with a fresh trigger, and with a modal open where he is to submit one, or act in one."""
        who = self.people[person]
        device = self.slack.person(who.user_id)
        while device.modal is not None:
            device.closes(all_of_them=True)
        if in_modal and person != OUTSIDER:
            view = Modal("Form", (section("…"),))
            opened = self.client.views_open(trigger_id=self.slack.trigger(who.user_id), view=view.payload())
            who = replace(who, view_id=opened["view"]["id"])
            # As Slack would have drawn it by the time of the answer: nobody here reads the acknowledgement.
            self.client.views_update(view_id=who.view_id, view=named(view, loading_name(who.view_id, VIEW_HASH)))
        return replace(who, trigger_id=self.slack.trigger(who.user_id))

    def screen(self, who: Who) -> str:
        """All that the person has in front of him."""
        person = self.slack.person(who.user_id)
        views = [view for view in (person.modal, person.home) if view is not None]
        return "\n".join([*map(person.reads, person.messages), *map(person.reads, views)])

    def snapshot(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row but those that anybody may cause: deliveries, what is known of the people themselves, and of
        what members decided about their time all but Ana's."""
        with self.store.connected("reading") as connection:
            members = METADATA.tables["member"]
            ana = connection.execute(
                select(members.c.id).where(members.c.slack_user_id == self.hers.slack_id)
            ).scalar_one()
            # Twice for each of a thousand cases: what SQLAlchemy makes of a row would take half of their time.
            read = connection.connection.cursor().execute
            rows = {name: read(f"SELECT * FROM {name} WHERE member_id = ?", [ana.hex]).fetchall() for name in _DECIDED}
            for name in METADATA.tables.keys() - {"inbox", "member", "workspace", "connect_link", *_DECIDED}:
                rows[name] = read(f"SELECT * FROM {name}").fetchall()
            return rows

    def links_of_ana(self) -> int:
        """How many private links there are in Ana's name."""
        links, members = METADATA.tables["connect_link"], METADATA.tables["member"]
        hers = select(members.c.id).where(members.c.slack_user_id == self.hers.slack_id)
        with self.store.connected("reading") as connection:
            return len(connection.execute(select(links.c.id).where(links.c.member_id.in_(hers))).all())


@contextmanager
def a_scene(folder: Path) -> Iterator[Scene]:
    """The bot as it is composed to be served, against the stand-in for Slack; nothing of Google's answers."""
    heard: list[bytes] = []
    slack = SlackStandIn(yaml.safe_load(MANIFEST.read_text()), trigger_seconds=PATIENCE)
    acme, other = slack.people.add_workspace("acme", "Acme"), slack.people.add_workspace("other", "Other")
    ana = slack.people.add_member(acme.id, "ana").id
    gone = slack.people.add_member(acme.id, "gone")
    gone.deleted = True
    url = a_file(folder)
    key = new_key()
    store = SqlStore(open_engine(url), Vault([key]))
    hers = connected(store, Workspace(new_id(), acme.id, "Acme"), ana)
    with store.writing() as work:
        work.workspaces.add(Workspace(new_id(), other.id, "Other"))
        work.commit()
    with ExitStack() as stack:
        slack_url = stack.enter_context(slack.serve())
        post = stack.enter_context(serving(listening_post(heard)))
        settings = Settings.model_validate(
            {
                "database_url": url,
                "secret_keys": key,
                "public_url": "https://daybook.test",
                "slack_api_url": f"{slack_url}/api/",
                "slack_bot_token": acme.bot_token,
                "slack_signing_secret": slack.app.signing_secret,
                "google_client_id": "client",
                "google_client_secret": "secret",
                **{f"google_{name}_url": "http://127.0.0.1:9/" for name in ("api", "auth", "token", "revoke")},
            }
        )
        daybook = stack.enter_context(build_app(settings, clock=SystemClock(), limits=boundless()))
        assert isinstance(daybook.slack, SlackApp)
        served = stack.enter_context(serving(daybook.web))
        browser = stack.enter_context(httpx.Client(base_url=served, trust_env=False, timeout=PATIENCE))
        people = {
            ANA: Who(ana, acme.id, response_url=post),
            "a colleague": Who(slack.people.add_member(acme.id, "ben").id, acme.id, response_url=post),
            "a guest": Who(slack.people.add_member(acme.id, "gus", guest=True).id, acme.id, response_url=post),
            "somebody who left": Who(gone.id, acme.id, response_url=post),
            "somebody of another organisation": Who(
                slack.people.add_member(acme.id, "eve", home_team=other.id).id, other.id, acme.id, response_url=post
            ),
            OUTSIDER: Who(slack.people.add_member(other.id, "mia").id, other.id, response_url=post),
        }
        client = WebClient(acme.bot_token, base_url=f"{slack_url}/api/")
        yield Scene(
            daybook.slack.registry, store, browser, slack.app.signing_secret, people, hers, heard, slack, client
        )


def listening_post(heard: list[bytes]) -> Starlette:
    """Takes what is sent to response URLs."""

    async def hear(request: Request) -> Response:
        heard.append(await request.body())
        return Response("ok")

    return Starlette(routes=[Route("/", hear, methods=["POST"])])
