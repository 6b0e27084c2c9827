"""Foreign text is shown as it is, and nothing comes of it."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.rendering.text import clean, slack_date, user_text

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


# fault 46
@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("Board call", "Board call"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("<@U1>", "&lt;@U1&gt;"),
        ("<https://evil.test|Your bank>", "&lt;https://evil.test|Your bank&gt;"),
        ("R&D &amp; more", "R&amp;D &amp;amp; more"),
        ("*now* _or_ ~never~", "∗now∗ ˍorˍ ∼never∼"),
        ("`rm`", "ˋrmˋ"),
        ("> quoted", "› quoted"),
        ("snake_case and 2*3", "snake_case and 2*3"),
        (":boom: at 10:30:00", "꞉boom: at 10꞉30:00"),
        ("two\nlines\tand   gaps", "two lines and gaps"),
        ("NUL\x00 and bell\x07", "NUL and bell"),
        ("abc\u202egpj.exe", "abcgpj.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("half \ud83d surrogate", "half surrogate"),
        ("👩‍👩‍👧 family", "👩‍👩‍👧 family"),
        ("a\u200db", "ab"),
        ("نامه‌ای", "نامه‌ای"),
        ("Jürgen Ørsted 王", "Jürgen Ørsted 王"),
    ],
)
def test_foreign_text_is_shown_literally(foreign: str, shown: str) -> None:
    assert user_text(foreign) == shown


@pytest.mark.parametrize("nothing", ["", " ", "\n\t", "\u200b\u200b", BIDI, "\x00", "\u200d"])
def test_text_with_nothing_to_see_says_so(nothing: str) -> None:
    assert user_text(nothing, empty="(no title)") == "(no title)"


def test_long_text_is_cut_and_marked() -> None:
    assert user_text("a long title", limit=7) == "a long…"


def test_a_cut_never_leaves_half_an_entity() -> None:
    assert user_text("a&b&c", limit=8) == "a&amp;b…"


def test_a_cut_never_parts_a_letter_from_its_accent() -> None:
    assert clean("cafe\u0301 au lait", limit=5) == "caf…"


def test_ten_thousand_characters_are_cut() -> None:
    assert len(user_text("x" * 10_000)) == 150


# fault 46
@given(st.text(max_size=300), st.integers(min_value=12, max_value=200))
@example("<!here|x>", 12)
@example("*" * 300, 12)
@example("e" + "\u0301" * 300, 12)
def test_no_text_whatever_makes_a_mention_a_link_or_a_format(foreign: str, limit: int) -> None:
    shown = user_text(foreign, limit=limit)
    assert 0 < len(shown) <= limit
    assert not set(shown) & set("<>`\x00\n" + BIDI)
    assert re.fullmatch(r"(?:[^&]|&(?:amp|lt|gt);)*", shown)
    assert not re.search(r"(?<!\w)[*_~]|[*_~](?!\w)", shown)
    assert not shown.startswith("&gt;")


# fault 46
@given(st.text(max_size=300), st.integers(min_value=12, max_value=200))
def test_plain_text_is_one_clean_line_that_fits(foreign: str, limit: int) -> None:
    shown = clean(foreign, limit=limit)
    assert 0 < len(shown) <= limit
    assert "\n" not in shown
    assert shown.encode()


def test_a_time_is_shown_in_each_readers_zone() -> None:
    at = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    shown = slack_date(at, form="{date_short_pretty} {time}", fallback="Tue 24 Nov, 15:00 Berlin")
    assert shown == "<!date^1795528800^{date_short_pretty} {time}|Tue 24 Nov, 15:00 Berlin>"


def test_a_fallback_cannot_end_the_token() -> None:
    at = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert slack_date(at, form="{time}", fallback="a|b> <!channel>") == "<!date^1795528800^{time}|a/b !channel>"
