"""Syncing calendars through crashes and rivals: no moment frees what is taken, and the next sync tells the truth."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendars import SyncOutcome
from bot.domain.events import EventPage, EventStatus, EventTime, RemoteEvent, Series, Timed
from bot.domain.intervals import Interval
from bot.domain.recurrence import expand
from tests.builders import BERLIN
from tests.event_builders import a_day_off, a_meeting, cancelled
from tests.fakes.calendar_gateway import LivingCalendar
from tests.unit.usecases.sync_house import (
    A_YEAR,
    FIVE_MINUTES,
    House,
    page,
    power_cut,
    scripted,
)


# fault 56
@pytest.mark.parametrize("after_page", range(3))
def test_a_sync_that_lost_its_lease_writes_nothing_more_and_leaves_quietly(after_page: int) -> None:
    pages: list[EventPage | Exception] = [
        page(a_meeting("a")),
        page(a_meeting("b", "2026-11-25 9:00-10:00")),
        page(token="late"),
    ]
    house, gateway = scripted(pages, [page(a_meeting("c", "2026-11-26 9:00-10:00"), token="fresh")])
    slow = house.claim()
    turn = itertools.count()

    def the_lease_runs_out() -> None:
        if next(turn) == after_page:
            house.clock.time += FIVE_MINUTES
            assert house.sync(house.claim()) is SyncOutcome.SYNCED

    gateway.before_page = the_lease_runs_out
    assert house.sync(slow) is SyncOutcome.LEFT
    assert (house.token(), house.agenda()) == ("fresh", ["2026-11-26T09:00+01:00 1h"])


def truth(living: LivingCalendar, window: Interval = A_YEAR) -> list[tuple[int, int]]:
    """What blocks in the provider's own calendar, worked out from its own events."""
    exceptions: dict[str, dict[EventTime, RemoteEvent]] = {}
    for event in living.events.values():
        if event.series_id is not None and event.original_start is not None:
            exceptions.setdefault(event.series_id, {})[event.original_start] = event
    return sorted(
        (one.start, one.end)
        for event in living.events.values()
        if event.series_id is None
        for one in expand(Series(event, exceptions.get(event.id, {})), zone=living.zone, window=window).occurrences
        if one.blocks
    )


# fault 37
@pytest.mark.parametrize("is_expired", [False, True])
@pytest.mark.parametrize("survived", range(12))
def test_a_crash_at_any_commit_frees_nothing_and_is_made_good_by_the_next_sync(survived: int, is_expired: bool) -> None:
    living = LivingCalendar(BERLIN)
    for day in range(24, 29):
        living.put(a_meeting(f"e{day}", f"2026-11-{day} 9:00-10:00"))
    house = House(living)
    house.run()
    before = set(house.busy())
    living.put(replace(a_meeting("e24"), recurrence=("RRULE:FREQ=MONTHLY;COUNT=3",)))
    living.put(cancelled("e25"))
    living.put(a_meeting("e26", "2026-11-26 15:00-16:00"))
    living.oldest_token = living.now if is_expired else 0
    house.request()
    claim = house.claim()
    with power_cut(house, after_commits=survived):
        house.sync(claim)
    assert set(house.busy()) >= before & set(truth(living))
    house.clock.time += FIVE_MINUTES
    assert house.run() is SyncOutcome.SYNCED
    assert house.busy() == truth(living)


_DAYS = st.integers(1, 28)
_EDITS = st.one_of(
    st.tuples(st.just("meeting"), st.sampled_from("abc"), _DAYS),
    st.tuples(st.just("series"), st.sampled_from("abc"), _DAYS),
    st.tuples(st.just("day off"), st.sampled_from("abc"), _DAYS),
    st.tuples(st.just("deletion"), st.sampled_from("abc"), _DAYS),
    st.tuples(st.just("moved instance"), st.sampled_from("abc"), _DAYS),
    st.tuples(st.just("cancelled instance"), st.sampled_from("abc"), _DAYS),
    st.tuples(st.just("expiry"), st.just(""), _DAYS),
    st.tuples(st.just("sync"), st.just(""), _DAYS),
    st.tuples(st.just("crash"), st.just(""), st.integers(0, 8)),
)


def edit(living: LivingCalendar, what: str, event_id: str, number: int) -> None:
    """Somebody changes the calendar."""
    day = f"2026-12-{number:02}"
    master = living.events.get(event_id)
    if what == "meeting":
        living.put(a_meeting(event_id, f"{day} 9:00-10:00"))
    elif what == "series":
        living.put(replace(a_meeting(event_id, f"{day} 9:00-10:00"), recurrence=("RRULE:FREQ=DAILY;COUNT=4",)))
    elif what == "day off":
        living.put(a_day_off(event_id, day))
    elif what == "deletion" and master is not None:
        # As the provider does: the instances of a series go without a word of their own.
        for one in [one.id for one in living.events.values() if one.series_id == event_id]:
            del living.events[one], living.changed[one]
        living.put(cancelled(event_id))
    elif what.endswith("instance") and master is not None and master.recurrence:
        first = master.start
        assert isinstance(first, Timed)
        original = Timed(first.at + timedelta(days=number % 4), BERLIN)
        status = EventStatus.CANCELLED if what.startswith("cancelled") else EventStatus.CONFIRMED
        moved = a_meeting(f"{event_id}_{number % 4}", f"{day} 13:00-14:00")
        living.put(replace(moved, status=status, series_id=event_id, original_start=original))
    elif what == "expiry":
        living.oldest_token = living.now


# fault 37
@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(_EDITS, max_size=25))
def test_after_any_history_of_edits_expiries_and_crashes_a_sync_tells_the_truth(
    history: list[tuple[str, str, int]],
) -> None:
    living = LivingCalendar(BERLIN)
    house = House(living)
    for what, event_id, number in history:
        if what == "sync":
            house.run()
        elif what == "crash":
            house.request()
            claim = house.claim()
            with power_cut(house, after_commits=number):
                house.sync(claim)
            house.clock.time += FIVE_MINUTES
        else:
            edit(living, what, event_id, number)
    house.run()
    assert house.busy() == truth(living)


# fault 37
def test_what_changes_between_the_pages_comes_with_the_next_delta() -> None:
    living = LivingCalendar(BERLIN, page_size=1)
    for day in (24, 25):
        living.put(a_meeting(f"e{day}", f"2026-11-{day} 9:00-10:00"))
    house = House(living)
    living.between_pages = lambda: living.put(a_meeting("e24", "2026-11-24 17:00-18:00"))
    house.run()
    living.between_pages = lambda: None
    house.run()
    assert house.busy() == truth(living)
