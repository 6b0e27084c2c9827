"""On which local days a digest comes, and at which instants: each day once, whatever the clocks do."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.digests import Digest, Plan
from bot.domain.wall_time import MINUTE, epoch, local_day, midnight, moment, wall_clock, zone_named

GRACE = timedelta(hours=2)
"""After an outage a digest comes so late at most; after that its day is skipped."""

LATE_AFTER = timedelta(minutes=10)
"""From then on it says that it is late."""

MOST_SKIPPED = 400
"""Days that are settled in one go."""

_A_DAY = timedelta(days=1)
# Any weekday comes within one week, and no zone ever skipped more than one date in a row.
_FURTHEST = 16


@dataclass(frozen=True, slots=True)
class Turn:
    """A digest's local day, and the instant at which it is due; aware UTC."""

    day: date
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What is to be done about a digest that is due.

    Args:
        skipped: days whose time went by too long ago.
        turn: what is to be posted now; None where nothing is.
        following: what comes after that.
    """

    skipped: tuple[date, ...]
    turn: Turn | None
    following: Turn


def due_of(plan: Plan, day: date) -> datetime | None:
    """When the digest of a date is due; None where that date does not exist in its zone.

    A time that the clocks skip is the next one that they show, a time that they show twice is meant the first time.
    """
    clock = wall_clock(zone_named(plan.zone), day, day)
    begins, ends = clock.day(day)
    if begins >= ends:
        return None
    return moment(clock.instant(midnight(day) + (plan.at.hour * 60 + plan.at.minute) * MINUTE))


def next_turn(plan: Plan, first: date, *, after: datetime | None = None) -> Turn:
    """The next digest, not before date `first`, and due after an instant where one is told."""
    for number in range(_FURTHEST):
        day = first + timedelta(days=number)
        if day.weekday() not in plan.weekdays:
            continue
        due_at = due_of(plan, day)
        if due_at is not None and (after is None or due_at > after):
            return Turn(day, due_at)
    raise ValueError(f"no digest comes on {sorted(plan.weekdays)}")


def today_of(plan: Plan, now: datetime) -> date:
    """The date in its zone."""
    return local_day(epoch(now), zone_named(plan.zone))


def first_turn(plan: Plan, now: datetime, *, last_day: date | None = None) -> Turn:
    """The first digest that is due from now on, on a day after the last that was settled."""
    return next_turn(plan, _not_before(plan, now, last_day), after=now)


def turn_after_change(plan: Plan, before: Turn, now: datetime, *, last_day: date | None) -> Turn:
    """The next digest of a plan that was changed: no day is told of twice, and none that was still to come is lost.

    Args:
        plan: as it is now.
        before: what came next before the change.
        now: aware.
        last_day: the last local day that was settled, in whichever zone that was.
    """
    today = today_of(plan, now)
    if before.day <= today and _not_before(plan, now, last_day) == today:
        due_at = due_of(plan, today) if today.weekday() in plan.weekdays else None
        if due_at is not None:
            return Turn(today, max(due_at, now))
    return first_turn(plan, now, last_day=last_day)


def passed_by(plan: Plan, before: Turn, now: datetime) -> tuple[date, ...]:
    """Days that were still to come before a plan was changed, and are over in its zone as it is now."""
    today = today_of(plan, now)
    number = min((today - before.day).days, MOST_SKIPPED)
    days = [today - timedelta(days=back) for back in range(number, 0, -1)]
    return tuple(day for day in days if day.weekday() in plan.weekdays and due_of(plan, day) is not None)


def reckon(plan: Plan, turn: Turn, now: datetime) -> Reckoning:
    """What is to be done about a turn and those after it, as far as they are due."""
    skipped: list[date] = []
    while turn.due_at + GRACE < now and len(skipped) < MOST_SKIPPED:
        skipped.append(turn.day)
        turn = next_turn(plan, turn.day + _A_DAY)
    if turn.due_at > now or turn.due_at + GRACE < now:
        return Reckoning(tuple(skipped), None, turn)
    return Reckoning(tuple(skipped), turn, next_turn(plan, turn.day + _A_DAY))


def comes_again(now: Digest, before: Digest, turn: Turn) -> bool:
    """Whether a turn that came to nothing can be due once more, the digest having been changed meanwhile.

    Not where it was paused, or comes at other times: then whoever changed it settled what comes next.
    """
    return now.next_due_at is not None and now.plan == before.plan and now.next_day > turn.day


def is_late(turn: Turn, now: datetime) -> bool:
    """Whether the digest has to say so."""
    return now - turn.due_at > LATE_AFTER


def _not_before(plan: Plan, now: datetime, last_day: date | None) -> date:
    today = today_of(plan, now)
    return today if last_day is None else max(today, last_day + _A_DAY)
