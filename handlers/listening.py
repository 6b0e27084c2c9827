"""The one way in: acknowledges at once, then shows a loading view and leaves the rest to the queue.

A listener's thread asks nothing of Slack: there are few of them, and every acknowledgement waits for one.
"""

import logging
import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.domain.errors import DaybookError, Overloaded
from bot.domain.token_bucket import TooMuchAtOnce
from bot.ports import WorkQueue
from bot.rendering.problem import problem
from bot.rendering.surfaces import Modal
from handlers.delivery import CONTEXT_KEY, SlackInbox
from handlers.errors import ErrorPolicy
from handlers.interaction import Command, FormOutdated, Interaction
from handlers.limits import RateLimits, share_of
from handlers.modals import loading_name, named
from handlers.parsing import parse_action, parse_command, parse_shortcut, parse_submission
from handlers.payload import Payload
from handlers.refusal import answer_of
from handlers.registry import Handler, Kind, Prepared, Registry, Resolve
from handlers.reply import SlackReply

_log = logging.getLogger(__name__)
# A trigger lives three seconds; what could not be opened by then is not tried any more.
OPENING_SECONDS = 2
_ANY = re.compile(".*", re.DOTALL)

_PARSED_WHEN_UNKNOWN: dict[Kind, Callable[[Payload], Interaction]] = {
    Kind.COMMAND: parse_command,
    Kind.ACTION: parse_action,
    Kind.VIEW: parse_submission,
    Kind.SHORTCUT: parse_shortcut,
}


class Listener:
    """What Bolt calls for every kind of interaction; the registry says what each name means."""

    def __init__(
        self,
        registry: Registry,
        *,
        client: WebClient,
        opener: WebClient,
        inbox: SlackInbox,
        openings: WorkQueue,
        queue: WorkQueue,
        resolve: Resolve,
        errors: ErrorPolicy,
        limits: RateLimits,
        opening_seconds: int,
    ) -> None:
        """`openings` runs what asks Slack something ahead of the work, by the client `opener` where it is a view.

        `limits` says how much everybody may ask for, `opening_seconds` until when a view is worth opening.
        """
        self._registry = registry
        self._client = client
        self._opener = opener
        self._inbox = inbox
        self._openings = openings
        self._queue = queue
        self._resolve = resolve
        self._errors = errors
        self._limits = limits
        self._opening_seconds = opening_seconds

    def register(self, app: App) -> None:
        """Listen to everything: a name that the registry lacks has to be answered kindly too."""
        app.command(_ANY)(self._on(Kind.COMMAND, "command"))
        app.block_action(_ANY)(self._on_action)
        app.view_submission(_ANY)(self._on(Kind.VIEW, "view", "callback_id"))
        app.block_suggestion(_ANY)(self._on_search)
        app.event(_ANY)(self._on(Kind.EVENT, "event", "type"))
        app.global_shortcut(_ANY)(self._on(Kind.SHORTCUT, "callback_id"))

    def _on(self, kind: Kind, *name_path: str) -> Callable[[Ack, dict[str, object], BoltContext], None]:
        def listen(ack: Ack, body: dict[str, object], context: BoltContext) -> None:
            payload = Payload(body)
            self._listen(kind, payload.text(*name_path), payload, ack, context.get(CONTEXT_KEY))

        return listen

    def _on_action(self, ack: Ack, body: dict[str, object], context: BoltContext) -> None:
        payload = Payload(body)
        self._listen(Kind.ACTION, parse_action(payload).action_id, payload, ack, context.get(CONTEXT_KEY))

    def _on_search(self, ack: Ack, body: dict[str, object]) -> None:
        payload = Payload(body)
        handler = self._registry.find(Kind.OPTIONS, payload.text("action_id"))
        try:
            found = handler.prepare(payload).search(self._resolve) if handler else ()
        except DaybookError:
            found = ()  # a list has no place for a sentence; whoever may not use it finds it empty
        ack(options=list(found))

    def _listen(self, kind: Kind, name: str, payload: Payload, ack: Ack, key: str | None) -> None:
        handler = self._registry.find(kind, name)
        if handler is None:
            ack()
            _log.info("nothing is registered under this name", extra={"kind": str(kind)})
            self._answer_unprepared(kind, payload, key, FormOutdated())
            return
        try:
            prepared = handler.prepare(payload)
        except Exception as error:  # noqa: BLE001 - the error policy has the word on it
            ack()
            self._answer_unprepared(kind, payload, key, error)
            return
        if prepared.mistakes:
            response = ack(response_action="errors", errors=dict(prepared.mistakes))
            self._inbox.done(key, response.body)
            return
        try:
            self._count(kind, prepared)
        except TooMuchAtOnce as error:
            self._refuse(error, kind, prepared.interaction, ack, key)
        else:
            self._start(handler, prepared, ack, key)

    def _count(self, kind: Kind, prepared: Prepared) -> None:
        """Raises `TooMuchAtOnce`. What merely happens is nobody's asking; words that were written are."""
        if kind is not Kind.EVENT or isinstance(prepared.interaction, Command):
            self._limits.spend(prepared.interaction.asker, is_dear=prepared.is_dear)

    def _refuse(self, error: TooMuchAtOnce, kind: Kind, interaction: Interaction, ack: Ack, key: str | None) -> None:
        """Say so at no cost: in the acknowledgement where it has a place for it, and otherwise now and then."""
        message = problem(str(error))
        answer = answer_of(kind is Kind.COMMAND, message) if kind in (Kind.COMMAND, Kind.VIEW) else {}
        response = ack(**answer)
        self._inbox.done(key, response.body)
        if answer or not self._limits.is_to_be_told(interaction.asker):
            return
        reply = SlackReply(self._client, interaction, opener=self._opener)

        def tell() -> None:
            with self._errors.silent():
                reply.say(message)

        with suppress(Overloaded):
            self._openings.submit(tell, whose=share_of(interaction.asker))

    def _start(self, handler: Handler, prepared: Prepared, ack: Ack, key: str | None) -> None:
        """Acknowledge, show that something is being done, and hand the work over."""
        loading, view = prepared.loading, prepared.interaction.view
        external_id = ""
        if handler.kind is Kind.VIEW and loading is not None and view is not None:
            external_id = loading_name(view.id, view.hash)
            response = ack(response_action="update", view=named(loading, external_id))
        else:
            response = ack()
        reply = SlackReply(self._client, prepared.interaction, opener=self._opener, loading_external_id=external_id)
        work = partial(self._work, handler, prepared, reply, key, response.body)
        whose = share_of(prepared.interaction.asker)
        told = None if handler.is_silent else reply
        hand_over = partial(self._hand_over, work, told, key, response.body, whose)
        if loading is None or external_id:
            hand_over()
            return
        try:
            show = partial(self._show, loading, reply, monotonic() + self._opening_seconds, hand_over)
            self._openings.submit(show, whose=whose)
        except Overloaded:
            hand_over()  # the answer comes without a loading view ahead of it

    def _show(self, loading: Modal, reply: SlackReply, until: float, hand_over: Callable[[], None]) -> None:
        """Open the loading view, unless the trigger has run out while others were opened; then the work."""
        if monotonic() < until:
            with self._errors.silent():
                reply.show_loading(loading)
        hand_over()

    def _hand_over(
        self, work: Callable[[], None], reply: SlackReply | None, key: str | None, answer: str, whose: str
    ) -> None:
        """Leave the work to the queue; `reply` tells where there is no room for it, None for what tells nobody."""
        try:
            self._queue.submit(work, whose=whose)
        except Overloaded as error:
            self._decline(error, reply, key, answer, whose)

    def _decline(self, error: Overloaded, reply: SlackReply | None, key: str | None, answer: str, whose: str) -> None:
        def tell() -> None:
            if reply is not None:
                with self._errors.telling(reply):
                    reply.say(problem(str(error)))
            self._inbox.done(key, answer)

        try:
            self._openings.submit(tell, whose=whose)
        except Overloaded:
            _log.warning("there was no room even to say that there is no room")

    def _work(self, handler: Handler, prepared: Prepared, reply: SlackReply, key: str | None, answer: str) -> None:
        with self._errors.silent() if handler.is_silent else self._errors.telling(reply):
            prepared.work(self._resolve, reply)
        self._inbox.done(key, answer)

    def _answer_unprepared(self, kind: Kind, payload: Payload, key: str | None, error: Exception) -> None:
        def fail() -> None:
            raise error

        parse = _PARSED_WHEN_UNKNOWN.get(kind)
        if parse is None:
            with self._errors.silent():
                fail()
            self._inbox.done(key)
            return
        interaction = parse(payload)
        reply = SlackReply(self._client, interaction, opener=self._opener)

        def tell() -> None:
            with self._errors.telling(reply):
                fail()
            self._inbox.done(key)

        self._hand_over(tell, reply, key, "", share_of(interaction.asker))
