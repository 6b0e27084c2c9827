"""What Slack hands out with an interaction for a short time: trigger ids and response URLs."""

import dataclasses
import secrets
from collections.abc import Callable

from bot.sandbox.slack.identifiers import trigger
from bot.sandbox.slack.pulse import Pulse
from bot.sandbox.slack.refusal import Refusal

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5


@dataclasses.dataclass
class Trigger:
    """Leave to open one view for a member; `view_id` says in which view it arose, if in one."""

    team_id: str
    user_id: str
    view_id: str | None
    until: float
    exchanged: bool = False


@dataclasses.dataclass
class ResponseUrl:
    """Leave to answer in a channel; `message_ts` is the message whose button was pressed, if it was one."""

    path: str
    team_id: str
    user_id: str
    channel_id: str
    message_ts: str | None
    until: float
    uses: int = 0


class Tickets:
    """Everything handed out so far."""

    def __init__(self, pulse: Pulse, clock: Callable[[], float], trigger_seconds: float) -> None:
        """Start with nothing handed out.

        `clock` gives seconds since 1970 and decides what has run out; a trigger lives for `trigger_seconds`.
        """
        self._pulse = pulse
        self._clock = clock
        self._trigger_seconds = trigger_seconds
        self._triggers: dict[str, Trigger] = {}
        self._urls: dict[str, ResponseUrl] = {}

    def new_trigger(self, team_id: str, user_id: str, view_id: str | None = None) -> str:
        """Hand out a trigger id, good for a few seconds."""
        name = trigger(team_id)
        with self._pulse:
            self._triggers[name] = Trigger(team_id, user_id, view_id, self._clock() + self._trigger_seconds)
        return name

    def exchange(self, name: str, team_id: str) -> Trigger:
        """Use a trigger id up.

        Raises:
            Refusal: it is unknown here, was used before, or its time is over.
        """
        with self._pulse:
            held = self._triggers.get(name)
            if held is None or held.team_id != team_id:
                raise Refusal("invalid_trigger_id", faulty=True)
            if held.exchanged:
                raise Refusal("exchanged_trigger_id", faulty=True)
            if self._clock() >= held.until:
                raise Refusal("expired_trigger_id", faulty=True)
            held.exchanged = True
            return held

    def new_response_url(
        self, kind: str, team_id: str, user_id: str, channel_id: str, message_ts: str | None = None
    ) -> str:
        """Hand out a response URL, good for five answers within half an hour; gives its path."""
        path = f"/{kind}/{team_id}/{secrets.randbelow(10**13)}/{secrets.token_urlsafe(18)}"
        until = self._clock() + RESPONSE_SECONDS
        with self._pulse:
            self._urls[path] = ResponseUrl(path, team_id, user_id, channel_id, message_ts, until)
        return path

    def answer(self, path: str) -> ResponseUrl:
        """Use a response URL once.

        Raises:
            Refusal: it is unknown, its half hour is over or its five answers are given.
        """
        with self._pulse:
            held = self._urls.get(path)
            if held is None:
                raise Refusal("invalid_url", faulty=True)
            if self._clock() >= held.until:
                raise Refusal("expired_url", faulty=True)
            if held.uses >= RESPONSE_USES:
                raise Refusal("used_url", faulty=True)
            held.uses += 1
            return held
