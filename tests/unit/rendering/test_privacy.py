"""What Daybook says of itself: what it stores, who sees it, how it goes away."""

from bot.rendering.privacy import privacy_message
from bot.rendering.text import CUT
from tests.unit.rendering.screen import read_message


def test_it_says_what_is_stored_who_sees_it_and_how_it_goes() -> None:
    lines = read_message(privacy_message())
    assert [line for line in lines if line.startswith("*") and line.endswith("*")] == [
        "*What Daybook stores of you*",
        "*Who sees what*",
        "*How it goes away*",
    ]


def test_nothing_of_it_is_cut_off() -> None:  # fault 47
    assert [line for line in read_message(privacy_message()) if line.endswith(CUT)] == []
