"""Messages as Slack's `chat` methods take them: these bound all of one, as views and response addresses do not."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, chain

from bot.rendering.blocks import MESSAGE_BLOCKS, MESSAGE_CHARACTERS, context, fit, size
from bot.rendering.surfaces import Block, Message


def long_message(text: str, body: Sequence[Block], ends: Sequence[Block] = ()) -> Message:
    """A message whose `body` is cut where there is too much of it; `ends` stay."""
    return Message(text, (*fit(body, limit=MESSAGE_BLOCKS - len(ends)), *ends), ends=len(ends))


def posted(message: Message) -> tuple[Block, ...]:
    """What of a message is posted: whole paragraphs with the buttons below them, and how many lines are left out."""
    if size(message.blocks) <= MESSAGE_CHARACTERS:
        return message.blocks
    first_end = len(message.blocks) - message.ends
    paragraphs, ends = _paragraphs(message.blocks[:first_end]), list(message.blocks[first_end:])
    room = MESSAGE_CHARACTERS - size([_more(paragraphs), *ends])
    number = sum(length <= room for length in accumulate(map(size, paragraphs)))
    if not number:
        return _least(paragraphs, ends)
    return (*chain(*paragraphs[:number]), _more(paragraphs[number:]), *ends)


def _least(paragraphs: list[list[Block]], ends: list[Block]) -> tuple[Block, ...]:
    """What is shown where even the first paragraph is too much: as many of its buttons as fit, then fewer ends."""
    [shown, *others], left_out = paragraphs or [[]], list[Block]()
    while True:
        rest = [left_out, *others] if left_out else others
        blocks = (*shown, *([_more(rest)] if rest else []), *ends)
        if size(blocks) <= MESSAGE_CHARACTERS:
            return blocks
        if len(shown) > 1:
            left_out = [shown.pop(), *left_out]
        elif ends:
            ends.remove(max(ends, key=lambda block: size([block])))
        else:
            return blocks


def _paragraphs(blocks: Sequence[Block]) -> list[list[Block]]:
    """Each block with the buttons below it: without it they would seem to belong to what stands above."""
    found: list[list[Block]] = []
    for block in blocks:
        if found and block["type"] == "actions":
            found[-1].append(block)
        else:
            found.append([block])
    return found


def _more(paragraphs: Sequence[Sequence[Block]]) -> Block:
    return context(f"+{sum(map(_lines, paragraphs))} more")


def _lines(blocks: Sequence[Block]) -> int:
    """How many lines are in it; of buttons alone, how many buttons."""
    texts = [text for block in blocks for text in _texts(block)]
    if texts:
        return sum(1 + text.count("\n") for text in texts)
    return sum(len(elements) for block in blocks if isinstance(elements := block.get("elements"), list))


def _texts(block: Block) -> list[str]:
    own = block.get("text")
    beside = block.get("elements") if block["type"] == "context" else None
    pieces = [own, *(beside if isinstance(beside, list) else [])]
    return [str(piece["text"]) for piece in pieces if isinstance(piece, Mapping)]
