"""Compares one day of a calendar as the provider has it now with what is stored, event by event."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.calendars import Calendar, EventStyle
from bot.domain.event_fixes import EventRef, openable, ref_of
from bot.domain.event_spans import single_span
from bot.domain.events import AgendaEntry, AllDay, EventKind, EventStatus, EventTime, RemoteEvent, Response, ShowsAs
from bot.domain.horizon import READ_BACK
from bot.domain.intervals import Interval
from bot.domain.missing_events import MOST_EVENTS, Compared, MissingReason, StoredDay
from bot.domain.round_trips import is_check
from bot.domain.shades import Shade
from bot.domain.wall_time import epoch, local_day, wall_clock, zone_named


def unused_day(live: Sequence[RemoteEvent], zone: str) -> tuple[Compared, ...]:
    """The events of a calendar that Daybook does not use; `zone` is the calendar's."""
    told = [_compared(MissingReason.UNUSED, one, zone) for one in live if not _is_nothing(one)]
    return _by_start(told)


def stored_day(stored: StoredDay) -> tuple[Compared, ...]:
    """What is stored alone, where the provider could not be asked."""
    return _by_start([_of_entry(_shown_as(one, stored.calendar), one) for one in stored.entries])


def compare(
    live: Sequence[RemoteEvent], stored: StoredDay, window: Interval, zone: str, now: datetime
) -> tuple[Compared, ...]:
    """Both side by side, by start.

    Args:
        live: the day's events as the provider tells them, every time of a series by itself, cancelled ones too.
        stored: what Daybook has.
        window: the reader's day, in epoch seconds.
        zone: IANA name of the reader's zone.
        now: aware.
    """
    calendar = stored.calendar
    is_known = _is_within_reach(calendar, window, now)
    left = {ref_of(one): one for one in stored.entries}
    told = []
    for event in live:
        if _is_nothing(event):
            continue
        entry = _entry_of(event, left, calendar.zone)
        if entry is not None:
            del left[ref_of(entry)]
        told.append(_one(event, entry, stored, zone, is_known=is_known))
    if len(live) < MOST_EVENTS:  # of a longer day the rest was not told, which says nothing of it
        told += [_of_entry(MissingReason.GONE, one) for one in left.values()]
    return _by_start([one for one in told if one is not None])


def asked_ids(live: Sequence[RemoteEvent]) -> frozenset[str]:
    """The ids under which the events of a day may be stored."""
    return frozenset(one.id for one in live) | {one.series_id for one in live if one.series_id}


def _one(
    event: RemoteEvent, entry: AgendaEntry | None, stored: StoredDay, zone: str, *, is_known: bool
) -> Compared | None:
    home = stored.calendar.zone
    if event.status is EventStatus.CANCELLED:
        return _compared(MissingReason.CANCELLED, event, home, entry) if entry is not None or event.title else None
    if entry is not None:
        reason = _why(event, entry, stored.calendar, zone)
        return _compared(reason, event, home, entry)
    problem = stored.unreadable.get(event.id) or stored.unreadable.get(event.series_id or "")
    if problem:
        return _compared(MissingReason.UNEXPANDED, event, home, detail=problem)
    if not is_known:
        return _compared(MissingReason.OUT_OF_REACH, event, home)
    kept = stored.known.get(event.id)
    if kept is None or kept.status is EventStatus.CANCELLED:
        return _compared(MissingReason.NOT_READ, event, home)
    there = span_of(kept, home)
    if there is not None and there == span_of(event, home):
        return _compared(MissingReason.OWN_COPY, event, home)
    return _compared(MissingReason.MOVED, event, home, stored=there)


def _why(event: RemoteEvent, entry: AgendaEntry, calendar: Calendar, zone: str) -> MissingReason:
    """Why an event that is stored on that day shows as it does."""
    if entry.is_ignored:
        return MissingReason.IGNORED
    there, here = span_of(event, calendar.zone), entry.occurrence.span
    if there != here or event.title != entry.title or event.shows_as is not entry.shows_as:
        return MissingReason.CHANGED
    if event.response is not entry.response and Response.DECLINED in (event.response, entry.response):
        return MissingReason.CHANGED
    shown = _shown_as(entry, calendar)
    # What has a colour, or is on time by the reader's own clock, needs no word.
    is_elsewhere = entry.is_all_day and not _same_days(here, calendar.zone, zone)
    return MissingReason.OTHER_ZONE if is_elsewhere and shown is MissingReason.SHOWN else shown


def _shown_as(entry: AgendaEntry, calendar: Calendar) -> MissingReason:
    if entry.is_ignored:
        return MissingReason.IGNORED
    if entry.kind is EventKind.WORKING_LOCATION:
        return MissingReason.WORKING_LOCATION
    if entry.kind is EventKind.BIRTHDAY:
        return MissingReason.BIRTHDAY
    if entry.shows_as is ShowsAs.FREE:
        return MissingReason.FREE
    if entry.response is Response.DECLINED:
        return MissingReason.DECLINED
    if not entry.occurrence.blocks:
        return MissingReason.LEFT_OPEN
    if entry.is_private:
        return MissingReason.PRIVATE
    if entry.is_linked and calendar.option.event_style is EventStyle.BLOCKED:
        return MissingReason.ONE_WAY
    return MissingReason.LEFT_OUT if entry.is_linked and entry.shade is Shade.GREY else MissingReason.SHOWN


def _entry_of(event: RemoteEvent, left: Mapping[EventRef, AgendaEntry], zone: str) -> AgendaEntry | None:
    """The stored time of an event: under its own id, or at its place in its series."""
    by_id = next((one for one in left.values() if one.occurrence.event_id == event.id), None)
    if by_id is not None or event.series_id is None:
        return by_id
    starts = {_start(time, zone) for time in (event.original_start, event.start) if time is not None}
    return next(
        (one for one in left.values() if one.occurrence.event_id == event.series_id and one.occurrence.start in starts),
        None,
    )


def span_of(event: RemoteEvent, zone: str) -> Interval | None:
    """When it is, in epoch seconds; `zone` is its calendar's, in which whole days begin."""
    return None if event.start is None else Interval(*single_span(event.start, event.end, zone))


def _start(time: EventTime, zone: str) -> int:
    return single_span(time, None, zone)[0]


def _same_days(span: Interval, zone: str, other: str) -> bool:
    """Whether a whole day of one zone is one of the other too."""
    day = local_day(span.start, zone_named(zone))
    return wall_clock(zone_named(other), day, day).day(day)[0] == span.start


def _is_within_reach(calendar: Calendar, window: Interval, now: datetime) -> bool:
    until = calendar.expanded_until
    return window.end > epoch(now - READ_BACK) and (until is None or window.start < epoch(until))


def _is_nothing(event: RemoteEvent) -> bool:
    """The event of a check, and what is told without a time."""
    return is_check(event) or (event.start is None and event.status is EventStatus.CANCELLED)


def _compared(
    reason: MissingReason,
    event: RemoteEvent,
    zone: str,
    entry: AgendaEntry | None = None,
    *,
    stored: Interval | None = None,
    detail: str = "",
) -> Compared:
    return Compared(
        reason,
        event.title or (entry.title if entry else ""),
        span_of(event, zone),
        isinstance(event.start, AllDay),
        stored=entry.occurrence.span if entry else stored,
        ref=ref_of(entry) if entry else None,
        link=openable(event.link or (entry.link if entry else "")),
        detail=detail,
    )


def _of_entry(reason: MissingReason, entry: AgendaEntry) -> Compared:
    span = entry.occurrence.span
    link = openable(entry.link)
    return Compared(reason, entry.title, span, entry.is_all_day, stored=span, ref=ref_of(entry), link=link)


def _by_start(told: Sequence[Compared]) -> tuple[Compared, ...]:
    return tuple(sorted(told, key=lambda one: (one.span is None, one.span or Interval(0, 0), one.title)))
