"""A calendar's events as fetched, and what became of them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.calendars import SyncClaim
from bot.domain.events import AgendaEntry, RemoteEvent, Series
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.sync_plan import ExpandedEvent


class Events(Protocol):
    """A calendar's events as fetched, and their occurrences over the rolling horizon.

    Every write checks the claim's fence and raises `LeaseLost` when another process took the calendar over.
    """

    def upsert(self, claim: SyncClaim, events: Sequence[RemoteEvent], *, generation: int) -> None:
        """Store events (cancelled exceptions included), mark them seen, and mark what must be expanded anew."""
        ...

    def remove(self, claim: SyncClaim, event_ids: Sequence[str], *, keeping: Collection[str] = ()) -> None:
        """Remove events; a master takes its exceptions along; occurrences go with the next expansion or at once.

        An exception that outlives its master, as one of `keeping`, stands alone from then on, without a gap.
        """
        ...

    def sweep(self, claim: SyncClaim, *, generation: int) -> int:
        """Remove what a full read of `generation` did not meet; returns how many.

        An exception that was met though its master was not stands alone from then on, without a gap.
        """
        ...

    def begin_full(self, claim: SyncClaim) -> int:
        """Drop the sync token and return the generation that the full read has to mark events with."""
        ...

    def complete(self, claim: SyncClaim, *, sync_token: str, zone: str) -> None:
        """Store the token that the next delta starts from; a changed zone marks all-day events for expansion.

        Nothing is held back any more.
        """
        ...

    def losses(self, claim: SyncClaim, event_ids: Sequence[str], *, unmet_by: int | None, now: int) -> int:
        """How many events with occurrences after `now` would go: those ids, and those a full read did not meet.

        One that takes time in another calendar of its owner's was moved there, and is no loss. Nor is an event of an
        appointment that we took away ourselves.

        Args:
            claim: of the calendar.
            event_ids: that are to be removed.
            unmet_by: the generation of a full read.
            now: epoch seconds.
        """
        ...

    def coming(self, claim: SyncClaim, *, now: int, at_most: int) -> int:
        """How many events have occurrences after `now`, counted as far as `at_most`.

        Those of appointments that we took away ourselves do not count.
        """
        ...

    def unexpanded(self, claim: SyncClaim, *, limit: int) -> Sequence[Series]:
        """Events marked for expansion, each with its exceptions; none only where nothing is marked."""
        ...

    def marked(self, claim: SyncClaim, *, after: str, limit: int) -> tuple[Sequence[Series], str | None]:
        """The next events marked for expansion, by id, and after which to go on; nothing at the end."""
        ...

    def widen(self, claim: SyncClaim, expanded: Sequence[ExpandedEvent]) -> None:
        """Add occurrences beside those that are there, and take none away; the marks stay."""
        ...

    def expand(self, claim: SyncClaim, expanded: Sequence[ExpandedEvent]) -> None:
        """Replace the occurrences of events and clear their marks, in few statements.

        The `problem` of an expansion says why its event cannot be expanded.
        """
        ...

    def forget_passed(self, claim: SyncClaim, before: datetime) -> None:
        """Remove single events that were over by then, and a day more: nobody is told of them any more.

        Series stay, and so do their changed times: by these one knows what of a series is not as it says.
        """
        ...

    def roll(self, claim: SyncClaim, until: datetime) -> None:
        """Mark every series and late event for expansion up to the new horizon, and remember the horizon."""
        ...

    def busy(
        self, actor: Actor, calendar_ids: Sequence[UUID], window: Interval, *, without: UUID | None = None
    ) -> Mapping[UUID, Sequence[tuple[int, int]]]:
        """Start and end of the blocking occurrences that touch `window`, per calendar, by start.

        Calendars of other workspaces than the actor's are left out, and so are uncertain occurrences that the
        owner of their calendar wants left open.

        The event of an appointment takes no time where the appointment does. A copy of it elsewhere does, so does
        a repetition that somebody made of it, and, while its host is asked about it, what was made of it that no
        appointment can be; not those of the appointment `without`, which is the one to be moved.

        Plain pairs of epoch seconds, because thousands are read for one answer.
        """
        ...

    def agenda(self, actor: Actor, window: Interval) -> Sequence[AgendaEntry]:
        """The actor's own occurrences that touch `window`, FREE ones included, by start.

        Events of appointments that he hosts are left out, where the appointments say the same.
        """
        ...

    def unreadable(self, actor: Actor, *, limit: int) -> Mapping[UUID, Sequence[RemoteEvent]]:
        """Per calendar of the actor's own, the events that could not be understood, each with its `problem`.

        At most `limit` of them, over all calendars.
        """
        ...

    def get(self, actor: Actor, calendar_id: UUID, event_id: str) -> RemoteEvent:
        """An event of a calendar of the actor's own; raises `NotFound`, for another's as for none."""
        ...

    def ignore(self, actor: Actor, calendar_id: UUID, series_id: str) -> None:
        """Let an event of the actor's own calendar, and every time of a series, take no time from now on.

        It is remembered for as long as the calendar is in use, whatever is read of the event. Raises `NotFound`.
        """
        ...

    def unignore(
        self, actor: Actor, calendar_id: UUID, series_id: str, *, takes_time: Callable[[RemoteEvent], bool]
    ) -> None:
        """Undo `ignore`; `takes_time` decides for the event, and for each exception of it. Raises `NotFound`."""
        ...
