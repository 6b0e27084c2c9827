"""Holds anything that is shown to Slack's rules, and to ours: foreign text is literal, every button is answered."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.rendering.blocks import MESSAGE_CHARACTERS, size
from bot.rendering.form_trouble import Trouble
from bot.rendering.names import base_name
from bot.rendering.posting import posted
from bot.rendering.surfaces import Block, HomeView, Message, Modal, modal_of
from bot.sandbox.slack.blocks import elements_of, findings_of
from bot.sandbox.slack.composition import OPTION
from bot.sandbox.slack.elements import ELEMENTS
from bot.sandbox.slack.refusal import Refusal
from bot.sandbox.slack.views import check_view
from handlers.registry import Kind
from tests.integration.matrix_table import TABLE
from tests.unit.rendering.strategies.texts import CALLS, MARKS

MOST_TEXT = 4000
"""Slack takes ten times as much and asks for no more than this."""
MOST_OPTIONS = 100
MOST_BUTTONS = 5
"""In one row; on a phone each beyond is another line."""
_AT_ONCE = 50
_OURS = re.compile(
    r"<(?:!date\^[0-9]+\^[^<>|]*\|[^<>]*|@[UW]0[0-9A-F]+|#[CG]0[A-Z]+(?:\|[^<>|]*)?|https://[^<>|\s]+\|[^<>|]+)>"
)
"""Times, mentions and links as renderers write them."""
_EMOJI = re.compile(r":[a-z][a-z_+-]*:")
QUIET_SIGNS = (":warning:",)
"""Emoji that stand ahead of words which say the same."""
_FENCED = re.compile(r"```\n.*?\n```", re.DOTALL)
_JOINERS = "\u200c\u200d"
_TYPED = ("initial_value", "private_metadata", "value", "url")
_ANSWERED = {kind: {name for of, name in TABLE if of is kind} for kind in Kind}


def faults_of(shown: object) -> list[str]:
    """What Slack would refuse of it, and what a person would suffer from; `shown` is what a renderer returned."""
    return [fault for surface in _surfaces(shown) for fault in _judged(surface)]


def _surfaces(shown: object) -> Iterator[object]:
    if isinstance(shown, list | tuple) and not (shown and isinstance(shown[0], dict)):
        for one in shown:
            yield from _surfaces(one)
    elif not isinstance(shown, bool):
        yield shown


def _judged(shown: object) -> Iterator[str]:
    match shown:
        case Message():
            yield from map(str, findings_of(list(shown.blocks), "message"))
            yield from _posted(posted(shown))
            yield from _refused(modal_of(shown).payload())
            yield from _said(shown.text)
            yield from _inside(shown.blocks)
        case Modal():
            yield from _refused(shown.payload())
            if shown.submit and shown.callback_id not in _ANSWERED[Kind.VIEW]:
                yield f"nobody answers the form {shown.callback_id}"
            yield from _inside([shown.payload()])
        case HomeView():
            yield from _refused(shown.payload())
            yield from _inside(shown.blocks)
        case Trouble(text=text):
            yield from _said(text)
        case str():
            yield from _described(shown)
        case list() | tuple():
            yield from _pieces(list(shown))
        case _:
            yield f"nobody knows how to judge a {type(shown).__name__}"


def _posted(blocks: Sequence[Block]) -> Iterator[str]:
    """Whatever is said may come to be said by a message of its own, of which Slack takes only so much."""
    yield from map(str, findings_of(list(blocks), "message"))
    if size(blocks) > MESSAGE_CHARACTERS:
        yield f"the message has {size(blocks)} characters"


def _refused(view: Any) -> Iterator[str]:
    try:
        check_view(view)
    except Refusal as refusal:
        yield str(refusal)


def _said(text: str) -> Iterator[str]:
    if not text.strip():
        yield "nothing is said to a screen reader"
    if len(text) > MOST_TEXT:
        yield f"the text has {len(text)} characters"
    yield from _leaks(text)
    yield from _invisible(text)


def _described(alt_text: str) -> Iterator[str]:
    if not 0 < len(alt_text.strip()) <= len(alt_text) <= 2000:
        yield f"the picture is described in {len(alt_text)} characters"
    yield from _invisible(alt_text)


def _pieces(pieces: Sequence[Any]) -> Iterator[str]:
    """Blocks that a screen puts among others, options, or elements of a row."""
    if all("type" not in piece for piece in pieces):
        yield from (str(finding) for at, piece in enumerate(pieces) for finding in OPTION(piece, f"/options/{at}"))
        if len(pieces) > MOST_OPTIONS:
            yield f"{len(pieces)} options"
    else:
        blocks = [{"type": "actions", "elements": pieces}] if pieces[0]["type"] in ELEMENTS else pieces
        for first in range(0, len(blocks), _AT_ONCE):
            yield from map(str, findings_of(blocks[first : first + _AT_ONCE], "modal"))
        yield from _inside(blocks)
    yield from _texts(pieces)


def _inside(blocks: Sequence[Any]) -> Iterator[str]:
    yield from _texts(blocks)
    for block in blocks:
        if "blocks" in block:
            yield from _answered(block["blocks"])
    yield from _answered([block for block in blocks if "blocks" not in block])


def _answered(blocks: Sequence[Any]) -> Iterator[str]:
    for block in blocks:
        elements = [one for one in elements_of(block) if one["type"] != "image"]
        buttons = sum(one["type"] == "button" for one in elements)
        if buttons > MOST_BUTTONS:
            yield f"{buttons} buttons in a row"
        for element in elements:
            name = base_name(element["action_id"])
            tells = block["type"] != "input" or block.get("dispatch_action")
            if tells and name not in _ANSWERED[Kind.ACTION]:
                yield f"nobody answers {name}"
            if element["type"].endswith("external_select") and name not in _ANSWERED[Kind.OPTIONS]:
                yield f"nobody looks up what is typed for {name}"


def _texts(value: Any) -> Iterator[str]:
    """Every text of it, however deep; what somebody typed comes back to him as it was."""
    if isinstance(value, Mapping):
        if value.get("type") == "mrkdwn":
            yield from _leaks(value["text"])
            if not value.get("verbatim"):
                yield "Slack would make links of foreign text"
        for name, part in value.items():
            if name not in _TYPED:
                yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield from _invisible(value)


def _leaks(mrkdwn: str) -> Iterator[str]:
    # Within a fence of ours nothing is bold; mentions and links mean something even there.
    loose = _FENCED.sub("", mrkdwn)
    yield from (f"{leak!r} would mean something" for leak in (*CALLS, *MARKS) if leak in loose)
    yield from (f"{leak!r} would mean something in a fence" for leak in CALLS if leak in mrkdwn)
    yield from (f"{emoji} is there" for emoji in _EMOJI.findall(loose) if emoji not in QUIET_SIGNS)
    if "<" in (rest := _OURS.sub("", mrkdwn)):
        yield f"a mark of Slack's that is none of ours, in {rest[:60]!r}"


def _invisible(text: str) -> Iterator[str]:
    for letter in {one for one in text if not one.isprintable()} - {"\n", *_JOINERS}:
        yield f"{unicodedata.name(letter, hex(ord(letter)))} is in {text[:60]!r}"
