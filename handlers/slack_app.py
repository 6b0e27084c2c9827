"""Builds the Bolt app: one client, one inbox in front, one listener behind, and no listener threads of its own."""

import logging
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from slack_bolt import App, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient

from bot.ports import Clock, NewId, Store, WorkQueue
from bot.rendering.problem import reference_of, unknown_problem
from handlers.delivery import SlackInbox
from handlers.errors import ErrorPolicy
from handlers.limits import RateLimits
from handlers.listening import OPENING_SECONDS, Listener
from handlers.payload import Payload
from handlers.refusal import refusal
from handlers.registry import Handler, Registry, Resolve

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SlackParts:
    """What the Bolt app is built on.

    Args:
        queue: runs the work behind the acknowledgements.
        executor: for Bolt, which would start threads of its own; acknowledgements are made where they are dispatched.
        openings: opens views ahead of the work, so that a slow Slack holds up nobody's acknowledgement.
        limits: how much everybody may ask for at once.
        opening_seconds: how long a view may take to open; a trigger lives three seconds.
    """

    client: WebClient
    store: Store
    clock: Clock
    new_id: NewId
    queue: WorkQueue
    resolve: Resolve
    executor: Executor
    openings: WorkQueue
    limits: RateLimits
    opening_seconds: int = OPENING_SECONDS


class SlackApp(App):
    """Bolt's app, with the registry of what it listens to."""

    registry: Registry


def build_slack_app(parts: SlackParts, handlers: Sequence[Handler], *, signing_secret: str) -> SlackApp:
    """The app over HTTP and Socket Mode alike; Slack is asked once whether the client's token is good.

    Raises `BoltError` when Slack refuses the token.
    """
    app = SlackApp(
        name="daybook",
        client=parts.client,
        signing_secret=signing_secret,
        listener_executor=parts.executor,
        # The thread that dispatches is a worker of ours already, and what it calls only hands work over: on another
        # thread the acknowledgement would wait for that one, and Bolt would look for it every 10 ms.
        process_before_response=True,
        # Otherwise Bolt answers 404 and logs the whole body of whatever it has no listener for.
        raise_error_for_unhandled_request=True,
    )
    app.registry = Registry(handlers)
    inbox = SlackInbox(parts.store, parts.clock)
    app.use(inbox.receive)
    Listener(
        app.registry,
        client=parts.client,
        opener=_opener(parts.client, parts.opening_seconds),
        inbox=inbox,
        openings=parts.openings,
        queue=parts.queue,
        resolve=parts.resolve,
        errors=ErrorPolicy(parts.new_id),
        limits=parts.limits,
        opening_seconds=parts.opening_seconds,
    ).register(app)

    def answer_failure(error: Exception, body: dict[str, object]) -> BoltResponse:
        return _answer_failure(error, Payload(body), parts.new_id)

    app.error(answer_failure)
    return app


def build_socket_mode(app: App, app_token: str) -> SocketModeClient:
    """The same app over a connection that Daybook opens itself; `connect()` and `close()` are its life."""
    return SocketModeHandler(app, app_token, web_client=app.client).client


def _opener(client: WebClient, seconds: int) -> WebClient:
    """A client that waits no longer than a trigger lives; it repeats nothing, since a trigger is taken once."""
    return WebClient(client.token, base_url=client.base_url, timeout=seconds, retry_handlers=[])


def _answer_failure(error: Exception, body: Payload, new_id: NewId) -> BoltResponse:
    """What reaches Bolt itself: kinds of requests that Daybook never asked for, and failures before the work."""
    if isinstance(error, BoltUnhandledRequestError):
        return BoltResponse(status=200, body="")
    reference = reference_of(new_id())
    _log.error("a request of Slack's failed", exc_info=error, extra={"reference": reference})
    return refusal(body, unknown_problem(reference))
