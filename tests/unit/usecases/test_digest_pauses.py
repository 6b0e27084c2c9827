"""A digest that cannot be posted any more pauses by itself, and whoever can mend it is told once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.digests import DigestRefused, DigestUnwanted, PauseReason
from bot.domain.errors import ProviderDown
from bot.domain.people import Standing
from tests.unit.rendering.answers import actor, ana, ben, cara
from tests.unit.usecases.digest_house import DigestHouse, a_wish, refusing

TUESDAY = "2026-11-24"
BEFORE, AFTER = "digest: before it is sent", "digest: after it is sent"


@pytest.mark.parametrize("place", ["look", "post"])
def test_a_channel_that_is_gone_pauses_it_and_its_creator_is_told_once(place: str) -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 8:30")
    if place == "look":
        house.channels.names = {}
    else:
        house.messages.before = refusing(DigestUnwanted("Archived.", PauseReason.CHANNEL))
    house.ticks()
    house.messages.before = lambda: None
    house.tells()
    house.tells()
    assert (house.messages.told, house.runs(digest)) == ([("Ana", PauseReason.CHANNEL)], [])
    assert house.now(digest).next_due_at is None
    house.comes("2026-11-25 8:30")
    assert house.ticks() == 0


def test_a_pause_that_nobody_could_be_told_of_is_told_an_hour_later() -> None:
    house = DigestHouse()
    house.has()
    house.comes(f"{TUESDAY} 8:30")
    house.messages.before = refusing(DigestUnwanted("Removed.", PauseReason.REMOVED))
    house.ticks()
    house.tells()
    house.messages.before = lambda: None
    assert house.tells() == 0
    house.clock.time += timedelta(hours=1)
    house.tells()
    assert house.messages.told == [("Ana", PauseReason.REMOVED)]


# fault 13
def test_once_its_creator_left_it_waits_for_somebody_in_its_list() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ana, ben, cara))
    house.becomes(ana, standing=Standing.DEACTIVATED)
    house.comes(f"{TUESDAY} 8:30")
    house.ticks()
    house.tells()
    assert (house.messages.posted, house.messages.told) == ([], [("Ben", PauseReason.CREATOR_LEFT)])
    house.cases().take_over(actor(ben), digest.id)
    house.comes("2026-11-25 8:30")
    house.ticks()
    assert [person.member.name for person in house.messages.posted[0].people] == ["Ben", "Cara"]
    assert house.now(digest).creator_id == ben.id


# fault 13
@pytest.mark.parametrize("how", ["deactivated", "forgotten"])
def test_once_everybody_in_its_list_left_it_pauses_and_its_creator_is_told_what_to_do(how: str) -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ben))
    if how == "forgotten":
        house.store.tables.digest_shares.clear()
    house.becomes(ben, standing=Standing.DEACTIVATED)
    house.comes(f"{TUESDAY} 8:30")
    house.ticks()
    house.tells()
    assert (house.messages.posted, house.runs(digest)) == ([], [])
    assert (house.messages.told, house.messages.said) == ([("Ana", PauseReason.NOBODY)], [])
    house.comes("2026-11-25 12:00")
    assert house.cases().resume(actor(ana), digest.id).paused is PauseReason.NOBODY
    house.cases().save(actor(ana), a_wish(ana), origin="x", digest_id=digest.id)
    assert house.cases().resume(actor(ana), digest.id).paused is None
    house.comes("2026-11-26 8:30")
    house.ticks()
    assert house.runs(digest) == [("2026-11-26", "posted")]


# fault 13
def test_where_nobody_is_left_who_could_mend_it_the_channel_is_told_once_and_an_admin_takes_it_over() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ana))
    house.becomes(ana, standing=Standing.DEACTIVATED)
    boss = replace(actor(cara), is_admin=True)
    for day in ("24", "25", "26"):
        house.comes(f"2026-11-{day} 8:30")
        house.ticks()
        house.tells()
        house.cases().resume(boss, digest.id)  # which does not do what is needed
    assert (house.messages.posted, house.messages.told, house.messages.said) == ([], [], ["sales"])
    assert house.cases().take_over(boss, digest.id).paused is PauseReason.NOBODY
    house.cases().save(boss, a_wish(cara), origin="x", digest_id=digest.id)
    assert house.cases().resume(boss, digest.id).paused is None
    house.comes("2026-11-27 8:30")
    house.ticks()
    assert house.runs(digest) == [("2026-11-27", "posted")]


# fault 34
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ProviderDown("Slack did not answer.", is_silent=True), []),
        (ProviderDown("Slack could not be reached."), ["sales"]),
        (DigestUnwanted("Archived.", PauseReason.CHANNEL), []),
    ],
    ids=["perhaps said", "surely not", "no channel"],
)
def test_what_the_channel_may_have_been_told_is_not_told_again(error: Exception, said: list[str]) -> None:
    house = DigestHouse()
    house.has(a_wish(ana))
    house.becomes(ana, standing=Standing.DEACTIVATED)
    house.comes(f"{TUESDAY} 8:30")
    house.ticks()
    house.messages.before = refusing(error)
    house.tells()
    house.messages.before = lambda: None
    for _ in range(3):
        house.clock.time += timedelta(hours=1)
        house.tells()
    assert house.messages.said == said


def test_what_slack_refuses_for_good_is_not_sent_again_that_day_and_its_creator_is_told_once() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 8:30")
    house.messages.before = refusing(DigestRefused("msg_blocks_too_long"))
    house.ticks()
    house.messages.before = lambda: None
    house.comes(f"{TUESDAY} 8:40")
    assert (house.ticks(), house.tells(), house.tells()) == (0, 1, 0)
    assert (house.messages.refused, house.runs(digest)) == ([("Ana", TUESDAY)], [(TUESDAY, "refused")])
    house.comes("2026-11-25 8:30")
    house.ticks()
    assert house.runs(digest) == [(TUESDAY, "refused"), ("2026-11-25", "posted")]
    assert "_ There was no digest on Tue 24 Nov." in house.reads()


def test_a_refusal_that_nobody_could_be_told_of_is_told_an_hour_later() -> None:
    house = DigestHouse()
    house.has()
    house.comes(f"{TUESDAY} 8:30")
    house.messages.before = refusing(DigestRefused("invalid_blocks"))
    house.ticks()
    house.messages.before = refusing(ProviderDown("Slack could not be reached."))
    house.tells()
    house.messages.before = lambda: None
    assert house.tells() == 0
    house.clock.time += timedelta(hours=1)
    house.tells()
    assert house.messages.refused == [("Ana", TUESDAY)]
