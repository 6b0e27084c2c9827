"""What Slack is answered at once when a delivery cannot be taken on: told to the person wherever Slack lets us."""

import json
from typing import Any

from slack_bolt import BoltResponse

from bot.rendering.surfaces import Message, modal_of
from handlers.payload import Payload


def refusal(body: Payload, message: Message) -> BoltResponse:
    """The acknowledgement that tells `message` and nothing else.

    Commands and submitted forms can be told in the answer itself; the form stays, under what is told. For the rest
    503 stands: Slack brings events again, and shows a sign of its own beside a button.
    """
    is_command = bool(body.text("command"))
    if is_command or body.text("type") == "view_submission":
        return _answer(answer_of(is_command, message))
    return BoltResponse(status=503, body="")


def answer_of(is_command: bool, message: Message) -> dict[str, Any]:
    """What the acknowledgement of a command, or else of a submitted form, says; the form stays under it."""
    if is_command:
        return {"response_type": "ephemeral", "text": message.text, "blocks": list(message.blocks)}
    return {"response_action": "push", "view": modal_of(message).payload()}


def _answer(content: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(content), headers={"Content-Type": "application/json"})
