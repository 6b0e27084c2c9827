"""The modals of one interaction: which is on the screen, and what Slack still lets be done to it."""

import logging
from time import sleep

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.rendering.surfaces import Block, Modal
from handlers.interaction import Action, Interaction, Surface

_log = logging.getLogger(__name__)

_TRIGGER_IS_SPENT = frozenset({"expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged"})
_STACK_IS_FULL = "push_limit_reached"
_DRAWN_MEANWHILE = "hash_conflict"
_NOT_THERE = frozenset({"not_found", "view_not_found"})
# Slack draws what an acknowledgement holds only after it has read it; quick work is done before that.
_UNTIL_DRAWN = (0.05, 0.1, 0.2, 0.4, 0.8)


class Modals:
    """Opens, pushes and updates views; raises `SlackApiError` for what cannot be mended here."""

    def __init__(
        self, client: WebClient, interaction: Interaction, *, opener: WebClient, loading_external_id: str = ""
    ) -> None:
        """`opener` opens views, and gives up once the trigger has run out; `client` does everything else."""
        self._client = client
        self._opener = opener
        self._interaction = interaction
        self._has_trigger = bool(interaction.trigger_id)
        self._view_id = ""
        # Known by a name of ours: an update by the view's id would reach the form that the loading view replaces.
        self._awaited = loading_external_id
        self._may_not_be_there = False

    def open(self, modal: Modal) -> bool:
        """Open or push it; False where there is no trigger, or where it is spent. Slack takes each trigger once."""
        if not self._has_trigger:
            return False
        self._has_trigger = False
        try:
            opened = self._open(modal)
        except SlackApiError as error:
            return self._place_otherwise(modal, error)
        except OSError as error:
            # Slack may have opened it all the same; the next update finds out.
            _log.info("Slack did not say in time whether it opened a view", extra={"why": type(error).__name__})
            self._awaited, self._may_not_be_there = _opened_name(self._interaction), True
            return True
        self._view_id = _id_of(opened)
        return True

    def update(self, modal: Modal) -> bool:
        """Replace the view of ours; False where there never was one."""
        if self._awaited:
            return self._update_awaited(modal)
        if not self._view_id:
            return False
        self._update(self._view_id, modal, view_hash=None)
        return True

    def update_pressed(self, modal: Modal) -> None:
        """Replace the modal that the person acted in."""
        view = self._interaction.view
        if view is not None:
            self._update(view.id, modal, view_hash=view.hash or None)

    def update_below(self, modal: Modal) -> None:
        """Replace the modal under the one that the person acted in; nothing happens where there is none any more."""
        view = self._interaction.view
        if view is not None and view.previous_id:
            self._update(view.previous_id, modal, view_hash=None)

    def _open(self, modal: Modal) -> SlackResponse:
        trigger_id, view = self._interaction.trigger_id, named(modal, _opened_name(self._interaction))
        if isinstance(self._interaction, Action) and self._interaction.surface is Surface.MODAL:
            return self._opener.views_push(trigger_id=trigger_id, view=view)
        return self._opener.views_open(trigger_id=trigger_id, view=view)

    def _place_otherwise(self, modal: Modal, error: SlackApiError) -> bool:
        view = self._interaction.view
        if error.response["error"] in _TRIGGER_IS_SPENT:
            _log.info("the trigger was spent before the modal could be opened")
            return False
        if error.response["error"] == _STACK_IS_FULL and view is not None:
            self._view_id = view.id
            self._update(view.id, modal, view_hash=None)
            return True
        raise error

    def _update_awaited(self, modal: Modal) -> bool:
        view = named(modal, self._awaited)
        for pause in (*_UNTIL_DRAWN, 0.0):
            try:
                drawn = self._client.views_update(external_id=self._awaited, view=view)
            except SlackApiError as error:
                if error.response["error"] not in _NOT_THERE:
                    raise
                sleep(pause)
            else:
                self._view_id, self._awaited = _id_of(drawn), ""
                return True
        if self._may_not_be_there:
            self._awaited = ""
            return False
        _log.info("the loading view was closed before it could be updated")
        return True

    def _update(self, view_id: str, modal: Modal, *, view_hash: str | None) -> None:
        try:
            self._client.views_update(view_id=view_id, hash=view_hash, view=modal.payload())
        except SlackApiError as error:
            if error.response["error"] == _DRAWN_MEANWHILE and view_hash is not None:
                # Something else was drawn since the person acted; what is drawn now is newer still.
                self._update(view_id, modal, view_hash=None)
            elif error.response["error"] in _NOT_THERE:
                _log.info("the view was closed before it could be updated")
            else:
                raise


def named(modal: Modal, external_id: str) -> Block:
    """The view as Slack takes it, under a name of ours."""
    return {**modal.payload(), "external_id": external_id}


def loading_name(view_id: str, view_hash: str) -> str:
    """The name of the loading view that takes a submitted form's place: the same on a repeat, and no other's."""
    return f"loading-{view_id}-{view_hash}"


def _opened_name(interaction: Interaction) -> str:
    """The name of the one view that the interaction's trigger can open."""
    return f"opened-{interaction.trigger_id}"


def _id_of(response: SlackResponse) -> str:
    view: dict[str, str] = response["view"]
    return view["id"]
