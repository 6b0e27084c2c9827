"""What another sync option would do to a member's linked calendar, from what is stored of it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.domain.calendars import Calendar, SyncOption, linked_among
from bot.domain.change_sets import UNDOABLE
from bot.domain.contacts import normalised_emails
from bot.domain.errors import NotConnected
from bot.domain.events import RemoteEvent
from bot.domain.option_change import OptionChange, option_change
from bot.domain.option_words import sound
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.wall_time import epoch
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.know_team import known_team

NO_LINKED = "No calendar is linked, so there is no sync option to choose. Choose a linked calendar first."

_AT_ONCE = 500


LookUp = Callable[[Calendar, Collection[str]], None]
"""Has Slack say which addresses are colleagues', and remembers it; what it could not learn stays unknown."""


def ask_nobody(_calendar: Calendar, _emails: Collection[str]) -> None:
    """Nothing more can be learned."""


class PreviewOption:
    """Tells a switch before it is made; nothing is changed."""

    def __init__(self, store: Store, clock: Clock, look_up: LookUp = ask_nobody) -> None:
        self._store = store
        self._clock = clock
        self._look_up = look_up

    def __call__(self, actor: Actor, after: SyncOption) -> OptionChange:
        """Raises `NotConnected` where no calendar is linked."""
        require_full_member(actor)
        found = self._tell(actor, after)
        if not found.unanswered:
            return found.change
        self._look_up(found.change.calendar, found.unanswered)
        return self._tell(actor, after).change

    def _tell(self, actor: Actor, after: SyncOption) -> "_Told":
        now = self._clock.now()
        with self._store.reading() as work:
            calendar = linked_calendar(work, actor)
            wanted = sound(after)
            if not work.change_sets.is_read(calendar):
                return _Told(OptionChange(calendar, wanted, is_read=False), frozenset())
            events = _events(work, actor, calendar)
            known = known_team(work, replace(calendar, option=wanted), events, now)
            invited = normalised_emails({invitee.email for event in events for invitee in event.invitees})
            contacts = work.contacts.by_address(actor.workspace_id, invited)
            is_withheld = bool(known.unanswered) and work.workspaces.lacks_addresses(actor.workspace_id)
        change = option_change(calendar, wanted, events, known.team, contacts, now=epoch(now))
        told = replace(change, unanswered=len(known.unanswered), is_withheld=is_withheld, until=now + UNDOABLE)
        return _Told(told, known.unanswered)


class _Told(NamedTuple):
    """A preview, and the addresses of which nobody knows whose they are."""

    change: OptionChange
    unanswered: frozenset[str]


def linked_calendar(work: UnitOfWork, actor: Actor) -> Calendar:
    """The actor's own; raises `NotConnected` where there is none."""
    linked = linked_among(work.calendars.of(actor))
    if linked is None:
        raise NotConnected(NO_LINKED)
    return linked


def _events(work: UnitOfWork, actor: Actor, calendar: Calendar) -> list[RemoteEvent]:
    """All that are stored, without copies of appointments of ours."""
    found: list[RemoteEvent] = []
    portion: Sequence[RemoteEvent] = work.taken.invited_events(actor, calendar.id, after="", limit=_AT_ONCE)
    while portion:
        found += portion
        portion = work.taken.invited_events(actor, calendar.id, after=portion[-1].id, limit=_AT_ONCE)
    copies = work.taken.copies(calendar.workspace_id, {event.ical_uid for event in found if event.ical_uid})
    return [event for event in found if event.ical_uid not in copies]
