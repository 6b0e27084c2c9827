"""Changes of an appointment that need nobody's time: by its host or booker, each with a line in its log."""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, AppointmentStatus, NotPossible, Venue, Where
from bot.domain.booking import BadBooking
from bot.domain.booking_rules import tidied_reason, tidied_venue
from bot.domain.effects import EffectKind
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.record_change import places_of, record_change, require_version
from bot.usecases.want_delivery import EVERYTHING, ONLY_THE_CARD

_Change = Callable[[UnitOfWork, Appointment, datetime], tuple[Appointment, LogEntry]]


class _Changes:
    """What the use-cases here have in common.

    All of them raise `NotFound` unless the actor hosts or booked the appointment, `NotPossible` where it does not
    allow the change any more, and `EditedMeanwhile` where it is not any more as its form or button showed it.
    """

    def __init__(self, store: Store, clock: Clock, deliver_soon: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._deliver_soon = deliver_soon

    def _change(
        self,
        actor: Actor,
        appointment_id: UUID,
        version: int,
        change: _Change,
        kinds: Collection[EffectKind] = EVERYTHING,
    ) -> Appointment:
        require_full_member(actor)
        now = self._clock.now()
        with self._store.writing() as work:
            work.appointments.lock_hosts(work.appointments.get(actor, appointment_id).hosts)
            before = work.appointments.get(actor, appointment_id)
            # What it says for itself is clearer than that somebody was quicker, so it comes first.
            changed, entry = change(work, before, now)
            require_version(before, version)
            record_change(work, changed, entry, now, kinds)
            work.commit()
        self._deliver_soon()
        return changed


class CancelAppointment(_Changes):
    """Calls it off, for good."""

    def __call__(self, actor: Actor, appointment_id: UUID, *, version: int, reason: str = "") -> Appointment:
        """`reason` may be left out; whoever is told of the cancellation reads it. Raises `BadBooking` if too long."""
        told = tidied_reason(reason)

        def cancel(_work: UnitOfWork, before: Appointment, now: datetime) -> tuple[Appointment, LogEntry]:
            entry = LogEntry(now, Deed.CANCELLED, actor.member_id, before=before.span, detail=told)
            return before.cancelled(told, now), entry

        return self._change(actor, appointment_id, version, cancel)


class ConfirmHold(_Changes):
    """Makes a held appointment a real one: now it gets its video call, and whoever is invited is told."""

    def __call__(self, actor: Actor, appointment_id: UUID, *, version: int) -> Appointment:
        """Nothing about its time is judged again: it was kept for it."""

        def confirm(_work: UnitOfWork, before: Appointment, now: datetime) -> tuple[Appointment, LogEntry]:
            return before.confirmed(now), LogEntry(now, Deed.CONFIRMED, actor.member_id, after=before.span)

        return self._change(actor, appointment_id, version, confirm)


class SettleAppointment(_Changes):
    """Notes what came of it, once it is over."""

    def __call__(self, actor: Actor, appointment_id: UUID, *, version: int, showed: bool) -> Appointment:
        status, deed = (AppointmentStatus.SHOWED, Deed.SHOWED) if showed else (AppointmentStatus.NO_SHOW, Deed.NO_SHOW)

        def settle(_work: UnitOfWork, before: Appointment, now: datetime) -> tuple[Appointment, LogEntry]:
            return before.settled(status, now), LogEntry(now, deed, actor.member_id)

        # Google and Zoom need not know.
        return self._change(actor, appointment_id, version, settle, ONLY_THE_CARD)


class ChangeVenue(_Changes):
    """Has people meet elsewhere, as when Zoom does not answer."""

    def __call__(self, actor: Actor, appointment_id: UUID, venue: Venue, *, version: int) -> Appointment:
        """Raises `BadBooking` where its first host cannot meet people so."""
        wanted = tidied_venue(venue)

        def change(work: UnitOfWork, before: Appointment, now: datetime) -> tuple[Appointment, LogEntry]:
            if before.venue == wanted:
                raise NotPossible("That is where it is already. Nothing was changed.")
            changed = before.at_venue(wanted, now)
            if wanted.where is Where.ZOOM and places_of(work, before).zoom is None:
                raise BadBooking("venue", "Its host has no Zoom account connected. Choose another way to meet.")
            return changed, LogEntry(now, Deed.VENUE_CHANGED, actor.member_id, detail=wanted.where)

        return self._change(actor, appointment_id, version, change)
