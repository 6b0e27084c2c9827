"""What stands on the screen while Daybook works."""

from bot.rendering.blocks import section
from bot.rendering.surfaces import Modal


def loading(title: str = "Daybook", sentence: str = "One moment.") -> Modal:
    """A modal that is opened at once and replaced by the answer."""
    return Modal(title=title, blocks=(section(sentence),))
