"""Remote calendars: in their roles here, and as a provider has them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from bot.domain.calendars import AccessRole, Calendar, RemoteCalendar, SyncClaim
from bot.domain.events import EventPage
from bot.domain.fuse import Fuse
from bot.domain.intervals import Interval
from bot.domain.people import Actor


class Calendars(Protocol):
    """Remote calendars in their roles, and the due times and leases of their sync."""

    def of(self, actor: Actor) -> Sequence[Calendar]:
        """The actor's own calendars in use, the linked one first, then by name."""
        ...

    def of_members(self, actor: Actor, member_ids: Sequence[UUID]) -> Sequence[Calendar]:
        """The calendars in use of members of the actor's workspace."""
        ...

    def event_counts(self, actor: Actor) -> Mapping[UUID, int]:
        """How many events were read from each of the actor's own calendars; those without any may be left out."""
        ...

    def hold(self, actor: Actor) -> None:
        """Let no sync of the actor's calendars write before the transaction ends.

        For those who go on to what his appointments are elsewhere, and then drop a calendar or an account.
        """
        ...

    def choose(self, actor: Actor, calendars: Sequence[Calendar]) -> None:
        """Make exactly these the actor's calendars: known ones keep what was read, dropped ones go with it.

        A calendar is known by its account and remote id. Raises `NotFound` if an account is not the actor's.
        """
        ...

    def request_sync(self, actor: Actor, now: datetime) -> int:
        """Make the actor's calendars due at once; returns how many (accounts that need their owner are left out).

        One whose provider asked for a pause is due at its end, and not counted before.
        """
        ...

    def claim_due(self, now: datetime, *, limit: int, lease: timedelta) -> Sequence[SyncClaim]:
        """Claim calendars of active accounts that are due and not held by a live lease, most overdue first."""
        ...

    def claim_these(self, calendar_ids: Collection[UUID], now: datetime, *, lease: timedelta) -> Sequence[SyncClaim]:
        """Claim these whether they are due or not, except those under a live lease and of accounts not active."""
        ...

    def keep(self, claim: SyncClaim, until: datetime) -> None:
        """Prolong the lease; raises `LeaseLost`."""
        ...

    def finish(
        self,
        claim: SyncClaim,
        *,
        read_at: datetime,
        next_sync_at: datetime,
        interval: timedelta | None = None,
        listed_at: datetime | None = None,
    ) -> None:
        """The sync succeeded: free the lease, clear the problem; raises `LeaseLost`.

        A sync that was asked for since the claim keeps its earlier time. `interval` is the plan behind
        `next_sync_at`; `listed_at` is when the calendar's name and access role were looked up, if they were.
        """
        ...

    def fail(
        self,
        claim: SyncClaim,
        *,
        problem: str,
        next_sync_at: datetime | None,
        is_lost: bool = False,
        not_before: datetime | None = None,
    ) -> None:
        """The sync failed: free the lease, count the attempt, keep what was read; raises `LeaseLost`.

        `not_before` is the time that the provider named: whoever asks for a sync gets none sooner.
        """
        ...

    def describe(self, claim: SyncClaim, *, name: str, access_role: AccessRole) -> None:
        """What the calendar is called now, and what its account may do with it; raises `LeaseLost`."""
        ...

    def postpone(self, claim: SyncClaim, *, problem: str, until: datetime) -> None:
        """Leave the other calendars of the same account alone until then, whoever asks for them, and say why."""
        ...

    def hold_back(self, claim: SyncClaim, fuse: Fuse, *, read_at: datetime, next_sync_at: datetime) -> None:
        """The sync read everything but must not remove what is gone; raises `LeaseLost`."""
        ...

    def claim_question(self, now: datetime) -> Calendar | None:
        """A calendar whose owner was not asked about a loss yet, handed to exactly one caller, who asks."""
        ...

    def release_question(self, calendar: Calendar, due_at: datetime, *, first_asked: datetime) -> None:
        """The owner could not be asked after all: somebody will try again, from `due_at` on.

        Nobody will where it was first tried at `first_asked` or before.
        """
        ...

    def answer_fuse(self, actor: Actor, calendar_id: UUID, number: int, *, removes: bool, now: datetime) -> Calendar:
        """The owner's word on the loss of that number; raises `NotFound` unless it is his and waits for it.

        True lets the next sync remove, False has everything read from the start first; either way it is due `now`.
        A sync that runs just now writes nothing more.
        """
        ...


class CalendarGateway(Protocol):
    """A provider's calendars. Raises the `ProviderError`s of the domain; retries nothing."""

    def calendars(self, account_id: UUID) -> Sequence[RemoteCalendar]: ...

    def changes(
        self, account_id: UUID, remote_id: str, *, sync_token: str | None, since: datetime
    ) -> Iterator[EventPage]:
        """The delta after `sync_token`, page by page, or everything that ends after `since` without one."""
        ...


class EventWriter(Protocol):
    """Changes events in a provider's calendar. Raises the `ProviderError`s of the domain; retries nothing."""

    def mark_free(self, account_id: UUID, remote_id: str, event_id: str, *, etag: str) -> None:
        """Let an event, or one time of a series, leave its time open; nobody is mailed about it.

        Args:
            account_id: on whose behalf.
            remote_id: the calendar's.
            event_id: the event's, or that of one instance.
            etag: what was read; empty for an instance that was never read by itself. Then it is looked up first,
                and has to stand where its series puts it.

        Raises:
            EventChanged: it is not any more as `etag` says; nothing was written.
            EventGone: it is not there any more.
            AccessLost: the account may not change it.
        """
        ...

    def move(self, account_id: UUID, remote_id: str, event_id: str, *, etag: str, span: Interval, zone: str) -> None:
        """Let an event, or one time of a series, happen at another time; Google mails everybody on it.

        Args:
            account_id: on whose behalf.
            remote_id: the calendar's.
            event_id: the event's, or that of one instance.
            etag: as for `mark_free`, and so are the errors.
            span: when it happens from now on; epoch seconds.
            zone: IANA name of the zone that it is written in.
        """
        ...

    def cancel(self, account_id: UUID, remote_id: str, event_id: str, *, etag: str) -> None:
        """Call an event off, or one time of a series; Google mails everybody on it. One that is gone is a success.

        The arguments and errors are those of `mark_free`.
        """
        ...
