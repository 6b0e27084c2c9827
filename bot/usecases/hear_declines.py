"""Notices contacts who will not come, for their hosts to be told."""

from datetime import datetime
from uuid import UUID

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.calendars import Calendar
from bot.domain.effects import EffectKind
from bot.domain.events import RemoteEvent, Response
from bot.domain.invitees import response_of
from bot.domain.taken import Declined, TakenAppointment, TakenContact
from bot.domain.wall_time import epoch
from bot.ports import UnitOfWork
from bot.usecases.delivering import want_again


def hear_taken(
    work: UnitOfWork, calendar: Calendar, taken: TakenAppointment, guest: TakenContact, now: datetime
) -> None:
    """Have the calendar's owner told that a contact will not come to a meeting of his in Google."""
    work.taken.decline(
        Declined(
            workspace_id=calendar.workspace_id,
            subject=taken.id,
            member_id=calendar.member_id,
            contact=guest.contact,
            title=taken.title,
            span=taken.span,
            repeats=taken.repeats,
        ),
        now,
    )


def hear_booked(work: UnitOfWork, calendar: Calendar, event: RemoteEvent, appointment_id: UUID, now: datetime) -> None:
    """The same for an appointment booked in Daybook, by the copy of it that its first host has."""
    appointment = work.appointments.known(appointment_id)
    if appointment is None or not appointment.is_live or appointment.span.end <= epoch(now):
        return
    contact = appointment.contact
    if contact is None or appointment.hosts[0] != calendar.member_id:
        return
    if response_of(contact.email, event.invitees) is not Response.DECLINED:
        return
    declined = Declined(
        workspace_id=calendar.workspace_id,
        subject=appointment.id,
        member_id=calendar.member_id,
        contact=contact,
        title=appointment.title,
        span=appointment.span,
        is_booked=True,
    )
    if work.taken.decline(declined, now):
        work.appointments.write_log(appointment.id, LogEntry(now, Deed.DECLINED, detail=contact.name))
        want_again(work, appointment.id, EffectKind.CARD, now)
