"""Finds an event by what a button says of it, among the actor's own and nowhere else."""

from bot.domain.errors import NotFound
from bot.domain.event_fixes import EventRef, ref_of
from bot.domain.events import AgendaEntry
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.ports import UnitOfWork


def find_own_event(work: UnitOfWork, actor: Actor, ref: EventRef) -> AgendaEntry:
    """The entry of the actor's agenda that `ref` names; raises `NotFound` for another's as for none."""
    # A second earlier too, so that an event without any length is touched.
    for entry in work.events.agenda(actor, Interval(ref.start - 1, ref.start + 1)):
        if ref_of(entry) == ref:
            return entry
    raise NotFound("That event is not there any more, or not at that time. Nothing was changed.")
