"""Eight members at their devices, with Slack, Google and Zoom around them, in a process of their own."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from threading import Barrier
from time import perf_counter
from typing import Any

from bot.clients.google import scopes
from bot.clients.system import SystemClock
from bot.domain.accounts import Access
from bot.sandbox.bot_settings import zoom_settings_for
from bot.sandbox.google.app import google_app
from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.serving import serving
from bot.sandbox.slack.person import Person
from bot.sandbox.slack.standin import SlackStandIn
from bot.sandbox.zoom.app import serve_zoom
from bot.sandbox.zoom.world import ZoomWorld

ZONE = "Europe/Berlin"
MEMBERS = 8
_BOT = "http://127.0.0.1:1"
_SECONDS = 20.0
_BOOKED, _TAKEN = "Booked:", "taken a moment ago"


@dataclass(frozen=True, slots=True)
class Resident:
    """A member: his name and id at Slack, his address, and what opens his calendar and his meetings."""

    name: str
    slack_user_id: str
    address: str
    google: Mapping[str, Any] = field(repr=False)
    zoom: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """What the bot is told, and who lives there."""

    team_id: str
    settings: Mapping[str, str] = field(repr=False)
    residents: Sequence[Resident]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who books whom, when; all of one list submit at once. `when` is written as in a command."""

    booker: int
    host: int
    when: str
    contact: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a booker read, and how many seconds after he submitted."""

    is_booked: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many events Google holds and how many meetings Zoom, and what Slack finds fault with."""

    events: int
    meetings: int
    problems: str


def town(pipe: Connection, manifest: Mapping[str, Any]) -> None:
    """Tell who lives there (`Opened`), hear where the bot is, and then have done what comes through the pipe.

    For a list of `Wanted` come the `Told` in the same order, for anything else the `Outcome` so far.
    """
    clock = SystemClock()
    slack, google, zoom = SlackStandIn(manifest), GoogleWorld(now=clock.now), ZoomWorld(now=clock.now)
    acme = slack.people.add_workspace("acme", "Acme")
    members = [slack.people.add_member(acme.id, f"m{number}", f"M{number}", tz=ZONE) for number in range(MEMBERS)]
    client = google.register_client([f"{_BOT}/oauth/google/callback"])
    for member in members:
        google.add_account(member.email, member.name, ZONE)
        zoom.add_person(member.email, member.name, ZONE)
    with ExitStack() as stack:
        slack_url, google_url = stack.enter_context(slack.serve()), stack.enter_context(serving(google_app(google)))
        zoom_settings = zoom_settings_for(zoom, _BOT, stack.enter_context(serve_zoom(zoom)).url)
        app = zoom.grants.client(zoom_settings["zoom_client_id"])
        assert app is not None
        settings = {
            "public_url": _BOT,
            "slack_bot_token": acme.bot_token,
            "slack_signing_secret": slack.app.signing_secret,
            "slack_api_url": f"{slack_url}/api/",
            "google_client_id": client.id,
            "google_client_secret": client.secret,
            "google_api_url": f"{google_url}/calendar/v3/",
            "google_token_url": f"{google_url}/token",
        }
        wanted = scopes.requested(Access.FULL).split()
        residents = [
            Resident(
                one.name, one.id, one.email, google.sign_in(client, one.email, wanted), zoom.sign_in(app, one.email)
            )
            for one in members
        ]
        pipe.send(Opened(acme.id, settings | zoom_settings, residents))
        try:
            slack.delivers_to(f"{pipe.recv()}/slack/events")
            people = [slack.person(member.id) for member in members]
            while True:
                asked = pipe.recv()
                pipe.send(_at_once(people, asked) if asked else _outcome(slack, google, zoom))
        except EOFError:
            return


def _at_once(people: Sequence[Person], wanted: Sequence[Wanted]) -> list[Told]:
    """Everybody fills his form in, and all submit in the same moment."""
    start = Barrier(len(wanted))
    with ThreadPoolExecutor(len(wanted)) as threads:
        return list(threads.map(lambda one: _books(people[one.booker], people[one.host], one, start.wait), wanted))


def _books(booker: Person, host: Person, wanted: Wanted, everybody_is_ready: Callable[[], object]) -> Told:
    booker.types(f"/daybook book @{host.member.name} 30m {wanted.when}")
    booker.waits_for("Time in", _SECONDS)
    booker.fills("Contact", wanted.contact)
    booker.waits_for("Name of the new contact", _SECONDS)
    everybody_is_ready()
    began = perf_counter()
    booker.submits()
    booker.waits_for(lambda: _says(booker, _BOOKED) or _says(booker, _TAKEN), _SECONDS)
    took = perf_counter() - began
    is_booked = _says(booker, _BOOKED)
    booker.closes(all_of_them=True)
    return Told(is_booked, took)


def _says(booker: Person, words: str) -> bool:
    # Not as he reads it: to lay it out as text would take the core that the bot is to have.
    return booker.modal is not None and words in str(booker.modal.blocks)


def _outcome(slack: SlackStandIn, google: GoogleWorld, zoom: ZoomWorld) -> Outcome:
    events = sum(not event.cancelled for one in google.calendars.values() for event in one.events.values())
    return Outcome(events, len(zoom.meetings()), ", ".join(str(one) for one in slack.problems.all[:3]))
