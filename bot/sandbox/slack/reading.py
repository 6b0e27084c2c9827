"""Messages, modals and Home as plain text for a terminal, at most a hundred characters wide."""

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bot.sandbox.slack.forms import Values
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.mrkdwn import Reader, resolved, words
from bot.sandbox.slack.shape import Json
from bot.sandbox.slack.submitting import WHOLE
from bot.sandbox.slack.views import View
from bot.sandbox.slack.widgets import drawn

WIDTH = 100
_INSIDE = WIDTH - 4
_GAP = "  "


def read_message(message: Message, author: str, place: str, reader: Reader) -> str:
    """A message: who says it where, and under it what it says."""
    whose = f"{author} · only you see this" if message.only_for else f"{author} · {place}"
    edited = " · edited" if message.edited_ts else ""
    if message.blocks:
        body = _lines(message.blocks, message.values, {}, reader)
    else:
        body = _wrapped(resolved(message.text, reader))
    return "\n".join([f"{whose}{edited}", *(f"  {line}".rstrip() for line in body)])


def read_view(view: View, name: str, reader: Reader) -> str:
    """A modal or Home in a frame; `name` is what stands above Home."""
    given = view.given
    title = given["title"]["text"] if view.kind == "modal" else name
    body = _lines(view.blocks, view.values, view.errors, reader)
    if WHOLE in view.errors:
        body.append(f"! {view.errors[WHOLE]}")
    if view.kind == "modal":
        buttons = [given["submit"]["text"]] if "submit" in given else []
        buttons.append(given["close"]["text"] if "close" in given else "Close")
        body += ["", _GAP.join(f"[{button}]" for button in buttons)]
    return "\n".join(
        [
            f"┌─ {title} ".ljust(WIDTH - 1, "─") + "┐",
            *(f"│ {line}".rstrip() for line in body),
            "└".ljust(WIDTH - 1, "─") + "┘",
        ]
    )


def _lines(blocks: Sequence[Json], values: Values, errors: Mapping[str, str], reader: Reader) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        lines += _BLOCKS[block["type"]](block, values.get(block["block_id"], {}), reader)
        if block["block_id"] in errors:
            lines += _wrapped(f"! {errors[block['block_id']]}")
    return lines


_States = Mapping[str, Mapping[str, Any]]


def _element(element: Json, states: _States, reader: Reader) -> list[str]:
    return drawn(element, states.get(element.get("action_id", ""), {}), reader)


def _section(block: Json, states: _States, reader: Reader) -> list[str]:
    lines = _wrapped(words(block["text"], reader)) if "text" in block else []
    lines += _columns([words(field, reader) for field in block.get("fields", ())])
    if "accessory" not in block:
        return lines
    extra = _element(block["accessory"], states, reader)
    if len(extra) == 1 and lines and len(lines[0]) + len(_GAP) + len(extra[0]) <= _INSIDE:
        return [f"{lines[0]}{_GAP}{extra[0]}", *lines[1:]]
    return [*lines, *(line for one in extra for line in _wrapped(one))]


def _columns(fields: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for index in range(0, len(fields), 2):
        pair = [_wrapped(field, _INSIDE // 2 - 2) for field in fields[index : index + 2]]
        for row in range(max(len(field) for field in pair)):
            cells = [field[row] if row < len(field) else "" for field in pair]
            lines.append("".join(cell.ljust(_INSIDE // 2) for cell in cells).rstrip())
    return lines


def _header(block: Json, _states: _States, reader: Reader) -> list[str]:
    return _wrapped(f"*{words(block['text'], reader)}*")


def _divider(_block: Json, _states: _States, _reader: Reader) -> list[str]:
    return ["─" * _INSIDE]


def _picture(block: Json, _states: _States, reader: Reader) -> list[str]:
    title = f"{words(block['title'], reader)} " if "title" in block else ""
    return _wrapped(f"{title}[picture: {block['alt_text']}]")


def _context(block: Json, _states: _States, reader: Reader) -> list[str]:
    parts = [
        f"[picture: {part['alt_text']}]" if part["type"] == "image" else _dimmed(words(part, reader))
        for part in block["elements"]
    ]
    return _wrapped(_GAP.join(parts))


def _dimmed(text: str) -> str:
    inner = text[1:-1] if text.startswith("_") and text.endswith("_") and len(text) > 2 else text
    return f"_{inner}_"


def _actions(block: Json, states: _States, reader: Reader) -> list[str]:
    lines: list[str] = []
    for element in block["elements"]:
        several = _element(element, states, reader)
        if len(several) > 1:
            lines += several
        elif lines and len(lines[-1]) + len(_GAP) + len(several[0]) <= _INSIDE:
            lines[-1] += _GAP + several[0]
        else:
            lines += several
    return lines


def _input(block: Json, states: _States, reader: Reader) -> list[str]:
    label = words(block["label"], reader) + (" (optional)" if block.get("optional") else "")
    field = _element(block["element"], states, reader)
    if len(field) == 1 and len(label) + len(_GAP) + len(field[0]) <= _INSIDE:
        lines = [f"{label}{_GAP}{field[0]}"]
    else:
        lines = [label, *(line for one in field for line in _wrapped(one, _INSIDE - 2, "  "))]
    return lines + (_wrapped(_dimmed(words(block["hint"], reader))) if "hint" in block else [])


def _rich_text(block: Json, _states: _States, reader: Reader) -> list[str]:
    lines: list[str] = []
    for part in block["elements"]:
        items = part["elements"] if part["type"] == "rich_text_list" else [part]
        mark = "· " if part["type"] == "rich_text_list" else ""
        lines += [f"{mark}{''.join(_run(run, reader) for run in item['elements'])}" for item in items]
    return [line for one in lines for line in _wrapped(one)]


def _run(run: Json, reader: Reader) -> str:
    if run["type"] == "user":
        return f"@{reader.name_of(run['user_id']) or run['user_id']}"
    if run["type"] == "date":
        token = f"<!date^{run['timestamp']}^{run['format']}|{run.get('fallback', '')}>"
        return resolved(token, reader)
    return str(run.get("text") or run.get("url") or run.get("name") or "")


def _markdown(block: Json, _states: _States, _reader: Reader) -> list[str]:
    return _wrapped(block["text"])


def _alert(block: Json, _states: _States, reader: Reader) -> list[str]:
    return _wrapped(f"({block.get('level', 'info')}) {words(block['text'], reader)}")


_BLOCKS: Mapping[str, Callable[[Json, _States, Reader], list[str]]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "image": _picture,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "rich_text": _rich_text,
    "markdown": _markdown,
    "alert": _alert,
}


def _wrapped(text: str, width: int = _INSIDE, indent: str = "") -> list[str]:
    return list(_wrapping(text, width, indent))


def _wrapping(text: str, width: int, indent: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from textwrap.wrap(
            line,
            width,
            initial_indent=indent,
            # A second line of something with a mark in front stands under its words.
            subsequent_indent=indent + ("  " if line.startswith(("· ", "• ", "(•)", "( )", "☑", "☐")) else ""),
            break_on_hyphens=False,
        ) or [""]
