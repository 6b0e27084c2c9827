"""Foreign text for the picture: what the fonts can draw of it, in lines that fit."""

import re
import unicodedata

from bot.rendering.text import CUT, clean
from bot.rendering.week.font import Font

TITLE = 80
# What is left of a line is not begun with less than about so many letters' width, counted in sizes.
_FEW_LETTERS = 2
# A comma that did not go into the line of its word would stand by itself.
_STRAY = re.compile(r"^[,;:.!?](?= )")
_PIECE = re.compile(r" |(?<=-)")
ELSEWHERE = "(see text)"
"""Stands for a title in a script that the fonts lack; the text below the picture has it."""


def drawable(text: str, font: Font, *, empty: str = "(no title)") -> str:
    """The text without what would become an empty box.

    Signs and emoji that the fonts lack are left out; for words the cut sign stands, and for nothing but such words
    `ELSEWHERE`.
    """
    kept: list[str] = []
    lost_words = False
    for letter in clean(text, limit=TITLE, empty=empty):
        if letter == " " or font.has(letter):
            kept.append(letter)
        elif unicodedata.category(letter)[0] in "LN":
            lost_words = True
            if kept[-1:] != [CUT]:
                kept.append(CUT)
    line = " ".join("".join(kept).split())
    if any(letter.isalnum() for letter in line):
        return line
    return ELSEWHERE if lost_words else line.strip(CUT + " ") or empty


def cut(text: str, width: float, size: float, font: Font, *, is_bold: bool = False) -> str:
    """The text up to a width, with a sign where it was cut; empty where not even one letter fits."""
    if font.width(text, size, is_bold=is_bold) <= width:
        return text
    kept = text
    while kept and font.width(kept.rstrip() + CUT, size, is_bold=is_bold) > width:
        kept = kept[:-1]
    kept = kept.rstrip()
    return kept + CUT if kept else ""


def wrapped(text: str, width: float, size: float, font: Font, *, most: int, first: float = 0.0) -> tuple[str, ...]:
    """The text in at most so many lines; the first begins `first` to the right, and the last is cut where it must be.

    Words are kept whole where a line can hold them, or broken behind a hyphen, so that the first line may stay empty.
    """
    made: list[str] = []
    rest = text
    if first and most > 1 and _begins_below(text, width, size, font, first):
        made.append("")
    while rest and len(made) < most:
        room = width - (0.0 if made else first)
        if len(made) == most - 1:
            made.append(cut(rest, room, size, font))
            break
        line = _line(rest, room, size, font)
        made.append(line.rstrip())
        rest = _STRAY.sub("", rest[len(line) :]).lstrip()
    return tuple(made) if any(made) else ()


def _begins_below(text: str, width: float, size: float, font: Font, first: float) -> bool:
    """Whether the first word is whole in a line of its own and would not be beside what stands there already."""
    word = _PIECE.split(text, maxsplit=1)[0]
    needed = font.width(word, size)
    return width - first < needed and (needed <= width or width - first < _FEW_LETTERS * size)


def _line(text: str, width: float, size: float, font: Font) -> str:
    """As much of the text as goes into a line, up to the end of a word if it can be; at least a letter."""
    fits = 0
    used = 0.0
    for letter in text:
        used += font.width(letter, size)
        if used > width:
            break
        fits += 1
    if fits == len(text):
        return text
    space, hyphen = text.rfind(" ", 0, fits + 1), text.rfind("-", 0, fits)
    end = max(space, hyphen)
    return text[: end + 1] if end > 0 else text[: max(fits, 1)]
