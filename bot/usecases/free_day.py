"""The free starts of one day, for the menu of times in a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.domain.agenda import window_of
from bot.domain.availability import Mode, free_slots
from bot.domain.booking_form import DAYS_LOOKED_AT, FreeDay, spread
from bot.domain.intervals import Interval
from bot.domain.people import Actor, Member
from bot.domain.preferences import Preferences
from bot.domain.wall_time import epoch, local_day, zone_named
from bot.ports import UnitOfWork
from bot.usecases.gather_times import gather


@dataclass(frozen=True, slots=True)
class DayAsked:
    """Which day, as far as somebody said.

    Args:
        day: the date in the asker's zone; None for that of `start`, or the first that has a free start.
        start: epoch seconds of the start that is wanted.
        within: where the first free start is looked for; None for the days to come.
        without: the appointment that is to be moved; it takes no time.
    """

    day: date | None = None
    start: int | None = None
    within: Interval | None = None
    without: UUID | None = None


def free_day(
    work: UnitOfWork,
    actor: Actor,
    hosts: tuple[Member, ...],
    preferences: Mapping[UUID, Preferences],
    minutes: int,
    asked: DayAsked,
    now: datetime,
) -> FreeDay:
    """The starts that all hosts have free, in the actor's zone; `preferences` are those of all the hosts."""
    today = local_day(epoch(now), zone_named(actor.zone))
    day = asked.day
    if day is None and asked.start is not None:
        day = local_day(asked.start, zone_named(actor.zone))
    if day is not None:
        window = window_of(day, actor.zone)
    else:
        window = asked.within or window_of(today, actor.zone, days=DAYS_LOOKED_AT)
    gathered = gather(work, actor, hosts, preferences, window, minutes, now, without=asked.without)
    first = local_day(window.start, zone_named(actor.zone))
    if not gathered.is_complete:
        return FreeDay(day or first, gathered, None, wanted=asked.start)
    starts = [slot.start for slot in free_slots(gathered.times, window, minutes, Mode.ALL, now=now)]
    if day is None:
        day = local_day(starts[0], zone_named(actor.zone)) if starts else first
        bounds = window_of(day, actor.zone)
        starts = [start for start in starts if bounds.start <= start < bounds.end]
    shown = spread(starts, asked.start)
    return FreeDay(
        day,
        gathered,
        shown,
        start=asked.start if asked.start in starts else None,
        wanted=asked.start,
        has_more=len(shown) < len(starts),
    )
