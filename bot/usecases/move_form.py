"""What the form of another time for an appointment shows."""

from datetime import date
from uuid import UUID

from bot.domain.booking_form import MoveForm
from bot.domain.clock_shifts import other_zones, shift_near
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.wall_time import moment
from bot.ports import Clock, Store
from bot.usecases.booking_form import midday, parties_of
from bot.usecases.free_day import DayAsked, free_day
from bot.usecases.gather_times import preferences_of
from bot.usecases.host_places import host_places
from bot.usecases.members_of import members_of
from bot.usecases.ties_of import ties_once_moved


class ShowMoveForm:
    """Gathers the form anew whenever the day changes; the length stays."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, appointment_id: UUID, day: date | None = None) -> MoveForm:
        """Without a `day`, that of the appointment as it stands, or today where that is over.

        Raises `NotFound` unless the actor hosts or booked it, and `NotPossible` where it cannot be moved any more.
        """
        require_full_member(actor)
        now = self._clock.now()
        with self._store.reading() as work:
            appointment = work.appointments.get(actor, appointment_id)
            appointment.require_live("moved")
            hosts = members_of(work, actor.workspace_id, appointment.hosts)
            is_over = appointment.starts_at <= now
            asked = DayAsked(day, None if is_over else appointment.span.start, without=appointment.id)
            links = work.remote_links.of(appointment.id)
            ties = ties_once_moved(work, appointment, links, host_places(work, hosts[0]))
            preferences = preferences_of(work, actor, hosts)
            free = free_day(work, actor, hosts, preferences, appointment.minutes, asked, now)
        parties = parties_of(hosts, free, appointment.contact)
        near = moment(free.start or midday(free, actor.zone))
        return MoveForm(
            zone=actor.zone,
            now=now,
            appointment=appointment,
            hosts=hosts,
            is_own=actor.member_id in appointment.hosts,
            free=free,
            zones=other_zones(actor.zone, parties, near),
            shift=shift_near(actor.zone, parties, near),
            ties=ties,
        )
