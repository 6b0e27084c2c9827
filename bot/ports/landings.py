"""Outside events on appointments, and the messages that tell of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.appointments import Appointment
from bot.domain.calendars import Calendar
from bot.domain.cards import PostedCard
from bot.domain.landings import BatchShown, Landing, LandingBatch, LandingState
from bot.domain.people import Actor
from bot.ports.system import NewId


class Landings(Protocol):
    """Overlaps of appointments with other events of their hosts: each is told once, and followed while it is open.

    An overlap is known by the appointment, the event or series, and the event's start.
    """

    def accept(self, appointment: Appointment, *, unasked: Collection[UUID] = ()) -> None:
        """What overlaps it now was there when it got that time: its hosts are not told of it, but for the `unasked`.

        Whoever of them had no say in it is to be told of what he has there, as of an event that landed. The messages
        about it are to say where it is now.
        """
        ...

    def notice(self, calendar: Calendar, now: datetime, *, tells: bool = True) -> int:
        """Enter every live appointment of the calendar's owner on which an event of it stands; how many are new.

        With `tells` False they count as accepted. Whatever was known before stays as it is, but for two: of an event
        that had gone and is back, the message that told of it is to say so; and one that `lands_again` is new.
        """
        ...

    def has_due(self, now: datetime) -> bool:
        """Whether it is worth the while to settle, to claim, or to bring a message up to date."""
        ...

    def settle(self, now: datetime) -> int:
        """Look at what is open, and record what became of it; how many of them ended.

        One that is gone, while the same meeting still stands in another calendar of the host, has not ended: the
        message is about that one now.
        """
        ...

    def claim(self, now: datetime, new_id: NewId, *, limit: int) -> LandingBatch | None:
        """All that one host was not told of yet, up to `limit`; None where nobody is to be told.

        It is handed to exactly one caller, who tells it. The same meeting in two calendars of a host is told once,
        whichever is read first.
        """
        ...

    def release(self, batch: LandingBatch, due_at: datetime) -> None:
        """The host could not be told after all: somebody will, from then on."""
        ...

    def posted(self, batch: LandingBatch, posted: PostedCard) -> None:
        """Remember where the message stands, so that it can be brought up to date."""
        ...

    def batch(self, actor: Actor, batch_id: UUID) -> LandingBatch:
        """One that was told to the actor; raises `NotFound`, for another's as for none."""
        ...

    def end(self, landings: Sequence[Landing], state: LandingState) -> None:
        """Record what became of open ones; their messages are to show it."""
        ...

    def claim_stale(self, now: datetime, *, limit: int) -> Sequence[LandingBatch]:
        """Messages that do not show how things stand, each under a lease."""
        ...

    def shown(self, batch: LandingBatch) -> None:
        """Its message shows what `batch` says."""
        ...

    def give_up(self, batch: LandingBatch) -> None:
        """The message is not there any more: nothing of it is brought up to date again."""
        ...

    def forget(self, before: datetime) -> int:
        """Those of appointments that ended before then, and messages of which nothing is left; how many overlaps."""
        ...


class LandingMessages(Protocol):
    """The messages themselves. Raises `ProviderError`s; retries nothing."""

    def post(self, shown: BatchShown) -> PostedCard:
        """Tell the host. A `ProviderDown` that `is_silent` means that it may have arrived."""
        ...

    def update(self, posted: PostedCard, shown: BatchShown) -> None:
        """Show how things stand; raises `CardGone`."""
        ...
