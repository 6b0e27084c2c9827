"""Does what a trigger is for, once, and records in the ledger what came of it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from bot.domain.errors import (
    DaybookError,
    KeyMissing,
    NotFound,
    ProviderBusy,
    ProviderDown,
    ProviderError,
    SecretUnreadable,
)
from bot.domain.firings import MOST_TRIES, CannotTell, FiringClaim, FiringState, Telling, pause_after
from bot.domain.people import Standing, actor_of
from bot.domain.triggers import ActionKind, host_of, is_entitled
from bot.domain.webhook_calls import call_of
from bot.domain.webhooks import BadWebhookAddress
from bot.ports import Clock, PostChannels, Posts, Store, Webhooks
from bot.usecases.delivering import CrashPoint, nowhere
from bot.usecases.try_once import try_once

_NOT_OPENED = "Its address cannot be opened any more. Edit the trigger and enter it again."
_NOT_SAID = "Slack did not say whether that channel may still be posted in."
_NO_KEY = "The key that seals its address is not configured; whoever runs Daybook has to put it back."
# Clocks here and at Slack need not agree.
_SLACK_OF_CLOCKS = timedelta(minutes=2)


class _LeftOut(DaybookError):
    """There is nothing to be done, or nobody may have it done any more."""


class CarryOutFiring:
    """One try of one claimed firing.

    Webhooks are called at least once, by an id that stays the same. A message is looked for before it is sent a second
    time; where Daybook may not look, it is not sent again. Tags are written in the transaction that records them.
    """

    def __init__(
        self,
        store: Store,
        posts: Posts,
        webhooks: Webhooks,
        clock: Clock,
        jitter: Callable[[], float],
        crash_point: CrashPoint = nowhere,
        *,
        channels: PostChannels,
    ) -> None:
        """Take what it works with.

        `jitter` gives random numbers from 0 up to 1; `channels` are asked before each post.
        """
        self._store = store
        self._channels = channels
        self._posts = posts
        self._webhooks = webhooks
        self._clock = clock
        self._jitter = jitter
        self._crash_point = crash_point

    def __call__(self, claim: FiringClaim) -> bool:
        """Whether it was done, now or before. Somebody else having taken it over is no error."""
        failed = partial(self._record_failure, claim)
        return try_once(partial(self._do, claim), failed, partial(self._put_off, claim, was_sent=True))

    def _telling(self, claim: FiringClaim) -> Telling:
        """Raises `_LeftOut`."""
        trigger, occasion = claim.trigger, claim.firing.occasion
        with self._store.reading() as work:
            owner = work.members.get(trigger.workspace_id, trigger.owner_id)
            host = work.members.get(trigger.workspace_id, host_of(trigger, occasion))
            is_private = trigger.action.kind is ActionKind.POST and bool(
                work.remote_links.private_among([occasion.subject])
            )
        if trigger.is_paused:
            raise _LeftOut("The trigger was paused before this was done.")
        if not is_entitled(owner, trigger):
            raise _LeftOut("Its owner may not have this trigger any more.")
        # A trigger that was changed meanwhile may be fit for its owner, and what it fired for before is not.
        if not owner.is_admin and owner.id not in occasion.hosts:
            raise _LeftOut("It is about somebody else's appointment, and its owner is no admin any more.")
        if trigger.action.kind is ActionKind.MESSAGE and host.standing is not Standing.FULL:
            raise _LeftOut("The host is no full member of this workspace any more.")
        return Telling(claim.firing.id, trigger, occasion, host, owner, is_private=is_private)

    def _do(self, claim: FiringClaim) -> None:
        telling = self._telling(claim)
        match telling.trigger.action.kind:
            case ActionKind.TAG:
                self._tag(claim, telling)
            case ActionKind.WEBHOOK:
                with self._store.reading() as work:
                    webhook = work.triggers.webhook(telling.trigger.id)
                self._send(claim, lambda: self._webhooks.call(webhook, call_of(telling), self._clock.now()))
            case ActionKind.POST | ActionKind.MESSAGE:
                sent_at = claim.firing.sent_at
                if sent_at is not None and self._posts.is_posted(telling, sent_at - _SLACK_OF_CLOCKS):
                    self._end(claim, FiringState.DONE)
                    return
                self._require_postable(telling)
                self._send(claim, lambda: self._posts.post(telling))

    def _require_postable(self, telling: Telling) -> None:
        """Raises `ChannelUnusable`: others may read the channel, or its owner not any more, since it was chosen."""
        trigger = telling.trigger
        if trigger.action.kind is not ActionKind.POST:
            return
        with self._store.reading() as work:
            owner = actor_of(telling.owner, work.workspaces.get(trigger.workspace_id))
        try:
            self._channels.require_postable(owner, trigger.action.channel_id)
        except ProviderDown as down:
            # What it says is for somebody who saves a form.
            raise ProviderDown(_NOT_SAID) from down

    def _send(self, claim: FiringClaim, send: Callable[[], None]) -> None:
        with self._store.writing() as work:
            work.firings.sending(claim, self._clock.now())
            work.commit()
        self._crash_point("firing: before it is sent")
        send()
        self._crash_point("firing: after it is sent")
        self._end(claim, FiringState.DONE)

    def _tag(self, claim: FiringClaim, telling: Telling) -> None:
        tag, contacts = telling.trigger.action.tag, telling.occasion.contacts
        if not contacts:
            raise _LeftOut("There is no contact to tag.")
        with self._store.writing() as work:
            full = [
                one.name
                for one in contacts
                if not work.contacts.tag(one.workspace_id, one.id, tag) and tag not in one.tags
            ]
            state = FiringState.LEFT_OUT if full else FiringState.DONE
            problem = f"{full[0]} is gone, or has as many tags as one can have." if full else ""
            work.firings.end(claim, state, self._clock.now(), problem=problem)
            work.commit()

    def _record_failure(self, claim: FiringClaim, error: DaybookError) -> None:
        match error:
            case _LeftOut():
                self._end(claim, FiringState.LEFT_OUT, str(error))
            case CannotTell():
                self._end(claim, FiringState.UNSURE, str(error))
            case KeyMissing():
                self._put_off(claim, _NO_KEY, was_sent=False)
            case SecretUnreadable() | NotFound():
                self._end(claim, FiringState.FAILED, _NOT_OPENED)
            case ProviderBusy():
                self._put_off(claim, str(error), was_sent=False, retry_after=error.retry_after)
            case ProviderDown():
                self._put_off(claim, str(error), was_sent=error.is_silent)
            case ProviderError() | BadWebhookAddress():
                self._end(claim, FiringState.FAILED, str(error))
            case _:
                self._put_off(claim, str(error), was_sent=True)

    def _put_off(self, claim: FiringClaim, problem: str, *, was_sent: bool, retry_after: float | None = None) -> None:
        attempts = claim.firing.attempts
        if attempts + 1 >= MOST_TRIES:
            self._end(claim, FiringState.FAILED, problem)
            return
        pause = pause_after(attempts, self._jitter(), retry_after=retry_after)
        with self._store.writing() as work:
            due_at = self._clock.now() + pause
            work.firings.retry(claim, problem=problem, due_at=due_at, was_sent=was_sent)
            work.commit()

    def _end(self, claim: FiringClaim, state: FiringState, problem: str = "") -> None:
        with self._store.writing() as work:
            work.firings.end(claim, state, self._clock.now(), problem=problem)
            work.commit()
