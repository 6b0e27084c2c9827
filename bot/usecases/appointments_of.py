"""The appointments that stand in a member's own day."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from bot.domain.appointments import Appointment
from bot.domain.calendars import Calendar, linked_among
from bot.domain.effects import EffectKind
from bot.domain.errors import NotFound
from bot.domain.events import Response
from bot.domain.intervals import Interval
from bot.domain.invitees import response_of
from bot.domain.join_links import AgendaAppointment, join_url_of
from bot.domain.people import Actor
from bot.ports import UnitOfWork
from bot.usecases.gather_times import takes_time


def appointments_of(
    work: UnitOfWork,
    actor: Actor,
    window: Interval,
    now: datetime,
    calendars: Iterable[Calendar],
    chosen: UUID | None,
    *,
    even_booked: bool = False,
) -> tuple[AgendaAppointment, ...]:
    """Those that the actor hosts and that touch `window`, by start, with the link and what the contact answered.

    They are told as part of the linked calendar; `chosen` is the only one of `calendars` to show, or None for all.
    `even_booked`: those too that he booked with colleagues alone, and so is in himself, though they take no time of
    his.
    """
    linked = linked_among(calendars)
    if chosen is not None and (linked is None or linked.id != chosen):
        return ()
    booked = list(work.appointments.between(actor, [actor.member_id], window).get(actor.member_id, ()))
    if even_booked:
        booked += work.appointments.with_colleagues(actor, window)
        booked.sort(key=lambda one: one.span)
    return tuple(_shown(work, actor, one, linked, now) for one in booked if takes_time(one, now))


def _shown(
    work: UnitOfWork, actor: Actor, appointment: Appointment, linked: Calendar | None, now: datetime
) -> AgendaAppointment:
    links = work.remote_links.of(appointment.id)
    answer, copy, contact = None, links.get(EffectKind.EVENT), appointment.contact
    if linked is not None and copy is not None and copy.remote_id and contact is not None:
        # Nobody has it there, or not any more: then there is nothing to tell.
        with suppress(NotFound):
            event = work.events.get(actor, linked.id, copy.remote_id)
            answer = response_of(contact.email, event.invitees)
    if answer is Response.NEEDS_ACTION and not (appointment.is_live and now < appointment.ends_at):
        answer = None  # Nobody waits for that answer any more.
    return AgendaAppointment(appointment, join_url_of(appointment.venue, links), answer)
