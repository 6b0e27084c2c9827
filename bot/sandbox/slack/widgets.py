"""Draws a block element as a few characters: `[Book]`, `(30 minutes ▾)`, `(•) One-way`."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.slack.mrkdwn import Reader, words
from bot.sandbox.slack.shape import Json

State = Mapping[str, Any]


def drawn(element: Json, state: State, reader: Reader) -> list[str]:
    """The lines of an element in which `state` stands; most have one."""
    return _DRAWINGS[element["type"]](element, state, reader)


def _button(element: Json, _state: State, _reader: Reader) -> list[str]:
    arrow = " ↗" if "url" in element else ""
    return [f"[{element['text']['text']}{arrow}]"]


def _overflow(element: Json, _state: State, _reader: Reader) -> list[str]:
    return [f"[⋯ {' / '.join(option['text']['text'] for option in element['options'])}]"]


def _image(element: Json, _state: State, _reader: Reader) -> list[str]:
    return [f"[picture: {element['alt_text']}]"]


def _chosen_option(element: Json, state: State, reader: Reader) -> list[str]:
    option = state.get("selected_option")
    return [_chooser(element, words(option["text"], reader) if option else "")]


def _chosen_options(element: Json, state: State, reader: Reader) -> list[str]:
    return _several(element, [words(option["text"], reader) for option in state.get("selected_options", ())])


def _named(field: str, sign: str) -> Callable[[Json, State, Reader], list[str]]:
    def draw(element: Json, state: State, reader: Reader) -> list[str]:
        chosen = state.get(field)
        if isinstance(chosen, list):
            return _several(element, [_name(one, sign, reader) for one in chosen])
        return [_chooser(element, _name(chosen, sign, reader) if chosen else "")]

    return draw


def _name(identifier: str, sign: str, reader: Reader) -> str:
    return sign + (reader.name_of(identifier) or identifier)


def _picked(field: str) -> Callable[[Json, State, Reader], list[str]]:
    return lambda element, state, _reader: [_chooser(element, state.get(field) or "")]


def _picked_instant(element: Json, state: State, reader: Reader) -> list[str]:
    seconds = state.get("selected_date_time")
    if seconds is None:
        return [_chooser(element, "")]
    at = datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(reader.zone))
    return [_chooser(element, f"{at:%Y-%m-%d} {at.hour}:{at:%M}")]


def _chooser(element: Json, chosen: str) -> str:
    return f"({chosen or _placeholder(element)} ▾)"


def _several(element: Json, chosen: list[str]) -> list[str]:
    return ["  ".join([*(f"[{one} ×]" for one in chosen), "(▾)"])] if chosen else [_chooser(element, "")]


def _placeholder(element: Json) -> str:
    return str(element["placeholder"]["text"]) if "placeholder" in element else "…"


def _radio(element: Json, state: State, reader: Reader) -> list[str]:
    chosen = (state.get("selected_option") or {}).get("value")
    return [_choice("(•)" if o["value"] == chosen else "( )", o, reader) for o in element["options"]]


def _checkboxes(element: Json, state: State, reader: Reader) -> list[str]:
    chosen = [option["value"] for option in state.get("selected_options", ())]
    return [_choice("☑" if o["value"] in chosen else "☐", o, reader) for o in element["options"]]


def _choice(mark: str, option: Json, reader: Reader) -> str:
    description = f" - {words(option['description'], reader)}" if "description" in option else ""
    return f"{mark} {words(option['text'], reader)}{description}"


def _typed(element: Json, state: State, _reader: Reader) -> list[str]:
    value = state.get("value")
    return [f"[{value or _placeholder(element)}]"]


def _rich(_element: Json, state: State, _reader: Reader) -> list[str]:
    return ["[formatted text]" if state.get("rich_text_value") else "[…]"]


def _files(_element: Json, _state: State, _reader: Reader) -> list[str]:
    return ["[Choose files]"]


_DRAWINGS: Mapping[str, Callable[[Json, State, Reader], list[str]]] = {
    "button": _button,
    "overflow": _overflow,
    "image": _image,
    "static_select": _chosen_option,
    "external_select": _chosen_option,
    "multi_static_select": _chosen_options,
    "multi_external_select": _chosen_options,
    "users_select": _named("selected_user", "@"),
    "multi_users_select": _named("selected_users", "@"),
    "conversations_select": _named("selected_conversation", "#"),
    "multi_conversations_select": _named("selected_conversations", "#"),
    "channels_select": _named("selected_channel", "#"),
    "multi_channels_select": _named("selected_channels", "#"),
    "datepicker": _picked("selected_date"),
    "timepicker": _picked("selected_time"),
    "datetimepicker": _picked_instant,
    "radio_buttons": _radio,
    "checkboxes": _checkboxes,
    "plain_text_input": _typed,
    "email_text_input": _typed,
    "url_text_input": _typed,
    "number_input": _typed,
    "rich_text_input": _rich,
    "file_input": _files,
}
