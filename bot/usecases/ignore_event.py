"""Has Daybook pass over one of the actor's own events, whatever the provider says of it, and take that back."""

from bot.domain.event_fixes import EventRef
from bot.domain.events import AgendaEntry
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.sync_policy import blocks
from bot.ports import Store
from bot.usecases.find_own_event import find_own_event


class IgnoreEvent:
    """From now on the event blocks no time; of a series that holds for every time of it. Nothing is written to
    the provider, so this may be any event of a calendar of the actor's, a conflict calendar included."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, ref: EventRef) -> AgendaEntry:
        """The event as it was; raises `NotFound` unless it is the actor's own."""
        require_full_member(actor)
        with self._store.writing() as work:
            entry = find_own_event(work, actor, ref)
            work.events.ignore(actor, ref.calendar_id, entry.occurrence.series_id)
            work.commit()
        return entry


class UnignoreEvent:
    """Take *Ignore it* back: the event blocks again if it is one that does."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, ref: EventRef) -> AgendaEntry:
        """The event as it is now; raises `NotFound` unless it is the actor's own."""
        require_full_member(actor)
        with self._store.writing() as work:
            entry = find_own_event(work, actor, ref)
            work.events.unignore(actor, ref.calendar_id, entry.occurrence.series_id, takes_time=blocks)
            unignored = find_own_event(work, actor, ref)
            work.commit()
        return unignored
