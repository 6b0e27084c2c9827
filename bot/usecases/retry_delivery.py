"""Has what could not be delivered of an appointment tried again at once, given up or not."""

from collections.abc import Callable
from uuid import UUID

from bot.domain.accounts import Provider
from bot.domain.appointments import Appointment
from bot.domain.effects import Effect, EffectKind
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.ties import ConnectFirst, Tie, Ties
from bot.ports import Clock, Store
from bot.usecases.members_of import members_of
from bot.usecases.ties_of import ties_of


class RetryDelivery:
    """The button beside a delivery that failed."""

    def __init__(self, store: Store, clock: Clock, deliver_soon: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._deliver_soon = deliver_soon

    def __call__(self, actor: Actor, appointment_id: UUID) -> Appointment:
        """Raises `NotFound` unless the actor hosts or booked it, and `ConnectFirst` where that has to be done before.

        What can be tried again is, all the same.
        """
        require_full_member(actor)
        now = self._clock.now()
        with self._store.writing() as work:
            appointment = work.appointments.get(actor, appointment_id)
            ties = ties_of(work, appointment, work.remote_links.of(appointment.id))
            cut_off = {kind: provider for kind, tie, provider in _ways(ties) if tie.is_cut_off}
            [host] = members_of(work, actor.workspace_id, appointment.hosts[:1])
            waiting = [kind for kind, effect in work.effects.of(appointment.id).items() if _waits(effect)]
            for kind in waiting:
                if kind not in cut_off:
                    work.effects.hasten(appointment.id, kind, now)
            work.commit()
        self._deliver_soon()
        for kind in waiting:
            if kind in cut_off:
                raise ConnectFirst(cut_off[kind], host)
        return appointment


def _ways(ties: Ties) -> tuple[tuple[EffectKind, Tie, Provider], ...]:
    return (
        (EffectKind.EVENT, ties.google, Provider.GOOGLE),
        (EffectKind.MEETING, ties.zoom, Provider.ZOOM),
    )


def _waits(effect: Effect) -> bool:
    return effect.is_dead or effect.due_at is not None
