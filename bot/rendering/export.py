"""What is stored of somebody as JSON, in messages of which each fits."""

import json
from collections.abc import Mapping, Sequence

from bot.rendering.blocks import SECTION_TEXT, section
from bot.rendering.surfaces import Message
from bot.rendering.text import user_text

MOST_MESSAGES = 20
_BLOCKS = 4
_FENCE = "```"
_PIECE = SECTION_TEXT - 2 * len(_FENCE) - 2
# JSON has another spelling of what Slack would read as its own marks.
_SPELT = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&`"})


def export_messages(subject: str, exported: Mapping[str, Sequence[Mapping[str, object]]]) -> tuple[list[Message], bool]:
    """The messages, and whether everything is in them.

    Args:
        subject: whose data it is.
        exported: what is stored, as values that JSON knows.
    """
    pieces = _pieces(json.dumps(exported, indent=1).translate(_SPELT))
    groups = [pieces[first : first + _BLOCKS] for first in range(0, len(pieces), _BLOCKS)]
    is_whole = len(groups) <= MOST_MESSAGES
    shown = groups[:MOST_MESSAGES]
    name = user_text(subject, limit=100)
    messages = []
    for number, group in enumerate(shown, start=1):
        head = f"*What Daybook stores of {name}*, as JSON, part {number} of {len(shown)}"
        if not is_whole and number == len(shown):
            head += ". The rest was too long for Slack; ask whoever runs Daybook for it"
        blocks = [section(head), *(section(f"{_FENCE}\n{piece}\n{_FENCE}") for piece in group)]
        messages.append(Message(f"What Daybook stores of {name}", tuple(blocks)))
    return messages, is_whole


def _pieces(text: str) -> list[str]:
    """Whole lines as far as they fit; a longer one is cut where it is full."""
    pieces, held = [], ""
    for line in text.splitlines():
        while len(line) > _PIECE:
            if held:
                pieces.append(held)
                held = ""
            pieces.append(line[:_PIECE])
            line = line[_PIECE:]
        if held and len(held) + 1 + len(line) > _PIECE:
            pieces.append(held)
            held = line
        else:
            held = f"{held}\n{line}" if held else line
    return [*pieces, held] if held else pieces
