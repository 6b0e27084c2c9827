"""People in other zones than the reader's, and when their clocks change against his."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bot.domain.wall_time import DAY, MINUTE, epoch, moment, zone_named

_WEEK = timedelta(days=7)
_FORTNIGHT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class PartyZone:
    """Somebody in a zone of his own; `zone` is an IANA name."""

    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class ClockShift:
    """From `at` on somebody's clock is `after` minutes ahead of the reader's, and no more `before`.

    Negative minutes are behind. People who meet each week are an hour off then.
    """

    party: PartyZone
    at: datetime
    before: int
    after: int


def other_zones(zone: str, parties: Sequence[PartyZone], at: datetime) -> tuple[PartyZone, ...]:
    """Those of the parties whose clock shows another time than the reader's near `at`, each name once."""
    apart = {
        party.name: party
        for party in parties
        if party.zone and any(_apart(zone, party.zone, near) for near in (at - _FORTNIGHT, at, at + _FORTNIGHT))
    }
    return tuple(apart.values())


def shift_near(zone: str, parties: Sequence[PartyZone], at: datetime) -> ClockShift | None:
    """The change of a party's clock against the reader's that is nearest to `at`, within a week of it.

    Who meets the week before or after at the same time on his own clock is then an hour off. One change tells it:
    the others of these parties are mostly the same one.
    """
    shifts = (shift for party in parties if party.zone for shift in _shifts(zone, party, at))
    near = (shift for shift in shifts if abs(shift.at - at) <= _WEEK)
    return min(near, key=lambda shift: abs(shift.at - at), default=None)


def _shifts(zone: str, party: PartyZone, at: datetime) -> list[ClockShift]:
    first = epoch(at - _WEEK) // DAY * DAY
    days = [moment(first + number * DAY) for number in range(2 * _WEEK.days + 2)]
    found = []
    for day, following in pairwise(days):
        before, after = _apart(zone, party.zone, day), _apart(zone, party.zone, following)
        if before != after:
            found.append(ClockShift(party, _first_with(zone, party.zone, day, before), before, after))
    return found


def _first_with(zone: str, other: str, day: datetime, before: int) -> datetime:
    """The minute within the day after `day` at which the two are not `before` minutes apart any more."""
    low, high = 0, DAY // MINUTE
    while high - low > 1:
        middle = (low + high) // 2
        if _apart(zone, other, day + timedelta(minutes=middle)) == before:
            low = middle
        else:
            high = middle
    return day + timedelta(minutes=high)


def _apart(zone: str, other: str, at: datetime) -> int:
    """How many minutes the wall of `other` is ahead of that of `zone` at an aware moment."""
    ours, theirs = (at.astimezone(zone_named(name)).utcoffset() or timedelta() for name in (zone, other))
    return (theirs - ours) // timedelta(minutes=1)
