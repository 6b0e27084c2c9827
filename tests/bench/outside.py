"""The stand-ins for Slack and Google in a process of their own, so that their work is not taken for the bot's."""

import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.clients.system import SystemClock
from bot.sandbox.google.app import google_app
from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.serving import serving
from bot.sandbox.slack.payloads import Payloads
from bot.sandbox.slack.people import Channel, Member, Workspace
from bot.sandbox.slack.standin import SlackStandIn
from tests.bench.google import SignedIn, sign_in
from tests.bench.house import ADDRESS

_DISTANCE = timedelta(minutes=45)


@dataclass(frozen=True, slots=True)
class Outside:
    """Where the stand-ins are, what opens them, and commands that a member is about to type."""

    slack_url: str
    google_url: str
    bot_token: str
    signing_secret: str
    team_id: str
    user_id: str
    google: SignedIn
    commands: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Seen:
    """How many answers Slack took, and what Slack finds fault with."""

    answers: int
    problems: str


def stand_in(pipe: Connection, manifest: Mapping[str, Any], events: int, commands: int) -> None:
    """Serve both, tell where (`Outside`), and answer every word from the pipe with `Seen` until it is closed."""
    slack, world = SlackStandIn(manifest), GoogleWorld()
    acme = slack.people.add_workspace("acme", "Acme")
    ana = slack.people.add_member(acme.id, "ana", "Ana", tz="America/New_York")
    channel = slack.people.add_channel(acme.id, "sales", [ana.id])
    google = sign_in(world)
    _fill(world, events, SystemClock().now())
    with ExitStack() as stack:
        slack_url = stack.enter_context(slack.serve())
        google_url = stack.enter_context(serving(remembering(google_app(world))))
        typed = _typed(slack, acme, ana, channel, commands)
        secret = slack.app.signing_secret
        pipe.send(Outside(slack_url, google_url, acme.bot_token, secret, acme.id, ana.id, google, typed))
        try:
            while pipe.recv():
                pipe.send(
                    Seen(
                        len(slack.ledger.matching("POST", "/commands/.*", 200)),
                        ", ".join(str(one) for one in slack.problems.all[:3]),
                    )
                )
        except EOFError:
            return


def remembering(app: ASGIApp) -> ASGIApp:
    """`app`, that works out each page of a listing once and then has it at hand.

    Otherwise a stand-in that is asked for ten thousand events over and over takes the core that the bot is to have.
    """
    known: dict[tuple[str, str], list[Message]] = {}

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        asked = QueryParams(scope.get("query_string", b""))
        if scope["type"] != "http" or "syncToken" in asked:
            await app(scope, receive, send)
            return
        key = (scope["path"], asked.get("pageToken", ""))
        if key not in known:
            said: list[Message] = []

            async def note(message: Message) -> None:
                said.append(message)

            await app(scope, receive, note)
            known[key] = said
        for message in known[key]:
            await send(message)

    return answer


def _fill(world: GoogleWorld, events: int, now: datetime) -> None:
    for number in range(events):
        start = now + _DISTANCE * number
        times = {
            "start": {"dateTime": start.isoformat(timespec="seconds")},
            "end": {"dateTime": (start + timedelta(minutes=30)).isoformat(timespec="seconds")},
        }
        world.put_event(ADDRESS, summary=f"Weekly planning with team {number}", **times)
    # Every sync token is too old: each sync of this calendar reads all of it again.
    world.calendars[ADDRESS].tokens_from = sys.maxsize


def _typed(slack: SlackStandIn, acme: Workspace, ana: Member, channel: Channel, count: int) -> list[bytes]:
    payloads = Payloads(slack._backend, acme, ana)
    return [urlencode(payloads.command(channel, "/daybook", "help")).encode() for _ in range(count)]
