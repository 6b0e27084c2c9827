"""What appointments are elsewhere."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.accounts import Account
from bot.domain.calendars import SyncClaim
from bot.domain.effects import EffectClaim, EffectKind, PrivacyChange, RemoteLink
from bot.domain.events import RemoteEvent
from bot.domain.people import Actor


class RemoteLinks(Protocol):
    """What appointments are elsewhere."""

    def plan(self, link: RemoteLink) -> None:
        """Store one before anything is written there; replaces the appointment's link of that kind."""
        ...

    def of(self, appointment_id: UUID) -> Mapping[EffectKind, RemoteLink]:
        """The appointment's, by kind."""
        ...

    def adrift(self, host: Actor, now: datetime, *, leaving: Collection[UUID] = ()) -> Sequence[RemoteLink]:
        """Of appointments of the host's own that are not over: links whose account or calendar is not in use any more.

        Those of cancelled ones are among them as long as they were not taken away, and those whose account or
        calendar is about to go, as it is among `leaving`.
        """
        ...

    def taken_away(self, host: Actor, now: datetime) -> Sequence[RemoteLink]:
        """Events of live appointments of the host's own that are not over, which were removed as he left an account."""
        ...

    def once_of(self, account: Account, now: datetime) -> Sequence[RemoteLink]:
        """Of `adrift`: events that were sent through its owner's account of that address before he left it."""
        ...

    def living(self, account_id: UUID, now: datetime) -> int:
        """How many live appointments that are not over have something in that account."""
        ...

    def keep(self, claim: EffectClaim, link: RemoteLink) -> None:
        """Store what came of a write, in the transaction that records it; raises `LeaseLost`."""
        ...

    def etags(self, claim: SyncClaim, event_ids: Collection[str]) -> Mapping[str, str]:
        """Of these events of the calendar, those that are copies of appointments, with the etag last agreed on."""
        ...

    def unmet(self, claim: SyncClaim, *, generation: int, since: datetime) -> Sequence[str]:
        """The ids of copies in the calendar that a full read of `generation` did not meet.

        What was over when the calendar was last read is not missed, nor what was over at `since`, which is as far
        back as the read went.
        """
        ...

    def private_among(self, appointment_ids: Collection[UUID]) -> frozenset[UUID]:
        """Of these appointments, booked here or taken from Google, those whose event somebody made private.

        As far as calendars were read. What was booked here stays private when the event goes, or another one takes its
        place: only a calendar that had it private, and has it open to all, says otherwise.
        """
        ...

    def privacy_change(self, claim: SyncClaim, events: Sequence[RemoteEvent]) -> PrivacyChange:
        """What these events of the calendar say, which are about to be stored."""
        ...

    def keep_privacy(self, change: PrivacyChange) -> None:
        """Remember it, once they are stored; what is private in another calendar stays so."""
        ...

    def uids(self, claim: SyncClaim, uids: Collection[str]) -> frozenset[str]:
        """Of these iCalendar UIDs, those of appointments that the calendar's owner hosts: told by them, not twice.

        One that we took away is left out: what a person brought back to his calendar is his own event.
        """
        ...
