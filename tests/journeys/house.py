"""One running bot with its town around it: real HTTP on every side, a database of its own, jobs run when a test says.

The jobs' clockwork stands still here, so that nothing happens between two lines of a test; `runs` is one tick of a
job by its name. The domain's clock is set by hand.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.__main__ import manifest_source
from bot.app import Daybook, build_app
from bot.domain.accounts import AccountStatus
from bot.domain.calendars import Role
from bot.rendering.names import ActionId, numbered
from bot.sandbox.bot_settings import zoom_settings_for
from bot.sandbox.google.app import google_app
from bot.sandbox.google.grants import Client
from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.ledger import Entry
from bot.sandbox.page_text import page_text
from bot.sandbox.serving import serving
from bot.sandbox.slack.people import Member
from bot.sandbox.slack.person import Person
from bot.sandbox.town import Town, build_town
from bot.sandbox.zoom.app import serve_zoom
from bot.settings import Settings
from storage.engine import open_engine
from storage.store import SqlStore
from storage.tables import ACCOUNTS, CALENDARS, METADATA
from storage.vault import Vault, new_key
from tests.databases import a_file
from tests.fakes.clock import SettableClock
from tests.integration import deliveries
from tests.integration.deliveries import Who
from tests.integration.slack_house import UNSETTLED
from tests.journeys.browser import Browser
from tests.limits import boundless
from tests.patience import PATIENCE

# Tuesday 24 November 2026, nine o'clock in Berlin and three in New York.
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
LIST_EVENTS = "/calendar/v3/calendars/.*/events"
_LEASED = select(CALENDARS.c.id).where(CALENDARS.c.lease_until.is_not(None))


@dataclass(frozen=True)
class House:
    """A bot at `url`, its town, and what it stored."""

    town: Town
    url: str
    settings: Settings
    google_client: Client
    clock: SettableClock
    store: SqlStore
    daybook: Daybook

    @property
    def google(self) -> GoogleWorld:
        """The stand-in for Google."""
        return self.town.google

    def person(self, member: Member) -> Person:
        """Somebody at his device."""
        return self.town.slack.person(member.id)

    # --- Acting: each gives what the person sees once it was worked on

    def types(self, person: Person, text: str) -> str:
        """Type a command."""
        person.types(text)
        return self.sees(person)

    def clicks(self, person: Person, label: str, *, near: str | None = None) -> str:
        """Press a button."""
        person.clicks(label, near=near)
        return self.sees(person)

    def submits(self, person: Person) -> str:
        """Submit the form that is open."""
        person.submits()
        return self.sees(person)

    def sees(self, person: Person) -> str:
        """What the person sees once everything was worked on, on one line."""
        self.is_settled()
        return " ".join(person.sees().replace("│", " ").split())

    # --- Connecting

    def link_for(self, member: Member, label: str = "Connect Google Calendar") -> str:
        """A fresh private link, as the member finds it on a button."""
        person = self.person(member)
        self.types(person, "/daybook connect")
        return person.clicks(label)

    def connects(self, member: Member, account: str = "", label: str = "Connect Google Calendar") -> Person:
        """The way to *Yes*: the member with the form in front of him, everything preset."""
        person = self.person(member)
        with Browser() as browser:
            page = browser.connects(self.link_for(member, label), account or member.email)
            assert page.status_code == httpx.codes.OK, page_text(page.text)
        assert "Conflict calendars" in self.clicks(person, "Yes, connect")
        return person

    def sets_up(self, member: Member) -> Person:
        """Connected, *Done* with the presets, and read for the first time."""
        person = self.connects(member)
        assert "Try it" in self.submits(person)
        person.closes(all_of_them=True)
        self.reads()
        return person

    def presses(self, member: Member, action: ActionId, value: str) -> None:
        """Press a button of which nothing is known but its name and value, on whoever's screen it stands."""
        who = Who(member.id, self.town.workspace.id, trigger_id=self.town.slack.trigger(member.id))
        self.delivers(deliveries.action(who, numbered(action, value), value))

    def delivers(self, request: tuple[bytes, str]) -> None:
        """Have Slack deliver this, signed, and wait until it was worked on."""
        with httpx.Client(base_url=self.url, trust_env=False, verify=False, timeout=PATIENCE) as slack:
            answer = deliveries.deliver(slack, self.town.slack.app.signing_secret, request)
        assert answer.status_code == httpx.codes.OK
        self.is_settled()

    # --- Time

    def runs(self, job: str) -> None:
        """One tick of a job, as the clockwork would call it."""
        self.daybook.scheduler.get_job(job).func()

    def reads(self) -> None:
        """Sync whatever is due, wait until it is done, and show it to those who wait for it."""
        self.runs("sync_due_calendars")
        self.waits_until(lambda: not self._syncing())
        self.runs("show_what_was_read")

    def waits_until(self, holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until this holds."""
        until = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < until, "it did not come about in time"
            time.sleep(0.01)

    def is_settled(self) -> None:
        """Wait until every delivery that was claimed is done."""
        self.waits_until(lambda: not self._rows(UNSETTLED))

    def _syncing(self) -> bool:
        return bool(self._rows(_LEASED))

    # --- What there is

    def puts_off_a_notice(self) -> bool:
        """Whether the owner of a broken account could not be told, and is to be told later."""
        untold = ACCOUNTS.c.notified_at.is_(None) & ACCOUNTS.c.nudge_at.is_not(None)
        return bool(self._rows(select(ACCOUNTS.c.id).where(untold)))

    def accounts(self) -> list[tuple[str, str, AccountStatus]]:
        """Every account: whose it is, its address, and where it stands."""
        members = METADATA.tables["member"]
        found = select(members.c.name, ACCOUNTS.c.address, ACCOUNTS.c.status).join(
            members, members.c.id == ACCOUNTS.c.member_id
        )
        return sorted((row.name, row.address, row.status) for row in self._rows(found))

    def calendars(self) -> list[tuple[str, str, Role, bool]]:
        """Every calendar in use: whose it is, its name, its role, and whether it was read."""
        members = METADATA.tables["member"]
        found = select(members.c.name.label("whose"), CALENDARS.c.name, CALENDARS.c.role, CALENDARS.c.read_at).join(
            members, members.c.id == CALENDARS.c.member_id
        )
        return sorted((row.whose, row.name, row.role, row.read_at is not None) for row in self._rows(found))

    def account_ids(self) -> list[Any]:
        """The ids of every account."""
        return [row.id for row in self._rows(select(ACCOUNTS.c.id))]

    def exchanges(self) -> tuple[Entry, ...]:
        """The requests for tokens that reached Google."""
        return self.google.ledger.matching("POST", "/token")

    def is_granted(self, address: str) -> bool:
        """Whether a Google account still allows the bot anything."""
        return self.google.grants.is_granted(address, self.google_client.id)

    def starts_over(self) -> None:
        """Nothing is connected any more, no form is open, and it is `NOW`."""
        self.is_settled()
        self.clock.time = NOW
        with self.store.writing() as work:
            for account_id in self.account_ids():
                work.accounts.erase(account_id)
            work.commit()
        for address in self.google.accounts:
            self.google.revoke(address)
        self.google.faults.clear()
        self.town.slack.faults.clear()
        for member in (self.town.ana, self.town.ben, self.town.cara):
            person = self.person(member)
            if person.modal is not None:
                person.closes(all_of_them=True)

    def _rows(self, query: Any) -> Sequence[Any]:
        with self.store.connected("reading") as connection:
            return connection.execute(query).all()


class Door:
    """An address before there is anybody behind it: the bot has to be told its own address first."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.app is None:
            raise RuntimeError("nobody is at home yet")
        await self.app(scope, receive, send)


@contextmanager
def a_house(
    folder: Path, *, now: datetime = NOW, database_url: str = "", is_told: bool = False, **settings: str
) -> Iterator[House]:
    """Everything up for as long as the block lasts.

    Args:
        folder: takes the database file.
        now: what the domain's clock stands at, and what the town's calendars are arranged around.
        database_url: another database than that file.
        is_told: Google tells of changes, by the domain's clock.
        settings: more of the bot's settings, by their names.
    """
    door, clock, key = Door(), SettableClock(now), new_key()
    town = build_town(manifest_source(), now, clock.now, patience=PATIENCE)
    if is_told:
        town.google.now = clock.now
    with ExitStack() as closing:
        google = closing.enter_context(serving(google_app(town.google)))
        slack = closing.enter_context(town.slack.serve())
        url = closing.enter_context(serving(door))
        client = town.google.register_client([f"{url}/oauth/google/callback"])
        given = settings_of(town, client, url=url, slack=slack, google=google)
        zoom = closing.enter_context(serve_zoom(town.zoom)).url
        given |= zoom_settings_for(town.zoom, url, zoom)
        given |= {"secret_keys": key, "database_url": database_url or a_file(folder), **settings}
        chosen = Settings.model_validate(given)
        daybook = closing.enter_context(
            build_app(chosen, clock=clock, pushes_to_loopback=is_told, webhooks_to_loopback=True, limits=boundless())
        )
        door.app = daybook.web
        town.slack.delivers_to(f"{url}/slack/events")
        engine = open_engine(chosen.database_url.get_secret_value())
        closing.callback(engine.dispose)
        yield House(town, url, chosen, client, clock, SqlStore(engine, Vault([key])), daybook)


def settings_of(town: Town, client: Client, *, url: str, slack: str, google: str) -> dict[str, str]:
    """The bot's settings in this town, by their names."""
    return {
        "public_url": url,
        "slack_bot_token": town.workspace.bot_token,
        "slack_signing_secret": town.slack.app.signing_secret,
        "slack_api_url": f"{slack}/api/",
        "google_client_id": client.id,
        "google_client_secret": client.secret,
        "google_api_url": f"{google}/calendar/v3/",
        "google_auth_url": f"{google}/o/oauth2/v2/auth",
        "google_token_url": f"{google}/token",
        "google_revoke_url": f"{google}/revoke",
    }
