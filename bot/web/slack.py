"""`/slack/events`: checks who is speaking before anything is parsed, then hands over to Bolt in a thread."""

import logging
from collections.abc import Callable, Mapping, Sequence

from anyio import CapacityLimiter, to_thread
from slack_bolt import BoltRequest, BoltResponse
from slack_sdk.signature import Clock as SignatureClock
from starlette.requests import Request
from starlette.responses import Response

from bot.web.bodies import Bodies, Unread
from bot.web.measures import Measures
from bot.web.signatures import is_signed, signature_of, timestamp_of

# A view holds 250 kB at most, and comes with little beside it.
BODY_LIMIT = 400_000
MOST_BODIES = 100
_AGE_LIMIT = 300.0
_TEXTS = ("type", "command", "action_id", "callback_id")
_log = logging.getLogger(__name__)

Dispatch = Callable[[BoltRequest], BoltResponse]


class SlackEndpoint:
    """One door for commands, interactions and events."""

    def __init__(self, dispatch: Dispatch, *, signing_secret: str, threads: int, measures: Measures) -> None:
        self._dispatch = dispatch
        self._secret = signing_secret.encode()
        self._limiter = CapacityLimiter(threads)
        self._clock = SignatureClock()  # a signature's age is real time, whatever day the domain is set to
        self._measures = measures
        self._bodies = Bodies(MOST_BODIES, BODY_LIMIT)

    async def receive(self, request: Request) -> Response:
        """401 for whatever Slack did not sign, 408 and 413 for what is too slow or long, else what Bolt answers."""
        timestamp = timestamp_of(request, "x-slack-request-timestamp")
        signature = signature_of(request, "x-slack-signature")
        if timestamp is None or signature is None:
            return self._refuse("headers")
        if abs(self._clock.now() - int(timestamp)) > _AGE_LIMIT:
            return self._refuse("age")
        try:
            body = await self._bodies.read(request)
        except Unread as unread:
            return Response(status_code=unread.status)
        # Before Bolt: it parses bodies before it checks them, and logs those whose signature is wrong.
        if not is_signed(self._secret, timestamp, body, signature):
            return self._refuse("signature")
        with self._measures.slack_seconds.time():
            return await to_thread.run_sync(self._answer, request, body, limiter=self._limiter)

    def _refuse(self, why: str) -> Response:
        self._measures.slack_refused.labels(why).inc()
        return Response(status_code=401)

    def _answer(self, request: Request, body: bytes) -> Response:
        headers: dict[str, str | Sequence[str]] = {name: request.headers.getlist(name) for name in request.headers}
        try:
            bolt_request = BoltRequest(body=body.decode(), headers=headers)
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError):  # Bolt takes any JSON for Slack's
            return _unreadable()
        if not _is_of_slacks_shape(bolt_request.body):
            return _unreadable()
        answer = self._dispatch(bolt_request)
        return Response(answer.body, answer.status, headers=answer.first_headers_without_set_cookie())


def _unreadable() -> Response:
    _log.warning("a signed request could not be read")
    return Response(status_code=400)


def _is_of_slacks_shape(body: Mapping[str, object]) -> bool:
    """Whether the parts by which Bolt finds a listener are of the types that it takes for granted."""
    if any(not isinstance(body.get(name, ""), str) for name in _TEXTS) or not isinstance(body.get("event", {}), dict):
        return False
    match body.get("type"):
        case "event_callback":
            return _holds_text(body.get("event"), "type")
        case "block_actions":
            pressed = body.get("actions")
            return isinstance(pressed, list) and bool(pressed) and _holds_text(pressed[0], "action_id")
        case "view_submission" | "view_closed":
            return _holds_text(body.get("view"), "callback_id")
        case _:
            return True


def _holds_text(part: object, name: str) -> bool:
    return isinstance(part, Mapping) and isinstance(part.get(name), str)
