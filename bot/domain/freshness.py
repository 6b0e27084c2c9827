"""How far what is known of a calendar can be relied on."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.calendars import Calendar
from bot.domain.member_time import StaleCalendar

STALE_AFTER = timedelta(minutes=30)
# A reading that is late by half its interval is late; with the usual settings that comes to `STALE_AFTER`.
_PATIENCE = 1.5


class Freshness(StrEnum):
    """Whether a calendar's answer can be given."""

    FRESH = "fresh"
    STALE = "stale"  # what was read last still blocks; newer events are unknown
    UNREAD = "unread"  # nothing is known: nobody may take it for free


def stale_after(calendar: Calendar) -> timedelta:
    """How old a reading may be: never less than the calendar's own interval, or every quiet one would be stale."""
    return STALE_AFTER if calendar.interval is None else max(STALE_AFTER, calendar.interval * _PATIENCE)


def freshness(calendar: Calendar, now: datetime) -> Freshness:
    """What is known to be cut off is stale at once; so is a calendar with an event whose time is unknown."""
    if calendar.read_at is None:
        return Freshness.UNREAD
    return Freshness.STALE if _is_late(calendar, now) or calendar.unreadable_events else Freshness.FRESH


def _is_late(calendar: Calendar, now: datetime) -> bool:
    if calendar.read_at is None or calendar.is_cut_off or calendar.is_lost:
        return True
    return now - calendar.read_at > stale_after(calendar)


def unread(calendars: Iterable[Calendar], now: datetime) -> tuple[Calendar, ...]:
    """Those that nobody has read yet."""
    return tuple(one for one in calendars if freshness(one, now) is Freshness.UNREAD)


def stale(calendars: Iterable[Calendar], now: datetime) -> tuple[StaleCalendar, ...]:
    """Those that have not been read for too long, or not wholly."""
    return tuple(
        StaleCalendar(one.member_id, one.id, one.name, one.read_at, is_partial=not _is_late(one, now))
        for one in calendars
        if freshness(one, now) is Freshness.STALE
    )
