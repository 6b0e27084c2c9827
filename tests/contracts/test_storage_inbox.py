"""Slack's deliveries: each is worked on once, and again only where the work was lost."""

from datetime import timedelta

from bot.ports import Store
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import LEASE, NOW, all_at_once


# fault 3
def test_of_ten_replays_one_may_do_the_work(store: Store) -> None:
    def claim(_replay: int) -> bool:
        with store.writing() as work:
            first = work.inbox.claim("key", now=NOW, lease=LEASE)
            work.commit()
        return first

    assert sorted(all_at_once(10, claim)) == [False] * 9 + [True]


# fault 3
def test_of_replays_to_several_processes_one_may_do_the_work(database: Database) -> None:
    stores = [database.open() for _ in range(4)]

    def claim(process: int) -> bool:
        with stores[process].writing() as work:
            first = work.inbox.claim("key", now=NOW, lease=LEASE)
            work.commit()
        return first

    assert sorted(all_at_once(4, claim)) == [False, False, False, True]


def test_work_that_was_lost_is_done_again_once_its_lease_is_over(store: Store) -> None:
    with store.writing() as work:
        claims = [
            work.inbox.claim("key", now=NOW, lease=LEASE),
            work.inbox.claim("key", now=NOW + LEASE - timedelta(microseconds=1), lease=LEASE),
            work.inbox.claim("key", now=NOW + LEASE, lease=LEASE),
            work.inbox.claim("key", now=NOW + LEASE, lease=LEASE),
        ]

    assert claims == [True, False, True, False]


def test_work_that_was_given_back_may_be_done_at_once_and_done_work_may_not(store: Store) -> None:
    with store.writing() as work:
        work.inbox.claim("key", now=NOW, lease=LEASE)
        work.inbox.release("key")
        again = work.inbox.claim("key", now=NOW, lease=LEASE)
        work.inbox.done("key", now=NOW, answer="")
        work.inbox.release("key")
        work.inbox.release("nobody's")
        after_done = work.inbox.claim("key", now=NOW, lease=LEASE)

    assert (again, after_done) == (True, False)


# fault 3
def test_a_repeat_of_done_work_gets_the_same_answer(store: Store) -> None:
    with store.writing() as work:
        work.inbox.claim("key", now=NOW, lease=LEASE)
        work.inbox.done("key", now=NOW, answer='{"response_action":"clear"}')
        work.commit()

    with store.writing() as work:
        assert not work.inbox.claim("key", now=NOW + timedelta(days=1), lease=LEASE)
        assert work.inbox.answer("key") == '{"response_action":"clear"}'


def test_nothing_is_answered_to_what_never_came_or_is_not_done(store: Store) -> None:
    with store.writing() as work:
        work.inbox.claim("key", now=NOW, lease=LEASE)
        assert (work.inbox.answer("key"), work.inbox.answer("another")) == ("", "")


def test_old_deliveries_are_forgotten_but_not_those_at_work(store: Store) -> None:
    with store.writing() as work:
        for key, age in (("done", 2), ("lost", 2), ("recent", 0)):
            work.inbox.claim(key, now=NOW - timedelta(days=age), lease=LEASE)
        work.inbox.claim("at work", now=NOW - timedelta(days=2), lease=timedelta(days=3))
        work.inbox.done("done", now=NOW - timedelta(days=2), answer="")
        forgotten = work.inbox.forget(NOW - timedelta(days=1))
        claimable = [
            key for key in ("done", "lost", "recent", "at work") if work.inbox.claim(key, now=NOW, lease=LEASE)
        ]

    assert (forgotten, claimable) == (2, ["done", "lost"])
