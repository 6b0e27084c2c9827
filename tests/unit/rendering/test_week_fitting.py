"""Foreign titles on the picture: what the fonts can draw, in lines that fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.week.fitting import ELSEWHERE, cut, drawable, wrapped
from bot.rendering.week.font import font

FONT = font()


@pytest.mark.parametrize(
    ("title", "drawn"),
    [
        ("Kick-off", "Kick-off"),
        ("Встреча с Κώστας", "Встреча с Κώστας"),
        ("हिन्दी बैठक", "हिन्दी बैठक"),
        ("اجتماع مع الفريق", "اجتماع مع الفريق"),
        ("🎂 Ben's birthday 🎉", "Ben's birthday"),
        ("会議室で打ち合わせ", ELSEWHERE),
        ("会議 with Lee", "… with Lee"),
        ("שלום", ELSEWHERE),
        ("🎂", "(no title)"),
        ("", "(no title)"),
        ("\u202eevil\u0000 \n tab", "evil tab"),
        ("<!channel> & *x*", "<!channel> & *x*"),
    ],
)
def test_a_title_is_drawn_as_far_as_the_fonts_go(title: str, drawn: str) -> None:
    assert drawable(title, FONT) == drawn


def test_words_stay_whole_and_the_last_line_is_cut() -> None:
    assert wrapped("Dinner with Lee Chen", 69, 13, FONT, most=3, first=14) == ("Dinner", "with Lee", "Chen")
    assert wrapped("Quarter review with all", 69, 13, FONT, most=2) == ("Quarter", "review wi…")
    assert wrapped("Kick-off", 69, 13, FONT, most=1, first=14) == ("Kick-off",)
    assert wrapped("Встреча с нами", 69, 13, FONT, most=3, first=14) == ("Встреча", "с нами")
    assert wrapped("Besprechung", 85, 13, FONT, most=3, first=14) == ("", "Besprechung")
    assert wrapped("Call", 5, 13, FONT, most=1) == ()


def test_a_word_is_broken_behind_its_hyphen_and_no_comma_begins_a_line() -> None:
    assert wrapped("One-on-one Ben", 77, 13, FONT, most=2, first=14) == ("One-on-", "one Ben")
    assert wrapped("Deep work, quietly", 33, 13, FONT, most=3) == ("Deep", "work", "qui…")


@given(title=st.text(max_size=300), width=st.floats(5, 300), most=st.integers(1, 6), first=st.floats(0, 20))
def test_no_line_is_wider_than_its_room(title: str, width: float, most: int, first: float) -> None:
    drawn = drawable(title, FONT)
    assert drawn
    assert all(letter == " " or FONT.has(letter) for letter in drawn)
    lines = wrapped(drawn, width, 13, FONT, most=most, first=first)
    assert len(lines) <= most
    one = max(FONT.width(letter, 13) for letter in drawn)
    for number, line in enumerate(lines):
        # A line that has room for nothing takes one letter, so that the end is reached.
        room = max(width - (first if number == 0 else 0), one)
        assert FONT.width(line, 13) <= room


def test_a_cut_text_says_so() -> None:
    assert cut("New York", 43, 13, FONT) == "New…"
    assert cut("Berlin", 43, 13, FONT) == "Berlin"
    assert cut("Berlin", 3, 13, FONT) == ""
