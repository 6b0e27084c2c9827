"""What becomes of a digest is soon on the Homes of the others whom it concerns."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.digests import Digest
from bot.domain.firings import ChannelUnusable
from bot.domain.people import Member, Standing
from tests.unit.rendering.answers import actor, ana, ben, cara
from tests.unit.usecases.digest_house import DigestHouse, a_wish, refusing

NAMES = {ana.id: "Ana", ben.id: "Ben", cara.id: "Cara"}


def draws_homes(house: DigestHouse, *members: Member) -> None:
    """Everybody opened his a moment ago, and none is due."""
    with house.store.writing() as work:
        for one in members or (ana, ben, cara):
            turn = work.homes.begin(actor(one), house.clock.now())
            look_at = house.clock.now() + timedelta(minutes=10)
            work.homes.end(turn, "x", look_at=look_at, now=house.clock.now(), was_published=True)
        work.commit()


def due(house: DigestHouse) -> list[str]:
    """Whose Homes are looked at now."""
    with house.store.writing() as work:
        return sorted(NAMES[one.member_id] for one in work.homes.claim_due(house.clock.now(), limit=9))


def pauses(house: DigestHouse, digest: Digest) -> None:
    house.cases().pause(actor(ana), digest.id)


def comes_later(house: DigestHouse, digest: Digest) -> None:
    house.cases().save(actor(ana), a_wish(at=time(9)), origin="x", digest_id=digest.id)


def leaves_ben_out(house: DigestHouse, digest: Digest) -> None:
    house.cases().save(actor(ana), a_wish(ana), origin="x", digest_id=digest.id)


def is_deleted(house: DigestHouse, digest: Digest) -> None:
    house.cases().delete(actor(ana), digest.id)


@pytest.mark.parametrize("happens", [pauses, comes_later, leaves_ben_out, is_deleted])
def test_what_its_creator_does_is_on_the_homes_of_the_others_in_it(
    happens: Callable[[DigestHouse, Digest], None],
) -> None:
    house = DigestHouse()
    digest = house.has()
    draws_homes(house)
    happens(house, digest)
    assert due(house) == ["Ben"]


def test_that_it_goes_on_is_on_the_homes_of_the_others_in_it() -> None:
    house = DigestHouse()
    digest = house.has()
    pauses(house, digest)
    draws_homes(house)
    house.cases().resume(actor(ana), digest.id)
    assert due(house) == ["Ben"]


def test_who_did_not_agree_has_it_on_no_home() -> None:
    house = DigestHouse()
    digest = house.has(agreed=False)
    draws_homes(house)
    pauses(house, digest)
    assert due(house) == []


def test_what_an_admin_does_is_on_the_home_of_its_creator() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ben))
    draws_homes(house)
    house.cases().pause(replace(actor(cara), is_admin=True), digest.id)
    assert due(house) == ["Ana", "Ben"]


def test_whoever_takes_it_over_is_told_of_to_the_others() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ana, ben, cara))
    house.becomes(ana, standing=Standing.DEACTIVATED)
    draws_homes(house, ben, cara)
    house.cases().take_over(actor(ben), digest.id)
    assert due(house) == ["Cara"]


def test_where_it_pauses_by_itself_everybody_in_it_sees_that() -> None:
    house = DigestHouse()
    house.has()
    house.comes("2026-11-24 8:30")
    draws_homes(house)
    house.channels.before = refusing(ChannelUnusable("The channel is archived."))
    house.ticks()
    assert due(house) == ["Ana", "Ben"]
