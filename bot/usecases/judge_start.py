"""Whether a start can be booked, by the rules that `slots` and `why` follow."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.answers import Gathered
from bot.domain.availability import Mode, Slot, free_slots, nearest_slots
from bot.domain.booking import NotOffered, SlotTaken
from bot.domain.booking_rules import require_free, require_fresh
from bot.domain.explanation import Reason, judged
from bot.domain.intervals import Interval
from bot.domain.people import Actor, Member
from bot.domain.wall_time import DAY
from bot.ports import Store, UnitOfWork
from bot.usecases.gather_times import gather, preferences_of, require_known
from bot.usecases.name_busy import named, own_entries

_DAYS_AROUND = 4
"""Over a weekend and a holiday there is still a free start to be told."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A start that somebody wants for a meeting with these hosts.

    Args:
        start: epoch seconds.
        without: the appointment that is to be moved there; it takes no time.
        unanswered: calendars that could not be read just now.
    """

    actor: Actor
    hosts: tuple[Member, ...]
    start: int
    minutes: int
    without: UUID | None = None
    unanswered: frozenset[UUID] = frozenset()

    @property
    def even_silent(self) -> bool:
        """Whether hosts without any calendar count: what stands is moved by their appointments and hours alone."""
        return self.without is not None


def require_bookable(
    work: UnitOfWork, wish: Wish, now: datetime, *, anyway: frozenset[str], overrides: bool
) -> Gathered:
    """The hosts' time, which leaves that start open.

    Raises:
        SlotTaken: a live appointment of a host is there.
        NotOffered: something else stands in the way, unless it is the actor's own and he `overrides` it.
        NeedsAnyway: a calendar could not be read just now, or what is to be moved has a host without any, and nobody
            said `anyway`.
        NotConnected, TimeWithheld: somebody's time is not known, or not shared with the actor.
    """
    gathered, reasons = look_at(work, wish, now)
    require_free(reasons, wish.actor.member_id, overrides=overrides)
    require_fresh(gathered, wish.unanswered, anyway=anyway)
    return gathered


def look_at(work: UnitOfWork, wish: Wish, now: datetime) -> tuple[Gathered, Sequence[Reason]]:
    """The hosts' time around the start, and every reason against it, by name as far as it is the actor's."""
    there = Interval(wish.start, wish.start + 1)
    gathered = _gathered(work, wish, there, now)
    require_known(wish.actor, gathered, even_silent=wish.even_silent)
    reasons = judged(gathered.times, wish.start, wish.minutes, Mode.ALL, now=now).reasons
    if any(not reason.is_soft for reason in reasons):
        entries = own_entries(work, wish.actor, gathered.times, there, wish.minutes)
        times = [named(time, wish.actor, entries) for time in gathered.times]
        reasons = judged(times, wish.start, wish.minutes, Mode.ALL, now=now).reasons
    return gathered, reasons


@contextmanager
def telling_nearest(store: Store, wish: Wish, now: datetime) -> Iterator[None]:
    """A refusal leaves this with the free starts nearest to the one that was wanted.

    They are looked for afterwards, in a transaction of their own: nobody else has to wait for that.
    """
    try:
        yield
    except (SlotTaken, NotOffered) as refused:
        refused.nearest = nearest_slots(free_around(store, wish, now), wish.start)
        raise


def free_around(store: Store, wish: Wish, now: datetime) -> Sequence[Slot]:
    """The free starts of the days around the one that is wanted; none where somebody's time is not known."""
    around = Interval(wish.start - _DAYS_AROUND * DAY, wish.start + _DAYS_AROUND * DAY)
    with store.reading() as work:
        gathered = _gathered(work, wish, around, now)
    if not gathered.is_complete:
        return ()
    return free_slots(gathered.times, around, wish.minutes, Mode.ALL, now=now)


def _gathered(work: UnitOfWork, wish: Wish, window: Interval, now: datetime) -> Gathered:
    return gather(
        work,
        wish.actor,
        wish.hosts,
        preferences_of(work, wish.actor, wish.hosts),
        window,
        wish.minutes,
        now,
        without=wish.without,
        unanswered=wish.unanswered,
        even_silent=wish.even_silent,
    )
