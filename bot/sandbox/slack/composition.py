"""What Slack's blocks are composed of: texts, options, confirmation dialogs and filters."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.slack.shape import (
    Check,
    Finding,
    Json,
    array,
    boolean,
    by_type,
    exactly_one,
    one_of,
    record,
    string,
)

# Slack opens these and refuses the rest; a relative address is no address.
URL = string(3000, like=r"(https?://[^\s]+|(mailto|tel|slack):[^\s]+)", named="url")
WEB_URL = string(3000, like=r"https?://[^\s]+", named="url")
DATE = string(10, like=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", named="date")
TIME = string(5, like=r"([01]\d|2[0-3]):[0-5]\d", named="time")


def plain(most: int) -> Check:
    """A `plain_text` object of at most `most` characters."""
    return by_type({"plain_text": _plain(most)}, known=("mrkdwn",))


def text(most: int) -> Check:
    """A text object, plain or mrkdwn, of at most `most` characters."""
    return by_type({"plain_text": _plain(most), "mrkdwn": _mrkdwn(most)})


def _not_blank(value: Json, at: str) -> Iterator[Finding]:
    if not value["text"].strip():
        yield Finding("must be more than 0 characters", f"{at}/text")


def _plain(most: int) -> Check:
    return record({"type": one_of("plain_text"), "text": string(most)}, {"emoji": boolean}, _not_blank)


def _mrkdwn(most: int) -> Check:
    return record({"type": one_of("mrkdwn"), "text": string(most)}, {"verbatim": boolean}, _not_blank)


CONFIRM = record(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)

OPTION = record({"text": plain(75), "value": string(150)}, {"description": plain(75)})
RICH_OPTION = record({"text": text(75), "value": string(150)}, {"description": text(75)})
OVERFLOW_OPTION = record({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": URL})
OPTION_GROUP = record({"label": plain(75), "options": array(OPTION, most=100)})

FILTER = record(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), most=4),
        "exclude_bot_users": boolean,
        "exclude_external_shared_channels": boolean,
    },
)
DISPATCH = record({"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), most=2)})
SLACK_FILE = record({}, {"id": string(255), "url": WEB_URL}, exactly_one("id", "url"))


def offered(element: Json) -> list[Json]:
    """Every option of an element, out of its groups if it has groups."""
    groups: list[Json] = element.get("option_groups", [])
    return [
        *element.get("options", []),
        *(option for group in groups for option in group["options"]),
    ]


def initially_offered(element: Any, at: str) -> Iterator[Finding]:
    """What is chosen from the start has to be among the options, exactly as it stands there."""
    options = [_essence(option) for option in offered(element)]
    one, several = element.get("initial_option"), element.get("initial_options", [])
    if one is not None and _essence(one) not in options:
        yield Finding("must match one of the provided options", f"{at}/initial_option")
    for index, option in enumerate(several):
        if _essence(option) not in options:
            yield Finding("must match one of the provided options", f"{at}/initial_options/{index}")


def unlike_values(element: Any, at: str) -> Iterator[Finding]:
    """Two options with one value could not be told apart."""
    values = [option["value"] for option in offered(element)]
    if len(set(values)) < len(values):
        yield Finding("option values must be unique", at)


def _essence(option: Json) -> tuple[str, str]:
    return option["text"]["text"], option["value"]
