"""Offers: made once for a submission, and claimed by exactly one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.appointments import Venue, Where
from bot.domain.errors import NotFound
from bot.domain.offers import Offer
from bot.domain.people import Actor
from bot.ports import Store
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import NOW, a_person, all_at_once, new_id


def an_offer(actor: Actor) -> Offer:
    return Offer(
        id=new_id(),
        workspace_id=actor.workspace_id,
        host_id=actor.member_id,
        starts=(1_795_528_800, 1_795_530_600),
        minutes=30,
        created_at=NOW,
        title="Fitting \x00",
        venue=Venue(Where.PHONE, "+49 30 1"),
        note="Shoes",
    )


def added(store: Store, offer: Offer, origin: str = "V1") -> Offer:
    with store.writing() as work:
        stored = work.offers.add(offer, origin=origin)
        work.commit()
    return stored


def test_an_offer_comes_back_as_it_went_in_and_a_submission_makes_one(store: Store) -> None:
    ana = a_person(store)
    offer = replace(an_offer(ana), title="Fitting")
    assert added(store, offer) == offer
    assert added(store, replace(an_offer(ana), minutes=60)) == offer
    assert added(store, replace(an_offer(ana), minutes=60), "V2").minutes == 60
    with store.reading() as work:
        assert work.offers.get(ana, offer.id) == offer


def test_a_text_that_no_database_takes_is_no_obstacle(store: Store) -> None:
    assert "Fitting" in added(store, an_offer(a_person(store))).title


# fault 10
def test_another_workspaces_offer_is_not_there(store: Store) -> None:
    ana, stranger = a_person(store), a_person(store, team="T2")
    offer = added(store, an_offer(ana))
    with store.reading() as work, pytest.raises(NotFound):
        work.offers.get(stranger, offer.id)
    assert added(store, an_offer(stranger)).host_id == stranger.member_id


# fault 6
def test_of_all_who_claim_an_offer_at_once_one_has_it(database: Database) -> None:
    stores = [database.open() for _ in range(4)]
    ana = a_person(stores[0])
    offer = added(stores[0], an_offer(ana))
    claims = [new_id() for _ in stores]

    def claim(place: int) -> bool:
        with stores[place].writing() as work:
            is_first = work.offers.claim(offer.id, claimer_id=ana.member_id, appointment_id=claims[place])
            work.commit()
        return is_first

    won = all_at_once(4, claim)
    assert sorted(won) == [False, False, False, True]
    with stores[0].reading() as work:
        assert work.offers.get(ana, offer.id).appointment_id == claims[won.index(True)]


def test_an_offer_is_withdrawn_once_and_not_after_it_was_claimed(store: Store) -> None:
    ana = a_person(store)
    offer, claimed = added(store, an_offer(ana)), added(store, an_offer(ana), "V2")
    with store.writing() as work:
        assert work.offers.claim(claimed.id, claimer_id=ana.member_id, appointment_id=new_id())
        assert [work.offers.withdraw(one.id) for one in (offer, offer, claimed)] == [True, False, False]
        assert not work.offers.claim(offer.id, claimer_id=ana.member_id, appointment_id=new_id())
        work.commit()
    with store.reading() as work, pytest.raises(NotFound):
        work.offers.get(ana, offer.id)


def test_offers_are_forgotten_when_the_last_of_their_starts_has_passed(store: Store) -> None:
    ana = a_person(store)
    offer = added(store, an_offer(ana))
    last = datetime.fromtimestamp(offer.starts[-1], UTC)
    with store.writing() as work:
        assert [work.offers.forget_passed(last), work.offers.forget_passed(last + timedelta(seconds=1))] == [0, 1]
        work.commit()
    with store.reading() as work, pytest.raises(NotFound):
        work.offers.get(ana, offer.id)
