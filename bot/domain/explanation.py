"""Why a time is not offered: every reason with its source, by the rules that the answer follows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain
from uuid import UUID

from bot.domain.availability import Mode
from bot.domain.intervals import Interval, Span, clip, overlaps
from bot.domain.member_time import Busy, BusyReason, Margin, MemberTime, Rules, rules_of
from bot.domain.wall_time import MINUTE, epoch, local_day, zone_named


class ReasonKind(StrEnum):
    """What stands in the way of a start."""

    OUTSIDE_HOURS = "outside_hours"
    DATE_OVERRIDE = "date_override"
    PAST = "past"
    NOTICE = "notice"
    HORIZON = "horizon"
    DAILY_CAP = "daily_cap"
    BUSY = "busy"
    BUFFER = "buffer"
    OFF_GRID = "off_grid"
    STALE = "stale"
    NOT_READ = "not_read"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way of one member's start.

    Args:
        span: the time that it keeps from being booked: a busy stretch, a buffer, a full day, the time before
            the notice ends. None where nothing shorter than the schedule itself says no.
        limit: the number that the schedule sets: minutes of a buffer or notice, days of the horizon,
            appointments of a day.
        source: what takes the time, or what the buffer belongs to.
        hours: the hours of the local day, where the start lies outside of them; empty on a day off.
    """

    member_id: UUID
    kind: ReasonKind
    span: Interval | None = None
    limit: int | None = None
    source: Busy | None = None
    hours: tuple[Interval, ...] = ()

    @property
    def is_soft(self) -> bool:
        """The time is free all the same, it is only not one of the starts that are offered."""
        return self.kind is ReasonKind.OFF_GRID


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who is free for a meeting, and every reason against it of those who are not, soft ones included."""

    free: tuple[UUID, ...]
    reasons: tuple[Reason, ...]


def judged(members: Sequence[MemberTime], start: int, minutes: int, mode: Mode = Mode.ALL, *, now: datetime) -> Verdict:
    """What `free_slots` with the same arguments makes of `start`, member by member.

    A start beside the step grid is free, and told so by a reason that is soft: with `Mode.ALL` the first
    member's grid counts, with `Mode.ANY` that of those who are free.
    """
    slot = Interval(start, start + minutes * MINUTE)
    rules = [rules_of(member, slot, now=now) for member in members]
    against = [tuple(_against(member, its, slot, epoch(now))) for member, its in zip(members, rules, strict=True)]
    free = [place for place, reasons in enumerate(against) if not reasons]
    beside = [tuple(_beside_grid(members[place], rules[place], slot)) for place in (free if mode is Mode.ANY else [0])]
    soft = beside[0] if beside and all(beside) else ()
    return Verdict(tuple(members[place].member_id for place in free), (*chain.from_iterable(against), *soft))


def _against(member: MemberTime, rules: Rules, slot: Interval, now: int) -> Iterator[Reason]:
    if member.is_paused:
        yield Reason(member.member_id, ReasonKind.STALE)
    yield from _hours(member, rules, slot)
    yield from _limits(member, rules, slot.start, now)
    if member.known_until is not None and slot.end > rules.around_busy.ends_by(member.known_until):
        yield Reason(member.member_id, ReasonKind.NOT_READ)
    for source in _near(member.busy, BusyReason.EVENT, rules.around_busy, slot):
        yield from _taken(member, source, rules.around_busy, slot)
    for source in _near(member.appointments, BusyReason.APPOINTMENT, rules.around_appointments, slot):
        yield from _taken(member, source, rules.around_appointments, slot)


def _hours(member: MemberTime, rules: Rules, slot: Interval) -> Iterator[Reason]:
    if _works(rules, slot):
        return
    zone = zone_named(member.schedule.zone)
    days = (local_day(slot.start, zone), local_day(slot.end - 1, zone))
    overridden = next((day for day in days if day in member.schedule.overrides), None)
    bounds = Interval(*rules.working.clock.day(overridden or days[0]))
    yield Reason(
        member.member_id,
        ReasonKind.DATE_OVERRIDE if overridden else ReasonKind.OUTSIDE_HOURS,
        hours=tuple(clip(rules.working.windows, bounds)),
    )


def _limits(member: MemberTime, rules: Rules, start: int, now: int) -> Iterator[Reason]:
    schedule, bookable = member.schedule, rules.bookable
    if start < now:
        yield Reason(member.member_id, ReasonKind.PAST)
    elif start < bookable.start:
        span = Interval(now, bookable.start)
        yield Reason(member.member_id, ReasonKind.NOTICE, span, schedule.notice_minutes)
    if start >= bookable.end:
        yield Reason(member.member_id, ReasonKind.HORIZON, limit=schedule.horizon_days)
    for day in rules.full_days:
        if day.start <= start < day.end:
            yield Reason(member.member_id, ReasonKind.DAILY_CAP, day, schedule.daily_cap)


def _near(spans: Iterable[Span], reason: BusyReason, margin: Margin, slot: Interval) -> list[Busy]:
    """The spans that reach into the slot with their margins, earliest first; a bare row has only a reason."""
    near = [span for span in spans if span[0] < span[1] and overlaps(margin.around(span), slot)]
    told = [span if isinstance(span, Busy) else Busy(span[0], span[1], reason) for span in near]
    return sorted(told, key=lambda source: (source.start, source.end))


def _taken(member: MemberTime, source: Busy, margin: Margin, slot: Interval) -> Iterator[Reason]:
    """What one source forbids: itself, and the free time that has to be kept on either side of it.

    The time to be kept behind it is told along with the source, as it says from when on one could start.
    """
    before = Interval(source.start - margin.left, source.start)
    behind = Interval(source.end, source.end + margin.right)
    in_the_way = overlaps(source, slot)
    if in_the_way:
        yield Reason(member.member_id, ReasonKind.BUSY, Interval(source.start, source.end), source=source)
    elif overlaps(before, slot):
        yield Reason(member.member_id, ReasonKind.BUFFER, before, margin.left // MINUTE, source)
    if overlaps(behind, slot) or (in_the_way and margin.right):
        yield Reason(member.member_id, ReasonKind.BUFFER, behind, margin.right // MINUTE, source)


def _beside_grid(member: MemberTime, rules: Rules, slot: Interval) -> Iterator[Reason]:
    # Outside the hours there is no grid to be beside of.
    if _works(rules, slot) and not any(slot.start in run for run in rules.working.grid):
        yield Reason(member.member_id, ReasonKind.OFF_GRID)


def _works(rules: Rules, slot: Interval) -> bool:
    return any(window.start <= slot.start and slot.end <= window.end for window in rules.working.windows)
