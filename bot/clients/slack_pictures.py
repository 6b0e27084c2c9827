"""Pictures of weeks in Slack: said as text at once, handed over as a file, and shown when Slack is done with it."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

import httpx
from slack_sdk import WebClient

from bot.clients.one_each import OneEach
from bot.clients.slack_calls import SlackCalls, SlackRefused, content
from bot.domain.errors import DaybookError, ProviderBusy, ProviderDown, ProviderError
from bot.domain.people import Actor
from bot.domain.week import Week
from bot.rendering.surfaces import Message
from bot.rendering.week.message import Shown, week_message
from bot.rendering.week.words import alt_text, heading

_log = logging.getLogger(__name__)

# Slack looks a file over before it may be shown, and refuses the message until then.
PAUSES = (0.25, 0.5, 1.0, 2.0, 3.0)
# Of the pauses that Slack asks for, so much is waited for one message; it names them where it limits the rate.
_PATIENCE_SECONDS = 15.0
_USUAL_PAUSE = 5.0
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
        # Certificates take long to load: once for all uploads.
        self._trust = httpx.create_ssl_context()
        self._turns = OneEach(_DRAWING_SECONDS)

    def is_there(self, actor: Actor, channel_id: str) -> bool:
        """Whether a conversation is the actor's own with Daybook."""
        # No other kind of conversation has such an id, so that for most of them Slack need not be asked.
        return channel_id.startswith("D") and channel_id == self._slack.direct(actor.slack_user_id)

    def post(self, actor: Actor, week: Week, link: str) -> None:
        """Say it to the actor alone; what fails afterwards leaves the text, with the way to the page.

        Nothing else is told of it: the text is the answer, and it says all along that a picture may not come.
        """
        channel = self._slack.direct(actor.slack_user_id)
        coming = content(week_message(week, link, Shown.COMING))
        said = self._slack.call("chat.postMessage", {"channel": channel, **coming})
        place = {"channel": channel, "ts": str(said["ts"])}
        file_id = ""
        try:
            with self._turns.turn(actor.member_id):
                png = self._draw(week)
            address, file_id = self._announce(week, png)
            self._hand_over(week, png, address, file_id)
            self._show(place, week_message(week, link, Shown.HERE, file_id=file_id))
        except Exception as error:
            self._leave_text(place, week_message(week, link, Shown.MISSING), file_id)
            if not isinstance(error, DaybookError):
                raise
            _log.info("Slack did not take the picture of a week", extra={"why": str(error)})

    def _show(self, place: Mapping[str, str], message: Message) -> None:
        """Put the picture into the message once Slack lets it be shown; raises `ProviderError`."""
        until = monotonic() + _PATIENCE_SECONDS
        for pause in self._pauses:
            sleep(pause)
            try:
                self._edit(place, message, until)
            except SlackRefused as refused:
                if refused.reason != _NOT_READY:
                    raise
            else:
                return
        raise ProviderDown("Slack was not done with the picture in time.")

    def _leave_text(self, place: Mapping[str, str], message: Message, file_id: str) -> None:
        """Say that there is no picture; the file goes, as no message would show it for anybody to take it away."""
        with _only_noted():
            self._edit(place, message, monotonic() + _PATIENCE_SECONDS)
        if file_id:
            with _only_noted():
                self._slack.call("files.delete", {"file": file_id}, repeats=True)

    def _edit(self, place: Mapping[str, str], message: Message, until: float) -> None:
        """Say something else in its place, after such pauses as Slack asks for; raises `ProviderError`."""
        while True:
            try:
                self._slack.call("chat.update", {**place, **content(message)}, repeats=True)
            except ProviderBusy as busy:
                pause = busy.retry_after or _USUAL_PAUSE
                if monotonic() + pause > until:
                    raise
                sleep(pause)
            else:
                return

    def _announce(self, week: Week, png: bytes) -> tuple[str, str]:
        """Ask for a place for the picture: its address, and Slack's name of the file."""
        described = {"filename": _NAME, "length": len(png), "alt_txt": alt_text(week)[:1000]}
        told = self._about_files("files.getUploadURLExternal", described)
        return str(told["upload_url"]), str(told["file_id"])

    def _hand_over(self, week: Week, png: bytes, address: str, file_id: str) -> None:
        """Upload the picture for nobody but Daybook; what shows it is the message. Raises `ProviderError`."""
        self._require_safe(address)
        try:
            # The address is a secret: whoever has it may hand over a file in its place. So it stays out of errors.
            answer = httpx.post(address, content=png, timeout=_UPLOAD_SECONDS, verify=self._trust)
        except httpx.HTTPError as error:
            raise ProviderDown(f"Slack did not take the file ({type(error).__name__}).") from None
        if answer.status_code != HTTPStatus.OK:
            raise ProviderDown(f"Slack did not take the file ({answer.status_code}).")
        self._about_files("files.completeUploadExternal", {"files": [{"id": file_id, "title": heading(week)[:200]}]})

    def _require_safe(self, address: str) -> None:
        """A file goes out by https alone, or to the machine where Slack's stand-in is."""
        to, slack = urlsplit(address), urlsplit(self._address)
        if to.scheme != "https" and (to.scheme, to.hostname) != (slack.scheme, slack.hostname):
            raise ProviderError("Slack named an address that is not safe for a file.")

    def _about_files(self, method: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._slack.call(method, arguments, repeats=True)


@contextmanager
def _only_noted() -> Iterator[None]:
    """What Slack does not do within the block is logged, and nothing else comes of it."""
    try:
        yield
    except ProviderError as error:
        _log.info("Slack did not take back the picture of a week", extra={"why": str(error)})
