"""The message that asks for somebody's days says how things stand, whatever becomes of the digest."""

from datetime import time, timedelta

import pytest

from bot.domain.digest_questions import QUESTION_LEASE
from bot.domain.digests import Digest, Level
from bot.domain.errors import ProviderBusy, ProviderDown
from bot.domain.people import Standing
from bot.rendering.digests.questions import digest_question_now
from tests.unit.rendering.answers import actor, ana, ben, cara
from tests.unit.rendering.screen import read_message
from tests.unit.usecases.digest_house import DigestHouse, PowerCut, a_wish, refusing, refusing_once

ASKS_AT_NINE = [
    "*Ana would like to show your days in #sales*: the day itself, weekdays 9:00, Berlin time.",
    (
        "Everybody in that channel would see when you are busy, and nothing of what it is. "
        "Nothing of you is shown there before you agree."
    ),
    "[Agree] [No]",
]
SHOWN = "Your days are shown in #sales (the day itself, weekdays 8:30, Berlin time): titles."
VEILED = "_ While guests or people of other organisations may read that channel, it shows busy times alone."
NOT_SHOWN = ["Your days are not shown in #sales.", "[Open digests]"]
OUT = ["You are not in the list of the digest of #sales any more. Nothing of you is shown there."]
DELETED = ["The digest of #sales was deleted. Nothing of you is shown there by it."]


def asking() -> tuple[DigestHouse, Digest]:
    """Ben was asked about titles, weekdays at 8:30, and did not answer."""
    house = DigestHouse()
    digest = house.has(agreed=False)
    house.tells()
    return house, digest


def stands(house: DigestHouse, message: str = "1") -> list[str]:
    """What the message says, but for the quiet line below the question."""
    lines = read_message(digest_question_now(house.messages.standing[message][-1]))
    return [line for line in lines if not line.startswith("_ Private events")]


def saves(house: DigestHouse, digest: Digest, *people: object, **fields: object) -> None:
    house.cases().save(actor(ana), a_wish(*people, **fields), origin="x", digest_id=digest.id)  # type: ignore[arg-type]  # members
    house.tells()


def test_an_edit_of_the_time_and_the_level_has_the_open_question_say_so_and_sends_none() -> None:
    house, digest = asking()
    saves(house, digest, at=time(9), level=Level.BUSY)
    assert stands(house) == ASKS_AT_NINE
    assert (len(house.messages.asked), len(house.messages.standing["1"])) == (1, 2)
    assert house.tells() == 0
    assert len(house.messages.standing["1"]) == 2


def test_what_is_agreed_to_then_is_what_stood_there() -> None:
    house, digest = asking()
    saves(house, digest, level=Level.BUSY)
    house.cases().answer(actor(ben), digest.id, Level.BUSY)
    house.tells()
    assert stands(house)[0].endswith("Berlin time): busy times alone.")
    saves(house, digest, level=Level.TITLES)
    assert [share.agreed for _, share in house.messages.asked] == [None, Level.BUSY]
    house.tells()
    assert stands(house) == ["Daybook asked you about the digest of #sales again: see its newer message here."]


def test_a_higher_level_is_asked_about_where_the_question_stands() -> None:
    house, digest = asking()
    saves(house, digest, level=Level.FULL)
    assert "would see your appointments and events with their titles, people and places." in stands(house)[1]
    assert len(house.messages.asked) == 1


@pytest.mark.parametrize("level", [Level.TITLES, None])
def test_an_answer_under_settings_stands_in_the_message_too(level: Level | None) -> None:
    house, digest = asking()
    house.cases().answer(actor(ben), digest.id, level)
    house.tells()
    assert stands(house) == ([SHOWN, VEILED, "[Stop showing my days]"] if level else NOT_SHOWN)


def test_a_word_that_is_taken_back_elsewhere_is_shown_as_well() -> None:
    house, digest = asking()
    for level in (Level.TITLES, None):
        house.cases().answer(actor(ben), digest.id, level)
        house.tells()
    assert stands(house) == NOT_SHOWN


def test_whoever_agreed_without_a_calendar_reads_what_to_do_there_too() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ana, cara), agreed=False)
    house.tells()
    house.cases().answer(actor(cara), digest.id, Level.TITLES)
    house.tells()
    assert stands(house) == [
        f"{SHOWN} You have no calendar connected.",
        VEILED,
        "[Connect Google Calendar] [Stop showing my days]",
    ]


@pytest.mark.parametrize("answer", ["none", "yes"])
def test_whoever_is_taken_out_reads_so_and_has_nothing_to_press(answer: str) -> None:
    house, digest = asking()
    if answer == "yes":
        house.cases().answer(actor(ben), digest.id, Level.TITLES)
    saves(house, digest, ana)
    assert stands(house) == OUT


def test_whoever_did_not_answer_and_is_back_is_asked_where_he_was() -> None:
    house, digest = asking()
    saves(house, digest, ana)
    saves(house, digest, ana, ben, at=time(9), level=Level.BUSY)
    assert (stands(house), len(house.messages.asked)) == (ASKS_AT_NINE, 1)


def test_a_deleted_digest_says_so_and_the_message_is_left_alone_from_then_on() -> None:
    house, digest = asking()
    house.cases().delete(actor(ana), digest.id)
    house.tells()
    assert stands(house) == DELETED
    assert house.store.tables.digest_questions == {}


def test_whoever_takes_it_over_is_who_asks() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ana, ben, cara), agreed=False)
    house.tells()
    house.becomes(ana, standing=Standing.DEACTIVATED)
    house.cases().take_over(actor(ben), digest.id)
    house.tells()
    assert stands(house, "2")[0].startswith("*Ben would like to show your days in #sales*")


def test_a_message_that_slack_does_not_have_any_more_is_let_go() -> None:
    house, digest = asking()
    house.messages.standing.clear()
    saves(house, digest, at=time(9))
    assert (house.store.tables.digest_questions, len(house.messages.asked)) == ({}, 1)


def test_whom_a_message_that_is_gone_would_have_asked_about_more_is_asked_by_another() -> None:
    house, digest = asking()
    house.messages.standing.clear()
    saves(house, digest, level=Level.FULL)
    assert [share.asked for _, share in house.messages.asked] == [Level.TITLES, Level.FULL]


@pytest.mark.parametrize("error", [ProviderDown("Slack did not answer."), ProviderBusy("Too many.", 30.0), KeyError()])
def test_an_edit_that_slack_did_not_take_is_made_later(error: Exception) -> None:
    house, digest = asking()
    house.messages.before = refusing(error)
    saves(house, digest, at=time(9), level=Level.BUSY)
    house.messages.before = lambda: None
    house.tells()
    assert len(house.messages.standing["1"]) == 1
    house.clock.time += QUESTION_LEASE
    house.tells()
    assert stands(house) == ASKS_AT_NINE


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_process_that_dies_around_an_edit_has_it_made_again(place: str) -> None:
    house, digest = asking()
    setattr(house.messages, place, refusing_once(PowerCut()))
    with pytest.raises(PowerCut):
        saves(house, digest, at=time(9), level=Level.BUSY)
    house.clock.time += QUESTION_LEASE
    house.tells()
    assert (stands(house), len(house.messages.asked)) == (ASKS_AT_NINE, 1)


def test_what_is_edited_while_the_question_is_sent_is_said_right_after() -> None:
    house = DigestHouse()
    digest = house.has(agreed=False)

    def meanwhile() -> None:
        house.messages.after = lambda: None
        house.cases().save(actor(ana), a_wish(at=time(9), level=Level.BUSY), origin="x", digest_id=digest.id)

    house.messages.after = meanwhile
    house.tells()
    house.tells()
    assert (stands(house), len(house.messages.asked)) == (ASKS_AT_NINE, 1)


def test_a_question_that_came_to_nothing_is_not_asked_any_more() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(level=Level.BUSY))
    house.messages.before = refusing(ProviderDown("Slack could not be reached."))
    saves(house, digest, level=Level.TITLES)
    house.messages.before = lambda: None
    saves(house, digest, level=Level.BUSY)
    house.clock.time += timedelta(hours=1)
    house.tells()
    assert house.messages.asked == []


# fault 13
def test_of_whoever_left_the_message_is_left_as_it_is() -> None:
    house, digest = asking()
    house.becomes(ben, standing=Standing.DEACTIVATED)
    house.cases().save(actor(ana), a_wish(ana, at=time(9)), origin="x", digest_id=digest.id)
    house.tells()
    assert len(house.messages.standing["1"]) == 1
