"""The appointments that stand in a member's own day."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from bot.domain.calendars import Calendar, Role
from bot.domain.intervals import Interval
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
) -> tuple[AgendaAppointment, ...]:
    """Those that the actor hosts and that touch `window`, by start, with the link by which one joins.

    They are told as part of the linked calendar; `chosen` is the only one of `calendars` to show, or None for all.
    """
    if chosen is not None and chosen not in [one.id for one in calendars if one.role is Role.LINKED]:
        return ()
    booked = work.appointments.between(actor, [actor.member_id], window).get(actor.member_id, ())
    return tuple(
        AgendaAppointment(one, join_url_of(one.venue, work.remote_links.of(one.id)))
        for one in booked
        if takes_time(one, now)
    )
