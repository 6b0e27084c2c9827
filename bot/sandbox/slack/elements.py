"""Slack's block elements: which fields each has, their limits, and in which blocks it may stand."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.slack.composition import (
    CONFIRM,
    DATE,
    DISPATCH,
    FILTER,
    OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    RICH_OPTION,
    SLACK_FILE,
    TIME,
    URL,
    WEB_URL,
    initially_offered,
    plain,
    unlike_values,
)
from bot.sandbox.slack.shape import (
    Check,
    Finding,
    anything,
    array,
    boolean,
    exactly_one,
    integer,
    one_of,
    record,
    string,
)

_ID = string(255)
_USER = string(255, like=r"[UW][A-Z0-9]+", named="user id")
_CONVERSATION = string(255, like=r"[CDG][A-Z0-9]+", named="conversation id")
_ACTING: Mapping[str, Check] = {"action_id": _ID, "confirm": CONFIRM}
_FOCUSED: Mapping[str, Check] = {**_ACTING, "focus_on_load": boolean}
_CHOOSING: Mapping[str, Check] = {**_FOCUSED, "placeholder": plain(150)}
_TYPING: Mapping[str, Check] = {
    "action_id": _ID,
    "placeholder": plain(150),
    "focus_on_load": boolean,
    "dispatch_action_config": DISPATCH,
}
_SEVERAL: Mapping[str, Check] = {"max_selected_items": integer(1, 100)}
_OPTIONS = array(OPTION, most=100)
_STATIC: Mapping[str, Check] = {"options": _OPTIONS, "option_groups": array(OPTION_GROUP, most=100)}
_EITHER = exactly_one("options", "option_groups")
_NUMBER = string(64, like=r"-?\d+(\.\d+)?", named="number")


def _element(kind: str, required: Mapping[str, Check], optional: Mapping[str, Check], *further: Check) -> Check:
    return record({"type": one_of(kind), **required}, optional, *further)


def _lengths_in_order(element: Any, at: str) -> Iterator[Finding]:
    if element.get("min_length", 0) > element.get("max_length", 3000):
        yield Finding("min_length must not be greater than max_length", at)


def _chooser(kind: str, **initial: Check) -> Check:
    return _element(kind, {}, {**_CHOOSING, **initial})


def _several(kind: str, **initial: Check) -> Check:
    return _element(kind, {}, {**_CHOOSING, **_SEVERAL, **initial})


ELEMENTS: Mapping[str, Check] = {
    "button": _element(
        "button",
        {"text": plain(75)},
        {
            **_ACTING,
            "url": URL,
            "value": string(2000),
            "style": one_of("primary", "danger"),
            "accessibility_label": string(75),
        },
    ),
    "overflow": _element("overflow", {"options": array(OVERFLOW_OPTION, most=5)}, _ACTING, unlike_values),
    "image": _element(
        "image",
        {"alt_text": string(2000)},
        {"image_url": WEB_URL, "slack_file": SLACK_FILE},
        exactly_one("image_url", "slack_file"),
    ),
    "checkboxes": _element(
        "checkboxes",
        {"options": array(RICH_OPTION, most=10)},
        {**_FOCUSED, "initial_options": array(RICH_OPTION, most=10)},
        initially_offered,
        unlike_values,
    ),
    "radio_buttons": _element(
        "radio_buttons",
        {"options": array(RICH_OPTION, most=10)},
        {**_FOCUSED, "initial_option": RICH_OPTION},
        initially_offered,
        unlike_values,
    ),
    "static_select": _element(
        "static_select",
        {},
        {**_CHOOSING, **_STATIC, "initial_option": OPTION},
        _EITHER,
        initially_offered,
    ),
    "multi_static_select": _element(
        "multi_static_select",
        {},
        {**_CHOOSING, **_SEVERAL, **_STATIC, "initial_options": _OPTIONS},
        _EITHER,
        initially_offered,
    ),
    "external_select": _chooser("external_select", initial_option=OPTION, min_query_length=integer(0, 255)),
    "multi_external_select": _several(
        "multi_external_select", initial_options=_OPTIONS, min_query_length=integer(0, 255)
    ),
    "users_select": _chooser("users_select", initial_user=_USER),
    "multi_users_select": _several("multi_users_select", initial_users=array(_USER, most=100)),
    "conversations_select": _chooser(
        "conversations_select",
        initial_conversation=_CONVERSATION,
        default_to_current_conversation=boolean,
        response_url_enabled=boolean,
        filter=FILTER,
    ),
    "multi_conversations_select": _several(
        "multi_conversations_select",
        initial_conversations=array(_CONVERSATION, most=100),
        default_to_current_conversation=boolean,
        filter=FILTER,
    ),
    "channels_select": _chooser("channels_select", initial_channel=_CONVERSATION, response_url_enabled=boolean),
    "multi_channels_select": _several("multi_channels_select", initial_channels=array(_CONVERSATION, most=100)),
    "datepicker": _chooser("datepicker", initial_date=DATE),
    "timepicker": _chooser("timepicker", initial_time=TIME, timezone=string(255)),
    "datetimepicker": _element(
        "datetimepicker", {}, {**_FOCUSED, "initial_date_time": integer(1_000_000_000, 9_999_999_999)}
    ),
    "plain_text_input": _element(
        "plain_text_input",
        {},
        {
            **_TYPING,
            "initial_value": string(3000, least=0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        _lengths_in_order,
    ),
    "email_text_input": _element("email_text_input", {}, {**_TYPING, "initial_value": string(3000, least=0)}),
    "url_text_input": _element("url_text_input", {}, {**_TYPING, "initial_value": string(3000, least=0)}),
    "number_input": _element(
        "number_input",
        {"is_decimal_allowed": boolean},
        {**_TYPING, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
    ),
    "rich_text_input": _element("rich_text_input", {}, {**_TYPING, "initial_value": anything}),
    "file_input": _element(
        "file_input",
        {},
        {"action_id": _ID, "filetypes": array(string(20), most=50), "max_files": integer(1, 10)},
    ),
}

_SINGLE = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
_MULTI = tuple(f"multi_{kind}" for kind in _SINGLE)
_ANYWHERE = ("checkboxes", "radio_buttons", "datepicker", "timepicker", *_SINGLE)

IN_SECTION = ("button", "overflow", "image", *_ANYWHERE, *_MULTI)
IN_ACTIONS = ("button", "overflow", "datetimepicker", *_ANYWHERE)
IN_INPUT = (
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
    "datetimepicker",
    *_ANYWHERE,
    *_MULTI,
)


def elements(*kinds: str) -> Mapping[str, Check]:
    """The checks of these kinds."""
    return {kind: ELEMENTS[kind] for kind in kinds}
