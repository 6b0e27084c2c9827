"""Deciding killed after any of its commits: whoever goes on comes to the same, and nobody hears anything twice."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest

from bot.domain.events import Response
from tests.contracts.two_way_house import BEN, LEE, MAYA, TwoWay, invited, one_time, weekly
from tests.fakes.store import FakeStore

pytestmark = pytest.mark.slow

NINE, TEN, ELEVEN = "2026-11-24 9:00-10:00", "2026-11-24 10:00-11:00", "2026-11-24 11:00-12:00"
_MOST_COMMITS = 100


class PowerCut(BaseException):
    """The process dies: nothing catches this."""


def a_busy_house() -> tuple[TwoWay, FakeStore]:
    """Three meetings that are known, and what people did to them since, not read yet."""
    store = FakeStore()
    house = TwoWay(store)
    series = weekly(invited("weekly", NINE, MAYA, title="Weekly"))
    house.put(series)
    house.put(invited("demo", TEN, MAYA, BEN), house.ana, house.ben)
    house.put(invited("gone", ELEVEN, LEE, title="Gone"))
    house.run()
    house.put(one_time(series, "2026-12-01", to="2026-12-02 15:00-16:00"))
    house.put(one_time(series, "2026-12-08"))
    house.put(
        invited("demo", "2026-11-25 10:00-11:00", MAYA, BEN, said={MAYA: Response.DECLINED}), house.ana, house.ben
    )
    house.put(invited("new", "2026-11-26 10:00-11:00", "sam@new.test", title="New"), house.ben)
    house.take_away("gone")
    return house, store


@contextmanager
def power_cut(store: FakeStore, *, after_commits: int) -> Iterator[list[bool]]:
    """So many commits succeed; then the process dies. Tells whether it did."""
    left, died = iter(range(after_commits)), [False]

    def dies() -> None:
        if next(left, None) is None:
            died[0] = True
            raise PowerCut

    store.before_commit = dies
    try:
        with suppress(PowerCut):
            yield died
    finally:
        store.before_commit = lambda: None


def end_of(house: TwoWay) -> tuple[object, ...]:
    return (
        sorted(house.told()),
        sorted(house.added()),
        house.contacts(),
        house.shown(house.ana),
        house.shown(house.ben),
        sorted(house.declined()),
    )


def go_on(house: TwoWay) -> None:
    """Another process, once the leases of the first have run out."""
    for _ in range(2):
        house.clock.time += timedelta(minutes=6)
        house.run()


def test_a_kill_after_any_commit_changes_nothing_in_the_end() -> None:
    house, _ = a_busy_house()
    house.run()
    go_on(house)
    undisturbed = end_of(house)
    assert undisturbed[0] == [
        "booked Demo 2026-11-24T10:00+01:00",
        "booked Gone 2026-11-24T11:00+01:00",
        "booked New 2026-11-26T10:00+01:00",
        "booked Weekly 2026-11-24T09:00+01:00",
        "cancelled Gone 2026-11-24T11:00+01:00",
        "cancelled Weekly 2026-12-08T09:00+01:00",
        "rescheduled Demo 2026-11-25T10:00+01:00 from 2026-11-24T10:00+01:00",
        "rescheduled Weekly 2026-12-02T15:00+01:00 from 2026-12-01T09:00+01:00",
    ]

    for commits in range(_MOST_COMMITS):
        house, store = a_busy_house()
        with power_cut(store, after_commits=commits) as died:
            house.run()
        go_on(house)
        assert end_of(house) == undisturbed, f"killed after {commits} commits"
        if not died[0]:
            break
    else:
        raise AssertionError("it never came to its end")
