"""Cancels the appointments that somebody saw by name, before he has their host or their contact erased."""

from collections.abc import Iterable
from uuid import UUID

from bot.domain.appointments import EditedMeanwhile, NotPossible
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.usecases.change_appointment import CancelAppointment

Named = tuple[UUID, int]
"""An appointment in the version that was shown."""


class CancelNamed:
    """Each in the ordinary way, so that Google and Zoom follow, and whoever was invited is told."""

    def __init__(self, cancel: CancelAppointment) -> None:
        self._cancel = cancel

    def __call__(self, actor: Actor, named: Iterable[Named]) -> int:
        """How many were cancelled; one that is not as it was shown any more stays, and is for the actor to see anew."""
        cancelled = 0
        for appointment_id, version in named:
            try:
                self._cancel(actor, appointment_id, version=version)
            except (NotFound, NotPossible, EditedMeanwhile):
                continue
            cancelled += 1
        return cancelled
