"""What a digest says: people's days, what changed, and when everybody is free. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from uuid import UUID

from bot.domain.appointments import Where
from bot.domain.digest_changes import Change
from bot.domain.digest_days import SHORTEST_FREE, Facts, PersonDays
from bot.domain.digests import Digest, Level
from bot.domain.intervals import Interval, intersect
from bot.domain.people import Member

_CALLS = (Where.ZOOM, Where.MEET)


@dataclass(frozen=True, slots=True)
class Edition:
    """One digest, ready to be shown.

    Args:
        day: the first local day it tells of.
        window: the epoch seconds of all of them.
        composed_at: what changed after that is not in it.
        without_link: so many appointments have no link yet.
        free: when everybody in it is free whose time is known.
        is_everyone: nobody of the list is missing from it.
        since: the day of the last digest; None where there was none.
        skipped: days that brought none since.
        due_at: when it should have come, where it is late.
        waiting: who was asked and did not answer; for a preview alone.
        has_outsiders: it is kept at busy because of who reads the channel, or may.
    """

    digest: Digest
    workspace: str
    day: date
    window: Interval
    people: tuple[PersonDays, ...]
    composed_at: datetime
    changes: tuple[Change, ...] = ()
    without_link: int = 0
    free: tuple[Interval, ...] = ()
    is_everyone: bool = False
    since: date | None = None
    skipped: tuple[date, ...] = ()
    due_at: datetime | None = None
    waiting: tuple[Member, ...] = ()
    has_outsiders: bool = False

    @property
    def is_empty(self) -> bool:
        """There is nothing to tell: nobody has anything on, and nothing changed."""
        return not self.changes and not any(person.items for person in self.people)

    @property
    def without_calendar(self) -> tuple[Member, ...]:
        """Who agreed, and has no calendar of which anything could be shown."""
        return tuple(person.member for person in self.people if not person.has_calendar)

    @property
    def is_somebody_off(self) -> bool:
        """Somebody whose time is known has no working time left that is free: a day off, or it is over."""
        return not all(person.free for person in self.people if person.is_known)


def free_together(people: Sequence[PersonDays]) -> tuple[Interval, ...]:
    """When all of those are free whose time is known; nothing of one alone."""
    known = [list(person.free) for person in people if person.is_known]
    if len(known) < 2:
        return ()
    common = reduce(intersect, known)
    return tuple(piece for piece in common if piece.end - piece.start >= SHORTEST_FREE)


def without_link(facts: Sequence[Facts]) -> int:
    """How many of the appointments are calls to which no link leads yet.

    That something is an appointment is told of none that somebody who is shown has as busy.
    """
    calls, veiled = set[UUID](), set[UUID]()
    for each in facts:
        ids = {one.appointment.id for one in each.appointments}
        veiled |= ids if each.level is Level.BUSY else ids & each.private
        calls |= {
            one.appointment.id
            for one in each.appointments
            if one.appointment.is_live and one.appointment.venue.where in _CALLS and not one.join_url
        }
    return len(calls - veiled)
