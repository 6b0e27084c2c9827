"""The screens in the documentation are those that Daybook shows."""

from tests.unit.rendering.screens_page import PAGE, page


def test_the_page_of_screens_is_as_they_are() -> None:
    assert PAGE.read_text() == page(), "write it anew: python -m tests.unit.rendering.screens_page"


def test_reading_again_is_not_what_helps_where_a_calendar_is_not_shared_any_more() -> None:
    _, status = page().split("/daybook status", 1)
    assert "*Team holidays* cannot be read any more: it is gone, or no longer shared with you." in status
    assert "[Stop using it]" in status
    assert "sharing, " not in status.partition("Checked and found right:")[2].partition("\n")[0]
