"""A member's word on having his days in a digest, pressed in the message that asks and in the digest itself."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.digests import Digest, Level, Share
from bot.domain.errors import NotFound
from bot.rendering.digests.questions import digest_question
from bot.rendering.digests.ref import DigestDeed, DigestRef
from bot.rendering.names import ActionId
from handlers.interaction import Surface
from tests.unit.handlers.acting import acting
from tests.unit.handlers.digest_desk import DigestDesk
from tests.unit.rendering.answers import ana, ben, cara
from tests.unit.usecases.digest_house import a_wish

VEILED = "_ While guests or people of other organisations may read that channel, it shows busy times alone."


def word(desk: DigestDesk, digest: Digest) -> Share:
    """Ben's."""
    with desk.store.reading() as work:
        return next(share for share in work.digests.shares(digest.id) if share.member_id == ben.id)


def asked_about_more() -> tuple[DigestDesk, Digest, str]:
    """Ben agreed to busy times and is asked about everything; with what the *No* of that question carries."""
    desk = DigestDesk()
    digest = desk.has(a_wish(level=Level.BUSY))
    desk.cases().save(acting(ana), a_wish(level=Level.FULL), origin="x", digest_id=digest.id)
    question: Any = digest_question(desk.now(digest), ana, word(desk, digest)).blocks
    [_, no] = question[1]["elements"]
    return desk, digest, no["value"]


def test_a_no_to_more_leaves_it_at_what_was_agreed_to() -> None:
    desk, digest, no = asked_about_more()
    seen = desk.presses(ActionId.DIGEST_ANSWER, no, ben, Surface.CHANNEL)
    assert seen[0].endswith("Berlin time): busy times alone.")
    assert word(desk, digest) == Share(digest.id, ben.id, Level.FULL, Level.BUSY)


def test_a_no_to_more_does_not_give_back_a_consent_that_was_taken_back_meanwhile() -> None:
    desk, digest, no = asked_about_more()
    desk.does(DigestDeed.LEAVE, ben)
    seen = desk.presses(ActionId.DIGEST_ANSWER, no, ben, Surface.CHANNEL)
    assert seen == ["Your days are not shown in #sales.", "[Open digests]"]
    assert word(desk, digest) == Share(digest.id, ben.id, Level.FULL, has_declined=True)
    assert len(desk.store.tables.digest_refusals) == 1


def test_a_no_to_more_takes_back_what_was_agreed_to_elsewhere_meanwhile() -> None:
    desk, digest, no = asked_about_more()
    desk.does(DigestDeed.JOIN, ben)
    desk.presses(ActionId.DIGEST_ANSWER, no, ben, Surface.CHANNEL)
    assert word(desk, digest) == Share(digest.id, ben.id, Level.FULL, Level.BUSY)


@pytest.mark.parametrize("action_id", [ActionId.DIGEST_ANSWER, ActionId.DIGEST_DO])
def test_whoever_agrees_after_the_level_was_lowered_agrees_to_what_is_shown_by_then(action_id: ActionId) -> None:
    desk = DigestDesk()
    digest = desk.has(a_wish(level=Level.FULL), agreed=False)
    agree = DigestRef(DigestDeed.JOIN, digest.id, Level.FULL).value()
    desk.cases().save(acting(ana), a_wish(level=Level.BUSY), origin="x", digest_id=digest.id)
    desk.presses(action_id, agree, ben, Surface.CHANNEL)
    assert word(desk, digest).agreed is Level.BUSY


@pytest.mark.parametrize("deed", [DigestDeed.DELETE, DigestDeed.PAUSE])
def test_an_answer_does_nothing_but_answer(deed: DigestDeed) -> None:
    desk = DigestDesk()
    digest = desk.has()
    with pytest.raises(NotFound):
        desk.presses(ActionId.DIGEST_ANSWER, DigestRef(deed, digest.id).value(), ana, Surface.CHANNEL)
    assert desk.now(digest) == digest


def test_a_form_that_was_opened_before_its_opener_was_taken_out_does_not_agree_for_him() -> None:
    desk = DigestDesk()
    digest = desk.has(by=ben)
    desk.presses(ActionId.DIGEST_EDIT, str(digest.id), ben)
    form = desk.mark
    desk.does(DigestDeed.LEAVE, ben)
    boss = replace(acting(ana), is_admin=True)
    desk.cases().save(boss, a_wish(ana), origin="x", digest_id=digest.id)
    desk.mark = form
    desk.submits(ben, rhythm={"selected_option": {"value": "daily"}})
    assert (word(desk, digest).agreed, word(desk, digest).has_declined) == (None, True)


def test_whoever_puts_himself_in_by_a_form_agrees_by_that() -> None:
    desk = DigestDesk()
    digest = desk.has(a_wish(ana), by=ben)
    desk.presses(ActionId.DIGEST_EDIT, str(digest.id), ben)
    desk.submits(ben, rhythm={"selected_option": {"value": "daily"}})
    assert word(desk, digest).agreed is Level.TITLES


def test_the_question_is_answered_and_taken_back_in_the_same_message() -> None:
    desk = DigestDesk()
    digest = desk.has(agreed=False)
    agree = DigestRef(DigestDeed.JOIN, digest.id, Level.TITLES).value()
    seen = desk.presses(ActionId.DIGEST_ANSWER, agree, ben, Surface.CHANNEL)
    assert seen == [
        "Your days are shown in #sales (the day itself, weekdays 8:30, Berlin time): titles.",
        VEILED,
        "[Stop showing my days]",
    ]
    assert "· Ben: titles" in desk.types()
    back = DigestRef(DigestDeed.LEAVE, digest.id).value()
    assert desk.presses(ActionId.DIGEST_ANSWER, back, ben, Surface.CHANNEL)[0] == "Your days are not shown in #sales."
    assert "· Ben: said no" in desk.types()
    assert desk.homes == ["U2", "U2"]


def test_whoever_agrees_without_a_calendar_is_told_to_connect_one() -> None:
    desk = DigestDesk()
    digest = desk.has(a_wish(ana, cara), agreed=False)
    agree = DigestRef(DigestDeed.JOIN, digest.id, Level.TITLES).value()
    [told, _, buttons] = desk.presses(ActionId.DIGEST_ANSWER, agree, cara, Surface.CHANNEL)
    assert told.endswith("Berlin time): titles. You have no calendar connected.")
    assert buttons == "[Connect Google Calendar] [Stop showing my days]"


def test_nobody_agrees_to_more_than_is_shown_or_for_somebody_else() -> None:
    desk = DigestDesk()
    digest = desk.has(agreed=False)
    everything = DigestRef(DigestDeed.JOIN, digest.id, Level.FULL).value()
    desk.presses(ActionId.DIGEST_ANSWER, everything, ben, Surface.CHANNEL)
    assert word(desk, digest).agreed is Level.TITLES
    with pytest.raises(NotFound):
        desk.presses(ActionId.DIGEST_ANSWER, everything, cara, Surface.CHANNEL)


def test_one_leaves_and_comes_back_from_the_digest_itself() -> None:
    desk = DigestDesk()
    desk.has()
    assert "Your days are not shown there. [Show my days]" in desk.does(DigestDeed.LEAVE, ben)
    assert "[Stop showing my days]" in desk.does(DigestDeed.JOIN, ben)


@pytest.mark.parametrize(
    ("shown", "now", "agreed"),
    [
        (Level.BUSY, Level.FULL, Level.BUSY),
        (Level.FULL, Level.BUSY, Level.BUSY),
        (Level.TITLES, Level.TITLES, Level.TITLES),
    ],
    ids=["raised", "lowered", "the same"],
)
def test_whoever_has_his_days_shown_agrees_to_what_the_dialog_said_and_to_no_more(
    shown: Level, now: Level, agreed: Level
) -> None:
    desk = DigestDesk()
    digest = desk.has(a_wish(level=shown), agreed=False)
    button = DigestRef(DigestDeed.JOIN, digest.id, shown).value()
    desk.cases().save(acting(ana), a_wish(level=now), origin="x", digest_id=digest.id)
    desk.presses(ActionId.DIGEST_DO, button, ben)
    with desk.store.reading() as work:
        assert [share.agreed for share in work.digests.shares(digest.id) if share.member_id == ben.id] == [agreed]


def test_a_button_that_does_not_say_how_much_it_shows_shows_nothing() -> None:
    desk = DigestDesk()
    digest = desk.has(agreed=False)
    with pytest.raises(NotFound):
        desk.presses(ActionId.DIGEST_DO, DigestRef(DigestDeed.JOIN, digest.id).value(), ben)
