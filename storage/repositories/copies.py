"""Appointments' events among those of a calendar that is being synced."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Connection, and_, false, func, not_, or_, select

from bot.domain.accounts import AccountStatus
from bot.domain.appointments import AppointmentStatus, QuestionKind
from bot.domain.calendars import SyncClaim
from bot.domain.effects import EffectKind, LinkState
from bot.domain.sync_plan import portions
from storage.repositories.locks import ClaimLock
from storage.tables import ACCOUNTS, APPOINTMENTS, CALENDARS, EFFECTS, EVENTS, HOSTS, OCCURRENCES, REMOTE_LINKS


class Copies:
    """Finds the appointments that were copied to the calendar of a claim."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = ClaimLock(connection)

    def of(self, claim: SyncClaim, event_ids: Collection[str]) -> frozenset[UUID]:
        """The appointments whose copies are among these events; raises `LeaseLost`."""
        self._lock.hold(claim)
        return frozenset(
            appointment_id
            for ids in portions(event_ids)
            for appointment_id in self._connection.scalars(
                select(REMOTE_LINKS.c.appointment_id).where(in_calendar(claim), REMOTE_LINKS.c.remote_id.in_(ids))
            )
        )


# Whatever carries the mark of an appointment that the calendar's owner hosts.
_OF_APPOINTMENT = (
    select(REMOTE_LINKS.c.ical_uid)
    .join(HOSTS, HOSTS.c.appointment_id == REMOTE_LINKS.c.appointment_id)
    .join(APPOINTMENTS, APPOINTMENTS.c.id == REMOTE_LINKS.c.appointment_id)
    .where(
        REMOTE_LINKS.c.ical_uid == EVENTS.c.ical_uid,
        REMOTE_LINKS.c.kind == EffectKind.EVENT,
        HOSTS.c.host_id == CALENDARS.c.member_id,
    )
)
# What came of a settled one is nobody's business in Google any more.
_FOLLOWED = [status for status in AppointmentStatus if status.is_live or status is AppointmentStatus.CANCELLED]


def in_calendar(claim: SyncClaim) -> ColumnElement[bool]:
    """Copies in the remote calendar of the claim, except where we took them away.

    By what the provider knows it by: our own row of a calendar that was left and chosen again is another one.
    """
    return and_(
        REMOTE_LINKS.c.account_id == claim.calendar.account_id,
        REMOTE_LINKS.c.container == claim.calendar.remote_id,
        REMOTE_LINKS.c.kind == EffectKind.EVENT,
        REMOTE_LINKS.c.state != LinkState.REMOVED,
    )


def takes_time_besides(*, without: BindParameter[UUID]) -> ColumnElement[bool]:
    """Whether an occurrence that carries an appointment's mark takes time of its own, as Google shows it.

    It does, unless an appointment of its owner takes exactly that time, or it is of the event that we wrote and is
    about to follow: to where the appointment is, or away, through an account that works. What nobody can bring in
    line counts as it is there, and so do the days on which no appointment can be.

    Args:
        without: the id of an appointment whose events are left out.
    """
    return not_(or_(_is_told(without), _is_followed(), _is_of(without)))


def _is_told(without: BindParameter[UUID]) -> ColumnElement[bool]:
    """An appointment takes that time already, whatever the mark says: it may have been given up for another."""
    return (
        select(HOSTS.c.appointment_id)
        .join(APPOINTMENTS, APPOINTMENTS.c.id == HOSTS.c.appointment_id)
        .where(
            HOSTS.c.host_id == CALENDARS.c.member_id,
            HOSTS.c.start_at == OCCURRENCES.c.start_at,
            HOSTS.c.end_at == OCCURRENCES.c.end_at,
            APPOINTMENTS.c.status != AppointmentStatus.CANCELLED,
            APPOINTMENTS.c.id != without,
        )
        .correlate(OCCURRENCES, EVENTS, CALENDARS)
        .exists()
    )


def _is_followed() -> ColumnElement[bool]:
    """It is of the event that we wrote, and a delivery brings it in line, or has taken it away."""
    is_impossible = and_(APPOINTMENTS.c.question == QuestionKind.COLLIDES, APPOINTMENTS.c.their_start_at.is_(None))
    return (
        _OF_APPOINTMENT.outerjoin(ACCOUNTS, ACCOUNTS.c.id == REMOTE_LINKS.c.account_id)
        .outerjoin(EFFECTS, and_(EFFECTS.c.appointment_id == APPOINTMENTS.c.id, EFFECTS.c.kind == EffectKind.EVENT))
        .where(
            EVENTS.c.id == REMOTE_LINKS.c.remote_id,
            EVENTS.c.recurrence == "",
            # Google brings it to the other hosts' calendars, and keeps it as it is in the first one's.
            or_(REMOTE_LINKS.c.container == CALENDARS.c.remote_id, HOSTS.c.position > 0),
            or_(
                REMOTE_LINKS.c.state == LinkState.REMOVED,
                and_(
                    ACCOUNTS.c.status == AccountStatus.ACTIVE,
                    func.coalesce(EFFECTS.c.is_dead, false()) == false(),
                    APPOINTMENTS.c.status.in_(_FOLLOWED),
                    not_(func.coalesce(is_impossible, false())),
                ),
            ),
        )
        .correlate(OCCURRENCES, EVENTS, CALENDARS)
        .exists()
    )


def _is_of(appointment_id: BindParameter[UUID]) -> ColumnElement[bool]:
    return _OF_APPOINTMENT.where(APPOINTMENTS.c.id == appointment_id).correlate(OCCURRENCES, EVENTS, CALENDARS).exists()
