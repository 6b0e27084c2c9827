"""Events that go: told one by one, or not met by a full read."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.events import Series
from bot.domain.recurrence import Expansion
from bot.domain.sync_plan import ExpandedEvent
from bot.ports import Store
from tests.contracts.series_builders import WEEK, a_series, agenda, an_exception, settled, unexpanded
from tests.contracts.storage_builders import NOW, a_synced, an_occurrence, claimed, happening, upserted, waiting
from tests.event_builders import a_meeting, timed


def test_a_removed_event_goes_with_its_occurrences(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting("gone"), a_meeting("left"))

    with store.writing() as work:
        work.events.remove(ana.claim, ["gone", "never heard of"])
        work.commit()

    assert agenda(store, ana) == ["left"]


def test_a_removed_master_takes_its_exceptions_along(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, a_series(), an_exception(), a_meeting("m"))
    settled(store, ana.claim)

    with store.writing() as work:
        work.events.remove(ana.claim, ["s"])
        work.commit()
    upserted(store, ana.claim, a_series())

    assert agenda(store, ana) == ["m"]
    assert unexpanded(store, ana.claim) == [Series(a_series(), {})]


def test_a_removed_exception_brings_its_master_back(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, a_series(), an_exception())
    settled(store, ana.claim)

    with store.writing() as work:
        work.events.remove(ana.claim, ["s_1"])
        work.commit()

    assert unexpanded(store, ana.claim) == [Series(a_series(), {})]


def test_many_events_are_removed_at_once(store: Store) -> None:
    ana = a_synced(store)
    events = [a_meeting(f"m{number:04}") for number in range(1201)]
    upserted(store, ana.claim, *events)

    with store.writing() as work:
        work.events.remove(ana.claim, [event.id for event in events[1:]])
        work.commit()

    assert waiting(store, ana.claim) == ["m0000"]


# fault 37
def test_a_full_read_sweeps_away_what_it_did_not_meet(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting("gone"), a_meeting("left"))
    upserted(store, ana.claim, a_series(), an_exception())
    settled(store, ana.claim)

    with store.writing() as work:
        generation = work.events.begin_full(ana.claim)
        work.commit()
    upserted(store, ana.claim, a_meeting("left"), a_series(), generation=generation)
    assert agenda(store, ana) == ["gone", "left", "s", "s_1"]
    with store.writing() as work:
        swept = work.events.sweep(ana.claim, generation=generation)
        work.commit()

    assert swept == 2
    assert unexpanded(store, ana.claim) == [Series(a_meeting("left"), {}), Series(a_series(), {})]


# faults 37 and 44
def test_an_exception_that_a_full_read_met_without_its_master_keeps_its_time(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, a_series(), an_exception())
    settled(store, ana.claim)
    upserted(store, ana.claim, an_exception(), generation=1)

    with store.writing() as work:
        assert work.events.sweep(ana.claim, generation=1) == 1
        work.commit()

    with store.reading() as work:
        [entry] = work.events.agenda(ana.actor, WEEK)
    assert entry.occurrence == an_occurrence(an_exception())
    assert unexpanded(store, ana.claim) == [Series(an_exception(), {})]
    settled(store, ana.claim)
    assert (agenda(store, ana), waiting(store, ana.claim)) == (["s_1"], [])


# fault 44
def test_an_exception_told_as_live_outlives_its_removed_master_and_the_others_do_not(store: Store) -> None:
    ana = a_synced(store)
    other = replace(an_exception("s_2", when="2026-11-27 14:00-15:00"), original_start=timed("2026-11-25 9:00"))
    upserted(store, ana.claim, a_series(), an_exception(), other)
    settled(store, ana.claim)

    with store.writing() as work:
        work.events.remove(ana.claim, ["s"], keeping={"s_1"})
        work.commit()

    assert agenda(store, ana) == ["s_1"]
    assert unexpanded(store, ana.claim) == [Series(an_exception(), {})]


# fault 44
def test_of_an_exception_that_stood_alone_and_with_its_master_the_newer_time_outlives_it(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, an_exception())
    settled(store, ana.claim)
    longer = an_exception(when="2026-11-26 14:00-16:00")
    upserted(store, ana.claim, a_series(), longer)
    with store.writing() as work:
        expansion = Expansion((an_occurrence(longer, series_id="s"),))
        work.events.widen(ana.claim, [ExpandedEvent("s", expansion)])
        work.commit()

    with store.writing() as work:
        work.events.remove(ana.claim, ["s"], keeping=["s_1"])
        work.commit()

    with store.reading() as work:
        [entry] = work.events.agenda(ana.actor, WEEK)
    assert entry.occurrence == an_occurrence(longer)


# fault 37
def test_a_full_read_that_begins_drops_the_token_of_the_one_before(store: Store) -> None:
    ana = a_synced(store)
    with store.writing() as work:
        work.events.complete(ana.claim, sync_token="token", zone="Europe/Berlin")
        work.events.begin_full(ana.claim)
        work.commit()

    [again] = claimed(store, NOW + timedelta(hours=1))

    assert (again.sync_token, again.generation) == (None, 1)
