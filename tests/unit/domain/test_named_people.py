"""Colleagues found by what they are called, in words that are read as a command."""

import pytest

from bot.domain.named_people import Called, Named, called, with_unknown
from bot.domain.slots_request import is_own_word, parse_slots_request

NAMES = ("Ana Diaz", "Ana Lopez", "May", "Frieda", "Jean Paul de Vries", "Jörg Müller")
PEOPLE = [Named(name, f"<@U{number}>") for number, name in enumerate(NAMES, start=1)]
ANA, LOPEZ = PEOPLE[:2]


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("frieda tomorrow", "<@U4> tomorrow"),
        ("frieda's tomorrow", "<@U4> tomorrow"),
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
        ("frieda & may tomorrow afternoon", "<@U4> & may tomorrow afternoon"),
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
    short = Named("Ana", "<@U7>")
    assert called("ana today", (*PEOPLE, short), is_own_word) == Called("<@U7> today")


def test_a_contact_is_marked_up_by_his_address() -> None:
    maya = Named("Maya Ortiz", "maya@ortiz.test", "maya@ortiz.test")
    assert called("maya tue 15:00", (*PEOPLE, maya), is_own_word) == Called("maya@ortiz.test tue 15:00")


@pytest.mark.parametrize(
    ("words", "name", "nearest"),
    [
        ("freida tomorrow", "freida", ["<@U4> tomorrow"]),
        ("30m lopes fri", "lopes", ["30m <@U2> fri"]),
        ("@frida fri", "frida", ["<@U4> fri"]),
        ("zoe fri", "zoe", []),
        ("<@U4> zoe fri", "zoe", []),
    ],
)
def test_a_name_that_nobody_has_is_told_with_whoever_is_called_nearly_so(
    words: str, name: str, nearest: list[str]
) -> None:
    found = with_unknown(called(words, PEOPLE, is_own_word), PEOPLE, is_own_word)
    assert (found.is_unknown, found.name, [text for _, text in found.meanings]) == (True, name, nearest)


def test_words_go_on_without_a_name_that_nobody_has() -> None:
    found = with_unknown(called("freida 30m fri", PEOPLE, is_own_word), PEOPLE, is_own_word)
    assert found.without == "30m fri"


@pytest.mark.parametrize(
    "words", ["tomorow", "frieda tommorow", "any 30m fri", "maya@ortiz.test", "<#C1> fri", "15:00"]
)
def test_what_is_no_name_is_left_to_the_grammar(words: str) -> None:
    found = called(words, PEOPLE, is_own_word)
    assert with_unknown(found, PEOPLE, is_own_word) == found


def test_a_part_of_a_day_is_nobodys_name() -> None:
    assert with_unknown(called("frieda tomorrow afternoon", PEOPLE, is_own_word), PEOPLE, is_own_word) == Called(
        "<@U4> tomorrow afternoon"
    )
