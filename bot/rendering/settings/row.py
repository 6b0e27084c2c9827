"""The rows of Calendar Settings, each with the button that opens its form on top."""

from bot.rendering.blocks import button, section
from bot.rendering.names import ActionId, CallbackId, numbered
from bot.rendering.surfaces import Block


def row(title: str, told: str, form: CallbackId, *, mark: str = "") -> Block:
    """What is set, with [Change]; `mark` keeps apart two rows that open the same form."""
    return section(
        f"*{title}*  {told}", accessory=button("Change", numbered(ActionId.SETTINGS_CHANGE, mark or form), value=form)
    )
