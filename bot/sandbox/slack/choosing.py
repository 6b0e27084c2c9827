"""Turns what a person says into what then stands in a field, and sees what a form would not let through."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.sandbox.slack.composition import offered
from bot.sandbox.slack.forms import Values, entry, field_of
from bot.sandbox.slack.people import Workspace
from bot.sandbox.slack.shape import Json

Wanted = str | int | Sequence[str] | None


class NoSuchChoice(Exception):
    """The field does not offer that; the message says what it offers."""


def chosen(element: Json, wanted: Wanted, options: Sequence[Json], workspace: Workspace) -> Json:
    """What stands in `element` after a person has filled it so.

    Args:
        element: a block element that keeps state.
        wanted: words as they are on the screen, several for a field that takes several, None to empty it.
        options: what a select with options of the app's offers just now; others bring their own.
        workspace: whose members and channels can be chosen.

    Raises:
        NoSuchChoice: the field does not offer that.
    """
    field = field_of(element)
    choices = options or offered(element)
    if field in ("selected_options", "selected_users", "selected_conversations", "selected_channels"):
        names = [wanted] if isinstance(wanted, str) else list(wanted) if isinstance(wanted, Sequence) else []
        most = element.get("max_selected_items", len(names))
        if len(names) > most:
            raise NoSuchChoice(f"at most {most} can be chosen")
        return entry(element, [_one(field, name, choices, workspace) for name in names])
    if wanted is None or wanted == "":
        return entry(element, None)
    if not isinstance(wanted, str | int):
        raise NoSuchChoice("one thing, not several")
    return entry(element, _one(field, wanted, choices, workspace))


def _one(field: str, wanted: str | int, choices: Sequence[Json], workspace: Workspace) -> Any:
    if field.startswith("selected_option"):
        return _option(str(wanted), choices)
    if field.startswith("selected_user"):
        return _named(str(wanted), {m.id: m.name for m in workspace.members.values() if not m.deleted})
    if field.startswith(("selected_conversation", "selected_channel")):
        return _named(str(wanted), {c.id: c.name for c in workspace.channels.values() if c.kind != "im"})
    return wanted if field == "selected_date_time" else str(wanted)


def _option(wanted: str, choices: Sequence[Json]) -> Json:
    plain = [re.sub(r"[*_`~]", "", option["text"]["text"]) for option in choices]
    for text, option in zip(plain, choices, strict=True):
        if wanted in (text, option["text"]["text"]):
            return option
    beginning = [option for text, option in zip(plain, choices, strict=True) if text.startswith(wanted)]
    if len(beginning) == 1:
        return beginning[0]
    raise NoSuchChoice(f"{wanted!r} is not offered; there is: {', '.join(plain) or 'nothing'}")


def _named(wanted: str, names: dict[str, str]) -> str:
    for identifier, name in names.items():
        if wanted.lstrip("@#") in (identifier, name):
            return identifier
    raise NoSuchChoice(f"{wanted!r} is not there; there is: {', '.join(names.values())}")


def complaints(blocks: Sequence[Json], values: Values) -> dict[str, str]:
    """What Slack itself says of a form before it sends it, by block id; nothing where it is complete."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            value = values[block["block_id"]][element["action_id"]][field_of(element)]
            for complaint in _complaints(element, value, optional=block.get("optional", False)):
                found.setdefault(block["block_id"], complaint)
    return found


def _complaints(element: Json, value: Any, *, optional: bool) -> Iterator[str]:
    if value in (None, "", []):
        if not optional:
            yield "Please complete this required field."
        return
    if element["type"] == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        yield "Please enter a valid email address."
    if element["type"] == "url_text_input" and not re.match(r"https?://", value):
        yield "Please enter a valid URL."
    if element["type"] == "number_input":
        yield from _number_complaints(element, value)
    if element["type"] == "plain_text_input":
        if len(value) < element.get("min_length", 0):
            yield f"Please enter at least {element['min_length']} characters."
        if len(value) > element.get("max_length", 3000):
            yield f"Please enter at most {element.get('max_length', 3000)} characters."


def _number_complaints(element: Json, value: str) -> Iterator[str]:
    like = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(like, value):
        yield "Please enter a number."
    elif float(value) < float(element.get("min_value", "-inf")):
        yield f"Please enter a number not below {element['min_value']}."
    elif float(value) > float(element.get("max_value", "inf")):
        yield f"Please enter a number not above {element['max_value']}."
