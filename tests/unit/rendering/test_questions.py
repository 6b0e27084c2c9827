"""The questions that people ask: found by words, and the same here as in the guide."""

from pathlib import Path

import pytest

from bot.rendering.questions import QUESTIONS, found_questions, no_question, questions_message
from tests.unit.rendering.screen import buttons_of, read_message

GUIDE = Path(__file__).parents[3] / "docs" / "questions.md"


def in_markdown() -> str:
    """The catalogue as the guide has it."""
    parts = [f"## {one.asked}\n\n{one.answer}\n" for one in QUESTIONS]
    return "\n".join(["# Questions\n", *parts])


def test_the_guide_says_what_slack_says() -> None:
    assert GUIDE.read_text() == in_markdown()


@pytest.mark.parametrize("question", QUESTIONS, ids=[one.asked for one in QUESTIONS])
def test_every_answer_is_two_to_four_sentences(question: object) -> None:
    [asked] = [one for one in QUESTIONS if one is question]
    assert 2 <= asked.answer.replace("e.g.", "").count(". ") + 1 <= 4
    assert asked.answer.endswith(".")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("can i change the option later", "Can I change the option later?"),
        ("free events", "Why does a Free event not block?"),
        ("titles", "Who sees my titles?"),
        ("disconnect", "What is erased when I disconnect?"),
        ("colleague", "Why is my colleague not free?"),
        ("two-way contacts", "What does two-way do to my contacts?"),
        ("how fast", "How fast do changes arrive?"),
        ("slow", "How fast do changes arrive?"),
        ("undo", "Can I undo?"),
        ("who can see my digest", "Who can see my digest?"),
        ("how do i stop the digest", "How do I stop a digest?"),
        ("when do you remind me", "When am I reminded?"),
        ("how do i turn off reminders", "When am I reminded?"),
        ("why is there no picture", "Where is the picture of my week?"),
        ("delete my data", "How do I have my data erased?"),
        ("remove my account", "What is erased when I disconnect?"),
        ("24 hours", "Can I have 12 or 24 hours?"),
        ("week starts on sunday", "Can I have 12 or 24 hours?"),
        ("am pm clock", "Can I have 12 or 24 hours?"),
        ("zoom is down", "What happens when Google or Zoom is down?"),
    ],
)
def test_words_find_the_question_that_they_are_about(typed: str, first: str) -> None:
    assert found_questions(typed)[0].asked == first


@pytest.mark.parametrize("typed", ["", "the", "pizza", "?!", "<!here>", "x" * 10_000])
def test_words_that_no_question_has_find_none(typed: str) -> None:
    assert found_questions(typed) == []


def test_a_few_questions_are_shown_with_the_way_to_all() -> None:
    message = questions_message(found_questions("undo"))
    assert message.text == "Can I undo?"
    assert list(buttons_of(message)) == ["All questions", "Status", "Help"]
    assert read_message(message)[0] == "*Can I undo?*"


def test_all_questions_fit_into_one_message() -> None:
    message = questions_message()
    assert len(read_message(message)) == 2 * len(QUESTIONS) + 1
    assert buttons_of(message) == {"Status": "status", "Help": "help everything"}


def test_words_that_find_nothing_are_told_literally() -> None:
    message = no_question("<!channel> *pizza*")
    assert read_message(message)[0] == "No answer is about *&lt;!channel&gt; ∗pizza∗*."
    assert buttons_of(message)["All questions"] == "help questions"
