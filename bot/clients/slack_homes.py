"""Home tabs in Slack."""

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import replace

from slack_sdk import WebClient

from bot.clients.slack_calls import SlackCalls, SlackRefused
from bot.domain.errors import NotFound
from bot.domain.home import Home
from bot.rendering.home import empty_home
from bot.rendering.surfaces import HomeView

_log = logging.getLogger(__name__)


class SlackHomes:
    """Implements `HomeTabs`; what a Home looks like is said by `render`."""

    def __init__(self, client: WebClient, render: Callable[[Home], HomeView]) -> None:
        # It tries nothing again by itself: when that is done stands with the Home.
        self._slack = SlackCalls(client)
        self._render = render

    def state_of(self, home: Home) -> str:
        """A fingerprint of what it would show."""
        return _fingerprint(self._render(home))

    def publish(self, home: Home) -> None:
        """Show it. Raises `NotFound` where Slack has no such person, and `ProviderDown` or `ProviderBusy`."""
        self._publish(home.slack_user_id, self._render(home))

    def clear(self, slack_user_id: str) -> None:
        """Show a Home on which nothing of anybody's stands; raises as `publish` does."""
        self._publish(slack_user_id, empty_home())

    def _publish(self, slack_user_id: str, view: HomeView) -> None:
        # With its fingerprint in it, Slack says what it shows whenever the tab is opened.
        view = replace(view, private_metadata=_fingerprint(view))
        try:
            self._slack.call("views.publish", {"user_id": slack_user_id, "view": view.payload()}, repeats=True)
        except SlackRefused as refused:
            # Of people who left, and of views that it will never take, Slack says the same.
            _log.error("Slack refused a Home", extra={"reason": refused.reason})
            raise NotFound from refused


def _fingerprint(view: HomeView) -> str:
    shown = json.dumps(view.payload(), sort_keys=True)
    return hashlib.sha256(shown.encode(errors="surrogatepass")).hexdigest()
