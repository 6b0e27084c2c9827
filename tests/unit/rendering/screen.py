"""A screen as a person reads it, line by line, once Slack's rules were kept."""

from collections.abc import Sequence
from typing import Any

from bot.rendering.surfaces import HomeView, Message, Modal
from bot.sandbox.slack.blocks import findings_of
from bot.sandbox.slack.views import check_view


def read_message(message: Message) -> list[str]:
    """The lines of a message that Slack would take."""
    blocks = list(message.blocks)
    assert message.text
    assert findings_of(blocks, "message") == []
    return read_blocks(blocks)


def read_view(view: Modal | HomeView) -> list[str]:
    """The lines of a view that Slack would take."""
    payload = view.payload()
    check_view(payload)
    blocks: Any = payload["blocks"]
    return read_blocks(blocks)


def read_blocks(blocks: Sequence[Any]) -> list[str]:
    """Paragraphs as they are, quiet lines behind `_ `, a row of buttons as `[15:00] [15:15]`, selects as `[All ▾]`,
    inputs by label."""
    return [line for block in blocks for line in _lines(block)]


def buttons_of(shown: Message | Modal | HomeView) -> dict[str, str]:
    """What each button carries, by its label."""
    found: dict[str, str] = {}
    for block in shown.blocks:
        whole: Any = block
        elements = [*whole.get("elements", ()), *([whole["accessory"]] if "accessory" in whole else [])]
        for element in elements:
            if element["type"] == "button":
                found[element["text"]["text"]] = element.get("value", "")
    return found


def _lines(block: Any) -> list[str]:
    match block["type"]:
        case "section":
            beside = f" [{_label(block['accessory'])}]" if "accessory" in block else ""
            *first, last = str(block["text"]["text"]).split("\n")
            return [*first, last + beside]
        case "context":
            return ["_ " + " ".join(element["text"] for element in block["elements"])]
        case "actions":
            return [" ".join(f"[{_label(element)}]" for element in block["elements"])]
        case "input":
            return [f"{block['label']['text']}: {_held(block['element'])}"]
        case _:
            return ["---"]


def _label(element: Any) -> str:
    """What a button is called, or what is chosen in a select."""
    if element["type"] == "button":
        return str(element["text"]["text"])
    if element["type"] == "overflow":
        return "⋯ " + " · ".join(option["text"]["text"] for option in element["options"])
    return f"{_held(element)} ▾"


def _held(element: Any) -> str:
    for name in ("initial_users", "initial_date", "initial_time", "initial_value"):
        if name in element:
            return str(element[name])
    if "initial_options" in element:
        return " · ".join(option["text"]["text"] for option in element["initial_options"])
    return str(element["initial_option"]["text"]["text"]) if "initial_option" in element else ""
