"""Block Kit by small typed functions that keep Slack's limits, so that no screen can be refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from bot.rendering.surfaces import Block
from bot.rendering.text import CUT

SECTION_TEXT = 3000
CONTEXT_TEXTS = 10
ACTIONS = 25
BUTTON_TEXT = 75
VALUE = 2000
LABEL = 2000
OPTIONS = 100
BOXES = 10
OPTION_TEXT = 75
OPTION_VALUE = 150
MENU = 5
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a select, a set of boxes or of radio buttons."""

    text: str
    value: str
    description: str = ""


# --- Text -----------------------------------------------------------------------------------------------------


def section(text: str, *, accessory: Block | None = None, block_id: str = "") -> Block:
    """A paragraph of mrkdwn, with a button or select beside it if wanted."""
    block: Block = {"type": "section", "text": _mrkdwn(text, SECTION_TEXT)}
    if accessory is not None:
        block["accessory"] = accessory
    return _with_id(block, block_id)


def literal(text: str) -> Block:
    """A paragraph that is shown as it is, letter by letter, so that it can be copied."""
    return {"type": "section", "text": _plain(text, SECTION_TEXT)}


def context(*texts: str) -> Block:
    """A quiet line; more than ten texts are joined into the last."""
    shown = list(texts[: CONTEXT_TEXTS - 1])
    rest = texts[CONTEXT_TEXTS - 1 :]
    if rest:
        shown.append(" ".join(rest))
    return {"type": "context", "elements": [_mrkdwn(text, SECTION_TEXT) for text in shown]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def lines(texts: Sequence[str], *, limit: int = SECTION_TEXT) -> str:
    """Whole lines up to `limit` characters; what does not fit is counted, never cut in the middle."""
    for shown in range(len(texts), -1, -1):
        left = len(texts) - shown
        joined = "\n".join([*texts[:shown], *([f"+{left} more"] if left else [])])
        if len(joined) <= limit:
            return joined
    return ""


def fit(blocks: Sequence[Block], *, limit: int = VIEW_BLOCKS) -> tuple[Block, ...]:
    """Blocks up to `limit`; what does not fit is counted in the last one."""
    if len(blocks) <= limit:
        return tuple(blocks)
    left = len(blocks) - limit + 1
    return (*blocks[: limit - 1], context(f"+{left} more"))


# --- Buttons --------------------------------------------------------------------------------------------------


def actions(*elements: Block, block_id: str = "") -> Block:
    """A row of buttons and selects; Slack shows 25 at most."""
    return _with_id({"type": "actions", "elements": list(elements[:ACTIONS])}, block_id)


def button(
    text: str,
    action_id: str,
    *,
    value: str = "",
    url: str = "",
    primary: bool = False,
    danger: bool = False,
    confirm: Block | None = None,
) -> Block:
    """A button. Raises `ValueError` for a value too long to come back whole."""
    if len(value) > VALUE:
        raise ValueError("a button's value is cut by nobody: it would come back as another")
    element: Block = {"type": "button", "text": _plain(text, BUTTON_TEXT), "action_id": action_id}
    if value:
        element["value"] = value
    if url:
        element["url"] = url
    if primary or danger:
        element["style"] = "primary" if primary else "danger"
    if confirm is not None:
        element["confirm"] = confirm
    return element


def confirmation(title: str, text: str, *, yes: str, no: str = "Cancel") -> Block:
    """The question before something that cannot be taken back; it names what is concerned."""
    return {
        "title": _plain(title, 100),
        "text": _mrkdwn(text, 300),
        "confirm": _plain(yes, 30),
        "deny": _plain(no, 30),
    }


# --- Inputs ---------------------------------------------------------------------------------------------------


def field(
    label: str, element: Block, *, block_id: str, hint: str = "", optional: bool = False, tells: bool = False
) -> Block:
    """An input with its label; with `tells`, Slack tells us of each change at once."""
    block: Block = {"type": "input", "label": _plain(label, LABEL), "element": element, "block_id": block_id}
    if hint:
        block["hint"] = _plain(hint, LABEL)
    if optional:
        block["optional"] = True
    if tells:
        block["dispatch_action"] = True
    return block


def text_input(
    action_id: str, *, initial: str = "", placeholder: str = "", most: int = 0, multiline: bool = False
) -> Block:
    """A field to type in, of at most `most` characters; what it begins with is cut to that."""
    element: Block = {"type": "plain_text_input", "action_id": action_id}
    if most:
        element["max_length"] = most
    if multiline:
        element["multiline"] = True
    if initial:
        element["initial_value"] = initial[: most or SECTION_TEXT]
    return _with_placeholder(element, placeholder)


def select(action_id: str, choices: Sequence[Choice], *, chosen: str = "", placeholder: str = "") -> Block:
    """One of up to a hundred; Slack refuses an empty list, so the caller leaves the select out then."""
    return _with_placeholder(_choosing_one("static_select", action_id, choices, chosen, OPTIONS), placeholder)


def multi_select(
    action_id: str, choices: Sequence[Choice], *, chosen: Sequence[str] = (), placeholder: str = ""
) -> Block:
    """Any number of up to a hundred."""
    element = _choosing_many("multi_static_select", action_id, choices, chosen, OPTIONS)
    return _with_placeholder(element, placeholder)


def external_select(action_id: str, *, chosen: Choice | None, placeholder: str = "") -> Block:
    """One of what Daybook offers for what the person types, from the first letter on and before it."""
    element: Block = {"type": "external_select", "action_id": action_id, "min_query_length": 0}
    if chosen is not None:
        element["initial_option"] = option(chosen)
    return _with_placeholder(element, placeholder)


def radio_buttons(action_id: str, choices: Sequence[Choice], *, chosen: str = "") -> Block:
    """One of up to ten, all in sight."""
    return _choosing_one("radio_buttons", action_id, choices, chosen, BOXES)


def checkboxes(action_id: str, choices: Sequence[Choice], *, chosen: Sequence[str] = ()) -> Block:
    """Any number of up to ten, all in sight."""
    return _choosing_many("checkboxes", action_id, choices, chosen, BOXES)


def people_select(action_id: str, *, chosen: Sequence[str] = (), placeholder: str = "") -> Block:
    """Any number of people of the workspace, by their Slack ids."""
    element: Block = {"type": "multi_users_select", "action_id": action_id}
    if chosen:
        element["initial_users"] = list(chosen)
    return _with_placeholder(element, placeholder)


def channel_select(action_id: str, *, chosen: str = "", placeholder: str = "") -> Block:
    """A channel of this workspace alone, by its Slack id; nothing is chosen unless it was before."""
    element: Block = {
        "type": "conversations_select",
        "action_id": action_id,
        "filter": {
            "include": ["public", "private"],
            "exclude_bot_users": True,
            "exclude_external_shared_channels": True,
        },
    }
    if chosen:
        element["initial_conversation"] = chosen
    return _with_placeholder(element, placeholder)


def day_picker(action_id: str, *, initial: str = "", placeholder: str = "") -> Block:
    """A day, as `YYYY-MM-DD`."""
    element: Block = {"type": "datepicker", "action_id": action_id}
    if initial:
        element["initial_date"] = initial
    return _with_placeholder(element, placeholder)


def time_picker(action_id: str, *, initial: str = "", placeholder: str = "") -> Block:
    """A time of day, as `HH:MM`."""
    element: Block = {"type": "timepicker", "action_id": action_id}
    if initial:
        element["initial_time"] = initial
    return _with_placeholder(element, placeholder)


def menu(action_id: str, choices: Sequence[Choice]) -> Block:
    """Up to five buttons behind three dots; the caller leaves it out where there are none."""
    return {"type": "overflow", "action_id": action_id, "options": [option(choice) for choice in choices[:MENU]]}


def option(choice: Choice) -> Block:
    """A choice as Slack takes it. Raises `ValueError` for a value too long to come back whole."""
    if len(choice.value) > OPTION_VALUE:
        raise ValueError("an option's value is cut by nobody: it would come back as another")
    made: Block = {"text": _plain(choice.text, OPTION_TEXT), "value": choice.value}
    if choice.description:
        made["description"] = _plain(choice.description, OPTION_TEXT)
    return made


# --- Pieces ---------------------------------------------------------------------------------------------------


def _choosing_one(kind: str, action_id: str, choices: Sequence[Choice], chosen: str, limit: int) -> Block:
    element: Block = {"type": kind, "action_id": action_id, "options": _options(choices, [chosen], limit)}
    initial = [option(choice) for choice in choices if choice.value == chosen]
    if initial:
        element["initial_option"] = initial[0]
    return element


def _choosing_many(kind: str, action_id: str, choices: Sequence[Choice], chosen: Sequence[str], limit: int) -> Block:
    shown = _options(choices, chosen, limit)
    element: Block = {"type": kind, "action_id": action_id, "options": shown}
    initial = [made for made in shown if made["value"] in chosen]
    if initial:
        element["initial_options"] = initial
    return element


def _options(choices: Sequence[Choice], chosen: Sequence[str], limit: int) -> list[Block]:
    """What is chosen stays in the list even if the list is too long, or saving would silently drop it."""
    kept = choices
    if len(choices) > limit:
        first = [choice for choice in choices if choice.value in chosen]
        rest = [choice for choice in choices if choice.value not in chosen]
        allowed = {choice.value for choice in list(chain(first, rest))[:limit]}
        kept = [choice for choice in choices if choice.value in allowed]
    return [option(choice) for choice in kept]


def _mrkdwn(text: str, limit: int) -> Block:
    # `verbatim`: Slack makes no links or mentions of its own out of what it finds in the text.
    return {"type": "mrkdwn", "text": _cut(text, limit), "verbatim": True}


def _plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": _cut(text, limit), "emoji": False}


def _cut(text: str, limit: int) -> str:
    if not text:
        raise ValueError("Slack refuses empty texts")
    return text if len(text) <= limit else text[: limit - len(CUT)] + CUT


def _with_id(block: Block, block_id: str) -> Block:
    if block_id:
        block["block_id"] = block_id
    return block


def _with_placeholder(element: Block, placeholder: str) -> Block:
    if placeholder:
        element["placeholder"] = _plain(placeholder, OPTION_VALUE)
    return element
