"""One person's days as a digest shows them: as far as he agreed, and when he is free. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.appointments import Appointment, AppointmentStatus, Where
from bot.domain.digests import Level
from bot.domain.events import AgendaEntry, Guest
from bot.domain.intervals import Interval, clip, merged, subtract, union
from bot.domain.join_links import AgendaAppointment
from bot.domain.member_time import MemberTime
from bot.domain.people import Member
from bot.domain.schedule import working_time
from bot.domain.wall_time import MINUTE, epoch

SHORTEST_FREE = 15 * MINUTE
"""Shorter free times are of no use to a meeting."""


@dataclass(frozen=True, slots=True)
class DigestItem:
    """Something that takes a person's time; what he did not agree to show is not in it.

    Args:
        is_shown: it is more than "busy".
        title: what it is called.
        contact: with whom, of an appointment; at the highest level alone, as are the place and the guests.
        details: a place; numbers to call stay where they are.
    """

    span: Interval
    is_shown: bool = False
    title: str = ""
    contact: str = ""
    where: Where = Where.NOWHERE
    details: str = ""
    guests: tuple[Guest, ...] = ()
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class PersonDays:
    """A person's part of the digest.

    Args:
        items: by start; at the lowest level merged.
        free: his free working time.
        is_known: he has a calendar, and all of his were read.
        has_calendar: he has one at all.
        late_since: some calendar of his could not be read since; None where all is well.
        is_late: such a calendar there is.
    """

    member: Member
    level: Level
    items: tuple[DigestItem, ...] = ()
    free: tuple[Interval, ...] = ()
    is_known: bool = True
    has_calendar: bool = True
    is_late: bool = False
    late_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is stored of one person's days, and how much of it is to be shown.

    `private` are those of the appointments whose event somebody made private.
    """

    member: Member
    level: Level
    entries: Sequence[AgendaEntry] = ()
    appointments: Sequence[AgendaAppointment] = ()
    time: MemberTime | None = None
    has_calendar: bool = True
    is_late: bool = False
    late_since: datetime | None = None
    private: frozenset[UUID] = frozenset()


def person_days(facts: Facts, window: Interval, now: datetime) -> PersonDays:
    """A person's part, with nothing in it that he did not agree to."""
    items = [item for entry in facts.entries if (item := _of_event(entry, facts.level)) is not None]
    items += [_of_appointment(one.appointment, _level_of(one.appointment, facts)) for one in facts.appointments]
    if facts.level is Level.BUSY:
        items = [DigestItem(span) for span in clip(merged(item.span for item in items), window)]
    return PersonDays(
        member=facts.member,
        level=facts.level,
        items=tuple(sorted(items, key=lambda item: item.span)),
        free=_free(facts.time, window, now) if facts.time is not None else (),
        is_known=facts.time is not None,
        has_calendar=facts.has_calendar,
        is_late=facts.is_late,
        late_since=facts.late_since,
    )


def taken_by(facts: Facts, *, without: Collection[UUID] = ()) -> list[Interval]:
    """What of his time is taken, but by these appointments."""
    events = [entry.occurrence for entry in facts.entries if entry.occurrence.blocks]
    spans = [Interval(one.start, one.end) for one in events]
    spans += [one.appointment.span for one in facts.appointments if one.appointment.id not in without]
    return merged(spans)


def _of_event(entry: AgendaEntry, level: Level) -> DigestItem | None:
    """Private events and those of conflict calendars are never more than busy, whatever was agreed."""
    if not entry.occurrence.blocks:
        return None
    span = Interval(entry.occurrence.start, entry.occurrence.end)
    if level is Level.BUSY or entry.is_private or not entry.is_linked:
        return DigestItem(span)
    guests = entry.guests if level is Level.FULL else ()
    return DigestItem(span, is_shown=True, title=entry.title, guests=guests)


def _level_of(appointment: Appointment, facts: Facts) -> Level:
    return Level.BUSY if appointment.id in facts.private else facts.level


def _of_appointment(appointment: Appointment, level: Level) -> DigestItem:
    if level is Level.BUSY:
        return DigestItem(appointment.span)
    contact = appointment.contact.name if appointment.contact is not None else ""
    return DigestItem(
        appointment.span,
        is_shown=True,
        title=appointment.title,
        contact=contact if level is Level.FULL else "",
        where=appointment.venue.where,
        details=appointment.venue.details if level is Level.FULL and appointment.venue.where is Where.PLACE else "",
        is_held=appointment.status is AppointmentStatus.HELD,
    )


def _free(time: MemberTime, window: Interval, now: datetime) -> tuple[Interval, ...]:
    """Working hours in the window that are still to come and that nothing takes."""
    if time.is_paused:
        return ()
    last = window.end if time.known_until is None else min(window.end, time.known_until)
    coming = Interval(max(window.start, epoch(now)), last)
    if coming.start >= coming.end:
        return ()
    working = clip(working_time(time.schedule, coming).windows, coming)
    left = subtract(working, union(time.busy, time.appointments))
    return tuple(piece for piece in left if piece.end - piece.start >= SHORTEST_FREE)
