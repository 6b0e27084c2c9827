"""Lets a linked calendar have another sync option, as it was told and agreed to."""

from datetime import datetime
from uuid import UUID

from bot.domain.calendars import SyncOption, linked_among
from bot.domain.change_sets import ChangeSet, SwitchProgress
from bot.domain.option_change import ChangeUntold, OptionKept
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, NewId, Store, UnitOfWork
from bot.usecases.preview_option import PreviewOption
from bot.usecases.set_option import set_option


class SwitchOption:
    """Stores the option and has the calendar's events decided anew; what they become is decided after that.

    Nobody is asked anything in Google, and no trigger fires for what exists by then.
    """

    def __init__(self, store: Store, preview: PreviewOption, clock: Clock, new_id: NewId) -> None:
        self._store = store
        self._preview = preview
        self._clock = clock
        self._new_id = new_id

    def __call__(self, actor: Actor, after: SyncOption, *, agreed: str) -> SwitchProgress:
        """How far the switch has come.

        Args:
            actor: whose linked calendar it is.
            after: the option.
            agreed: the fingerprint of what was told.

        Raises:
            OptionKept: the calendar has that option, perhaps by another device.
            ChangeUntold: something else would happen than was agreed to, or nobody can say yet; it is in the error.
            NotConnected: no calendar is linked.
        """
        require_full_member(actor)
        change = self._preview(actor, after)
        if change.before == change.after:
            raise OptionKept
        if not change.is_known or change.fingerprint != agreed:
            raise ChangeUntold(change)
        now = self._clock.now()
        switch = ChangeSet(
            id=self._new_id(),
            workspace_id=actor.workspace_id,
            member_id=actor.member_id,
            calendar_id=change.calendar.id,
            name=change.calendar.name,
            before=change.before,
            after=change.after,
            made_at=now,
        )
        with self._store.writing() as work:
            work.change_sets.one_at_a_time(actor)
            calendar = work.change_sets.held(actor, switch.calendar_id)
            if calendar is None or calendar.option != change.before:
                raise ChangeUntold(change)
            work.change_sets.add(switch)
            set_option(work, actor, calendar, change.after, now)
            progress = work.change_sets.progress(switch)
            work.commit()
        return progress


def last_switch(work: UnitOfWork, actor: Actor, now: datetime) -> SwitchProgress | None:
    """How far the actor's last switch has come, where it can be undone.

    Whoever disconnects the calendar, or links another, ends it: what is linked again begins one-way by itself.
    """
    last = next(iter(work.change_sets.standing(actor)), None)
    if last is None or not last.is_open(now):
        return None
    linked = linked_among(work.calendars.of(actor))
    if linked is None or (linked.id, linked.option) != (last.calendar_id, last.after):
        return None
    return work.change_sets.progress(last)


class ShowSwitch:
    """How far a switch of the actor's has come."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, change_set_id: UUID) -> SwitchProgress:
        """Raises `NotFound` for one that is not the actor's own."""
        require_full_member(actor)
        with self._store.reading() as work:
            return work.change_sets.progress(work.change_sets.get(actor, change_set_id))
