"""What a switch of a sync option, and its undo, does to those about whom somebody is asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.calendars import TWO_WAY, ContactPolicy
from bot.domain.invitee_questions import WAIT, InviteeAnswer, InviteeBatch
from bot.ports import Store
from tests.contracts.option_town import LEE, MAYA, Owner, Town, meeting

pytestmark = pytest.mark.slow

ASK = replace(TWO_WAY, contact_policy=ContactPolicy.ASK)


@pytest.fixture
def town(store: Store) -> Town:
    return Town(store)


def asked(town: Town) -> list[list[str]]:
    """The messages that are due by now: whom each asks about."""
    town.pass_time(WAIT)
    now, batches = town.clock.now(), list[InviteeBatch]()
    with town.store.writing() as work:
        is_worth_it = work.invitees.has_unasked(now)
        while (batch := work.invitees.claim_batch(now)) is not None:
            batches.append(batch)
        work.commit()
    assert is_worth_it is bool(batches)
    return [[one.email for one in batch.open] for batch in batches]


def waiting(town: Town, owner: Owner) -> list[tuple[str, InviteeAnswer | None]]:
    with town.store.reading() as work:
        batch = work.invitees.waiting(owner.actor)
    return [] if batch is None else [(one.email, one.answer) for one in batch.questions]


def test_an_undo_asks_again_about_those_whom_the_switch_had_added(town: Town) -> None:
    ana = town.owner("Ana", meeting("Demo", MAYA))
    town.switch(ana, ASK)
    assert asked(town) == [["maya@ortiz.test"]]
    add = town.switch(ana, TWO_WAY)
    assert (town.contacts(ana), waiting(town, ana)) == (["Maya Ortiz"], [])

    undone = town.undo(ana, add)
    assert (undone.removed, waiting(town, ana)) == (1, [("maya@ortiz.test", None)])
    assert asked(town) == []  # the message of before has its buttons again; no other is sent


def test_an_undo_has_those_asked_about_whom_nobody_was_asked_yet(town: Town) -> None:
    ana, ben = town.owner("Ana", meeting("Demo", MAYA)), town.owner("Ben", meeting("Demo", MAYA))
    town.switch(ben, ASK)
    add = town.switch(ana, TWO_WAY)
    assert asked(town) == []
    town.undo(ana, add)
    town.decide(ben)
    assert asked(town) == [["maya@ortiz.test"]]


def test_an_undo_leaves_other_answers_as_they_are(town: Town) -> None:
    ana = town.owner("Ana", meeting("Demo", MAYA), meeting("Review", LEE, hour=11))
    town.switch(ana, ASK)
    assert asked(town) == [["lee@chen.test", "maya@ortiz.test"]]
    with town.store.writing() as work:
        work.invitees.settle(ana.actor.workspace_id, ["lee@chen.test"], InviteeAnswer.IGNORED)
        work.commit()
    town.undo(ana, town.switch(ana, TWO_WAY))
    assert waiting(town, ana) == [("lee@chen.test", InviteeAnswer.IGNORED), ("maya@ortiz.test", None)]


def test_nobody_is_worth_a_claim_until_the_first_has_waited(town: Town) -> None:
    ana = town.owner("Ana", meeting("Demo", MAYA))
    town.switch(ana, ASK)
    with town.store.reading() as work:
        told = [work.invitees.has_unasked(town.clock.now() + age) for age in (timedelta(), WAIT)]
    assert told == [False, True]
