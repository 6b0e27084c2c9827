"""Finds what a person means by words on a message or view: a button by its text, a field by its label."""

import dataclasses
import re
from collections.abc import Iterator

from bot.sandbox.slack.blocks import elements_of
from bot.sandbox.slack.forms import keeps_state
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.shape import Json
from bot.sandbox.slack.views import View

Surface = Message | View


@dataclasses.dataclass(frozen=True)
class Spot:
    """One element where it stands; `option` is the entry meant within a menu, `beside` the text it belongs to."""

    surface: Surface
    block: Json
    element: Json
    beside: str
    option: Json | None = None

    @property
    def block_id(self) -> str:
        """Of the block it stands in."""
        return str(self.block["block_id"])


def buttons(surface: Surface, label: str, near: str | None = None) -> list[Spot]:
    """The buttons with this text, and the menu entries; only those beside the text `near`, if that is given.

    The only one of a surface is near to everything that is said on it.
    """
    called = [spot for spot in _spots(surface) if _label(spot) == label]
    if near is None:
        return called
    beside = [spot for spot in called if near in _unmarked(spot.beside)]
    if not beside and len(called) == 1:
        return called if any(near in _unmarked(_text_of(block)) for block in surface.blocks) else []
    return beside


def fields(surface: Surface, label: str) -> list[Spot]:
    """The fields that a person would call so: by the whole label, else by its beginning, else by what is beside."""
    every = [spot for spot in _spots(surface) if keeps_state(spot.element)]
    wanted = _unmarked(label)
    for fits in (_is_called, _begins_with, _stands_beside):
        if found := [spot for spot in every if fits(spot, wanted)]:
            return found
    return []


def _is_called(spot: Spot, wanted: str) -> bool:
    placeholder = spot.element.get("placeholder", {}).get("text")
    own = spot.block["label"]["text"] if "label" in spot.block else spot.beside
    return wanted in (_unmarked(own), placeholder)


def _begins_with(spot: Spot, wanted: str) -> bool:
    own = spot.block["label"]["text"] if "label" in spot.block else spot.beside
    return _unmarked(own).startswith(wanted)


def _stands_beside(spot: Spot, wanted: str) -> bool:
    return wanted in _unmarked(spot.beside)


def _label(spot: Spot) -> str | None:
    if spot.option is not None:
        return str(spot.option["text"]["text"])
    return str(spot.element["text"]["text"]) if spot.element["type"] == "button" else None


def _spots(surface: Surface) -> Iterator[Spot]:
    beside = ""
    for block in surface.blocks:
        beside = _text_of(block) or beside
        for element in elements_of(block):
            if element["type"] == "overflow":
                for option in element["options"]:
                    yield Spot(surface, block, element, beside, option)
            elif element["type"] != "image":
                yield Spot(surface, block, element, beside)


def _text_of(block: Json) -> str:
    parts = [block[name]["text"] for name in ("text", "label") if isinstance(block.get(name), dict)]
    parts += [field["text"] for field in block.get("fields", ())]
    return " ".join(parts)


def _unmarked(text: str) -> str:
    return re.sub(r"[*_`~]", "", text).strip()
