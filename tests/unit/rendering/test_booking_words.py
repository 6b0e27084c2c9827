"""The words that the screens of booking share."""

from typing import Any

import pytest

from bot.domain.appointments import Where
from bot.rendering.booking_words import join_button


@pytest.mark.parametrize(
    "address",
    ["", "http://zoom.example.test/j/1", "http://127.0.0.1:8080/j/1", "javascript:alert(1)", f"https://{'x' * 3000}"],
)
def test_only_an_https_address_that_slack_takes_is_a_way_into_a_call(address: str) -> None:
    assert join_button(address, Where.ZOOM, "join") is None


@pytest.mark.parametrize(("where", "label"), [(Where.ZOOM, "Join Zoom"), (Where.MEET, "Join Meet")])
def test_the_way_into_a_call_is_called_after_its_provider(where: Where, label: str) -> None:
    shown: Any = join_button("https://zoom.example.test/j/1?pwd=a_b", where, "join")
    assert (shown["text"]["text"], shown["url"]) == (label, "https://zoom.example.test/j/1?pwd=a_b")
