"""Events of appointments to come leave the calendar that was linked for the one that is."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.calendars import Calendar, linked_among
from bot.domain.effects import EffectKind
from bot.domain.leaving import PATIENCE, Leaving, LeftCopy
from bot.domain.people import Actor
from bot.ports import UnitOfWork
from bot.usecases.delivering import want_again
from bot.usecases.host_places import host_places
from bot.usecases.want_delivery import want_delivery

_ONLY_THE_EVENT = frozenset({EffectKind.EVENT})


def left_copies(work: UnitOfWork, actor: Actor, before: Sequence[Calendar], now: datetime) -> Sequence[LeftCopy]:
    """Those in the calendar that was linked, `before` being the calendars as they were."""
    linked = linked_among(before)
    if linked is None:
        return ()
    return work.leavings.copies(actor, linked.account_id, now, container=linked.remote_id)


def move_copies(work: UnitOfWork, actor: Actor, before: Sequence[Calendar], now: datetime) -> None:
    """Have them removed there, and made where the actor's appointments go now, if they go anywhere."""
    linked = linked_among(before)
    if linked is None:
        return
    leaving = Leaving(linked.account_id, actor.workspace_id, actor.member_id, now + PATIENCE, ends_account=False)
    copies = work.leavings.begin(actor, leaving, now, container=linked.remote_id)
    places = host_places(work, work.members.get(actor.workspace_id, actor.member_id))
    for one in copies:
        appointment = work.appointments.known(one.appointment_id)
        if appointment is not None and places.calendar is not None:
            want_delivery(work, appointment, places, now, _ONLY_THE_EVENT)
        want_again(work, one.appointment_id, EffectKind.CARD, now)
