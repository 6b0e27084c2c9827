"""What came to nothing of triggers, handed out once, and of each trigger once a day."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.domain.firings import FailedTrigger, FiringState
from bot.domain.people import Actor
from bot.domain.triggers import Trigger
from bot.ports import Store
from tests.contracts.storage_builders import a_person, all_at_once
from tests.trigger_builders import LATER, a_trigger, an_occasion, firings_claimed, happened, made

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def failed(
    store: Store, owner: Actor, *, at: datetime = LATER, problem: str = "No.", state: FiringState = FiringState.FAILED
) -> None:
    """Something happens, and what the triggers do about it comes to nothing."""
    happened(store, an_occasion(owner, at=at))
    for claim in firings_claimed(store, at):
        with store.writing() as work:
            work.firings.end(claim, state, at, problem=problem)
            work.commit()


def claims(store: Store, now: datetime = LATER) -> Sequence[FailedTrigger]:
    with store.writing() as work:
        has_any = work.triggers.has_untold(now)
        found = work.triggers.claim_failed(now, limit=10)
        work.commit()
    assert has_any is bool(found)
    return found


def a_house(store: Store) -> tuple[Actor, Trigger]:
    ana = a_person(store)
    return ana, made(store, a_trigger(ana))


def test_what_failed_is_handed_out_once_with_how_often_since_when_and_why(store: Store) -> None:
    ana, trigger = a_house(store)
    failed(store, ana, problem="First.")
    failed(store, ana, at=LATER + HOUR, problem="Last.", state=FiringState.UNSURE)
    [told] = claims(store, LATER + 2 * HOUR)
    assert told == FailedTrigger(trigger, 2, "Last.", LATER)
    assert claims(store, LATER + 30 * DAY) == []


@pytest.mark.parametrize("state", [FiringState.DONE, FiringState.LEFT_OUT])
def test_what_was_done_or_left_out_is_no_failure(store: Store, state: FiringState) -> None:
    ana, _ = a_house(store)
    failed(store, ana, state=state)
    assert claims(store) == []


def test_what_fails_on_the_same_day_waits_for_the_next_and_comes_together(store: Store) -> None:
    ana, _ = a_house(store)
    failed(store, ana)
    assert len(claims(store)) == 1
    for hours in (1, 2, 3):
        failed(store, ana, at=LATER + hours * HOUR)
    assert claims(store, LATER + DAY - timedelta(seconds=1)) == []
    [told] = claims(store, LATER + DAY)
    assert (told.failed, told.since) == (3, LATER + HOUR)


def test_each_trigger_has_its_own_day(store: Store) -> None:
    ana, first = a_house(store)
    failed(store, ana)
    claims(store)
    second = made(store, a_trigger(ana, name="Another"))
    failed(store, ana, at=LATER + HOUR)
    assert [told.trigger.id for told in claims(store, LATER + HOUR)] == [second.id]
    assert [told.trigger.id for told in claims(store, LATER + DAY)] == [first.id]


def test_one_owner_is_handed_out_at_a_time_with_all_that_is_his(store: Store) -> None:
    ana, first = a_house(store)
    ben = a_person(store, user="U2")
    second, of_ben = made(store, a_trigger(ana, name="Another")), made(store, a_trigger(ben))
    failed(store, ana)
    failed(store, ben)
    handed_out = [{told.trigger.id for told in claims(store)} for _ in range(3)]
    assert sorted(handed_out, key=len) == [set(), {of_ben.id}, {first.id, second.id}]


def test_what_somebody_runs_again_is_told_only_if_it_fails_again(store: Store) -> None:
    ana, trigger = a_house(store)
    failed(store, ana)
    with store.writing() as work:
        [firing] = work.firings.of(trigger.id, limit=10)
        assert work.firings.run_again(firing, LATER + HOUR)
        work.commit()
    assert claims(store, LATER + HOUR) == []
    [claim] = firings_claimed(store, LATER + HOUR)
    with store.writing() as work:
        work.firings.end(claim, FiringState.FAILED, LATER + HOUR, problem="Again.")
        work.commit()
    assert [told.problem for told in claims(store, LATER + HOUR)] == ["Again."]


def test_a_refused_message_is_handed_out_again_within_the_day(store: Store) -> None:
    ana, _ = a_house(store)
    failed(store, ana)
    [told] = claims(store)
    with store.writing() as work:
        work.triggers.release_failed(told, LATER)
        work.commit()
    assert claims(store, LATER + timedelta(minutes=59)) == []
    assert claims(store, LATER + HOUR) == [told]


def test_of_many_claimers_one_tells(store: Store) -> None:
    ana, _ = a_house(store)
    failed(store, ana)

    def claim(_which: int) -> int:
        with store.writing() as work:
            found = work.triggers.claim_failed(LATER, limit=10)
            work.commit()
        return len(found)

    assert sum(all_at_once(4, claim)) == 1


def test_a_trigger_that_is_changed_is_not_told_of_again_for_that(store: Store) -> None:
    ana, trigger = a_house(store)
    failed(store, ana)
    claims(store)
    with store.writing() as work:
        work.triggers.change(trigger, None)
        work.commit()
    failed(store, ana, at=LATER + HOUR)
    assert claims(store, LATER + HOUR) == []
