"""The fields of forms, and what is chosen from, by small typed functions that keep Slack's limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from bot.rendering.blocks import BOXES, LABEL, MENU, OPTION_TEXT, OPTION_VALUE, OPTIONS, PEOPLE, SECTION_TEXT, plain
from bot.rendering.surfaces import Block


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a select, a set of boxes or of radio buttons."""

    text: str
    value: str
    description: str = ""


def field(
    label: str, element: Block, *, block_id: str, hint: str = "", optional: bool = False, tells: bool = False
) -> Block:
    """An input with its label; with `tells`, Slack tells us of each change at once."""
    block: Block = {"type": "input", "label": plain(label, LABEL), "element": element, "block_id": block_id}
    if hint:
        block["hint"] = plain(hint, LABEL)
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
    """Any number of people of the workspace, by their Slack ids; at most a hundred stand there from the start."""
    element: Block = {"type": "multi_users_select", "action_id": action_id}
    if chosen:
        element["initial_users"] = list(chosen[:PEOPLE])
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
    made: Block = {"text": plain(choice.text, OPTION_TEXT), "value": choice.value}
    if choice.description:
        made["description"] = plain(choice.description, OPTION_TEXT)
    return made


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


def _with_placeholder(element: Block, placeholder: str) -> Block:
    if placeholder:
        element["placeholder"] = plain(placeholder, OPTION_VALUE)
    return element
