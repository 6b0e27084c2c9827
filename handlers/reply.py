"""Answers a person where he is: in the channel for him alone, in the modal he looks at, on his Home."""

import logging
from typing import Protocol

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.domain.errors import DaybookError
from bot.rendering.blocks import MESSAGE_BLOCKS, fit
from bot.rendering.posting import posted
from bot.rendering.surfaces import HomeView, Message, Modal, modal_of
from handlers.interaction import Interaction, Surface
from handlers.modals import Modals

_log = logging.getLogger(__name__)
_RESPONSE_SECONDS = 10


class NotShared(DaybookError):
    """Slack took no message for the channel."""

    def __init__(self) -> None:
        super().__init__("That could not be shared here. Nobody saw it; ask for the times again and share those.")


class Reply(Protocol):
    """The ways to answer one interaction. Only what is shared is seen by anyone but the person who asked."""

    def say(self, message: Message) -> None:
        """Say something in the best place there is: the view that was opened, the channel, a modal, a DM."""
        ...

    def replace(self, message: Message) -> None:
        """Put another message in the place of the one whose button was pressed, or of the modal that it was in."""
        ...

    def share(self, message: Message) -> None:
        """Post something for everybody in the channel where the person is; raises `NotShared` if that cannot be."""
        ...

    def open(self, modal: Modal) -> None:
        """Open a modal, or push it onto the one that the person acted in; once per interaction."""
        ...

    def update(self, modal: Modal) -> None:
        """Replace the modal that was opened, or the one that the person acted in."""
        ...

    def update_below(self, modal: Modal) -> None:
        """Replace the modal that is under the one that the person acted in."""
        ...


class SlackReply:
    """A `Reply` over Slack's Web API and the interaction's response URL. Raises `SlackApiError`."""

    def __init__(
        self, client: WebClient, interaction: Interaction, *, opener: WebClient, loading_external_id: str = ""
    ) -> None:
        """`loading_external_id` names a view that the acknowledgement itself puts on the screen.

        `opener` is the client that opens views: it is not to wait longer than a trigger lives.
        """
        self._client = client
        self._interaction = interaction
        self._modals = Modals(client, interaction, opener=opener, loading_external_id=loading_external_id)

    def show_loading(self, modal: Modal) -> None:
        """Show that something is being done, if a view can still be opened; nobody is told of it otherwise."""
        self._modals.open(modal)

    def say(self, message: Message) -> None:
        """Say something in the best place there is."""
        if self._modals.update(modal_of(message)):
            return
        if self._interaction.response_url and self._respond(message, replace=False):
            return
        if self._interaction.surface is Surface.HOME and not self._interaction.trigger_id:
            self._publish_home(HomeView(message.blocks))
        elif not self._modals.open(modal_of(message)):
            self._write_directly(message)

    def replace(self, message: Message) -> None:
        """Put another message in the place of the one whose button was pressed, or of the modal that it was in."""
        if self._interaction.response_url and self._respond(message, replace=True):
            return
        if self._interaction.surface is Surface.MODAL:
            self._modals.update_pressed(modal_of(message))
        else:
            self.say(message)

    def share(self, message: Message) -> None:
        """Post something for everybody in the channel where the person is."""
        if not (self._interaction.response_url and self._respond(message, replace=False, for_everyone=True)):
            raise NotShared

    def open(self, modal: Modal) -> None:
        """Open a modal, or push it; where the trigger is spent, say what it holds instead."""
        if not (self._modals.update(modal) or self._modals.open(modal)):
            self._write_directly(Message(modal.title, fit(modal.blocks, limit=MESSAGE_BLOCKS)))

    def update(self, modal: Modal) -> None:
        """Replace the modal that was opened, or the one that the person acted in."""
        if self._modals.update(modal):
            return
        if self._interaction.surface is Surface.MODAL:
            self._modals.update_pressed(modal)
        else:
            self.open(modal)

    def update_below(self, modal: Modal) -> None:
        """Replace the modal that is under the one that the person acted in."""
        self._modals.update_below(modal)

    def _publish_home(self, home: HomeView) -> None:
        self._client.views_publish(user_id=self._interaction.asker.user_id, view=home.payload())

    def _respond(self, message: Message, *, replace: bool, for_everyone: bool = False) -> bool:
        try:
            sent = WebhookClient(self._interaction.response_url, timeout=_RESPONSE_SECONDS).send(
                text=message.text,
                blocks=list(message.blocks),
                response_type="in_channel" if for_everyone else "ephemeral",
                replace_original=replace,
            )
        except OSError as error:
            _log.info("the response address did not answer", extra={"why": type(error).__name__})
            return False
        if sent.status_code != 200:
            _log.info("the response address was refused", extra={"status": sent.status_code})
        return sent.status_code == 200

    def _write_directly(self, message: Message) -> None:
        opened = self._client.conversations_open(users=self._interaction.asker.user_id)
        self._client.chat_postMessage(
            channel=opened["channel"]["id"],
            thread_ts=self._interaction.thread_ts or None,
            text=message.text,
            blocks=list(posted(message)),
            unfurl_links=False,
            unfurl_media=False,
        )
