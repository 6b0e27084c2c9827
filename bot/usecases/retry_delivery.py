"""Has what could not be delivered of an appointment tried again at once, given up or not."""

from collections.abc import Callable
from uuid import UUID

from bot.domain.appointments import Appointment
from bot.domain.effects import EffectKind
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store


class RetryDelivery:
    """The button beside a delivery that failed."""

    def __init__(self, store: Store, clock: Clock, deliver_soon: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._deliver_soon = deliver_soon

    def __call__(self, actor: Actor, appointment_id: UUID) -> Appointment:
        """Raises `NotFound` unless the actor hosts or booked it."""
        require_full_member(actor)
        now = self._clock.now()
        with self._store.writing() as work:
            appointment = work.appointments.get(actor, appointment_id)
            for kind in EffectKind:
                work.effects.hasten(appointment.id, kind, now)
            work.commit()
        self._deliver_soon()
        return appointment
