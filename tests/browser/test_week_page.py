"""The page of a week in a real browser: on a phone the picture scrolls, and the text does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.rendering.week.page import render_week_page
from tests.browser.chromium import CHROMIUM, Open, browsing
from tests.week_builders import event, own_week

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    with browsing(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def test_on_a_phone_the_text_is_as_wide_as_the_screen_and_the_picture_scrolls(browser: Open, tmp_path: Path) -> None:
    page = tmp_path / "week.html"
    page.write_text(render_week_page(own_week(event("Tue 9:00-9:30", "Ben\u2019s birthday"))), encoding="utf-8")
    tab = browser(page.as_uri())
    tab.is_as_wide_as(390)
    assert tab.tells("document.documentElement.scrollWidth") == 390
    assert tab.tells("document.querySelector('main').getBoundingClientRect().right") <= 390
    assert tab.tells("(p => p.scrollWidth > p.clientWidth)(document.querySelector('.picture'))")
