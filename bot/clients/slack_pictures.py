"""Pictures of weeks in Slack: said as text at once, handed over as a file, and shown when Slack is done with it."""

import logging
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from time import sleep
from typing import Any
from urllib.parse import urlsplit

import httpx
from slack_sdk import WebClient

from bot.clients.one_each import OneEach
from bot.clients.slack_calls import SlackCalls, SlackRefused, content
from bot.domain.errors import DaybookError, ProviderDown, ProviderError
from bot.domain.people import Actor
from bot.domain.week import Week
from bot.rendering.week.message import Shown, week_message
from bot.rendering.week.words import alt_text, heading

_log = logging.getLogger(__name__)

# Slack looks a file over before it may be shown, and refuses the message until then.
PAUSES = (0.25, 0.5, 1.0, 2.0, 3.0)
_UPLOAD_SECONDS = 15.0
# For his own picture before, and for the place of another's.
_DRAWING_SECONDS = 20.0
_NAME = "week.png"
# Slack has not looked the file over yet, or it does not take the message at all: it says the same of both.
_NOT_READY = "invalid_blocks"


class SlackPictures:
    """Implements `ports.WeekPictures` over Slack's Web API."""

    def __init__(self, client: WebClient, draw: Callable[[Week], bytes], *, pauses: Sequence[float] = PAUSES) -> None:
        """Take the way to Slack, how a week becomes a PNG, and how long to wait before each try to show it."""
        self._slack = SlackCalls(client)
        self._address = str(client.base_url)
        self._draw = draw
        self._pauses = pauses
        self._turns = OneEach(_DRAWING_SECONDS)

    def is_there(self, actor: Actor, channel_id: str) -> bool:
        """Whether a conversation is the actor's own with Daybook."""
        # No other kind of conversation has such an id, so that for most of them Slack need not be asked.
        return channel_id.startswith("D") and channel_id == self._slack.direct(actor.slack_user_id)

    def post(self, actor: Actor, week: Week, link: str) -> None:
        """Say it to the actor alone; what fails afterwards leaves the text, with the way to the page."""
        channel = self._slack.direct(actor.slack_user_id)
        coming = content(week_message(week, link, Shown.COMING))
        said = self._slack.call("chat.postMessage", {"channel": channel, **coming})
        place = {"channel": channel, "ts": str(said["ts"])}
        try:
            with self._turns.turn(actor.member_id):
                png = self._draw(week)
            self._show(place, week, link, self._hand_over(week, png))
        except DaybookError as error:
            _log.info("Slack did not take the picture of a week", extra={"why": str(error)})
            missing = content(week_message(week, link, Shown.MISSING))
            self._slack.call("chat.update", {**place, **missing}, repeats=True)

    def _show(self, place: Mapping[str, str], week: Week, link: str, file_id: str) -> None:
        """Put the picture into the message once Slack lets it be shown; raises `ProviderError`."""
        shown = content(week_message(week, link, Shown.HERE, file_id=file_id))
        for pause in self._pauses:
            sleep(pause)
            try:
                self._slack.call("chat.update", {**place, **shown}, repeats=True)
            except SlackRefused as refused:
                if refused.reason != _NOT_READY:
                    raise
            else:
                return
        raise ProviderDown("Slack was not done with the picture in time.")

    def _hand_over(self, week: Week, png: bytes) -> str:
        """Upload the picture for nobody but Daybook; what shows it is the message. Gives Slack's name of it."""
        described = {"filename": _NAME, "length": len(png), "alt_txt": alt_text(week)[:1000]}
        told = self._about_files("files.getUploadURLExternal", described, in_json=False)
        address, file_id = str(told["upload_url"]), str(told["file_id"])
        self._require_safe(address)
        try:
            # The address is a secret: whoever has it may hand over a file in its place. So it stays out of errors.
            answer = httpx.post(address, content=png, timeout=_UPLOAD_SECONDS)
        except httpx.HTTPError as error:
            raise ProviderDown(f"Slack did not take the file ({type(error).__name__}).") from None
        if answer.status_code != HTTPStatus.OK:
            raise ProviderDown(f"Slack did not take the file ({answer.status_code}).")
        self._about_files("files.completeUploadExternal", {"files": [{"id": file_id, "title": heading(week)[:200]}]})
        return file_id

    def _require_safe(self, address: str) -> None:
        """A file goes out by https alone, or to the machine where Slack's stand-in is."""
        to, slack = urlsplit(address), urlsplit(self._address)
        if to.scheme != "https" and (to.scheme, to.hostname) != (slack.scheme, slack.hostname):
            raise ProviderError("Slack named an address that is not safe for a file.")

    def _about_files(self, method: str, arguments: Mapping[str, Any], *, in_json: bool = True) -> Mapping[str, Any]:
        try:
            return self._slack.call(method, arguments, repeats=True, in_json=in_json)
        except SlackRefused as refused:
            if refused.reason == "missing_scope":
                raise ProviderError("A permission is missing in Slack: install Daybook again.") from refused
            raise
