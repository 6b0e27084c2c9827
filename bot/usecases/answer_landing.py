"""A host's word on an event that landed on his appointment: move the appointment, or keep both."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from bot.domain.appointments import Appointment, NotPossible
from bot.domain.errors import NotFound
from bot.domain.landings import Landing, LandingState
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.move_appointment import MoveRequest

SETTLED = "That was settled already. Nothing was changed."


@dataclass(frozen=True, slots=True)
class LandingMove:
    """Where an appointment is to go.

    Args:
        batch_id: the message that was answered.
        number: which of the overlaps in it.
        version: of the appointment, as it was shown.
        start: epoch seconds.
    """

    batch_id: UUID
    number: int
    version: int
    start: int


class AnswerLanding:
    """Moving goes the way of every move, and is refused as any other would be."""

    def __init__(self, store: Store, move: Callable[[Actor, MoveRequest], Appointment], clock: Clock) -> None:
        self._store = store
        self._move = move
        self._clock = clock

    def move(self, actor: Actor, wanted: LandingMove) -> Appointment:
        """The appointment at its new time. Raises `NotFound`, `NotPossible` once it is settled, and what
        `MoveAppointment` raises; then nothing was changed."""
        require_full_member(actor)
        with self._store.reading() as work:
            landing = _open_one(work, actor, wanted.batch_id, wanted.number)
        moved = self._move(actor, MoveRequest(landing.appointment_id, wanted.version, wanted.start))
        with self._store.writing() as work:
            work.landings.settle(self._clock.now())
            work.commit()
        return moved

    def keep(self, actor: Actor, batch_id: UUID, number: int) -> None:
        """Let both stand; with number 0 all that are open. Raises as `move` does."""
        require_full_member(actor)
        with self._store.writing() as work:
            if number:
                kept = [_open_one(work, actor, batch_id, number)]
            else:
                kept = [one for one in work.landings.batch(actor, batch_id).landings if one.state.is_open]
            work.landings.end(kept, LandingState.KEPT)
            work.commit()


def _open_one(work: UnitOfWork, actor: Actor, batch_id: UUID, number: int) -> Landing:
    for landing in work.landings.batch(actor, batch_id).landings:
        if landing.number == number:
            if not landing.state.is_open:
                raise NotPossible(SETTLED)
            return landing
    raise NotFound
