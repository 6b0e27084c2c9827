"""The screens in the documentation are those that Daybook shows."""

from tests.unit.rendering.screens_page import PAGE, page


def test_the_page_of_screens_is_as_they_are() -> None:
    assert PAGE.read_text() == page(), "write it anew: python -m tests.unit.rendering.screens_page"
