"""The inbox: each delivery of Slack's is claimed once before any work, so that repeats do nothing."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta

from slack_bolt import BoltContext, BoltRequest, BoltResponse

from bot.domain.errors import Overloaded
from bot.ports import Clock, Store, UnitOfWork
from bot.rendering.problem import problem
from handlers.payload import Payload
from handlers.refusal import refusal
from handlers.together import Together

LEASE = timedelta(seconds=60)
ANSWER_LIMIT = 3000
# Slack waits three seconds, and the person with it: what cannot be claimed in less is refused in time to be told.
CLAIM_SECONDS = 2.0
# Nobody waits for these, so that acknowledgements pass them; but work that is not written down is done again.
DONE_SECONDS = 10.0
CONTEXT_KEY = "daybook_delivery"

# Asked again with every letter typed, and answered from what is stored: nothing to keep from happening twice.
_NOT_CLAIMED = frozenset({"block_suggestion", "url_verification"})
# What is stored begins with this, so that "done, with an empty answer" differs from "claimed by somebody".
_DONE = "200\n"


class SlackInbox:
    """Claims deliveries in the store; bodies are never kept, only what Slack was answered."""

    def __init__(self, store: Store, clock: Clock, *, lease: timedelta = LEASE) -> None:
        self._store = store
        self._clock = clock
        self._lease = lease
        self._claim = Together(store, self._claim_in, within=CLAIM_SECONDS)
        self._done = Together(store, self._done_in, within=DONE_SECONDS)

    def receive(
        self,
        request: BoltRequest,
        context: BoltContext,
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt's name
    ) -> BoltResponse:
        """Bolt's middleware: lets the first delivery pass and answers a repeat as the first was answered."""
        key = key_of(request)
        if key is None:
            return next()
        try:
            is_ours = self._claim(key)
        except Overloaded as error:
            return refusal(Payload(request.body), problem(str(error)))
        if is_ours:
            context[CONTEXT_KEY] = key
            return next()
        return self._repeat(key, is_event=Payload(request.body).text("event_id") != "")

    def done(self, key: str | None, answer: str = "") -> None:
        """The work is done; `answer` is the body that Slack got, which a repeat gets as well."""
        if key is None:
            return
        self._done((key, answer if len(answer) <= ANSWER_LIMIT else ""))

    def _claim_in(self, work: UnitOfWork, key: str) -> bool:
        return work.inbox.claim(key, now=self._clock.now(), lease=self._lease)

    def _done_in(self, work: UnitOfWork, delivery: tuple[str, str]) -> None:
        key, answer = delivery
        work.inbox.done(key, now=self._clock.now(), answer=_DONE + answer)

    def _repeat(self, key: str, *, is_event: bool) -> BoltResponse:
        with self._store.reading() as work:
            told = work.inbox.answer(key)
        if is_event and not told.startswith(_DONE):
            # Somebody has it in hand, or was killed with it. Slack repeats events only until a 200, so a 200 now
            # would lose the event for good; refused, it comes again when the lease has lapsed.
            return BoltResponse(status=503, body="")
        return BoltResponse(status=200, body=told.removeprefix(_DONE))


def key_of(request: BoltRequest) -> str | None:
    """What makes a delivery the same as another: its event id, else its content; None where it is not claimed."""
    body = Payload(request.body)
    if body.text("type") in _NOT_CLAIMED or body.text("ssl_check"):
        return None
    event_id = body.text("event_id")
    if event_id:
        return f"event:{event_id}"
    # Every interaction carries a trigger of its own, so two clicks differ and a repeat does not.
    content = request.raw_body or json.dumps(request.body, sort_keys=True, separators=(",", ":"))
    return f"body:{hashlib.sha256(content.encode()).hexdigest()}"
