"""Makes a trigger of what was entered in its form, or changes one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from bot.domain.calendars import Role
from bot.domain.errors import NotFound, SecretUnreadable
from bot.domain.firings import ChannelUnusable
from bot.domain.occasions import What
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.trigger_form import TriggerFormField, TriggerWish, mistakes_in
from bot.domain.trigger_views import TriggerSaved
from bot.domain.triggers import (
    MOST_TRIGGERS,
    ActionKind,
    BadTrigger,
    Trigger,
    TriggerAction,
    TriggerFilter,
    tidied_tag,
)
from bot.domain.webhooks import AddressRefused, BadWebhookAddress, Webhook
from bot.ports import Clock, NewSecret, PostChannels, Store, UnitOfWork, Webhooks
from bot.usecases.own_trigger import own_trigger
from bot.usecases.resolve_members import ResolveMembers

_NAMES = {
    ActionKind.POST: "Post to #{channel}",
    ActionKind.MESSAGE: "Message the host",
    ActionKind.WEBHOOK: "Call {host}",
    ActionKind.TAG: "Tag as {tag}",
}


class SaveTrigger:
    """Any full member has triggers for what he hosts; an admin chooses whose appointments count."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        new_secret: NewSecret,
        channels: PostChannels,
        webhooks: Webhooks,
        resolve_members: ResolveMembers,
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_secret = new_secret
        self._channels = channels
        self._webhooks = webhooks
        self._resolve = resolve_members

    def __call__(self, actor: Actor, wish: TriggerWish, *, origin: str, trigger_id: UUID | None = None) -> TriggerSaved:
        """The trigger as it is stored, with the secret of its webhook where that is new: it is shown once.

        Args:
            actor: whose it is.
            wish: what was entered.
            origin: names the submission, the same however often it is delivered.
            trigger_id: the actor's own that is to be changed; None for a new one.

        Raises:
            BadTrigger: a field cannot be so.
            NotAllowed: the actor may have no triggers.
            NotFound: there is no such trigger of his.
            ProviderError: Slack could not be asked about the channel.
        """
        require_full_member(actor)
        if trigger_id is not None:
            with self._store.reading() as work:
                own_trigger(work, actor, trigger_id)
        for name, sentence in mistakes_in(wish).items():
            raise BadTrigger(name, sentence)
        only = self._filter(actor, wish)
        action = self._action(actor, wish)
        now = self._clock.now()
        with self._store.writing() as work:
            before = own_trigger(work, actor, trigger_id) if trigger_id is not None else None
            trigger = Trigger(
                id=before.id if before else uuid5(actor.member_id, f"trigger {origin}"),
                workspace_id=actor.workspace_id,
                owner_id=actor.member_id,
                name=wish.name.strip() or _usual_name(action),
                when=wish.when,
                only=only,
                action=action,
                created_at=before.created_at if before else now,
                is_paused=before.is_paused if before else False,
                active_since=_active_since(before, wish.when, only, now),
            )
            secret = self._stored(work, actor, trigger, before, wish.url)
            work.commit()
        return TriggerSaved(trigger, before is None, secret)

    def _stored(self, work: UnitOfWork, actor: Actor, trigger: Trigger, before: Trigger | None, url: str) -> str:
        """The secret, if there is a new one."""
        if before is None and work.triggers.count_own(actor) >= MOST_TRIGGERS:
            raise BadTrigger(TriggerFormField.NAME, f"You have {MOST_TRIGGERS} triggers, which is as many as can be.")
        if trigger.action.kind is not ActionKind.WEBHOOK:
            webhook, secret = None, ""
        else:
            known = _secret_of(work, before)
            secret = "" if known else self._new_secret()
            webhook = Webhook(url, known or secret)
        if before is not None:
            work.triggers.change(trigger, webhook)
            return secret
        # The same submission, delivered again, made it before: what was shown then is not shown twice.
        return secret if work.triggers.add(trigger, webhook) else ""

    def _filter(self, actor: Actor, wish: TriggerWish) -> TriggerFilter:
        hosts: tuple[UUID, ...] = (actor.member_id,)
        if actor.is_admin:
            hosts = tuple(member.id for member in self._resolve(actor, wish.hosts)) if wish.hosts else ()
        if wish.calendar_id is not None:
            with self._store.reading() as work:
                own = {calendar.id for calendar in work.calendars.of(actor) if calendar.role is Role.LINKED}
            if wish.calendar_id not in own:
                raise BadTrigger(TriggerFormField.CALENDAR, "That calendar is not linked any more. Choose again.")
        is_contact = What.CONTACT_ADDED in wish.when
        return TriggerFilter(
            hosts=hosts,
            calendar_id=None if is_contact else wish.calendar_id,
            booked_in=wish.booked_in,
            tag=tidied_tag(wish.only_tag) if wish.only_tag else "",
        )

    def _action(self, actor: Actor, wish: TriggerWish) -> TriggerAction:
        text = wish.text.strip()
        match wish.kind:
            case ActionKind.POST:
                name = _about(TriggerFormField.CHANNEL, lambda: self._channels.require_postable(actor, wish.channel_id))
                return TriggerAction(wish.kind, channel_id=wish.channel_id, channel_name=name, text=text)
            case ActionKind.MESSAGE:
                return TriggerAction(wish.kind, text=text)
            case ActionKind.WEBHOOK:
                host = _about(TriggerFormField.URL, lambda: self._webhooks.require_callable(wish.url))
                return TriggerAction(wish.kind, webhook_host=host)
            case ActionKind.TAG:
                return TriggerAction(wish.kind, tag=tidied_tag(wish.tag))


class RenewSecret:
    """Has a webhook's calls signed with something new."""

    def __init__(self, store: Store, new_secret: NewSecret) -> None:
        self._store = store
        self._new_secret = new_secret

    def __call__(self, actor: Actor, trigger_id: UUID) -> str:
        """The secret, which is shown once. Raises `NotFound` unless it is the actor's own trigger with a webhook."""
        require_full_member(actor)
        secret = self._new_secret()
        with self._store.writing() as work:
            trigger = own_trigger(work, actor, trigger_id)
            work.triggers.change(trigger, replace(work.triggers.webhook(trigger.id), secret=secret))
            work.commit()
        return secret


def _active_since(before: Trigger | None, when: frozenset[What], only: TriggerFilter, now: datetime) -> datetime | None:
    """What it did not wait for until now is no news when it is read late."""
    if before is None or (before.when, before.only) == (when, only):
        return before.active_since if before else None
    return now


def _secret_of(work: UnitOfWork, before: Trigger | None) -> str:
    """What its calls are signed with already; nothing where there is none, or none that opens."""
    if before is None:
        return ""
    try:
        return work.triggers.webhook(before.id).secret
    except (NotFound, SecretUnreadable):
        return ""


def _about(name: TriggerFormField, look: Callable[[], str]) -> str:
    """What `look` finds; what it refuses stands on its field."""
    try:
        return look()
    except (ChannelUnusable, AddressRefused, BadWebhookAddress) as refused:
        raise BadTrigger(name, str(refused)) from refused


def _usual_name(action: TriggerAction) -> str:
    return _NAMES[action.kind].format(channel=action.channel_name, host=action.webhook_host, tag=action.tag)[:60]
