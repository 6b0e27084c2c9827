"""What a host is shown of events that landed on his appointments."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.appointments import Appointment
from bot.domain.errors import DaybookError, NotFound
from bot.domain.event_fixes import openable
from bot.domain.landings import MOST_SHOWN, BatchShown, LandedEvent, Landing, LandingBatch, LandingShown, other_starts
from bot.domain.people import Actor, actor_of
from bot.domain.permissions import require_full_member
from bot.domain.ties import Ties
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.gather_times import preferences_of
from bot.usecases.host_places import host_places
from bot.usecases.judge_start import Wish, free_around
from bot.usecases.members_of import members_of
from bot.usecases.ties_of import ties_once_moved


class ShowLandings:
    """Gathers both sides of each, and where the appointment could go instead."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, batch_id: UUID) -> BatchShown:
        """For the host who asks; raises `NotFound` unless it was told to him."""
        require_full_member(actor)
        with self._store.reading() as work:
            batch = work.landings.batch(actor, batch_id)
        return self.of(batch)

    def of(self, batch: LandingBatch) -> BatchShown:
        """For jobs, which act for no one."""
        with self._store.reading() as work:
            host = work.members.get(batch.workspace_id, batch.member_id)
            actor = actor_of(host, work.workspaces.get(batch.workspace_id))
            zone = preferences_of(work, actor, [host])[host.id].schedule.zone
            read = {calendar.id for calendar in work.calendars.of(actor)}
            shown = [_shown(work, actor, landing, is_read=landing.calendar_id in read) for landing in batch.landings]
        deciding = {one.landing.number for one in shown[:MOST_SHOWN] if one.landing.state.is_open}
        now = self._clock.now()
        landings = [self._with_moves(actor, one, zone, now) if one.landing.number in deciding else one for one in shown]
        return BatchShown(batch, host, zone, tuple(landings))

    def _with_moves(self, actor: Actor, shown: LandingShown, zone: str, now: datetime) -> LandingShown:
        appointment = shown.appointment
        with self._store.reading() as work:
            hosts = members_of(work, actor.workspace_id, appointment.hosts)
        wish = Wish(actor, hosts, appointment.span.start, appointment.minutes, without=appointment.id)
        try:
            free = free_around(self._store, wish, now)
        except DaybookError:
            return shown  # where nobody can say what is free, the form of another time says why
        return replace(shown, moves=other_starts(free, wish.start, zone))


def _shown(work: UnitOfWork, actor: Actor, landing: Landing, *, is_read: bool) -> LandingShown:
    appointment = work.appointments.known(landing.appointment_id)
    if appointment is None:
        raise NotFound
    event = _event(work, actor, landing)
    return LandingShown(landing, appointment, event, ties=_ties(work, appointment), is_read=is_read)


def _event(work: UnitOfWork, actor: Actor, landing: Landing) -> LandedEvent | None:
    """As its owner may read it."""
    for event_id in (landing.event_id, landing.series_id):
        try:
            event = work.events.get(actor, landing.calendar_id, event_id)
        except NotFound:
            continue
        return LandedEvent(event.title, landing.span, openable(event.link))
    return None


def _ties(work: UnitOfWork, appointment: Appointment) -> Ties:
    [host] = members_of(work, appointment.workspace_id, appointment.hosts[:1])
    return ties_once_moved(work, appointment, work.remote_links.of(appointment.id), host_places(work, host))
