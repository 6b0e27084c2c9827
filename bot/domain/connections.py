"""What a member has connected, can connect, or has left: the values that use-cases answer with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from bot.domain.accounts import Access, Account, AccountStatus, Provider
from bot.domain.calendars import Calendar, Role
from bot.domain.events import RemoteEvent
from bot.domain.people import Actor


@dataclass(frozen=True, slots=True)
class ConnectOffer:
    """Links that work once and for ten minutes; those of a provider that is not set up are empty.

    `full` and `conflict_only` are URLs for Google Calendar, `zoom` for Zoom; `accounts` are connected already.
    """

    full: str
    conflict_only: str
    accounts: tuple[Account, ...]
    pending: tuple[Account, ...]
    zoom: str = ""


@dataclass(frozen=True, slots=True)
class Departure:
    """Where the browser goes, and the cookie by which it is known when it comes back."""

    url: str
    cookie: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A connection that waits for its member: what the page has to name.

    `stop` undoes it from this browser; `asked` says whether the question reached the member in Slack.
    """

    actor: Actor
    workspace_name: str
    account: Account
    stop: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Status:
    """A member's accounts (those that wait for his word apart) and calendars, as of `now`.

    `unreadable` names the first of each calendar's events that could not be understood, with their `problem`.
    """

    now: datetime
    accounts: tuple[Account, ...]
    pending: tuple[Account, ...]
    calendars: tuple[Calendar, ...]
    unreadable: Mapping[UUID, Sequence[RemoteEvent]] = field(default_factory=dict)

    @property
    def is_connected(self) -> bool:
        """Whether there is any account that calendars come from."""
        return any(account.provider.has_calendars for account in self.accounts)

    @property
    def has_zoom(self) -> bool:
        """Whether new meetings can get a link of Zoom's."""
        return any(one.provider is Provider.ZOOM and one.status is AccountStatus.ACTIVE for one in self.accounts)

    @property
    def wants_contacts(self) -> bool:
        """Whether it matters for any calendar who is on its events."""
        return any(one.role is Role.LINKED and one.option.wants_contacts for one in self.calendars)

    def of_account(self, account: Account) -> tuple[Calendar, ...]:
        """The calendars that are read through an account."""
        return tuple(one for one in self.calendars if one.account_id == account.id)

    def calendar(self, calendar_id: UUID) -> Calendar | None:
        """One of the calendars."""
        return next((one for one in self.calendars if one.id == calendar_id), None)

    def paused_until(self, calendar_id: UUID | None = None) -> datetime | None:
        """Until when the provider wants to be left alone about a calendar, or about the first of them all."""
        ends = [
            one.not_before
            for one in self.calendars
            if one.not_before is not None and one.not_before > self.now and calendar_id in (None, one.id)
        ]
        return min(ends, default=None)

    def is_waiting(self, asked_at: datetime) -> bool:
        """Whether a calendar of an account that works is still due, or being read, since it was asked for."""
        active = {account.id for account in self.accounts if account.status is AccountStatus.ACTIVE}
        return any(
            one.next_sync_at is not None and one.next_sync_at <= asked_at
            for one in self.calendars
            if one.account_id in active
        )


def takes_appointments(calendar: Calendar, accounts: Iterable[Account]) -> bool:
    """Whether its owner's appointments are written to it; `accounts` are all of his."""
    may_write = any(one.id == calendar.account_id and one.access is Access.FULL for one in accounts)
    return calendar.role is Role.LINKED and calendar.access_role.may_write and not calendar.is_lost and may_write


class Revocation(Enum):
    """What became of the permission at the provider."""

    DONE = auto()
    NEEDED_ELSEWHERE = auto()  # revoking ends every connection of that account, and another one lives
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Ended:
    """An account that is no more, and what became of its permission.

    `calendars` were read through it, by their names, and so many `events` of them are erased. So many `appointments`
    to come have their event or meeting there, which nobody keeps up to date any more.
    """

    account: Account
    revocation: Revocation
    calendars: tuple[str, ...] = ()
    events: int = 0
    appointments: int = 0
