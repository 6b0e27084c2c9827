"""What a member's connections and calendars are up to, and the wish to read them now."""

from dataclasses import replace
from datetime import datetime

from bot.domain.connections import Status
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store, UnitOfWork

MOST_NAMED = 30
"""Events that could not be understood are named up to here, and counted beyond."""


def status_of(work: UnitOfWork, actor: Actor, now: datetime) -> Status:
    """What the actor has connected; the events that could not be understood are counted, not named."""
    return Status(
        now=now,
        accounts=tuple(work.accounts.of(actor)),
        pending=tuple(work.accounts.pending(actor)),
        calendars=tuple(work.calendars.of(actor)),
    )


class ShowStatus:
    """The state of everything the actor has connected."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor) -> Status:
        require_full_member(actor)
        with self._store.reading() as work:
            unreadable = work.events.unreadable(actor, limit=MOST_NAMED)
            return replace(status_of(work, actor, self._clock.now()), unreadable=unreadable)


class RequestSync:
    """*Sync now*: make the actor's calendars due at once; the job that runs every few seconds takes them up."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor) -> int:
        """How many calendars will be read."""
        require_full_member(actor)
        with self._store.writing() as work:
            count = work.calendars.request_sync(actor, self._clock.now())
            work.commit()
        return count
