"""Invitees of events, what the events were decided to be, and the appointments that were taken from Google."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.calendars import Calendar, SyncClaim
from bot.domain.events import RemoteEvent
from bot.domain.intervals import Interval
from bot.domain.invitee_questions import Met
from bot.domain.people import Actor
from bot.domain.taken import Decided, Declined, KnownMeeting, LeftMeeting, MarkedEvent, TakenAppointment, TakenKey


class Taken(Protocol):
    """Appointments taken from Google; one for each iCalendar UID and time of its series, in a workspace.

    Writes check the claim's fence and raise `LeaseLost` where another process took the calendar over.
    """

    def marked(self, calendar: Calendar, *, after: str, limit: int) -> Sequence[MarkedEvent]:
        """The next events of the calendar, by id, whose treatment was not decided since they changed."""
        ...

    def mark_all(self, actor: Actor, calendar_id: UUID) -> None:
        """Have every event of the actor's own calendar decided anew: its option changed."""
        ...

    def mark_invited(self, workspace_id: UUID, emails: Collection[str]) -> None:
        """Have the events with these invitees decided anew: they became contacts, or are none any more.

        Each is an address, or a domain with an "@" in front.

        To be called before anything else is written in its transaction: it waits for those who decide, who wait for
        the contacts that it is about.
        """
        ...

    def waiting(self, now: datetime, *, limit: int) -> Sequence[Calendar]:
        """Linked calendars in which something waits for its decision, and that are not left alone for now."""
        ...

    def leave_alone(self, calendar_id: UUID, until: datetime) -> None:
        """Nobody answered what has to be known for its decisions: try again then, or when something is marked."""
        ...

    def begin(self, claim: SyncClaim) -> Calendar:
        """One decision at a time in a workspace until the transaction ends: the first thing in it.

        Returns the calendar as it is now.
        """
        ...

    def known(self, claim: SyncClaim, keys: Mapping[str, TakenKey]) -> Mapping[str, KnownMeeting]:
        """What is known of these meetings, by event id, and as the calendar showed them last under those ids.

        Those that stand nowhere just now are among them.
        """
        ...

    def by_key(self, workspace_id: UUID, keys: Collection[TakenKey]) -> Mapping[TakenKey, TakenAppointment]:
        """Those of these meetings that stand in some calendar, cancelled ones included."""
        ...

    def series_titled(self, claim: SyncClaim, title: str) -> Sequence[tuple[RemoteEvent, TakenAppointment]]:
        """The calendar's live series of that title, each with its master."""
        ...

    def copies(self, workspace_id: UUID, uids: Collection[str]) -> Mapping[str, UUID]:
        """Of these iCalendar UIDs, those of appointments booked in the workspace, with the appointments' ids.

        Those of events that are being removed, because their appointments moved on, are among them.
        """
        ...

    def neighbours(self, calendar: Calendar, *, limit: int) -> Sequence[Calendar]:
        """Where a meeting may have been moved to: its owner's other calendars, then linked ones of the workspace."""
        ...

    def is_kept(self, claim: SyncClaim, key: TakenKey) -> bool:
        """Whether one time of a series still stands in another linked calendar, which may not have been read since."""
        ...

    def addresses(self, workspace_id: UUID) -> frozenset[str]:
        """By which members of the workspace are known to their providers, in small letters."""
        ...

    def save(self, claim: SyncClaim, decided: Sequence[Decided]) -> None:
        """Keep what events were decided to be, and clear their marks.

        What an event is not any more leaves the calendar. A meeting that stands nowhere else is remembered without its
        title and contacts, and shown nowhere: it is not cancelled, and is the same one when it comes back.
        """
        ...

    def left(self, calendar: Calendar) -> Sequence[LeftMeeting]:
        """Live meetings whose events went since this was asked and settled last, series first."""
        ...

    def settle(self, claim: SyncClaim, left: LeftMeeting, ended: TakenAppointment | None, *, stays: bool) -> None:
        """What became of a meeting whose event went.

        Args:
            claim: of the calendar.
            left: the meeting.
            ended: it is cancelled.
            stays: it is over, and kept as it was; if not, and not `ended`, it leaves the calendar.
        """
        ...

    def forget_lapsed(self, before: datetime) -> int:
        """Forget meetings that were over by then, and stand in no calendar any more or were called off.

        That triggers heard of them the ledger knows for ever. Returns how many.
        """
        ...

    def forget(self, actor: Actor, calendar_id: UUID) -> None:
        """Drop what was decided for a calendar of the actor's own; meetings that stand nowhere else go with it."""
        ...

    def met(self, workspace_id: UUID, host_id: UUID, emails: Collection[str], now: int) -> Mapping[str, Met]:
        """By address, the next time that is not over of what the host has with somebody; `now` in epoch seconds."""
        ...

    def with_contact(
        self, actor: Actor, contact_id: UUID, window: Interval, *, limit: int
    ) -> Sequence[tuple[TakenAppointment, Interval]]:
        """A contact's meetings with each time that touches the window, by start; none that are cancelled."""
        ...

    def invited_events(self, actor: Actor, calendar_id: UUID, *, after: str, limit: int) -> Sequence[RemoteEvent]:
        """Events of the actor's own calendar with their invitees, by id: for a preview."""
        ...

    def decline(self, declined: Declined, now: datetime) -> bool:
        """Have a host told that a contact will not come; False where he was told of it at this time already."""
        ...

    def has_untold(self, now: datetime) -> bool:
        """Whether it is worth the while to claim."""
        ...

    def claim_declined(self, now: datetime, *, limit: int) -> Sequence[Declined]:
        """Those whose hosts were not told yet, the first noted first; to exactly one caller, who tells them."""
        ...

    def release_declined(self, declined: Declined, due_at: datetime, *, first_noted: datetime) -> None:
        """He could not be told after all: whoever claims from `due_at` on may try.

        Nobody will tell what was noted at `first_noted` or before.
        """
        ...
