"""Thirty days of one busy member in New York, with the change of the clocks inside: what the figures are about."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.domain.intervals import Interval
from bot.domain.schedule import Schedule

ZONE = "America/New_York"
DAYS = 30
STEP_MINUTES, BUFFER_MINUTES, SLOT_MINUTES = 15, 10, 30
OPENS, CLOSES = 9, 17
EVENTS = 10_000
NOW = datetime(2027, 2, 15, 12, tzinfo=UTC)
SCHEDULE = Schedule(
    zone=ZONE, step_minutes=STEP_MINUTES, before_minutes=BUFFER_MINUTES, after_minutes=BUFFER_MINUTES
)  # Monday to Friday from 9 to 17, unless told otherwise
_FIRST = date(2027, 3, 1)  # The clocks change on the 14th.
_WORKING_SHARE = 0.75
_GRAIN_MINUTES = 5

Span = tuple[int, int]


def days() -> Iterator[date]:
    """The dates of the month."""
    return (_FIRST + timedelta(days=number) for number in range(DAYS))


def second(day: date, hour: int) -> int:
    """The epoch second of an hour on the wall."""
    return int(datetime.combine(day, time(hour), ZoneInfo(ZONE)).timestamp())


def window() -> Interval:
    """All of it."""
    return Interval(second(_FIRST, 0), second(_FIRST + timedelta(days=DAYS), 0))


def busy_spans(count: int = EVENTS) -> list[Span]:
    """So many events in no order, the same ones every time, three quarters of them in working hours.

    They crowd into half of the working hours, as colleagues' calendars do: spread evenly, ten thousand of them
    would leave no slot at all, and the answer would be nothing but sorting.
    """
    chance = Random(_FIRST.toordinal())
    working, other = [], []
    for day in days():
        crowded = chance.sample(range(OPENS, CLOSES), (CLOSES - OPENS) // 2) if day.weekday() < 5 else []
        working += [second(day, hour) for hour in crowded]
        closed = range(24) if day.weekday() >= 5 else [*range(OPENS), *range(CLOSES, 24)]
        other += [second(day, hour) for hour in closed]
    inside = round(count * _WORKING_SHARE)
    hours = [*chance.choices(working, k=inside), *chance.choices(other, k=count - inside)]
    chance.shuffle(hours)
    return [_within(hour, chance) for hour in hours]


def _within(hour: int, chance: Random) -> Span:
    first = chance.randrange(0, 60, _GRAIN_MINUTES)
    last = chance.randrange(first, 60, _GRAIN_MINUTES) + _GRAIN_MINUTES
    return (hour + first * 60, hour + last * 60)
