"""The stand-in as a whole: serve it, fill it with people, let them act, and see what it thinks of the app."""

import contextlib
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.sandbox.faults import FaultScript, faulty
from bot.sandbox.ledger import Ledger, recorded
from bot.sandbox.serving import serving
from bot.sandbox.slack.backend import new_backend
from bot.sandbox.slack.delivery import PATIENCE, RETRY_AFTER, Courier, Delivery
from bot.sandbox.slack.files import Files
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.methods.users import described
from bot.sandbox.slack.page import page_routes
from bot.sandbox.slack.payloads import event_callback
from bot.sandbox.slack.people import People, Workspace
from bot.sandbox.slack.person import Person
from bot.sandbox.slack.refusal import Problems
from bot.sandbox.slack.registration import Registration, registered
from bot.sandbox.slack.shape import Json
from bot.sandbox.slack.tickets import TRIGGER_SECONDS
from bot.sandbox.slack.web import web


class SlackStandIn:
    """Slack with one app registered; empty of people until they are added through `people`.

    >>> slack = SlackStandIn(manifest)
    >>> acme = slack.people.add_workspace("acme")
    >>> ana = slack.people.add_member(acme.id, "ana")
    >>> with slack.serve() as url:                            # the app calls url + "/api/" ...
    ...     slack.delivers_to("http://127.0.0.1:8000/slack/events")
    ...     slack.person(ana.id).types("/hello")
    """

    def __init__(
        self,
        manifest: Mapping[str, Any],
        *,
        clock: Callable[[], float] = time.time,
        ledger: Ledger | None = None,
        patience: float = PATIENCE,
        trigger_seconds: float = TRIGGER_SECONDS,
        retry_after: Sequence[float] = RETRY_AFTER,
    ) -> None:
        """Register the app of this manifest.

        Args:
            manifest: what Slack is to deliver and allow; nothing else is.
            clock: seconds since 1970, for whatever runs out and for what people call today.
            ledger: where requests of the app are written down.
            patience: seconds the app has to answer a delivery.
            trigger_seconds: how long a trigger id lives.
            retry_after: seconds before each retry of an event.
        """
        self._backend = new_backend(registered(manifest), clock, trigger_seconds)
        self._courier = Courier(self._backend, patience=patience, retry_after=retry_after)
        self.ledger = ledger or Ledger()
        self.faults = FaultScript()

    @contextlib.contextmanager
    def serve(self, port: int = 0) -> Iterator[str]:
        """Answer on loopback while the block lasts, once; gives the address, with the Web API under `/api/`."""
        application = recorded(
            faulty(web(self._backend, page_routes(self._backend, self._courier)), self.faults), self.ledger
        )
        with self._courier, serving(application, port=port) as url:
            self._backend.url = url
            yield url

    def delivers_to(self, address: str) -> None:
        """Deliver everything to this address of the app, such as `http://127.0.0.1:8000/slack/events`."""
        self._courier.address = address

    def tells_time_of_app(self, clock: Callable[[], datetime]) -> None:
        """Show on the page what time it is for the app, which goes by this clock and not by Slack's."""
        self._backend.app_clock = clock

    @property
    def app(self) -> Registration:
        """The app as registered, with its secrets."""
        return self._backend.app

    @property
    def people(self) -> People:
        """Workspaces, members and channels, to be added and changed."""
        return self._backend.people

    @property
    def files(self) -> Files:
        """What the app handed over."""
        return self._backend.files

    @property
    def problems(self) -> Problems:
        """What is wrong with what the app did; a journey asks that it be empty."""
        return self._backend.problems

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """Every request to the app, oldest first."""
        return self._courier.deliveries

    def person(self, user_id: str) -> Person:
        """A member at a device of his; a second one is the same member at another device.

        Raises:
            KeyError: nobody has this id.
        """
        return Person(self._backend, self._courier, user_id)

    def messages_in(self, channel_id: str) -> list[Message]:
        """What everybody in a channel sees, oldest first."""
        return self._backend.messages.of_channel(channel_id)

    def trigger(self, user_id: str) -> str:
        """A fresh trigger id of this member, as any interaction of his would carry."""
        workspace = self.people.home_of(user_id)
        return self._backend.tickets.new_trigger(workspace.id, user_id)

    def limits_rate(self, method: str, seconds: int, times: int = 1) -> None:
        """Answer the next calls of a method with 429, and `seconds` to wait."""
        body = {"ok": False, "error": "ratelimited"}
        rule = self.faults.on(path=f"/api/{method}", times=times)
        rule.answer(429, body, headers={"Retry-After": str(seconds)})

    def verifies_address(self) -> bool:
        """Whether the app's address answers Slack's challenge, as it has to before it may be used."""
        challenge = secrets.token_urlsafe(32)
        payload = {"token": self.app.verification_token, "challenge": challenge, "type": "url_verification"}
        delivery = self._courier.event(payload)
        return challenge.encode() in delivery.received and delivery.status == 200

    def happens(self, workspace: Workspace, event: Json) -> Delivery | None:
        """Deliver an event of any type to the app; None where it has not subscribed to that.

        Messages are subscribed to by the kind of place that they are written in.
        """
        kind = f"message.{event['channel_type']}" if event["type"] == "message" else event["type"]
        if kind not in self.app.events:
            return None
        return self._courier.event(event_callback(self._backend, workspace, event))

    def changes_member(self, user_id: str, **fields: Any) -> None:
        """Change a member, such as `tz` or `deleted`, and tell the app."""
        workspace = self.people.home_of(user_id)
        member = workspace.members[user_id]
        for name, value in fields.items():
            if not hasattr(member, name):
                raise AttributeError(name)
            setattr(member, name, value)
        now = self._backend.clock()
        told = described(member, now, with_email="users:read.email" in self.app.scopes)
        self.happens(workspace, {"type": "user_change", "user": told, "cache_ts": int(now), "event_ts": f"{now:.6f}"})

    def removes_app(self, workspace: Workspace) -> None:
        """Take the app out of a workspace: its token is dead at once, and both events follow, in either order."""
        workspace.refused_because = "account_inactive"
        tokens = {"oauth": [], "bot": [workspace.bot.id]}
        events: list[Json] = [{"type": "tokens_revoked", "tokens": tokens}, {"type": "app_uninstalled"}]
        for event in secrets.SystemRandom().sample(events, len(events)):
            self.happens(workspace, event)

    def revokes_token(self, workspace: Workspace) -> None:
        """Refuse a bot token from now on, without a word to the app."""
        workspace.refused_because = "token_revoked"
