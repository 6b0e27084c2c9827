"""What is stored of somebody as JSON, in messages of which each fits."""

import json
from collections.abc import Mapping, Sequence

from bot.rendering.blocks import MESSAGE_CHARACTERS, SECTION_TEXT, section, size
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text

MOST_MESSAGES = 20
_HEAD = 500
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
    groups = _groups(_pieces(json.dumps(exported, indent=1).translate(_SPELT)))
    is_whole = len(groups) <= MOST_MESSAGES
    shown = groups[:MOST_MESSAGES]
    name = user_text(subject, limit=100)
    messages = []
    for number, group in enumerate(shown, start=1):
        head = f"*What Daybook stores of {name}*, as JSON, part {number} of {len(shown)}"
        if not is_whole and number == len(shown):
            head += ". The rest was too long for Slack; ask whoever runs Daybook for it"
        messages.append(Message(f"What Daybook stores of {name}", (section(head), *group)))
    return messages, is_whole


def _groups(pieces: Sequence[str]) -> list[list[Block]]:
    """As many pieces together as one message holds."""
    groups: list[list[Block]] = []
    for piece in pieces:
        block = section(f"{_FENCE}\n{piece}\n{_FENCE}")
        if groups and size([*groups[-1], block]) <= MESSAGE_CHARACTERS - _HEAD:
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


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
