"""No screen is too long for Slack, and nothing is cut that would come back as something else."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.blocks import actions, button, confirmation, context, divider, first_lines, fit, lines, rows, section
from bot.rendering.form_blocks import (
    Choice,
    checkboxes,
    field,
    multi_select,
    option,
    people_select,
    radio_buttons,
    select,
    text_input,
)
from bot.rendering.text import CUT


def test_a_section_is_literal_about_links() -> None:
    assert section("*Ana*", block_id="who") == {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "*Ana*", "verbatim": True},
        "block_id": "who",
    }


def test_a_button_carries_what_it_was_given() -> None:
    assert button("Connect", "open_link:1", url="https://daybook.test", primary=True) == {
        "type": "button",
        "text": {"type": "plain_text", "text": "Connect", "emoji": False},
        "action_id": "open_link:1",
        "url": "https://daybook.test",
        "style": "primary",
    }


def test_a_question_before_something_final_names_it() -> None:
    asked = confirmation("Disconnect?", "ana@acme.test is left.", yes="Disconnect")
    assert asked["confirm"] == {"type": "plain_text", "text": "Disconnect", "emoji": False}
    assert button("Disconnect", "x", danger=True, confirm=asked)["confirm"] == asked


# fault 47
@pytest.mark.parametrize(
    ("made", "at", "longest"),
    [
        (section("x" * 4000), ("text",), 3000),
        (button("x" * 400, "a"), ("text",), 75),
        (option(Choice("x" * 400, "v")), ("text",), 75),
        (field("x" * 4000, text_input("a"), block_id="b"), ("label",), 2000),
    ],
)
def test_a_text_too_long_is_cut_and_marked(made: dict[str, object], at: tuple[str], longest: int) -> None:
    text = made[at[0]]
    assert isinstance(text, dict)
    assert len(text["text"]) == longest
    assert text["text"].endswith("…")


# fault 47
def test_a_value_too_long_is_refused_because_half_of_it_is_another() -> None:
    with pytest.raises(ValueError, match="cut by nobody"):
        button("Go", "a", value="x" * 2001)
    with pytest.raises(ValueError, match="cut by nobody"):
        option(Choice("Go", "x" * 151))


def test_an_empty_text_is_refused_here_and_not_by_slack() -> None:
    with pytest.raises(ValueError, match="empty"):
        section("")


# fault 47
def test_lines_that_do_not_fit_are_counted() -> None:
    assert lines(["first", "second", "third"], limit=13) == "first\n+2 more"
    assert lines(["first", "second"], limit=12) == "first\nsecond"


# fault 47
@given(st.lists(st.text(min_size=1, max_size=60), max_size=60), st.integers(min_value=10, max_value=400))
def test_lines_always_fit(texts: list[str], limit: int) -> None:
    assert len(lines(texts, limit=limit)) <= limit


# fault 47
def test_of_many_lines_no_more_are_made_than_fit() -> None:
    made = list[int]()

    def texts() -> Iterator[str]:
        for number in range(10_000):
            made.append(number)
            yield f"event {number}"

    assert first_lines(texts(), 10_000, limit=40) == "event 0\nevent 1\nevent 2\n+9997 more"
    assert len(made) == 6


# fault 47
def test_blocks_that_do_not_fit_are_counted() -> None:
    shown = fit([divider()] * 120)
    assert len(shown) == 100
    assert shown[-1] == context("+21 more")


def test_blocks_that_fit_are_left_alone() -> None:
    assert fit([divider()] * 100) == tuple([divider()] * 100)


def test_a_quiet_line_holds_ten_texts() -> None:
    made = context(*(str(number) for number in range(12)))
    elements = made["elements"]
    assert isinstance(elements, list)
    assert [element["text"] for element in elements] == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9 10 11"]


# fault 47
@pytest.mark.parametrize(("make", "most"), [(select, 100), (radio_buttons, 10)])
def test_what_is_chosen_stays_in_a_list_that_is_too_long(make: object, most: int) -> None:
    choices = [Choice(f"Calendar {number}", str(number)) for number in range(150)]
    element = select("a", choices, chosen="149") if make is select else radio_buttons("a", choices, chosen="149")
    options = element["options"]
    assert isinstance(options, list)
    assert len(options) == most
    assert element["initial_option"] in options


# fault 47
@pytest.mark.parametrize("most", [100, 10])
def test_everything_chosen_stays_in_a_list_that_is_too_long(most: int) -> None:
    choices = [Choice(f"Calendar {number}", str(number)) for number in range(150)]
    make = multi_select if most == 100 else checkboxes
    element = make("a", choices, chosen=["3", "149"])
    options = element["options"]
    initial = element["initial_options"]
    assert isinstance(options, list)
    assert isinstance(initial, list)
    assert len(options) == most
    assert [one["value"] for one in initial] == ["3", "149"]


def test_a_choice_that_is_gone_is_not_preset() -> None:
    assert "initial_option" not in select("a", [Choice("Here", "1")], chosen="2")


def test_people_are_preset_by_their_ids() -> None:
    assert people_select("who", chosen=["U1"])["initial_users"] == ["U1"]


def test_more_buttons_than_a_row_takes_are_left_out() -> None:
    made = actions(*(button(str(number), f"a:{number}") for number in range(30)))
    elements = made["elements"]
    assert isinstance(elements, list)
    assert len(elements) == 25


# fault 47
def test_buttons_stand_five_in_a_row() -> None:
    seven = [button(str(number), f"a:{number}") for number in range(7)]
    assert rows(seven) == [actions(*seven[:5]), actions(*seven[5:])]


# fault 47
def test_a_quiet_line_holds_less_than_a_paragraph() -> None:
    assert context("x" * 3000) == context("x" * 1999 + CUT)


# fault 47
def test_of_the_people_chosen_a_hundred_stand_there_from_the_start() -> None:
    assert people_select("who", chosen=[f"U{number}" for number in range(150)])["initial_users"] == [
        f"U{number}" for number in range(100)
    ]
