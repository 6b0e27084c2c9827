"""Colleagues found by what they are called, in words that are read as a command."""

from uuid import UUID

import pytest

from bot.domain.named_people import Called, called
from bot.domain.slots_request import is_own_word, parse_slots_request
from tests.unit.rendering.answers import a_person

NAMES = ("Ana Diaz", "Ana Lopez", "May", "Frieda", "Jean Paul de Vries", "Jörg Müller")
PEOPLE = [a_person(UUID(int=number), name, "Europe/Berlin") for number, name in enumerate(NAMES, start=1)]
ANA, LOPEZ = PEOPLE[:2]


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("frieda tomorrow", "<@U4> tomorrow"),
        ("Frieda, 30m fri", "<@U4> 30m fri"),
        ("ana lopez and frieda 1h next week", "<@U2> and <@U4> 1h next week"),
        ("@frieda today", "<@U4> today"),
        ("jean paul de vries tue 15:00", "<@U5> tue 15:00"),
        ("jean tomorrow", "<@U5> tomorrow"),
        ("JÖRG müller any", "<@U6> any"),
        ("may 3", "may 3"),
        ("@may 3 dec", "<@U3> 3 dec"),
        ("<@U9|zoe> frieda", "<@U9|zoe> <@U4>"),
        ("zoe tomorrow", "zoe tomorrow"),
        ("2026-12-01..2026-12-05", "2026-12-01..2026-12-05"),
        ("", ""),
    ],
)
def test_a_name_is_marked_up_unless_the_word_says_when(words: str, marked: str) -> None:
    assert called(words, PEOPLE, is_own_word) == Called(marked)


def test_what_was_marked_up_is_understood_like_a_command() -> None:
    request = parse_slots_request(called("ana lopez frieda 1h tomorrow", PEOPLE, is_own_word).text)
    assert (request.members, request.minutes, request.when) == (("U2", "U4"), 60, "tomorrow")


def test_a_name_that_two_have_is_asked_about_with_the_words_of_each() -> None:
    assert called("frieda ana tomorrow", PEOPLE, is_own_word) == Called(
        "frieda ana tomorrow", "ana", ((ANA, "<@U4> <@U1> tomorrow"), (LOPEZ, "<@U4> <@U2> tomorrow"))
    )


def test_a_whole_name_goes_before_anothers_first_name() -> None:
    short = a_person(UUID(int=7), "Ana", "Europe/Berlin")
    assert called("ana today", (*PEOPLE, short), is_own_word) == Called("<@U7> today")
