"""Everything on the picture can be told apart and read, without seeing a colour."""

from collections.abc import Iterator

import pytest

from bot.rendering.week import palette
from bot.rendering.week.palette import BUSY, INKS

READABLE = 4.5
VISIBLE = 3.0


def luminance(colour: str) -> float:
    """How bright a colour is, as WCAG 2 reckons."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def texts() -> Iterator[tuple[str, str]]:
    """Every text with every ground that it stands on."""
    for ink in (*INKS.values(), BUSY):
        yield from ((ink.text, ground) for ground in (ink.fill, ink.second) if ground)
    grounds = (palette.PAPER, palette.OFF, palette.NO_TIME)
    yield from ((palette.WORDS, ground) for ground in grounds)
    yield palette.QUIET, palette.PAPER
    yield palette.ON_TODAY, palette.TODAY


@pytest.mark.parametrize(("text", "ground"), sorted(set(texts())))
def test_every_text_is_readable_on_its_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= READABLE


@pytest.mark.parametrize("edge", [*(ink.edge for ink in INKS.values()), BUSY.edge, palette.NOW])
def test_every_edge_is_seen_on_the_paper(edge: str) -> None:
    assert min(contrast(edge, ground) for ground in (palette.PAPER, palette.OFF)) >= VISIBLE


def test_every_kind_has_a_letter_of_its_own_and_its_word_in_the_key() -> None:
    letters = [ink.letter for ink in INKS.values()]
    assert len(set(letters)) == len(letters)
    assert all(ink.means.startswith(f"{colour}: ") for colour, ink in INKS.items())
    assert [colour for colour, ink in INKS.items() if ink.is_hatched] == ["hatched"]
    assert [colour for colour, ink in INKS.items() if ink.is_dashed] == ["pale"]
