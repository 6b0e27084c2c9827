"""Block Kit by small typed functions that keep Slack's limits, so that no screen can be refused."""

import json
from collections.abc import Iterable, Sequence

from bot.rendering.surfaces import Block
from bot.rendering.text import CUT

SECTION_TEXT = 3000
CONTEXT_TEXTS = 10
CONTEXT_TEXT = 2000
ACTIONS = 25
A_ROW = 5
BUTTON_TEXT = 75
SPOKEN = 75
VALUE = 2000
LABEL = 2000
ALT_TEXT = 2000
OPTIONS = 100
PEOPLE = 100
BOXES = 10
OPTION_TEXT = 75
OPTION_VALUE = 150
MENU = 5
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_CHARACTERS = 12_000
"""Of all blocks of a message together, as `size` counts them.

Slack names no number. It refuses by `msg_blocks_too_long` what has about 13,200 characters with all that stands around
the texts, and ids of its own among it (slackapi/bolt-js, issues 2509 and 2867). Response addresses and views take more.
"""


# --- Text -----------------------------------------------------------------------------------------------------


def section(text: str, *, accessory: Block | None = None, block_id: str = "") -> Block:
    """A paragraph of mrkdwn, with a button or select beside it if wanted."""
    block: Block = {"type": "section", "text": _mrkdwn(text, SECTION_TEXT)}
    if accessory is not None:
        block["accessory"] = accessory
    return _with_id(block, block_id)


def literal(text: str) -> Block:
    """A paragraph that is shown as it is, letter by letter, so that it can be copied."""
    return {"type": "section", "text": plain(text, SECTION_TEXT)}


def context(*texts: str) -> Block:
    """A quiet line; more than ten texts are joined into the last."""
    shown = list(texts[: CONTEXT_TEXTS - 1])
    rest = texts[CONTEXT_TEXTS - 1 :]
    if rest:
        shown.append(" ".join(rest))
    return {"type": "context", "elements": [_mrkdwn(text, CONTEXT_TEXT) for text in shown]}


def image(file_id: str, alt_text: str) -> Block:
    """A picture that was handed to Slack; `alt_text` is what it shows, for those who do not see it."""
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": _cut(alt_text, ALT_TEXT)}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def lines(texts: Sequence[str], *, limit: int = SECTION_TEXT) -> str:
    """Whole lines up to `limit` characters; what does not fit is counted, never cut in the middle."""
    return first_lines(texts, len(texts), limit=limit)


def first_lines(texts: Iterable[str], total: int, *, limit: int = SECTION_TEXT) -> str:
    """The same of lines that are made one by one: of `total` no more are asked for than fit, and the one after."""
    asked: list[str] = []
    length, fitting = -1, 0
    for text in texts:
        asked.append(text)
        length += 1 + len(text)
        if length > limit:
            break
        if length + len(_and_more(total - len(asked))) <= limit:
            fitting = len(asked)
    told = ("\n".join(asked[:fitting]) + _and_more(total - fitting)).removeprefix("\n" if not fitting else "")
    return told if len(told) <= limit else ""


def _and_more(left: int) -> str:
    return f"\n+{left} more" if left else ""


def fit(blocks: Sequence[Block], *, limit: int = VIEW_BLOCKS) -> tuple[Block, ...]:
    """Blocks up to `limit`; what does not fit is counted in the last one."""
    if len(blocks) <= limit:
        return tuple(blocks)
    left = len(blocks) - limit + 1
    return (*blocks[: limit - 1], context(f"+{left} more"))


def size(blocks: Sequence[Block]) -> int:
    """How many characters blocks have with all that stands around their texts."""
    return len(json.dumps(list(blocks), ensure_ascii=False, separators=(",", ":")))


# --- Buttons --------------------------------------------------------------------------------------------------


def actions(*elements: Block, block_id: str = "") -> Block:
    """A row of buttons and selects; Slack shows 25 at most."""
    return _with_id({"type": "actions", "elements": list(elements[:ACTIONS])}, block_id)


def rows(buttons: Sequence[Block]) -> list[Block]:
    """Any number of buttons, as many in a row as a phone has room for."""
    return [actions(*buttons[first : first + A_ROW]) for first in range(0, len(buttons), A_ROW)]


def button(
    text: str,
    action_id: str,
    *,
    value: str = "",
    url: str = "",
    primary: bool = False,
    danger: bool = False,
    confirm: Block | None = None,
    spoken: str = "",
) -> Block:
    """A button. Raises `ValueError` for a value too long to come back whole.

    `spoken` is what a screen reader says instead, where others beside it read the same.
    """
    if len(value) > VALUE:
        raise ValueError("a button's value is cut by nobody: it would come back as another")
    element: Block = {"type": "button", "text": plain(text, BUTTON_TEXT), "action_id": action_id}
    if value:
        element["value"] = value
    if url:
        element["url"] = url
    if primary or danger:
        element["style"] = "primary" if primary else "danger"
    if confirm is not None:
        element["confirm"] = confirm
    if spoken:
        element["accessibility_label"] = _cut(spoken, SPOKEN)
    return element


def confirmation(title: str, text: str, *, yes: str, no: str = "Cancel") -> Block:
    """The question before something that cannot be taken back; it names what is concerned."""
    return {
        "title": plain(title, 100),
        "text": _mrkdwn(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


# --- Pieces ---------------------------------------------------------------------------------------------------


def _mrkdwn(text: str, limit: int) -> Block:
    # `verbatim`: Slack makes no links or mentions of its own out of what it finds in the text.
    return {"type": "mrkdwn", "text": _cut(text, limit), "verbatim": True}


def plain(text: str, limit: int) -> Block:
    """Text that is shown letter by letter, cut to `limit`. Raises `ValueError` where it is empty."""
    return {"type": "plain_text", "text": _cut(text, limit), "emoji": False}


def _cut(text: str, limit: int) -> str:
    if not text:
        raise ValueError("Slack refuses empty texts")
    return text if len(text) <= limit else text[: limit - len(CUT)] + CUT


def _with_id(block: Block, block_id: str) -> Block:
    if block_id:
        block["block_id"] = block_id
    return block
