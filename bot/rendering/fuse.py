"""A loss that is held back: the question to the calendar's owner, and what takes its place."""

from bot.domain.calendars import Calendar
from bot.domain.fuse import Fuse
from bot.rendering.blocks import actions, button, section
from bot.rendering.names import ActionId, numbered
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text
from bot.rendering.wording import counted


def question(calendar: Calendar, fuse: Fuse) -> Message:
    """The one direct message about it."""
    lost = _lost(calendar, fuse)
    return Message(
        text=f"{lost} Did you clear it?",
        blocks=(section(f"{lost} Did you clear it? {HELD}"), answers(calendar, fuse)),
    )


HELD = "Until you answer, all of them go on to block your time."


def waiting_line(fuse: Fuse) -> str:
    """The same among other news of a calendar."""
    return f"*waits for your answer*: Google says {fuse.gone} of {counted(fuse.coming, 'coming event')} are gone"


def answers(calendar: Calendar, fuse: Fuse) -> Block:
    """The two buttons."""
    value = f"{calendar.id} {fuse.number}"
    return actions(
        button("Yes, remove them", numbered(ActionId.REMOVE_LOST, value), value=value, danger=True),
        button("No, keep and check again", numbered(ActionId.KEEP_LOST, value), value=value),
    )


def removing(calendar: Calendar) -> Message:
    """What takes the question's place after *Yes*."""
    text = f"What Google no longer lists in *{user_text(calendar.name)}* is being removed; its time becomes free."
    return Message(text=text, blocks=(section(text),))


def keeping(calendar: Calendar) -> Message:
    """What takes the question's place after *No*."""
    text = (
        f"Nothing was removed. *{user_text(calendar.name)}* is being read again from the start; "
        "you are asked again only if Google still says so."
    )
    return Message(text=text, blocks=(section(text),))


def _lost(calendar: Calendar, fuse: Fuse) -> str:
    coming = counted(fuse.coming, "coming event")
    return f"Google says {fuse.gone} of {coming} in *{user_text(calendar.name)}* are gone."
