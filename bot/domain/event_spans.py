"""When an event begins and ends as instants: once, or each time that its rules make it happen.

Events repeat in the wall time of their zone. Rules are expanded by recurring-ical-events behind
`recurrence_guards`; only its starts are taken, because what a skipped or repeated hour does to a length is
decided here.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.event_ends import length_in_days, moments_of
from bot.domain.events import AllDay, EventTime, Timed
from bot.domain.intervals import Interval
from bot.domain.recurrence_guards import MOST_OCCURRENCES, Recurrence, check_cost, check_years, read_lines
from bot.domain.recurrence_rule import EARLIEST_YEAR, LATEST_YEAR, Frequency, Rule, UnsupportedRecurrence
from bot.domain.wall_time import UnknownZone, epoch, midnight, moment, wall_clock, zone_named

_ONE_DAY = timedelta(days=1)


class Span(NamedTuple):
    """Epoch seconds, half-open."""

    start: int
    end: int


def single_span(start: EventTime, end: EventTime | None, zone: str) -> Span:
    """When an event happens that does not repeat.

    Args:
        start: a day or an instant.
        end: exclusive; see `event_ends` for one that is missing or makes no sense.
        zone: IANA name of the calendar's zone, where days begin at midnight; raises `UnknownZone`.
    """
    if isinstance(start, AllDay):
        return _all_day_span(start.day, length_in_days(start, end, zone), zone_named(zone))
    return Span(*map(epoch, moments_of(start, end, zone)))


def written_zone(start: EventTime | None, home: str) -> str:
    """The zone in which an event's times are written: of its start, or `home` where that has none that is known."""
    if not isinstance(start, Timed) or not start.zone:
        return home
    try:
        return zone_named(start.zone).key
    except UnknownZone:
        return home


def repeated_spans(
    start: EventTime, end: EventTime | None, lines: Sequence[str], zone: str, window: Interval
) -> list[Span]:
    """When a repeating event happens in the window and shortly around it.

    Args:
        start: of the first time.
        end: of the first time, exclusive.
        lines: RRULE, RDATE and EXDATE lines.
        zone: IANA name of the calendar's zone, for all-day events and those written without a zone.
        window: epoch seconds.

    Raises:
        UnsupportedRecurrence: the repetition is refused, and why.
        UnknownZone: the zone that it repeats in is not known.
    """
    recurrence = read_lines(lines)
    check_years(*(when.day if isinstance(when, AllDay) else when.at for when in (start, end) if when))
    if isinstance(start, AllDay):
        home = zone_named(zone)
        shape = _Shape(datetime.combine(start.day, time()), length_in_days(start, end, zone), home, is_all_day=True)
        walls = _walls(recurrence, shape, window)
        return [_all_day_span(wall.date(), shape.length, home) for wall in walls]
    # What repeats by the hour does so whatever the wall shows; everything else goes by the wall.
    hourly = any(rule.frequency is Frequency.HOURLY for rule in recurrence.rules)
    home = zone_named("UTC" if hourly else start.zone or zone)
    if hourly:
        # Where it ends is still told by the wall.
        rules = map(partial(_ending_in, start.zone or zone), recurrence.rules)
        recurrence = recurrence._replace(rules=tuple(rules))
    taken = moments_of(start, end, zone)
    length = max(_wall(taken.end, home) - _wall(taken.start, home), timedelta())
    shape = _Shape(_wall(start.at, home), length, home, is_all_day=False)
    # The rule goes by the start that was told, even where the end comes before it.
    ahead = shape.first - _wall(taken.start, home)
    return [_timed_span(wall - ahead, length, home) for wall in _walls(recurrence, shape, window)]


class _Shape(NamedTuple):
    """What every time of a repeating event has in common: local, without zone, times of day as on the wall."""

    first: datetime
    length: timedelta
    home: ZoneInfo
    is_all_day: bool

    def written(self, wall: datetime) -> str:
        """A local time as iCalendar writes it."""
        return f";VALUE=DATE:{wall:%Y%m%d}" if self.is_all_day else f";TZID={self.home.key}:{wall:%Y%m%dT%H%M%S}"


def _walls(recurrence: Recurrence, shape: _Shape, window: Interval) -> list[datetime]:
    """The local times at which it begins, for all that touches the window, in order."""
    # Two days on either side are more than any zone, any jump of its clock, and an end before the start are away.
    begin = moment(window.start).replace(tzinfo=None) - 2 * _ONE_DAY
    end = moment(window.end).replace(tzinfo=None) + 2 * _ONE_DAY
    walls: set[datetime] = set()
    alive = [rule for rule in map(partial(_ending, shape=shape), recurrence.rules) if _reaches(rule, shape, begin, end)]
    for rule in alive:
        check_cost(rule, shape.first, shape.length, begin, end)
        # So early that this start, which a rule always counts as one of its times, lies before the window.
        start = rule.in_step(shape.first, begin - shape.length - _ONE_DAY)
        bounded = _ending_by(rule, end + _ONE_DAY, shape)
        walls.update(_expanded(bounded, shape._replace(first=start), recurrence.date_lines, begin, end))
    if not alive and (recurrence.date_lines or not recurrence.rules):
        # Single dates go on where no rule does; the start belongs to the rule, if there is one.
        walls.update(_expanded(None, shape, recurrence.date_lines, begin, end))
        walls -= {shape.first} if recurrence.rules else set()
    if len(walls) > MOST_OCCURRENCES:
        raise UnsupportedRecurrence(f"It happens more than {MOST_OCCURRENCES:,} times within the time looked at.")
    return sorted(walls)


def _reaches(rule: Rule, shape: _Shape, begin: datetime, end: datetime) -> bool:
    """Whether a rule, as it ends, may have something to say from `begin` to `end`."""
    is_over = rule.until is not None and _wall_of(rule.until, shape.home) < begin - shape.length
    return shape.first < end and not is_over


def _expanded(
    rule: Rule | None, shape: _Shape, date_lines: Sequence[str], begin: datetime, end: datetime
) -> Iterator[datetime]:
    # Imported here: together they take a tenth of a second, which no start of the program should pay.
    from icalendar import Event
    from recurring_ical_events import EventAdapter
    from recurring_ical_events import Series as Walk

    lines = [
        "BEGIN:VEVENT",
        "UID:1",
        f"DTSTART{shape.written(shape.first)}",
        f"DTEND{shape.written(shape.first + max(shape.length, timedelta(seconds=1)))}",
        *([f"RRULE:{rule.text()}"] if rule else []),
        *date_lines,
        "END:VEVENT",
    ]
    zone = None if shape.is_all_day else shape.home
    try:
        event = Event.from_ical("\r\n".join(lines) + "\r\n")
        if event.errors:
            raise UnsupportedRecurrence("Its repetition has dates that cannot be read.")
        walk = Walk([EventAdapter(event)]).between(begin.replace(tzinfo=zone), end.replace(tzinfo=zone))
        for occurrence in islice(walk, MOST_OCCURRENCES + 1):
            yield _wall_of(occurrence.start, shape.home)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as problem:
        # Whatever a hostile line makes the two libraries trip over, it is one event that cannot be read.
        raise UnsupportedRecurrence("Its repetition cannot be worked out.") from problem


def _ending(rule: Rule, shape: _Shape) -> Rule:
    """The rule with its end in the same form as its start, as the standard asks and few programs write it."""
    until = rule.until
    if until is None:
        return rule
    if shape.is_all_day:
        # Many programs write the day as midnight in UTC, which west of Greenwich would be the day before.
        if isinstance(until, datetime) and until.tzinfo and until.astimezone(UTC).time() == time():
            return rule.ending(until.astimezone(UTC).date())
        return rule.ending(_wall_of(until, shape.home).date())
    return _ending_in(shape.home.key, rule)


def _ending_in(zone: str, rule: Rule) -> Rule:
    """The rule with its end as an instant; one that is written without a zone is by the wall of `zone`."""
    until = rule.until
    if until is None or (isinstance(until, datetime) and until.tzinfo):
        return rule
    if not isinstance(until, datetime):
        # A date stands for all of that day: read as its midnight, it would lose the last time.
        until = datetime.combine(until, time(23, 59, 59))
    return rule.ending(until.replace(tzinfo=zone_named(zone)).astimezone(UTC))


def _ending_by(rule: Rule, last: datetime, shape: _Shape) -> Rule:
    """The rule without what is behind a local time: left without an end, the library reads on for ten times more."""
    if rule.count is not None or (rule.until is not None and _wall_of(rule.until, shape.home) < last):
        return rule
    return _ending(rule.ending(last), shape)


def _wall(at: datetime, home: ZoneInfo) -> datetime:
    return at.astimezone(home).replace(tzinfo=None, fold=0)


def _wall_of(told: date, home: ZoneInfo) -> datetime:
    """A date, a local time, or an aware time as the local time of the zone."""
    if not isinstance(told, datetime):
        return datetime.combine(told, time())
    return _wall(told, home) if told.tzinfo else told


def _timed_span(wall: datetime, length: timedelta, home: ZoneInfo) -> Span:
    """The instants of a local time and its end: a night shift keeps its hours on the wall when the clocks change."""
    start = int(wall.replace(tzinfo=home).timestamp())
    end = int((wall + length).replace(tzinfo=home).timestamp())
    seconds = int(length.total_seconds())
    if end - start < seconds and _wall(moment(start), home) != wall:
        # The clock skips the start, which so is later; up to the same end there might be no time left.
        end = start + seconds
    return Span(start, end)


def _all_day_span(first: date, length: timedelta, home: ZoneInfo) -> Span:
    if not EARLIEST_YEAR <= first.year <= LATEST_YEAR:
        # No window reaches there, and adding a zone would overflow.
        return Span(midnight(first), midnight(first) + int(length.total_seconds()))
    return Span(_midnight(first, home), _midnight(first + length, home))


def _midnight(day: date, home: ZoneInfo) -> int:
    """The instant at which a date begins."""
    second = int(datetime.combine(day, time(), tzinfo=home).timestamp())
    if moment(second).astimezone(home).hour == 0:
        return second
    # Midnight is skipped by the clock: the day begins when it starts again.
    return wall_clock(home, day, day).instant(midnight(day))
