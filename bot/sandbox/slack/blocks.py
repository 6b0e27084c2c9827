"""Judges the blocks of a message or a view as Slack judges them, and completes what Slack completes."""

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from bot.sandbox.slack.composition import SLACK_FILE, WEB_URL, plain, text
from bot.sandbox.slack.elements import ELEMENTS, IN_ACTIONS, IN_INPUT, IN_SECTION, elements
from bot.sandbox.slack.shape import (
    Check,
    Finding,
    Json,
    anything,
    array,
    at_least_one,
    boolean,
    by_type,
    exactly_one,
    one_of,
    record,
    string,
)

Surface = Literal["message", "modal", "home"]
MOST_BLOCKS: Mapping[Surface, int] = {"message": 50, "modal": 100, "home": 100}


def _block(kind: str, required: Mapping[str, Check], optional: Mapping[str, Check], *further: Check) -> Check:
    return record({"type": one_of(kind), **required}, {"block_id": string(255), **optional}, *further)


def _unlike_actions(block: Any, at: str) -> Iterator[Finding]:
    counted = Counter(e["action_id"] for e in block["elements"] if "action_id" in e)
    for action_id, times in counted.items():
        if times > 1:
            yield Finding(f'`action_id` "{action_id}" already exists for another element', f"{at}/elements")


def _place(*kinds: str) -> Check:
    return by_type(elements(*kinds), known=ELEMENTS)


_RICH_PART = by_type(
    dict.fromkeys(("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"), anything)
)

_EVERYWHERE: Mapping[str, Check] = {
    "section": _block(
        "section",
        {},
        {
            "text": text(3000),
            "fields": array(text(2000), most=10),
            "accessory": _place(*IN_SECTION),
            "expand": boolean,
        },
        at_least_one("text", "fields"),
    ),
    "header": _block("header", {"text": plain(150)}, {}),
    "divider": _block("divider", {}, {}),
    "image": _block(
        "image",
        {"alt_text": string(2000)},
        {"image_url": WEB_URL, "slack_file": SLACK_FILE, "title": plain(2000)},
        exactly_one("image_url", "slack_file"),
    ),
    "context": _block(
        "context",
        {
            "elements": array(
                by_type(
                    {"plain_text": text(2000), "mrkdwn": text(2000), "image": ELEMENTS["image"]},
                    known=ELEMENTS,
                ),
                most=10,
            )
        },
        {},
    ),
    "actions": _block("actions", {"elements": array(_place(*IN_ACTIONS), most=25)}, {}, _unlike_actions),
    "input": _block(
        "input",
        {"label": plain(2000), "element": _place(*IN_INPUT)},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": _block("rich_text", {"elements": array(_RICH_PART, most=1000)}, {}),
}
_MARKDOWN = _block("markdown", {"text": string(12_000)}, {})
_ALERT = _block("alert", {"text": text(200)}, {"level": one_of("default", "info", "warning", "error", "success")})
_BLOCKS: Mapping[Surface, Mapping[str, Check]] = {
    "message": {**_EVERYWHERE, "markdown": _MARKDOWN},
    "modal": {**_EVERYWHERE, "alert": _ALERT},
    "home": _EVERYWHERE,
}
_KNOWN = {*_EVERYWHERE, "markdown", "alert"}


def findings_of(blocks: Any, surface: Surface, at: str = "/blocks") -> list[Finding]:
    """What Slack would say of these blocks on this surface; nothing, where they are in order."""
    each = by_type(_BLOCKS[surface], known=_KNOWN)
    found = list(array(each, most=MOST_BLOCKS[surface], least=0)(blocks, at))
    if not found:
        found += _repeated_block_ids(blocks, at)
        found += _modal_matters(blocks, surface, at)
    return found


def _repeated_block_ids(blocks: Sequence[Json], at: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            yield Finding(f'`block_id` "{block_id}" already exists', f"{at}/{index}/block_id")
        if block_id is not None:
            seen.add(block_id)


def _modal_matters(blocks: Sequence[Json], surface: Surface, at: str) -> Iterator[Finding]:
    focused = 0
    for index, block in enumerate(blocks):
        for element in elements_of(block):
            focused += element.get("focus_on_load", False)
            if surface != "modal" and ("response_url_enabled" in element or element["type"] == "file_input"):
                yield Finding("is only available in modals", f"{at}/{index}")
    if focused > 1:
        yield Finding("only one element can have focus_on_load set to true", at)


def elements_of(block: Json) -> list[Json]:
    """The elements of a block that a person can do something with, and images."""
    if block["type"] == "actions":
        return list(block["elements"])
    return [block[place] for place in ("accessory", "element") if place in block]


def completed(blocks: Sequence[Json]) -> list[Json]:
    """The blocks as Slack keeps them: every block with an id, every element with an action id."""
    return [_completed(block) for block in blocks]


def _completed(block: Json) -> Json:
    whole: Json = _with_text_flags(block)
    whole.setdefault("block_id", _short_id())
    for element in elements_of(whole):
        if element["type"] != "image":
            element.setdefault("action_id", _short_id())
    return whole


def _with_text_flags(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_text_flags(item) for item in value]
    if not isinstance(value, dict):
        return value
    copy = {name: _with_text_flags(field) for name, field in value.items()}
    if copy.get("type") == "plain_text":
        copy.setdefault("emoji", True)
    elif copy.get("type") == "mrkdwn":
        copy.setdefault("verbatim", False)
    return copy


def _short_id() -> str:
    return secrets.token_urlsafe(4)[:5]
