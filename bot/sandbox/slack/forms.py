"""What a person has put into the elements of a message or a view, as Slack keeps and delivers it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bot.sandbox.slack.blocks import elements_of
from bot.sandbox.slack.shape import Json

# block_id -> action_id -> what stands in it
Values = dict[str, dict[str, Json]]


def _same(field: str, initial: str) -> Callable[[Json], Json]:
    return lambda element: {field: element.get(initial)}


def _list(field: str, initial: str) -> Callable[[Json], Json]:
    return lambda element: {field: list(element.get(initial, []))}


_INITIALLY: Mapping[str, Callable[[Json], Json]] = {
    "checkboxes": _list("selected_options", "initial_options"),
    "radio_buttons": _same("selected_option", "initial_option"),
    "static_select": _same("selected_option", "initial_option"),
    "external_select": _same("selected_option", "initial_option"),
    "users_select": _same("selected_user", "initial_user"),
    "conversations_select": _same("selected_conversation", "initial_conversation"),
    "channels_select": _same("selected_channel", "initial_channel"),
    "multi_static_select": _list("selected_options", "initial_options"),
    "multi_external_select": _list("selected_options", "initial_options"),
    "multi_users_select": _list("selected_users", "initial_users"),
    "multi_conversations_select": _list("selected_conversations", "initial_conversations"),
    "multi_channels_select": _list("selected_channels", "initial_channels"),
    "datepicker": _same("selected_date", "initial_date"),
    "timepicker": _same("selected_time", "initial_time"),
    "datetimepicker": _same("selected_date_time", "initial_date_time"),
    "plain_text_input": _same("value", "initial_value"),
    "email_text_input": _same("value", "initial_value"),
    "url_text_input": _same("value", "initial_value"),
    "number_input": _same("value", "initial_value"),
    "rich_text_input": _same("rich_text_value", "initial_value"),
    "file_input": _list("files", "initial_files"),
}


def keeps_state(element: Json) -> bool:
    """Whether something stands in this element; nothing stands in a button."""
    return element["type"] in _INITIALLY


def field_of(element: Json) -> str:
    """The name under which the state of this element is delivered, such as `selected_option`."""
    return next(iter(_INITIALLY[element["type"]]({})))


def entry(element: Json, value: Any) -> Json:
    """The state of an element in which `value` stands."""
    return {"type": element["type"], field_of(element): value}


def initial_values(blocks: Sequence[Json], kept: Values | None = None) -> Values:
    """What stands in these blocks: what is `kept` from before under the same ids, else what they come with."""
    values: Values = {}
    for block, element in stateful(blocks):
        block_id, action_id = block["block_id"], element["action_id"]
        before = (kept or {}).get(block_id, {}).get(action_id)
        if before is None or before["type"] != element["type"]:
            before = {"type": element["type"], **_INITIALLY[element["type"]](element)}
        values.setdefault(block_id, {})[action_id] = before
    return values


def stateful(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Every element in which something can stand, with its block."""
    for block in blocks:
        for element in elements_of(block):
            if keeps_state(element):
                yield block, element
