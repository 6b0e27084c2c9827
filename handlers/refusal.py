"""What Slack is answered at once when a delivery cannot be taken on: told to the person wherever Slack lets us."""

import json

from slack_bolt import BoltResponse

from bot.rendering.surfaces import Block, Message, modal_of
from handlers.payload import Payload


def refusal(body: Payload, message: Message) -> BoltResponse:
    """The acknowledgement that tells `message` and nothing else.

    Commands and submitted forms can be told in the answer itself; the form stays, under what is told. For the rest
    503 stands: Slack brings events again, and shows a sign of its own beside a button.
    """
    if body.text("command"):
        return _answer({"response_type": "ephemeral", "text": message.text, "blocks": list(message.blocks)})
    if body.text("type") == "view_submission":
        return _answer({"response_action": "push", "view": modal_of(message).payload()})
    return BoltResponse(status=503, body="")


def _answer(content: Block) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(content), headers={"Content-Type": "application/json"})
