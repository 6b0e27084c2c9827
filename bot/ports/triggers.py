"""Triggers, the ledger of their firings, and what they do outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.firings import FailedTrigger, Firing, FiringClaim, FiringState, Telling, TriggerHealth
from bot.domain.occasions import Occasion
from bot.domain.people import Actor
from bot.domain.triggers import Trigger
from bot.domain.webhooks import Webhook, WebhookCall


class Triggers(Protocol):
    """What a workspace wants done when something happens."""

    def record(self, occasion: Occasion) -> int:
        """Enter a firing for every trigger that waits for the occasion and was there before it; returns how many.

        One trigger fires once for a subject in a version, for ever; for a contact that was added once for his
        address, however often he is deleted and added again.
        """
        ...

    def add(self, trigger: Trigger, webhook: Webhook | None) -> bool:
        """Store a new one; False where it is there already, which stays as it is."""
        ...

    def change(self, trigger: Trigger, webhook: Webhook | None) -> None:
        """Store it as it is now, but for whether it is paused: `pause` alone says that.

        Of two times since when it is active the later one counts.

        Without a `webhook`, what was sealed for it goes. Raises `NotFound`.
        """
        ...

    def pause(self, actor: Actor, trigger_id: UUID, now: datetime, *, is_paused: bool) -> None:
        """Have one of the actor's workspace wait for nothing, or again from now on; raises `NotFound`."""
        ...

    def delete(self, actor: Actor, trigger_id: UUID) -> None:
        """Remove one of the actor's workspace with its ledger; raises `NotFound`."""
        ...

    def get(self, actor: Actor, trigger_id: UUID) -> Trigger:
        """One of the actor's workspace; raises `NotFound`."""
        ...

    def webhook(self, trigger_id: UUID) -> Webhook:
        """What it calls; raises `NotFound`, and `SecretUnreadable` where that does not open."""
        ...

    def all(self, actor: Actor) -> Sequence[TriggerHealth]:
        """Those of the actor's workspace, by name."""
        ...

    def count_own(self, actor: Actor) -> int:
        """How many are the actor's own."""
        ...

    def has_untold(self, now: datetime) -> bool:
        """Whether it is worth the while to claim any."""
        ...

    def claim_failed(self, now: datetime, *, limit: int) -> Sequence[FailedTrigger]:
        """What came to nothing and was not told, of triggers whose owner was not told of them for a day (`TOLD_EVERY`).

        It is that of one owner alone; nothing where nobody is to be told, or somebody else has him in hand.

        Each is handed to exactly one caller, who tells it.
        """
        ...

    def release_failed(self, failed: FailedTrigger, now: datetime) -> None:
        """The owner could not be told after all: somebody will try again in a while (`TOLD_AGAIN`)."""
        ...


class Firings(Protocol):
    """The ledger: what every trigger fired for, and what came of it.

    Every write on behalf of a claim checks its fence and raises `LeaseLost`.
    """

    def of(self, trigger_id: UUID, *, limit: int, offset: int = 0, host: UUID | None = None) -> Sequence[Firing]:
        """Its ledger, the newest first; with a `host`, only what that member hosts."""
        ...

    def count(self, trigger_id: UUID, *, host: UUID) -> int:
        """How many of its firings are for what that member hosts."""
        ...

    def get(self, actor: Actor, firing_id: UUID) -> Firing:
        """One of a trigger in the actor's workspace; raises `NotFound`."""
        ...

    def run_again(self, firing: Firing, now: datetime) -> bool:
        """Have one that came to nothing done after all, under its old id; False unless it is as it was read."""
        ...

    def is_any_due(self, now: datetime) -> bool:
        """Whether it is worth the while to claim."""
        ...

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[FiringClaim]:
        """Claim what is due and not held by a live lease, one of each trigger.

        What did not fail yet comes first, then the most overdue. Of what failed before, a quarter of `limit` is
        under way at most, whoever holds it, so that it cannot keep everything else waiting.
        """
        ...

    def sending(self, claim: FiringClaim, now: datetime) -> None:
        """Hold it for a whole lease: something is about to be sent, and may have arrived from now on."""
        ...

    def retry(self, claim: FiringClaim, *, problem: str, due_at: datetime, was_sent: bool) -> None:
        """The try failed: free the lease. `was_sent` is False where surely nothing arrived."""
        ...

    def give_back(self, claim: FiringClaim) -> None:
        """It was not tried at all: free the lease."""
        ...

    def end(self, claim: FiringClaim, state: FiringState, now: datetime, *, problem: str = "") -> None:
        """It was done, or nothing more is tried."""
        ...

    def forget_contact(self, contact_id: UUID) -> None:
        """Erase from the ledger what tells of a contact; the firings stay, and with them that they fired."""
        ...


class PostChannels(Protocol):
    """Slack's channels, as far as somebody wants to have something posted in one."""

    def require_postable(self, actor: Actor, channel_id: str) -> str:
        """The channel's name; raises `ChannelUnusable` where Daybook, or the actor, has no business there."""
        ...


class Posts(Protocol):
    """What triggers say in Slack. Raises `ProviderError`s; retries nothing.

    A `ProviderDown` that `is_silent` means that the message may have arrived.
    """

    def is_posted(self, telling: Telling, since: datetime) -> bool:
        """Whether it stands there since then; raises `CannotTell` where Daybook may not read."""
        ...

    def post(self, telling: Telling) -> None:
        """Say it: in the trigger's channel, or to the host alone."""
        ...


class Webhooks(Protocol):
    """Calls to addresses that people named."""

    def require_callable(self, url: str) -> str:
        """The host; raises `BadWebhookAddress`, and `AddressRefused` where its name leads to no public place."""
        ...

    def call(self, webhook: Webhook, call: WebhookCall, now: datetime) -> None:
        """Make one call, signed.

        Raises:
            AddressRefused, WebhookRefused: trying again helps nobody.
            ProviderBusy, ProviderDown: it may go through later.
        """
        ...
