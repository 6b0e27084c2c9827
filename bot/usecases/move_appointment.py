"""Moves an appointment to another time: the same meeting with the same link."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.booking import BadBooking
from bot.domain.booking_rules import require_to_come
from bot.domain.errors import NotAllowed
from bot.domain.intervals import Interval
from bot.domain.people import Actor, Member, Standing
from bot.domain.permissions import require_full_member
from bot.domain.wall_time import MINUTE
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.expire_holds import expire_holds_of
from bot.usecases.gather_times import require_shared_time
from bot.usecases.invitation_quota import require_invitation
from bot.usecases.judge_start import Wish, require_bookable, telling_nearest
from bot.usecases.members_of import members_of
from bot.usecases.read_live import ReadLive
from bot.usecases.record_change import record_change, require_version


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """Where an appointment is to be moved.

    Args:
        appointment_id: which one.
        version: as it was when the form was shown.
        start: epoch seconds; the length stays.
        anyway: what the mover was told that nobody knows, and passes over, as in `NeedsAnyway.unknown`.
        overrides: also outside the mover's own hours and limits.
    """

    appointment_id: UUID
    version: int
    start: int
    anyway: frozenset[str] = frozenset()
    overrides: bool = False


class MoveAppointment:
    """Judges the new time as a booking is judged, without the appointment itself."""

    def __init__(self, store: Store, clock: Clock, read_live: ReadLive, deliver_soon: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._read_live = read_live
        self._deliver_soon = deliver_soon

    def __call__(self, actor: Actor, request: MoveRequest) -> Appointment:
        """The appointment at its new time.

        Raises:
            NotFound: the actor neither hosts nor booked it.
            NotPossible, EditedMeanwhile: it cannot be moved any more, or somebody changed it.
            BadBooking, SlotTaken, NotOffered, NeedsAnyway, NotConnected, NotAllowed: as in `BookAppointment`.
        """
        require_full_member(actor)
        require_to_come(request.start, self._clock.now())
        with self._store.reading() as work:
            appointment = self._moved(work, actor, request)
            hosts = members_of(work, actor.workspace_id, appointment.hosts)
            _require_present(hosts)
            require_shared_time(work, actor, hosts)
        unanswered = self._read_live(actor, appointment.hosts)
        now = self._clock.now()
        wish = Wish(actor, hosts, request.start, appointment.minutes, without=appointment.id, unanswered=unanswered)
        with telling_nearest(self._store, wish, now), self._store.writing() as work:
            work.appointments.lock_hosts(appointment.hosts)
            expire_holds_of(work, appointment.hosts, now)
            before = work.appointments.get(actor, request.appointment_id)
            moved = self._moved(work, actor, request)
            require_bookable(work, wish, now, anyway=request.anyway, overrides=request.overrides)
            if moved.invites and moved.status is AppointmentStatus.CONFIRMED:
                require_invitation(work, actor, now, field="start", instead="Move it tomorrow.")
            entry = LogEntry(now, Deed.MOVED, actor.member_id, before=before.span, after=moved.span)
            record_change(work, moved, entry, now)
            work.commit()
        self._deliver_soon()
        return moved

    def _moved(self, work: UnitOfWork, actor: Actor, request: MoveRequest) -> Appointment:
        before = work.appointments.get(actor, request.appointment_id)
        length = before.minutes * MINUTE
        moved = before.moved(Interval(request.start, request.start + length), self._clock.now())
        require_version(before, request.version)
        # Taken for a move, it could be undone: whoever then did so would call the appointment off.
        if moved.span == before.span:
            raise BadBooking("start", "It is at that time already.")
        return moved


def _require_present(hosts: tuple[Member, ...]) -> None:
    for host in hosts:
        if host.standing is not Standing.FULL:
            raise NotAllowed(f"{host.name} is not a full member of this workspace any more. Cancel it, or leave it.")
