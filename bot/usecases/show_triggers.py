"""Gathers what there is to see of triggers: the list, one with its ledger, and its form."""

from dataclasses import replace
from uuid import UUID

from bot.domain.calendars import Calendar, EventStyle, Role, linked_among
from bot.domain.errors import NotFound, SecretUnreadable
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.trigger_form import TriggerForm, TriggerWish
from bot.domain.trigger_views import LEDGER_PAGE, TriggerShown, TriggersShown
from bot.domain.triggers import Trigger, is_own, may_know_of, may_stop
from bot.ports import Store, UnitOfWork
from bot.usecases.own_trigger import own_trigger


class ShowTriggers:
    """The actor's own, and those of others that look at what he hosts; to an admin everybody's."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor) -> TriggersShown:
        """Raises `NotAllowed` for all but full members."""
        require_full_member(actor)
        with self._store.reading() as work:
            known = [one for one in work.triggers.all(actor) if may_know_of(actor, one.trigger)]
            linked = linked_among(work.calendars.of(actor))
        own = tuple(one for one in known if is_own(actor, one.trigger))
        others = tuple(one for one in known if not is_own(actor, one.trigger))
        is_two_way = linked is not None and linked.option.event_style is EventStyle.COLOURED
        is_off = is_two_way and linked is not None and not linked.option.fire_triggers
        return TriggersShown(own, others, actor.is_admin, is_off)


class ShowTrigger:
    """One trigger; the ledger is its owner's alone, because it tells of appointments.

    Of others' appointments it tells admins only, so an owner who is none any more sees what he hosts himself.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, trigger_id: UUID, *, offset: int = 0) -> TriggerShown:
        """The page of its ledger that begins after `offset` newer firings.

        Raises `NotFound` unless it is the actor's own, or he is an admin.
        """
        require_full_member(actor)
        with self._store.reading() as work:
            health = next((one for one in work.triggers.all(actor) if one.trigger.id == trigger_id), None)
            if health is None or not may_stop(actor, health.trigger):
                raise NotFound
            trigger, own = health.trigger, is_own(actor, health.trigger)
            hosts = tuple(work.members.get(actor.workspace_id, host) for host in trigger.only.hosts)
            host = None if actor.is_admin else actor.member_id
            firings = work.firings.of(trigger_id, limit=LEDGER_PAGE, offset=offset, host=host) if own else ()
            if own and host is not None:
                health = replace(health, fired=work.firings.count(trigger_id, host=host))
            linked = _linked(work, actor)
        calendar = next((one for one in linked if one.id == trigger.only.calendar_id), None)
        return TriggerShown(health, hosts, calendar, tuple(firings), offset, own, actor.zone)


class TriggerFormOf:
    """The form with what is set now, or with what a new trigger begins with."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, trigger_id: UUID | None, wish: TriggerWish | None = None) -> TriggerForm:
        """What stands in it is `wish`, where something was entered already.

        Raises `NotFound` unless the trigger is the actor's own.
        """
        require_full_member(actor)
        with self._store.reading() as work:
            trigger = own_trigger(work, actor, trigger_id) if trigger_id is not None else None
            held = wish or (_as_it_is(work, trigger) if trigger else TriggerWish(hosts=(actor.slack_user_id,)))
            calendars = _linked(work, actor)
        return TriggerForm(held, trigger_id, calendars, for_everybody=actor.is_admin)


def _as_it_is(work: UnitOfWork, trigger: Trigger) -> TriggerWish:
    hosts = [work.members.get(trigger.workspace_id, host) for host in trigger.only.hosts]
    try:
        url = work.triggers.webhook(trigger.id).url
    except (NotFound, SecretUnreadable):
        url = ""
    return TriggerWish(
        name=trigger.name,
        when=trigger.when,
        hosts=tuple(host.slack_user_id for host in hosts),
        calendar_id=trigger.only.calendar_id,
        booked_in=trigger.only.booked_in,
        only_tag=trigger.only.tag,
        kind=trigger.action.kind,
        channel_id=trigger.action.channel_id,
        text=trigger.action.text,
        url=url,
        tag=trigger.action.tag,
    )


def _linked(work: UnitOfWork, actor: Actor) -> tuple[Calendar, ...]:
    return tuple(calendar for calendar in work.calendars.of(actor) if calendar.role is Role.LINKED)
