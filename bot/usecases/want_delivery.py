"""What has to be written elsewhere about an appointment: planned with it, in the same transaction."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.accounts import Account
from bot.domain.appointments import Appointment, AppointmentStatus, Where
from bot.domain.calendars import Calendar
from bot.domain.cards import others_in
from bot.domain.effects import (
    WAIT_FOR_MEETING,
    EffectKind,
    LinkState,
    RemoteLink,
    card_lane,
    event_id_of,
    event_lane,
    meeting_lane,
    messages_lane,
    uid_of,
)
from bot.ports import UnitOfWork
from bot.usecases.host_places import HostPlaces

EVERYTHING = frozenset(EffectKind)
ONLY_THE_CARD = frozenset({EffectKind.CARD})

_Links = Mapping[EffectKind, RemoteLink]


def plan_delivery(work: UnitOfWork, appointment: Appointment, places: HostPlaces, now: datetime) -> None:
    """Plan everything that a new appointment becomes elsewhere, and want it delivered.

    One that is only held has no video call yet.
    """
    if places.calendar is not None:
        plan_event(work, appointment.id, places.calendar, generation=0)
    work.remote_links.plan(RemoteLink(appointment.id, EffectKind.CARD))
    want_delivery(work, appointment, places, now)


def plan_event(work: UnitOfWork, appointment_id: UUID, calendar: Calendar, *, generation: int) -> None:
    """The event is to be made in that calendar."""
    work.remote_links.plan(event_planned(appointment_id, calendar, generation=generation))


def event_planned(appointment_id: UUID, calendar: Calendar, *, generation: int) -> RemoteLink:
    """The link of an event that is to be made in that calendar; its ids are known before it is."""
    event_id = event_id_of(appointment_id, generation)
    return RemoteLink(
        appointment_id,
        EffectKind.EVENT,
        account_id=calendar.account_id,
        container=calendar.remote_id,
        remote_id=event_id,
        calendar_id=calendar.id,
        ical_uid=uid_of(event_id),
        generation=generation,
    )


def want_delivery(
    work: UnitOfWork,
    appointment: Appointment,
    places: HostPlaces,
    now: datetime,
    kinds: Collection[EffectKind] = EVERYTHING,
) -> None:
    """Have the appointment's latest version delivered; `places` are those of its first host as they are now."""
    links = work.remote_links.of(appointment.id)
    waits = EffectKind.MEETING in kinds and _want_meeting(work, appointment, links, places.zoom, now)
    if EffectKind.EVENT in kinds:
        _want_event(work, appointment, links, places.calendar, now + WAIT_FOR_MEETING if waits else now)
    if EffectKind.CARD in kinds:
        work.effects.want(appointment, EffectKind.CARD, lane=card_lane(appointment.id), due_at=now)
        # Whoever else is in it reads the same.
        if others_in(appointment):
            lane = messages_lane(appointment.id)
            work.effects.want(appointment, EffectKind.MESSAGES, lane=lane, due_at=now)
        work.homes.changed(appointment.hosts, now)
        # As do the reminders that were sent, and the question how it went.
        work.reminders.changed(appointment.id, now)


def _want_meeting(
    work: UnitOfWork, appointment: Appointment, links: _Links, zoom: Account | None, now: datetime
) -> bool:
    """Whether the event had better wait for it: it has no link yet, and is about to get one."""
    link = links.get(EffectKind.MEETING)
    wants_one = appointment.status is AppointmentStatus.CONFIRMED and appointment.venue.where is Where.ZOOM
    if zoom is not None and link is not None and link.account_id is None and link.state is not LinkState.REMOVED:
        # The same account, connected anew, still has the meeting; another one says that it does not know it.
        link = replace(link, account_id=zoom.id)
        work.remote_links.plan(link)
    elif wants_one and zoom is not None and _is_new(link, zoom):
        link = RemoteLink(appointment.id, EffectKind.MEETING, account_id=zoom.id)
        work.remote_links.plan(link)
    if link is None or link.account_id is None:
        return False
    work.effects.want(appointment, EffectKind.MEETING, lane=meeting_lane(link.account_id), due_at=now)
    return wants_one and not link.url


def _is_new(link: RemoteLink | None, zoom: Account) -> bool:
    """Whether the call is to be made in that account: there was none, or it was taken away from another one."""
    return link is None or (link.state is LinkState.REMOVED and link.account_id != zoom.id)


def _want_event(
    work: UnitOfWork, appointment: Appointment, links: _Links, calendar: Calendar | None, due_at: datetime
) -> None:
    link = links.get(EffectKind.EVENT)
    if link is None:
        return
    if link.calendar_id is None or link.account_id is None:
        link = _found_again(work, appointment, link, calendar)
    # Without an account it cannot be delivered either, and the card says so.
    lane = event_lane(link.calendar_id or appointment.id)
    work.effects.want(appointment, EffectKind.EVENT, lane=lane, due_at=due_at)


def _found_again(work: UnitOfWork, appointment: Appointment, link: RemoteLink, calendar: Calendar | None) -> RemoteLink:
    """The link of an event whose calendar is not in use any more, as far as it can be written to again.

    The same calendar, connected anew, still has the event. In another one a live appointment gets a new event,
    unless the old one is still within reach.
    """
    if calendar is not None and calendar.remote_id == link.container:
        found = replace(link, account_id=calendar.account_id, calendar_id=calendar.id)
        work.remote_links.plan(found)
        return found
    if calendar is not None and link.account_id is None and appointment.is_live:
        plan_event(work, appointment.id, calendar, generation=link.generation + 1)
        return work.remote_links.of(appointment.id)[EffectKind.EVENT]
    return link
