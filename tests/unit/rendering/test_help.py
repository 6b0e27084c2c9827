"""The first words, the help, and the word that is none."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.help import HelpEntry, help_message, unknown_word, welcome
from bot.rendering.problem import problem, reference_of, unknown_problem
from tests.unit.rendering.screen import buttons_of, read_message

CONNECT = "https://daybook.test/connect/google?link=token"


def entries(count: int) -> list[HelpEntry]:
    return [HelpEntry(f"word{number}", f"Word {number}", f"word{number} 30m", "does it") for number in range(count)]


def test_a_newcomer_is_told_the_one_thing_to_do() -> None:
    assert read_message(welcome(CONNECT)) == [
        "*Daybook keeps your calendar, bookings and Slack in step.*",
        "Start by connecting Google Calendar. It takes a minute, and you choose what is shared.",
        "[Connect Google Calendar] [What can it do?]",
        (
            "_ `/daybook slots @ana 30m tomorrow` - when Ana is free · `/daybook book` - make an appointment · "
            "`/daybook help` - everything"
        ),
    ]


def test_where_nothing_can_be_connected_no_button_says_so() -> None:
    assert buttons_of(welcome("")) == {"What can it do?": "help everything"}


def test_help_shows_seven_and_names_the_rest_in_one_line() -> None:
    message = help_message(entries(9))
    assert list(buttons_of(message)) == [f"Word {number}" for number in range(7)]
    assert read_message(message)[-2] == "_ Also: `/daybook word7` · `/daybook word8`"


def test_every_entry_has_an_example_and_a_button_that_does_the_same() -> None:
    assert read_message(help_message(entries(1))) == [
        "*What Daybook can do*",
        "`/daybook word0 30m`",
        "does it [Word 0]",
        (
            "_ Answers are for you alone unless you share them. "
            "In messages to Daybook, write the same without `/daybook`. "
            "Questions, or something wrong? Ask whoever runs Daybook in this workspace."
        ),
    ]


def test_help_names_where_support_is_written_to() -> None:
    lines = read_message(help_message(entries(1), "mailto:help@acme.test"))
    assert lines[-1].endswith("Questions, or something wrong? <mailto:help@acme.test|Write to support>.")


def test_a_misspelt_word_gets_the_nearest() -> None:
    message = unknown_word("statsu", "status", "status now")
    assert read_message(message) == ["Daybook does not know *statsu*. Did you mean *status*?", "[Status] [Help]"]
    assert buttons_of(message) == {"Status": "status now", "Help": "help everything"}


@pytest.mark.parametrize("typed", ["hlep", "halp", "helpp"])
def test_help_misspelt_has_one_button_for_help(typed: str) -> None:
    message = unknown_word(typed, "help", f"help {typed}")
    assert read_message(message) == [f"Daybook does not know *{typed}*. Did you mean *help*?", "[Help]"]


def test_words_too_many_for_a_button_are_left_out_of_it() -> None:
    assert buttons_of(unknown_word("slotz", "slots", "slots " + "x" * 2000))["Slots"] == "slots"
    assert buttons_of(unknown_word("slotz", "slots", "slots " + "x" * 1994))["Slots"] == "slots " + "x" * 1994


# fault 47
@given(
    typed=st.text(min_size=1),
    nearest=st.sampled_from(["", "help", "slots", "status"]),
    rest=st.text(max_size=200),
    times=st.integers(min_value=1, max_value=40),
)
def test_whatever_is_typed_slack_takes_the_answer(typed: str, nearest: str, rest: str, times: int) -> None:
    meant = f"{nearest} {rest * times}".strip() if nearest else ""
    assert read_message(unknown_word(typed, nearest, meant))[0].startswith("Daybook does not know *")


# fault 46
def test_a_word_that_wants_to_be_a_mention_is_shown_literally() -> None:
    assert "&lt;!channel&gt;" in unknown_word("<!channel>", "", "").text


# fault 46
def test_a_problem_that_names_something_foreign_shows_it_literally() -> None:
    assert problem("*Family* <!here> is gone.").text == "∗Family∗ &lt;!here&gt; is gone."


def test_a_failure_of_ours_gives_a_reference_to_tell() -> None:
    message = unknown_problem("7F3K2")
    assert message.text.endswith("If it keeps happening, tell us reference 7F3K2.")


def test_a_reference_is_five_letters_that_can_be_read_out() -> None:
    assert reference_of(UUID(int=0)) == "00000"
    assert reference_of(UUID(int=2**128 - 1)) == "ZZZZZ"
