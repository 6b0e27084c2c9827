"""Takes a switch of a sync option back: what it made and nobody touched since."""

from datetime import datetime
from uuid import UUID

from bot.domain.calendars import Calendar, SyncOption
from bot.domain.change_sets import ChangeSet, Stays, TooLateToUndo, Undone
from bot.domain.contacts import Contact
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.set_option import set_option

UNDONE_BEFORE = "This was undone already. Nothing was changed."
TOO_OLD = "A switch can be undone for 30 days, and this one is older. Nothing was changed."
CHANGED_SINCE = "The sync option was changed again since. Undo that first; nothing was changed now."


class UndoSwitch:
    """The option goes back, and so do the contacts that were made by it. Nothing is written to Google."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, change_set_id: UUID) -> Undone:
        """What was done, and what stays.

        Raises `NotFound` for a switch that is not the actor's own, and `TooLateToUndo`.
        """
        require_full_member(actor)
        now = self._clock.now()
        with self._store.writing() as work:
            work.change_sets.one_at_a_time(actor)
            switch = work.change_sets.get(actor, change_set_id)
            _require_open(switch, now)
            made = work.change_sets.made(switch)
            # Before the calendar: those who decide have it the same way round, and make no contact until we are done.
            work.taken.mark_invited(actor.workspace_id, [one.contact.email for one in made])
            calendar = work.change_sets.held(actor, switch.calendar_id)
            if calendar is not None and calendar.option not in (switch.before, switch.after):
                raise TooLateToUndo(CHANGED_SINCE)
            removed, kept = _take_back(work, actor, switch)
            work.change_sets.close(switch, now)
            option = _put_back(work, actor, calendar, switch, now) if calendar is not None else None
            work.commit()
        return Undone(switch, option, removed, kept)


def _require_open(switch: ChangeSet, now: datetime) -> None:
    if switch.undone_at is not None:
        raise TooLateToUndo(UNDONE_BEFORE)
    if not switch.is_open(now):
        raise TooLateToUndo(TOO_OLD)


def _take_back(work: UnitOfWork, actor: Actor, switch: ChangeSet) -> tuple[int, tuple[tuple[Contact, Stays], ...]]:
    """Erase the contacts that nobody touched; how many, and which stay why."""
    found = work.change_sets.made(switch)
    held = work.contacts.locked(actor, [one.contact.id for one in found])
    kept: list[tuple[Contact, Stays]] = []
    removed = 0
    # Once more: somebody may have edited one while we waited for it.
    for one in work.change_sets.made(switch):
        reason = one.stays
        if reason is None:
            work.contacts.delete(held[one.contact.id])
            # As he was before the switch: whoever was asked about him has the question again.
            work.invitees.reopen(actor.workspace_id, [one.contact.email])
            removed += 1
            continue
        kept.append((one.contact, reason))
        if reason is Stays.MET_ELSEWHERE:
            for calendar_id in one.elsewhere:
                # That calendar's switch would have made it, so that its undo takes it away.
                work.change_sets.made_contact(calendar_id, one.contact.id)
    return removed, tuple(kept)


def _put_back(work: UnitOfWork, actor: Actor, calendar: Calendar, switch: ChangeSet, now: datetime) -> SyncOption:
    if calendar.option == switch.before:
        return calendar.option
    # As if it was chosen now: what triggers heard of before is no news to them.
    set_option(work, actor, calendar, switch.before, now)
    return switch.before
