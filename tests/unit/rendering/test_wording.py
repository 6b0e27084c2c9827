"""The small words of many screens."""

import pytest

from bot.rendering.wording import were


@pytest.mark.parametrize(
    ("number", "told"), [(0, "No contact was"), (1, "1 contact was"), (2, "2 contacts were"), (41, "41 contacts were")]
)
def test_what_was_done_to_things_begins_with_how_many(number: int, told: str) -> None:
    assert were(number, "contact") == told
