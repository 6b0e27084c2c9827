"""One appointment with its people, for the forms that change it."""

from uuid import UUID

from bot.domain.booking_form import AppointmentShown
from bot.domain.clock_shifts import PartyZone, other_zones, shift_near
from bot.domain.join_links import join_url_of
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store
from bot.usecases.find_overlaps import overlaps_of
from bot.usecases.members_of import members_of
from bot.usecases.ties_of import ties_of


class ShowAppointment:
    """Looks it up on behalf of its host or booker."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, appointment_id: UUID, *, to_be: str = "") -> AppointmentShown:
        """Raises `NotFound` unless the actor hosts or booked it.

        `to_be` is what is meant to be done to it, as "cancelled"; `NotPossible` where that cannot be any more.
        """
        require_full_member(actor)
        with self._store.reading() as work:
            appointment = work.appointments.get(actor, appointment_id)
            if to_be:
                appointment.require_live(to_be)
            hosts = members_of(work, actor.workspace_id, appointment.hosts)
            others = members_of(work, actor.workspace_id, {appointment.booker_id} - set(appointment.hosts))
            links = work.remote_links.of(appointment.id)
            ties = ties_of(work, appointment, links)
            overlaps = overlaps_of(work, actor, appointment, hosts)
        parties = [PartyZone(host.name, host.zone) for host in hosts]
        if appointment.contact is not None:
            parties.append(PartyZone(appointment.contact.name, appointment.contact.zone))
        return AppointmentShown(
            appointment=appointment,
            hosts=hosts,
            zone=actor.zone,
            now=self._clock.now(),
            join_url=join_url_of(appointment.venue, links),
            zones=other_zones(actor.zone, parties, appointment.starts_at),
            booker=next(iter(others), None),
            shift=shift_near(actor.zone, parties, appointment.starts_at),
            ties=ties,
            overlaps=overlaps,
        )
