"""What is posted fits one message of Slack's, and whatever is left of it still belongs together."""

from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.blocks import MESSAGE_CHARACTERS, actions, button, context, section, size
from bot.rendering.posting import long_message, posted
from bot.rendering.surfaces import Block, Message
from tests.unit.rendering.screen import read_blocks

TEN_LINES = "\n".join(["x" * 99] * 10)
FOOTER = actions(button("Another day", "another_day"))


def a_day(number: int) -> list[Block]:
    """A paragraph of ten lines, a thousand characters, with a button below it."""
    return [section(f"Day {number}\n{TEN_LINES}"), actions(button(f"Book {number}", f"book_slot:{number}"))]


def days(number: int) -> list[Block]:
    return [block for one in range(number) for block in a_day(one)]


def test_what_fits_is_posted_as_it_is() -> None:
    message = long_message("A few days", days(3), [FOOTER])
    assert posted(message) == (*days(3), FOOTER)


# fault 47
def test_what_does_not_fit_is_cut_by_whole_paragraphs_and_what_stays_is_below() -> None:
    late = context("Family was last read 3 hours ago; newer events are unknown.")
    shown = read_blocks(posted(long_message("Many days", days(15), [late, FOOTER])))
    assert [line for line in shown if line.startswith(("Day", "[Book"))] == [
        line for number in range(9) for line in (f"Day {number}", f"[Book {number}]")
    ]
    assert shown[-3:] == [
        "_ +66 more",
        "_ Family was last read 3 hours ago; newer events are unknown.",
        "[Another day]",
    ]


def test_of_one_long_row_of_buttons_as_many_stay_as_fit() -> None:
    times = [actions(button(f"{number}", f"book_slot:{number}", value="x" * 1500)) for number in range(10)]
    shown = read_blocks(posted(long_message("One day", [section("Tuesday"), *times], [FOOTER])))
    assert shown == ["Tuesday", *(f"[{number}]" for number in range(7)), "_ +3 more", "[Another day]"]


def test_what_stays_gives_way_where_it_is_too_much_by_itself() -> None:
    menu = actions(*(button(f"{number}", f"run:{number}", value="x" * 2000) for number in range(6)))
    assert read_blocks(posted(long_message("A day", [section("Tuesday")], [menu, FOOTER]))) == [
        "Tuesday",
        "[Another day]",
    ]


# fault 47
@given(
    paragraphs=st.lists(st.tuples(st.text(max_size=60), st.integers(1, 50), st.integers(0, 3)), max_size=12),
    ends=st.integers(0, 3),
)
def test_whatever_is_posted_no_button_stands_under_another_paragraph(
    paragraphs: list[tuple[str, int, int]], ends: int
) -> None:
    units = [
        [section(f"{number} {text * times}"), *[FOOTER] * rows] for number, (text, times, rows) in enumerate(paragraphs)
    ]
    blocks = [block for unit in units for block in unit]
    shown = posted(Message("All", (*blocks, *[context("last")] * ends), ends=ends))
    assert size(shown) <= MESSAGE_CHARACTERS
    whole = [unit for unit in units if unit[0] in shown]
    kept = [block for unit in whole for block in unit]
    more = len(kept) < len(blocks)
    assert list(shown[: len(kept)]) == kept
    assert len(shown) == len(kept) + more + ends
