"""Two calendars of the team decided at the same moment: one meeting, one contact, and everything is heard of once."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest

from bot.domain.calendars import TWO_WAY, ContactPolicy, SyncClaim
from bot.domain.contact_occasions import NewcomerOccasion
from bot.domain.contacts import new_contact
from bot.domain.occasions import BookedIn
from bot.ports import Store
from bot.usecases.add_contact import add_contact
from tests.contracts.storage_builders import all_at_once, new_id
from tests.contracts.two_way_house import BEN, LEE, MAYA, TwoWay, invited

ROUNDS = 5


def read(house: TwoWay, claims: Sequence[SyncClaim], which: int) -> None:
    house.sync(claims[which])


def read_or_add(house: TwoWay, claims: Sequence[SyncClaim], emails: Sequence[str], which: int) -> None:
    """One syncs, the other makes contacts by hand of those who are invited."""
    if which == 0:
        house.sync(claims[0])
        return
    for email in emails:
        with house.store.writing() as work:
            new = new_contact(email, "")
            now = house.clock.now()
            add_contact(work, house.ben.actor, new, NewcomerOccasion(new_id(), now, BookedIn.DAYBOOK))
            work.commit()


@pytest.mark.slow
def test_a_meeting_that_two_members_see_at_the_same_moment_is_one(store: Store) -> None:
    house = TwoWay(store)
    with store.writing() as work:
        outside = {MAYA: False, LEE: False, BEN: True}
        work.invitees.remember_colleagues(house.ana.actor.workspace_id, outside, house.clock.now())
        work.commit()
    for number in range(ROUNDS):
        for guest in (MAYA, LEE):
            event = invited(f"demo{number}{guest[0]}", f"2026-11-24 {9 + number}:00-{10 + number}:00", guest, BEN)
            house.put(event, house.ana, house.ben)
        claims = [house.claim(house.ana), house.claim(house.ben)]
        all_at_once(2, partial(read, house, claims))
    house.settle()

    assert house.contacts() == ["Lee Chen <lee@chen.test>", "Maya Ortiz <maya@ortiz.test>"]
    assert sorted(house.added()) == ["Lee Chen", "Maya Ortiz"]
    hosts = {house.ana.actor.member_id, house.ben.actor.member_id}
    assert [set(one.hosts) for email in (MAYA, LEE) for one in house.taken(email)] == [hosts] * (2 * ROUNDS)
    assert sorted(house.told()) == sorted(
        f"booked Demo 2026-11-24T{9 + number:02}:00+01:00" for number in range(ROUNDS) for _guest in (MAYA, LEE)
    )


def test_whoever_makes_a_contact_at_the_same_moment_it_is_one_and_its_event_blue(store: Store) -> None:
    house = TwoWay(store, replace(TWO_WAY, contact_policy=ContactPolicy.KNOWN_ONLY))
    emails = [f"guest{number}@out.test" for number in range(3 * ROUNDS)]
    with store.writing() as work:
        work.invitees.remember_colleagues(house.ana.actor.workspace_id, dict.fromkeys(emails, False), house.clock.now())
        work.commit()
    for number, email in enumerate(emails):
        house.put(invited(f"demo{number}", f"2026-11-24 {6 + number}:00-{7 + number}:00", email))
    all_at_once(2, partial(read_or_add, house, [house.claim(house.ana)], emails))
    house.settle()

    assert [line.partition(" ")[2].partition(":")[0] for line in house.shown()] == ["blue Demo"] * len(emails)
    assert len(house.contacts()) == len(emails)
