"""What triggers say and call, in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bot.domain.firings import CannotTell, ChannelUnusable, Telling
from bot.domain.people import Actor
from bot.domain.triggers import ActionKind
from bot.domain.webhooks import AddressRefused, Webhook, WebhookCall, host_in


def _nothing() -> None:
    """Everything goes well."""


@dataclass
class FakePosts:
    """Implements `ports.Posts`: it finds what was said to a host, and may not look in channels.

    `before` and `after` are called at each message, and may raise.
    """

    said: list[Telling] = field(default_factory=list)
    before: Callable[[], None] = _nothing
    after: Callable[[], None] = _nothing

    def is_posted(self, telling: Telling, since: datetime) -> bool:
        if telling.trigger.action.kind is ActionKind.POST:
            raise CannotTell("Nobody can look there.")
        return telling.id in self.ids

    def post(self, telling: Telling) -> None:
        self.before()
        self.said.append(telling)
        self.after()

    @property
    def ids(self) -> list[UUID]:
        """Of what was said, in order."""
        return [telling.id for telling in self.said]


@dataclass
class FakeWebhooks:
    """Implements `ports.Webhooks`; hosts in `inside` are refused, and `before` and `after` may raise."""

    called: list[tuple[Webhook, WebhookCall]] = field(default_factory=list)
    inside: set[str] = field(default_factory=set)
    before: Callable[[], None] = _nothing
    after: Callable[[], None] = _nothing

    def require_callable(self, url: str) -> str:
        host = host_in(url)
        if host in self.inside:
            raise AddressRefused(f"Daybook calls only addresses on the open internet; {host} is not one.")
        return host

    def call(self, webhook: Webhook, call: WebhookCall, now: datetime) -> None:
        assert now.tzinfo is not None
        self.require_callable(webhook.url)
        self.before()
        self.called.append((webhook, call))
        self.after()


@dataclass
class FakeChannels:
    """Implements `ports.PostChannels`: names by id, and the Slack ids of whom they are closed to.

    `before` is called at each question, and may raise.
    """

    names: dict[str, str] = field(default_factory=lambda: {"C0SALES": "sales"})
    closed_to: set[str] = field(default_factory=set)
    before: Callable[[], None] = _nothing

    def require_postable(self, actor: Actor, channel_id: str) -> str:
        self.before()
        if channel_id not in self.names or actor.slack_user_id in self.closed_to:
            raise ChannelUnusable("Daybook is not in that channel.")
        return self.names[channel_id]
