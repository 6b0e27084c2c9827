"""The clock on a wall of some zone: which instant a local time is, on the days that the clock jumps too.

Local times are whole seconds counted as if the wall showed UTC, so that a day is always 86,400 of them and
22:30 of a date is arithmetic. A zone is asked once per day; between two jumps everything is integers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.errors import DaybookError

DAY = 86_400
MINUTE = 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()


class UnknownZone(DaybookError, ValueError):
    """A name that is no IANA time zone, or none that is installed here."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no time zone named “{name[:60]}”. Names look like Europe/Berlin.")
        self.name = name


# A zone keeps only a few of those used last by itself, and reads the others from a file each time.
@lru_cache(maxsize=512)
def zone_named(name: str) -> ZoneInfo:
    """The zone with an IANA name; raises `UnknownZone`."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as problem:  # not installed; a path that leads away; a folder
        raise UnknownZone(name) from problem


def epoch(moment: datetime) -> int:
    """The first whole second at or after an aware moment, counted from 1970-01-01T00:00Z."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no zone")
    return -((_EPOCH - moment) // timedelta(seconds=1))


def moment(second: int) -> datetime:
    """The aware UTC moment of an epoch second."""
    return _EPOCH + timedelta(seconds=second)


def local_day(second: int, zone: ZoneInfo) -> date:
    """The date on the wall of `zone` at an epoch second."""
    return datetime.fromtimestamp(second, zone).date()


def midnight(day: date) -> int:
    """The local second at which a date begins on the wall."""
    return (day.toordinal() - _EPOCH_DAY) * DAY


class Stretch(NamedTuple):
    """Local seconds that the wall shows one after the other, for the first time; instant = local - `offset`."""

    start: int
    end: int
    offset: int


@dataclass(frozen=True, slots=True)
class WallClock:
    """The wall clock of a zone over some days. Make it with `wall_clock`.

    A skipped local time lies in no stretch, a repeated one in exactly one: where it is shown first.
    """

    stretches: tuple[Stretch, ...]

    def instant(self, local: int) -> int:
        """The first epoch second at which the wall shows `local` or, having skipped it, something later."""
        for start, end, offset in self.stretches:
            if local < end:
                return max(local, start) - offset
        raise ValueError(f"local second {local} is after the days of this clock")

    def shows(self, local: int) -> bool:
        """Whether the wall ever shows `local`; false for what is skipped."""
        return any(start <= local < end for start, end, _ in self.stretches)

    def shown(self, start: int, end: int) -> Iterator[Stretch]:
        """What the wall shows of local `start` up to local `end`, in pieces without a jump inside."""
        for first, last, offset in self.stretches:
            if first < end and start < last:
                yield Stretch(max(first, start), min(last, end), offset)

    def day(self, day: date) -> tuple[int, int]:
        """The epoch seconds at which a date begins and ends: 23, 25 or 23½ hours on the days of a jump."""
        return self.instant(midnight(day)), self.instant(midnight(day) + DAY)


def wall_clock(zone: ZoneInfo, first: date, last: date) -> WallClock:
    """The wall clock of `zone` from date `first` to date `last`, both included.

    Two jumps within one day that undo each other are not seen; no zone has ever had them.
    """
    # Offsets reach from -12 to +14 hours, and a jump may skip a whole day: two days more on both sides.
    start = midnight(first) - 2 * DAY
    stop = midnight(last) + 3 * DAY
    stretches: list[Stretch] = []
    shown_until = start - DAY
    begin, offset = start, _offset(zone, start)
    for jump, after in [*_jumps(zone, start, stop), (stop, offset)]:
        fresh = max(begin + offset, shown_until)
        if fresh < jump + offset:
            stretches.append(Stretch(fresh, jump + offset, offset))
            shown_until = jump + offset
        begin, offset = jump, after
    return WallClock(tuple(stretches))


def _jumps(zone: ZoneInfo, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Each epoch second at which the offset of the zone changes, with the offset from then on."""
    offset = _offset(zone, start)
    for before in range(start, stop, DAY):
        after = _offset(zone, before + DAY)
        if after == offset:
            continue
        low, high = before, before + DAY
        while high - low > 1:
            middle = (low + high) // 2
            if _offset(zone, middle) == offset:
                low = middle
            else:
                high = middle
        yield high, after
        offset = after


def _offset(zone: ZoneInfo, second: int) -> int:
    """Seconds that the wall of the zone is ahead of UTC at an epoch second."""
    ahead = datetime.fromtimestamp(second, zone).utcoffset()
    if ahead is None:
        raise ValueError(f"{zone} tells no offset")
    return int(ahead.total_seconds())
