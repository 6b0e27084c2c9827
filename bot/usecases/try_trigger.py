"""Tries a trigger out: with something made up, marked as a test, and nothing of it in the ledger."""

from uuid import UUID

from bot.domain.firings import Telling
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.triggers import ActionKind, Trigger, sample
from bot.domain.webhook_calls import call_of
from bot.ports import Clock, NewId, PostChannels, Posts, Store, Webhooks
from bot.usecases.own_trigger import own_trigger


class TryTrigger:
    """Posts or calls at once. What would go to a host goes to the one who tries; nobody is tagged."""

    def __init__(
        self,
        store: Store,
        posts: Posts,
        webhooks: Webhooks,
        clock: Clock,
        new_id: NewId,
        *,
        channels: PostChannels,
    ) -> None:
        """Take what it works with; `channels` are asked before a post."""
        self._store = store
        self._channels = channels
        self._posts = posts
        self._webhooks = webhooks
        self._clock = clock
        self._new_id = new_id

    def __call__(self, actor: Actor, trigger_id: UUID) -> Trigger:
        """What was tried.

        Raises:
            NotFound: it is not the actor's own.
            ProviderError, SecretUnreadable: it did not work; the sentence says why. `ChannelUnusable` is one.
        """
        require_full_member(actor)
        with self._store.reading() as work:
            trigger = own_trigger(work, actor, trigger_id)
            tries = work.members.get(actor.workspace_id, actor.member_id)
            webhook = work.triggers.webhook(trigger.id) if trigger.action.kind is ActionKind.WEBHOOK else None
        now = self._clock.now()
        telling = Telling(self._new_id(), trigger, sample(trigger, actor, now), tries, tries, is_test=True)
        if webhook is not None:
            self._webhooks.call(webhook, call_of(telling), now)
        elif trigger.action.kind in (ActionKind.POST, ActionKind.MESSAGE):
            if trigger.action.kind is ActionKind.POST:
                self._channels.require_postable(actor, trigger.action.channel_id)
            self._posts.post(telling)
        return trigger
