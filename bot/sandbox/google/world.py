"""The stand-in's Google as a person would arrange it: accounts, calendars, sharing, events, revocations."""

import secrets
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.sandbox.faults import FaultScript
from bot.sandbox.google import changes
from bot.sandbox.google.channels import Channels
from bot.sandbox.google.crowd import Crowd
from bot.sandbox.google.errors import Resource
from bot.sandbox.google.grants import Asked, Client, Grants
from bot.sandbox.google.resources import checked, merged, new_event, written_fields
from bot.sandbox.google.state import ROLES, Access, Account, Calendar
from bot.sandbox.google.times import zone_named
from bot.sandbox.google.tokens import Pages, SyncTokens
from bot.sandbox.ledger import Ledger

if TYPE_CHECKING:
    from bot.sandbox.google.mails import Mail

_BEYOND_CLIENTS = frozenset(
    {"birthdayProperties", "creator", "eventType", "hangoutLink", "iCalUID", "locked", "organizer", "recurrence"}
)


def _wall_clock() -> datetime:
    return datetime.now(UTC)


class GoogleWorld:
    """Everything there is; what it answers over HTTP is made from this by `google_app`.

    Safe to use while it is being served. `faults` and `ledger` belong to its server. An event is given as Google
    has it, but for `start` and `end`, which may also be texts: `2026-12-01`, or `2026-12-01T10:00` by the clock of
    the calendar.
    """

    def __init__(self, *, ledger_file: Path | None = None, now: Callable[[], datetime] = _wall_clock) -> None:
        """Start empty; `now` is the clock of Google, by which tokens expire and changes are dated."""
        self.lock = threading.RLock()
        self.now = now
        self.faults = FaultScript()
        self.ledger = Ledger(ledger_file)
        self.accounts: dict[str, Account] = {}
        self.calendars: dict[str, Calendar] = {}
        self.grants = Grants(now)
        self.mails: list[Mail] = []
        self.pages = Pages()
        self.sync_tokens = SyncTokens()
        self.channels = Channels(self)
        self._unnoticed = 0

    def register_client(self, redirect_uris: Iterable[str]) -> Client:
        """An OAuth client that may send people back to exactly these addresses."""
        with self.lock:
            return self.grants.register(redirect_uris)

    def sign_in(self, client: Client, address: str, scopes: Iterable[str]) -> dict[str, str | int]:
        """The answer to a token request of somebody who said yes to `scopes`, without the pages in between."""
        wanted = tuple(scopes)
        uri = next(iter(client.redirect_uris))
        asked = Asked(client, uri, wanted, offline=True, force_consent=True)
        with self.lock:
            code = self.grants.allow(asked, address, wanted)
            return self.grants.exchange(client, code, uri, None)

    def add_account(self, address: str, name: str, zone: str) -> Account:
        """A person, with a primary calendar in `zone`."""
        with self.lock:
            account = self.accounts[address] = Account(address, name)
            self._add(address, address, address, zone)
            return account

    def add_calendar(self, owner: str, summary: str, zone: str, *, calendar_id: str | None = None) -> str:
        """A further calendar of a person; returns its id, which is made up unless it is given."""
        with self.lock:
            made = calendar_id or f"c_{secrets.token_hex(32)}@group.calendar.google.com"
            self._add(made, owner, summary, zone)
            return made

    def remove_calendar(self, calendar_id: str) -> None:
        """Delete a calendar for everybody."""
        with self.lock:
            for address in self.calendars[calendar_id].access:
                self.accounts[address].enter(calendar_id, deleted=True)
            del self.calendars[calendar_id]

    def share(self, calendar_id: str, with_address: str, role: str) -> None:
        """Let somebody else have a calendar in his list, or change what he may do; sync tokens of his expire."""
        if role not in ROLES:
            raise ValueError(f"no such role: {role}")
        with self.lock:
            calendar = self.calendars[calendar_id]
            calendar.revision += 1
            calendar.access[with_address] = Access(role, calendar.revision)
            self.accounts[with_address].enter(calendar_id, deleted=False)

    def unshare(self, calendar_id: str, with_address: str) -> None:
        """Take a calendar away from somebody."""
        with self.lock:
            del self.calendars[calendar_id].access[with_address]
            self.accounts[with_address].enter(calendar_id, deleted=True)

    def rename(self, calendar_id: str, summary: str) -> None:
        """Call a calendar something else, in the lists of all who have it."""
        with self.lock:
            calendar = self.calendars[calendar_id]
            calendar.summary = summary
            for address in calendar.access:
                self.accounts[address].enter(calendar_id)

    def rezone(self, calendar_id: str, zone: str) -> None:
        """Have a calendar's days begin elsewhere."""
        zone_named(zone)
        with self.lock:
            self.calendars[calendar_id].zone = zone

    def hand_over(self, calendar_id: str, to_address: str) -> None:
        """Make somebody else the owner; who was it before goes on as a writer."""
        with self.lock:
            calendar = self.calendars[calendar_id]
            before, calendar.owner = calendar.owner, to_address
        self.share(calendar_id, to_address, "owner")
        self.share(calendar_id, before, "writer")

    def crowd(self, calendar_id: str, size: int) -> None:
        """Fill a calendar with so many events that nobody keeps: see `bot.sandbox.google.crowd`."""
        with self.lock:
            calendar = self.calendars[calendar_id]
            calendar.crowd = Crowd(calendar, size, self.now())

    def list_as(self, address: str, calendar_id: str, **look: str | bool) -> None:
        """Change how a calendar stands in somebody's list.

        `look` may be `summary_override`, `color_id`, `selected` and `hidden`.
        """
        with self.lock:
            self.accounts[address].enter(calendar_id, **look)

    def put_event(self, calendar_id: str, **fields: Any) -> Resource:
        """Add an event as it is kept, and return it.

        What clients could not send is taken at its word: another `organizer` or `eventType`, a wild `recurrence`.

        Raises:
            ApiError: the rest is not an event.
            ValueError: there is no such field.
        """
        with self.lock:
            calendar = self.calendars[calendar_id]
            body = _with_times(fields, calendar.zone)
            event_id = body.pop("id", secrets.token_hex(13))
            at_its_word = {name: body.pop(name) for name in _BEYOND_CLIENTS & body.keys()}
            plain = written_fields(body)
            if unknown := body.keys() - plain.keys():
                raise ValueError(f"an event has no {', '.join(sorted(unknown))}")
            event = new_event(plain, event_id, calendar, creator=calendar.owner, now=self.now())
            recurrence = {name: at_its_word.pop(name) for name in {"recurrence"} & at_its_word.keys()}
            event = checked(merged(event, at_its_word), calendar)
            return calendar.put(event | recurrence, self.now()).fields

    def change_event(self, calendar_id: str, event_id: str, **fields: Any) -> Resource:
        """Change fields of an event, or of an instance, as its organiser; None deletes one."""
        with self.lock:
            calendar = self.calendars[calendar_id]
            body = _with_times(fields, calendar.zone)
            return changes.change(calendar, changes.find(calendar, event_id), body, self.now()).fields

    def delete_event(self, calendar_id: str, event_id: str) -> None:
        """Delete an event or an instance."""
        with self.lock:
            changes.delete(self.calendars[calendar_id], event_id, if_match=None, now=self.now())

    def move_event(self, calendar_id: str, event_id: str, to_calendar_id: str) -> Resource:
        """Take an event to another calendar, as its owner does it in Google's pages."""
        with self.lock:
            here, there = self.calendars[calendar_id], self.calendars[to_calendar_id]
            return changes.move(here, event_id, there, self.now()).fields

    def accept_duplicates(self, times: int) -> None:
        """Let so many inserts of an id that is taken go unnoticed, as Google says may happen: the new one replaces
        the old one, and its guests are mailed again."""
        with self.lock:
            self._unnoticed = times

    def passes_duplicate(self) -> bool:
        """Whether an insert of a taken id goes unnoticed this time."""
        if not self._unnoticed:
            return False
        self._unnoticed -= 1
        return True

    def revoke(self, address: str) -> None:
        """Take back all that a person allowed: refreshing fails with `invalid_grant`, access tokens with 401."""
        with self.lock:
            self.grants.revoke_account(address)

    def expire_access_tokens(self) -> None:
        """Make every access token an old one."""
        with self.lock:
            self.grants.expire_access_tokens()

    def expire_sync_tokens(self, calendar_id: str) -> None:
        """Make every sync token of a calendar an old one: the next use gets 410."""
        with self.lock:
            calendar = self.calendars[calendar_id]
            calendar.revision += 1
            calendar.tokens_from = calendar.revision

    def short_pages(self, longest: int) -> None:
        """Have pages of at most so many items, whatever is asked for; 0 stops it."""
        with self.lock:
            self.pages.longest = longest

    def empty_pages(self, every: int) -> None:
        """Have the first of every so many pages of a listing come without items; 0 stops it."""
        with self.lock:
            self.pages.empty_every = every

    def _add(self, calendar_id: str, owner: str, summary: str, zone: str) -> None:
        zone_named(zone)
        calendar = Calendar(calendar_id, summary, zone, owner, self.now())
        calendar.access[owner] = Access("owner", 0)
        calendar.on_change = partial(self.channels.tell, calendar_id)
        self.calendars[calendar_id] = calendar
        self.accounts[owner].enter(calendar_id)


def _with_times(fields: Resource, zone: str) -> Resource:
    return fields | {name: _point(fields[name], zone) for name in ("start", "end") if isinstance(fields.get(name), str)}


def _point(text: str, zone: str) -> Resource:
    if "T" not in text:
        return {"date": text, "dateTime": None}
    seconds = ":00" if text.count(":") == 1 else ""
    return {"date": None, "dateTime": text + seconds, "timeZone": zone}
