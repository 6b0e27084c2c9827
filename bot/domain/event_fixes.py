"""What a person may do about an event of his own that stands in the way."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from bot.domain.accounts import Access, Account, AccountStatus
from bot.domain.calendars import Calendar, Role
from bot.domain.events import AgendaEntry, AllDay, EventKind, Occurrence, RemoteEvent
from bot.domain.shades import Shade
from bot.domain.wall_time import local_day, moment, zone_named

_GOOGLE = "google.com"
_COLOURED = frozenset({Shade.BLUE, Shade.TEAL})


class Fix(StrEnum):
    """What can be done about an event; `MARK_FREE` and what comes of `CHANGE` are written to the provider."""

    MARK_FREE = "mark_free"
    IGNORE = "ignore"
    UNIGNORE = "unignore"
    CHANGE = "change"
    """Opens the view in which it is moved or cancelled."""


class Fixed(StrEnum):
    """Why an event cannot be changed from Slack."""

    OTHERS = "others"
    """Somebody else organises it."""
    READ_ONLY = "read_only"
    BROKEN = "broken"
    """Its account needs its owner."""
    KIND = "kind"
    """Google keeps events of that kind to itself."""
    ONE_WAY = "one_way"
    ELSEWHERE = "elsewhere"
    """It is in no linked calendar."""


@dataclass(frozen=True, slots=True)
class EventRef:
    """One time of an event, by the calendar that it is in and its start in epoch seconds."""

    calendar_id: UUID
    start: int
    event_id: str


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """One of the reader's own events with what he may do about it.

    Args:
        ref: what names it in a button.
        fixes: what he may do, the most thorough first.
        link: the event's page, safe to open; empty where there is none.
    """

    entry: AgendaEntry
    ref: EventRef
    fixes: tuple[Fix, ...]
    link: str


def ref_of(entry: AgendaEntry) -> EventRef:
    """What names an entry of an agenda."""
    return EventRef(entry.calendar_id, entry.occurrence.start, entry.occurrence.event_id)


def own_event(entry: AgendaEntry, calendar: Calendar, account: Account) -> OwnEvent:
    """An entry of the agenda of the member whose calendar and account these are."""
    fixes = []
    if may_be_marked_free(entry, calendar, account):
        fixes.append(Fix.MARK_FREE)
    if is_coloured(entry) and why_fixed(entry, calendar, account) is None:
        fixes.append(Fix.CHANGE)
    if entry.is_ignored:
        fixes.append(Fix.UNIGNORE)
    elif entry.occurrence.blocks:
        fixes.append(Fix.IGNORE)
    return OwnEvent(entry, ref_of(entry), tuple(fixes), openable(entry.link))


def may_be_marked_free(entry: AgendaEntry, calendar: Calendar, account: Account) -> bool:
    """Whether Daybook may show the event as free in the provider's calendar: nobody else's, and none of a kind of
    its own, which providers keep busy."""
    return (
        entry.occurrence.blocks
        and entry.is_own
        and entry.kind is EventKind.DEFAULT
        and calendar.role is Role.LINKED
        and calendar.access_role.may_write
        and account.access is Access.FULL
        and account.status is AccountStatus.ACTIVE
    )


def is_coloured(entry: AgendaEntry) -> bool:
    """Whether two-way sync shows it in colour, so that there is something to do about it."""
    return entry.is_linked and entry.shade in _COLOURED


def why_fixed(entry: AgendaEntry, calendar: Calendar, account: Account) -> Fixed | None:
    """Why its owner cannot change it here, the first thing that stands in the way."""
    if calendar.role is not Role.LINKED:
        return Fixed.ELSEWHERE
    if entry.shade not in _COLOURED:
        return Fixed.ONE_WAY
    if not entry.is_own:
        return Fixed.OTHERS
    if entry.kind is not EventKind.DEFAULT:
        return Fixed.KIND
    if account.status is not AccountStatus.ACTIVE:
        return Fixed.BROKEN
    if not calendar.access_role.may_write or account.access is not Access.FULL:
        return Fixed.READ_ONLY
    return None


def openable(link: str) -> str:
    """The link if it leads to Google and nowhere else, or nothing: what stands in an event is not ours."""
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    is_google = host == _GOOGLE or host.endswith(f".{_GOOGLE}")
    is_plain = link.isascii() and link.isprintable() and " " not in link and "\\" not in link
    if parts.scheme != "https" or not is_google or port or parts.username is not None or not is_plain:
        return ""
    return link


def remote_id_of(event: RemoteEvent, occurrence: Occurrence, zone: str) -> str:
    """The id by which the provider knows this one time of an event.

    Args:
        event: as fetched; of a series the master, or the changed instance itself.
        occurrence: the time that is meant.
        zone: IANA name of the calendar's zone, in which whole days are named.
    """
    if not event.recurrence:
        return event.id
    if isinstance(event.start, AllDay):
        return f"{event.id}_{local_day(occurrence.start, zone_named(zone)):%Y%m%d}"
    return f"{event.id}_{moment(occurrence.start):%Y%m%dT%H%M%SZ}"
