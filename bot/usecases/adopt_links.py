"""Takes appointments' events and meetings up again whose account or calendar is back, or is not in use any more."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.accounts import Access, Account, Provider
from bot.domain.calendars import Calendar
from bot.domain.effects import EffectKind, RemoteLink, event_lane, meeting_lane
from bot.domain.people import Actor
from bot.ports import UnitOfWork
from bot.usecases.delivering import want_again
from bot.usecases.host_places import host_places
from bot.usecases.want_delivery import want_delivery

_ONLY_THE_EVENT = frozenset({EffectKind.EVENT})


def adopt_links(work: UnitOfWork, actor: Actor, now: datetime) -> None:
    """What was written through an account that the actor left is written through the one he has connected since.

    It may have been changed here or there in between, so that it is looked at in any case. The same account, back,
    reaches its events in every calendar, chosen or not: a second one would be a second invitation.
    """
    calendars = {one.remote_id: one for one in _writable(work, actor)}
    back = {link.appointment_id: account.id for account in _full(work, actor) for link in _once_of(work, account, now)}
    zoom = host_places(work, work.members.get(actor.workspace_id, actor.member_id)).zoom
    for link in work.remote_links.adrift(actor, now):
        if link.account_id is not None:
            continue
        if link.kind is EffectKind.MEETING:
            if zoom is not None:
                # `agreed` is what Zoom was told last; what has changed since is found by that.
                _take_up(work, replace(link, account_id=zoom.id), meeting_lane(zoom.id), now)
            continue
        calendar = calendars.get(link.container)
        if calendar is not None:
            found = replace(link, account_id=calendar.account_id, calendar_id=calendar.id)
            _take_up(work, found, event_lane(calendar.id), now)
        elif link.appointment_id in back:
            _take_up(work, replace(link, account_id=back[link.appointment_id]), event_lane(link.appointment_id), now)
        else:
            _begin_elsewhere(work, actor, link, now)
    for link in work.remote_links.taken_away(actor, now):
        # From now on it can be put back, or not any more.
        want_again(work, link.appointment_id, EffectKind.CARD, now)


def look_after_left_copies(work: UnitOfWork, actor: Actor, calendar_ids: Collection[UUID], now: datetime) -> None:
    """Have the events looked at whose calendars the actor is about to leave: nothing will be read there any more.

    In the transaction that drops them, and before: whoever delivers holds an appointment before its calendar.
    """
    work.calendars.hold(actor)
    for link in work.remote_links.adrift(actor, now, leaving=calendar_ids):
        if link.kind is EffectKind.EVENT and link.account_id is not None:
            want_again(work, link.appointment_id, EffectKind.EVENT, now)


def tell_cut_off(work: UnitOfWork, actor: Actor, account_id: UUID, now: datetime) -> None:
    """The actor is about to leave an account: have the cards of what is in it say that no change will reach it.

    In the transaction that erases it, and before.
    """
    work.calendars.hold(actor)
    for link in work.remote_links.adrift(actor, now, leaving=[account_id]):
        if link.account_id in (None, account_id):
            want_again(work, link.appointment_id, EffectKind.CARD, now)


def _take_up(work: UnitOfWork, link: RemoteLink, lane: str, now: datetime) -> None:
    appointment = work.appointments.known(link.appointment_id)
    if appointment is not None:
        work.effects.want(appointment, link.kind, lane=lane, due_at=now)
        work.remote_links.plan(link)
        want_again(work, appointment.id, EffectKind.CARD, now)  # which may have said that it was cut off


def _begin_elsewhere(work: UnitOfWork, actor: Actor, link: RemoteLink, now: datetime) -> None:
    """What nobody could deliver goes to the calendar that the host has now."""
    appointment = work.appointments.known(link.appointment_id)
    effect = work.effects.of(link.appointment_id).get(EffectKind.EVENT)
    if appointment is not None and appointment.is_live and effect is not None and effect.is_dead:
        places = host_places(work, work.members.get(actor.workspace_id, actor.member_id))
        if places.calendar is not None:
            want_delivery(work, appointment, places, now, _ONLY_THE_EVENT)


def _once_of(work: UnitOfWork, account: Account, now: datetime) -> Sequence[RemoteLink]:
    return work.remote_links.once_of(account, now) if account.provider is Provider.GOOGLE else ()


def _full(work: UnitOfWork, actor: Actor) -> list[Account]:
    return [account for account in work.accounts.of(actor) if account.access is Access.FULL]


def _writable(work: UnitOfWork, actor: Actor) -> list[Calendar]:
    full = {account.id for account in _full(work, actor)}
    return [one for one in work.calendars.of(actor) if one.account_id in full and one.access_role.may_write]
