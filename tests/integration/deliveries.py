"""Requests as Slack makes them, signed, with whatever a test wants to stand in them."""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.clients.system import SystemClock
from bot.sandbox.slack.delivery import signature

_numbers = count(1)
JSON_TYPE = "application/json"
VIEW_HASH = "1.a"
FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Who:
    """Who acts, and the means to answer him."""

    user_id: str
    team_id: str
    installed_team_id: str = ""
    response_url: str = ""
    view_id: str = "V0"
    trigger_id: str = field(default_factory=lambda: f"{next(_numbers)}.{next(_numbers)}")

    @property
    def place(self) -> dict[str, Any]:
        """What every interactive payload says of him."""
        return {
            "user": {"id": self.user_id, "team_id": self.team_id},
            "team": {"id": self.installed_team_id or self.team_id},
            "trigger_id": self.trigger_id,
        }


def command(who: Who, name: str, text: str = "") -> tuple[bytes, str]:
    """A slash command."""
    form = {
        "team_id": who.installed_team_id or who.team_id,
        "user_id": who.user_id,
        "command": name,
        "text": text,
        "response_url": who.response_url,
        "trigger_id": who.trigger_id,
    }
    return urlencode(form).encode(), FORM_TYPE


def action(who: Who, action_id: str, value: str = "", **state: Any) -> tuple[bytes, str]:
    """A button pressed on an ephemeral message; `state` is what a select or picker holds."""
    pressed = {"action_id": action_id, "block_id": "b", "type": "button", "value": value, **state}
    container = {"type": "message", "message_ts": "1.2", "channel_id": "C1", "is_ephemeral": True}
    payload = {"type": "block_actions", "actions": [pressed], "container": container, **who.place}
    return _interaction({**payload, "response_url": who.response_url, "channel": {"id": "C1"}})


def change(who: Who, action_id: str, value: str, values: dict[str, Any], private_metadata: str) -> tuple[bytes, str]:
    """A button pressed, or a field changed, in the modal `who.view_id`, which holds `values`."""
    view = {
        "id": who.view_id,
        "type": "modal",
        "hash": VIEW_HASH,
        "private_metadata": private_metadata,
        "state": {"values": values},
    }
    pressed = {"action_id": action_id, "block_id": "b", "type": "button", "value": value}
    return _interaction({"type": "block_actions", "actions": [pressed], "view": view, **who.place})


def submission(who: Who, callback_id: str, values: dict[str, Any], private_metadata: str = "") -> tuple[bytes, str]:
    """The modal `who.view_id` submitted; `values` is the state by block id and action id."""
    view = {
        "id": who.view_id,
        "type": "modal",
        "hash": VIEW_HASH,
        "callback_id": callback_id,
        "private_metadata": private_metadata,
        "state": {"values": values},
    }
    return _interaction({"type": "view_submission", "view": view, **who.place})


def search(who: Who, action_id: str, typed: str) -> tuple[bytes, str]:
    """A select that asks for its options."""
    return _interaction({"type": "block_suggestion", "action_id": action_id, "value": typed, **who.place})


def shortcut(who: Who, callback_id: str) -> tuple[bytes, str]:
    """A global shortcut."""
    return _interaction({"type": "shortcut", "callback_id": callback_id, **who.place})


def event(who: Who, content: dict[str, Any]) -> tuple[bytes, str]:
    """An event that is the person's."""
    installed = who.installed_team_id or who.team_id
    envelope = {
        "type": "event_callback",
        "event_id": f"Ev{next(_numbers)}",
        "team_id": installed,
        "authorizations": [{"team_id": installed, "is_bot": True}],
        "event": {**content, "user_team": who.team_id},
    }
    return json.dumps(envelope).encode(), JSON_TYPE


def deliver(browser: httpx.Client, signing_secret: str, request: tuple[bytes, str]) -> httpx.Response:
    """Sign and send."""
    body, content_type = request
    now = str(int(SystemClock().now().timestamp()))
    headers = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": signature(signing_secret, now, body),
    }
    return browser.post("/slack/events", content=body, headers=headers)


def _interaction(payload: dict[str, Any]) -> tuple[bytes, str]:
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM_TYPE
