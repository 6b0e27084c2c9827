"""What a contact has with a workspace, as one reader may see it: everybody when and whose, titles only of his own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.appointments import Appointment
from bot.domain.contact_views import ContactMeeting
from bot.domain.intervals import Interval
from bot.domain.people import Actor, Member
from bot.domain.permissions import may_see_appointment, may_see_titles
from bot.domain.taken import TakenAppointment
from bot.domain.wall_time import DAY, epoch
from bot.ports import UnitOfWork
from bot.usecases.members_of import members_of

_A_YEAR = 366 * DAY
# A year of one every day, and as many others: the latest of them are shown.
_MOST_TAKEN = 1000


def meetings_to_come(
    work: UnitOfWork, actor: Actor, contact_id: UUID, now: datetime, *, limit: int
) -> Sequence[ContactMeeting]:
    """Booked and taken ones that end after now, by start."""
    booked = work.appointments.with_contact(actor, contact_id, now, to_come=True, limit=limit)
    second = epoch(now)
    taken = work.taken.with_contact(actor, contact_id, Interval(second, second + _A_YEAR), limit=limit)
    return sorted(_told(work, actor, contact_id, booked, taken), key=lambda meeting: meeting.span)[:limit]


def meetings_past(
    work: UnitOfWork, actor: Actor, contact_id: UUID, now: datetime, *, limit: int
) -> Sequence[ContactMeeting]:
    """Those that are over, or were called off, the latest first; of Google's those of a year."""
    booked = work.appointments.with_contact(actor, contact_id, now, to_come=False, limit=limit)
    second = epoch(now)
    taken = work.taken.with_contact(actor, contact_id, Interval(second - _A_YEAR, second), limit=_MOST_TAKEN)
    over = [(one, span) for one, span in taken if span.end <= second]
    told = [replace(meeting, appointment=None) for meeting in _told(work, actor, contact_id, booked, over)]
    return sorted(told, key=lambda meeting: meeting.span, reverse=True)[:limit]


def booked_to_come(
    work: UnitOfWork, actor: Actor, contact_id: UUID, now: datetime, *, limit: int
) -> Sequence[ContactMeeting]:
    """Those alone that were booked in Daybook: they need their contact."""
    booked = work.appointments.with_contact(actor, contact_id, now, to_come=True, limit=limit)
    return _told(work, actor, contact_id, booked, ())


def _told(
    work: UnitOfWork,
    actor: Actor,
    contact_id: UUID,
    booked: Iterable[Appointment],
    taken: Iterable[tuple[TakenAppointment, Interval]],
) -> list[ContactMeeting]:
    booked, taken = list(booked), list(taken)
    ids = {host for one in booked for host in one.hosts} | {host for one, _ in taken for host in one.hosts}
    people = {member.id: member for member in members_of(work, actor.workspace_id, ids)}
    return [
        *(_of_booked(actor, one, people) for one in booked),
        *(_of_taken(actor, contact_id, one, span, people) for one, span in taken),
    ]


def _of_booked(actor: Actor, appointment: Appointment, people: Mapping[UUID, Member]) -> ContactMeeting:
    is_own = may_see_appointment(actor, appointment)
    return ContactMeeting(
        span=appointment.span,
        hosts=tuple(people[host] for host in appointment.hosts),
        title=appointment.title if is_own else "",
        status=appointment.status,
        appointment=appointment if is_own else None,
    )


def _of_taken(
    actor: Actor, contact_id: UUID, taken: TakenAppointment, span: Interval, people: Mapping[UUID, Member]
) -> ContactMeeting:
    is_own = any(may_see_titles(actor, host) for host in taken.hosts)
    return ContactMeeting(
        span=span,
        hosts=tuple(people[host] for host in taken.hosts),
        title=taken.title if is_own else "",
        response=next((one.response for one in taken.contacts if one.contact.id == contact_id), None),
    )
