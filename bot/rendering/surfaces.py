"""What Daybook shows, as values: messages, modals and the Home tab."""

from dataclasses import dataclass
from typing import TypeAlias

Block: TypeAlias = dict[str, object]
"""One block or element of Block Kit, as JSON; made by `bot.rendering.blocks` alone."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message; `text` is what notifications and screen readers get, `blocks` what is seen.

    So many of the last blocks as `ends` says stay where the message is too long for Slack: its buttons, and what has
    to be known besides.
    """

    text: str
    blocks: tuple[Block, ...]
    ends: int = 0


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal view; without `submit` it only informs. Title and labels hold 24 characters at most."""

    title: str
    blocks: tuple[Block, ...]
    callback_id: str = ""
    submit: str = ""
    close: str = "Close"
    private_metadata: str = ""

    def payload(self) -> Block:
        """The view as Slack takes it."""
        view: Block = {
            "type": "modal",
            "title": _label(self.title),
            "close": _label(self.close),
            "blocks": list(self.blocks),
        }
        if self.submit:
            view["submit"] = _label(self.submit)
        if self.callback_id:
            view["callback_id"] = self.callback_id
        if self.private_metadata:
            view["private_metadata"] = self.private_metadata
        return view


@dataclass(frozen=True, slots=True)
class HomeView:
    """A person's Home tab; `private_metadata` comes back with whatever is done there."""

    blocks: tuple[Block, ...]
    private_metadata: str = ""

    def payload(self) -> Block:
        """The view as Slack takes it."""
        view: Block = {"type": "home", "blocks": list(self.blocks)}
        if self.private_metadata:
            view["private_metadata"] = self.private_metadata
        return view


def modal_of(message: Message, *, title: str = "Daybook") -> Modal:
    """The same content in a modal, for where a person has no channel to answer in."""
    return Modal(title=title, blocks=message.blocks)


def _label(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}
