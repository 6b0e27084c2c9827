"""Buttons that do what a subcommand does."""

from bot.rendering.blocks import button
from bot.rendering.names import ActionId, numbered
from bot.rendering.surfaces import Block


def run(label: str, typed: str, *, mark: str = "", primary: bool = False) -> Block:
    """A button for what would be typed after `/daybook`; `mark` keeps apart two of the same in one message."""
    return button(label, numbered(ActionId.RUN, mark or typed), value=typed, primary=primary)


def connect_google() -> Block:
    """The one thing to do for somebody who has nothing connected."""
    return run("Connect Google Calendar", "connect", primary=True)
