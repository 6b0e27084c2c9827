"""Accounts that are left, and the events that are removed from them before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.leaving import CopyState, Leaving, LeftCopy, LeftReport
from bot.domain.people import Actor


class Leavings(Protocol):
    """Accounts that are left as soon as what Daybook wrote there was removed."""

    def copies(self, actor: Actor, account_id: UUID, now: datetime, *, container: str = "") -> Sequence[LeftCopy]:
        """The events of live appointments to come that are written through the account, by start.

        Events that are being removed already, because their appointments moved on, come last: only who keeps the
        events keeps these too. With `container`, what is written in the calendar that has this id in Google.
        """
        ...

    def begin(self, actor: Actor, leaving: Leaving, now: datetime, *, container: str = "") -> Sequence[LeftCopy]:
        """These events, as `copies` tells them once nobody can write one any more, are removed.

        If the account ends, nothing else is read or written through it from now on. Raises `NotFound` for an account
        that is not the actor's own.
        """
        ...

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[Leaving]:
        """Those that are to be worked on now; each comes again after a while, unless it is gone by then.

        An account that was connected anew is not left any more: what was not removed yet stays.
        """
        ...

    def hold(self, leaving: Leaving, now: datetime) -> bool:
        """Whether the claim is the last one still, which holds for a while more then; the member is locked before."""
        ...

    def left(self, account_id: UUID) -> Sequence[LeftCopy]:
        """What is to be removed of it, with what became of each so far."""
        ...

    def settle(self, account_id: UUID, copy: LeftCopy, state: CopyState) -> None:
        """What became of one of them; one that is gone is not written any more, even if it was given back meanwhile."""
        ...

    def give_back(self, account_id: UUID) -> None:
        """What was not removed is in Google still: it is taken up under its id when its account is connected anew."""
        ...

    def end(self, leaving: Leaving) -> bool:
        """All was done that can be, and the account stays; what was not removed is given back.

        False, and nothing may be committed, where the claim is not the last one any more.
        """
        ...

    def put_off(self, leaving: Leaving, due_at: datetime) -> None:
        """Nothing more can be removed now: try again then, unless somebody began anew."""
        ...

    # --- What is told of it

    def report(self, report: LeftReport, due_at: datetime) -> None:
        """The member is to be told, in the transaction that ends it."""
        ...

    def claim_report(self, now: datetime) -> LeftReport | None:
        """The next to be sent; it comes again after a while, unless it is told by then."""
        ...

    def put_off_report(self, report: LeftReport, due_at: datetime) -> None:
        """Slack does not take it now: try again then."""
        ...

    def told(self, report: LeftReport) -> None:
        """It was sent, or never will be."""
        ...
