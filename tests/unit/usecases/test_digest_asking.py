"""Whose days a digest shows: each is asked once, and nobody agrees for somebody else."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.digests import Level, Share
from bot.domain.errors import ProviderDown, ProviderError
from bot.domain.people import Standing
from tests.unit.rendering.answers import actor, ana, ben, cara
from tests.unit.usecases.digest_house import DigestHouse, PowerCut, a_wish, refusing, refusing_once


def test_by_saving_one_agrees_for_oneself_and_nobody_else() -> None:
    house = DigestHouse()
    digest = house.has(agreed=False)
    with house.store.reading() as work:
        assert work.digests.shares(digest.id) == (
            Share(digest.id, ana.id, Level.TITLES, Level.TITLES),
            Share(digest.id, ben.id, Level.TITLES),
        )


@pytest.mark.parametrize("word", ["no", "none yet", "less"])
def test_an_edit_of_the_time_leaves_the_word_of_who_saves_it_as_it_is(word: str) -> None:
    house = DigestHouse()
    digest = house.has(a_wish(level=Level.FULL), agreed=False)
    if word != "none yet":
        house.cases().answer(actor(ben), digest.id, Level.BUSY if word == "less" else None)
    with house.store.reading() as work:
        before = work.digests.shares(digest.id)
    admin = replace(actor(ben), is_admin=True)
    later = a_wish(level=Level.FULL, at=time(9))
    house.cases().save(admin, later, origin="x", digest_id=digest.id)
    with house.store.reading() as work:
        assert work.digests.shares(digest.id) == before


def test_whoever_puts_himself_back_agrees_by_that() -> None:
    house = DigestHouse()
    digest = house.has()
    house.cases().answer(actor(ana), digest.id, None)
    for people in ((ben,), (ana, ben)):
        house.cases().save(actor(ana), a_wish(*people), origin="x", digest_id=digest.id)
    with house.store.reading() as work:
        assert work.digests.shares(digest.id)[0] == Share(digest.id, ana.id, Level.TITLES, Level.TITLES)


@pytest.mark.parametrize(("agreed", "then"), [(Level.BUSY, Level.FULL), (None, None)])
def test_whoever_raises_the_level_agrees_to_it_unless_he_had_said_no(agreed: Level | None, then: Level | None) -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ana, level=Level.BUSY))
    house.cases().answer(actor(ana), digest.id, agreed)
    house.cases().save(actor(ana), a_wish(ana, level=Level.FULL), origin="x", digest_id=digest.id)
    with house.store.reading() as work:
        assert [share.agreed for share in work.digests.shares(digest.id)] == [then]


def test_nobody_is_asked_over_and_over() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ana, ben), agreed=False)
    house.tells()
    for number in range(3):
        for people in ((ana,), (ana, ben)):
            house.cases().save(actor(ana), a_wish(*people), origin=f"{number}", digest_id=digest.id)
            house.tells()
    house.cases().answer(actor(ben), digest.id, None)
    for _ in range(2):
        house.cases().delete(actor(ana), digest.id)
        digest = house.has(a_wish(ana, ben), agreed=False)
        house.tells()
    assert [name for name, _ in house.messages.asked] == ["Ben"]


def test_a_process_that_dies_while_it_asks_leaves_one_of_them_unasked() -> None:
    house = DigestHouse()
    house.has(a_wish(ana, ben, cara), agreed=False)
    house.messages.before = refusing_once(PowerCut())
    with pytest.raises(PowerCut):
        house.tells()
    assert house.tells() == 1
    assert [name for name, _ in house.messages.asked] == ["Cara"]


def test_a_process_that_dies_while_it_tells_of_pauses_leaves_one_of_them_untold() -> None:
    house = DigestHouse()
    house.channels.names["C0OTHER"] = "other"
    for channel_id in ("C0OTHER", "C0SALES"):
        house.has(a_wish(ana, channel_id=channel_id))
    house.channels.names = {}
    house.comes("2026-11-24 8:30")
    house.ticks()
    house.messages.before = refusing_once(PowerCut())
    with pytest.raises(PowerCut):
        house.tells()
    assert house.tells() == 1


def test_whoever_is_not_in_the_list_agrees_to_nothing_by_saving() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ben), agreed=False)
    with house.store.reading() as work:
        assert work.digests.shares(digest.id) == (Share(digest.id, ben.id, Level.TITLES),)


def test_each_is_asked_once_by_direct_message() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ana, ben, cara), agreed=False)
    assert [house.tells(), house.tells()] == [2, 0]
    assert house.messages.asked == [(one.name, Share(digest.id, one.id, Level.TITLES)) for one in (ben, cara)]
    house.cases().save(actor(ana), a_wish(ana, ben, cara), origin="x", digest_id=digest.id)
    assert house.tells() == 0


@pytest.mark.parametrize(
    ("error", "asked"),
    [(ProviderDown("Slack did not answer.", is_silent=True), 0), (ProviderError("Refused."), 1)],
    ids=["perhaps arrived", "surely not"],
)
def test_a_question_that_may_have_arrived_is_not_asked_again(error: Exception, asked: int) -> None:
    house = DigestHouse()
    house.has(agreed=False)
    house.messages.before = refusing(error)
    house.tells()
    house.messages.before = lambda: None
    assert house.tells() == 0
    house.clock.time += timedelta(hours=1)
    assert (house.tells(), len(house.messages.asked)) == (asked, asked)


def test_a_mistake_with_one_leaves_nobody_after_him_unasked() -> None:
    house = DigestHouse()
    house.has(a_wish(ana, ben, cara), agreed=False)
    house.messages.before = refusing_once(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        house.tells()
    assert [name for name, _ in house.messages.asked] == ["Cara"]
    house.clock.time += timedelta(hours=1)
    assert house.tells() == 1
    assert [name for name, _ in house.messages.asked] == ["Cara", "Ben"]


def test_raising_the_level_asks_again_and_lowering_it_does_not() -> None:
    house = DigestHouse()
    digest = house.has()
    for level in (Level.BUSY, Level.FULL):
        house.cases().save(actor(ana), a_wish(level=level), origin="x", digest_id=digest.id)
        house.tells()
    assert house.messages.asked == [("Ben", Share(digest.id, ben.id, Level.FULL, Level.TITLES))]


# fault 13
def test_nobody_is_asked_who_left_meanwhile() -> None:
    house = DigestHouse()
    house.has(agreed=False)
    house.becomes(ben, standing=Standing.DEACTIVATED)
    house.tells()
    assert house.messages.asked == []
