"""Events as fetched, what is marked for expansion, and what an expansion replaces."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.calendars import SyncClaim
from bot.domain.events import (
    AllDay,
    EventKind,
    EventStatus,
    Occurrence,
    RemoteEvent,
    Response,
    Series,
    ShowsAs,
    Timed,
)
from bot.domain.recurrence import Expansion
from bot.domain.sync_plan import ExpandedEvent
from bot.ports import Store
from tests.contracts.storage_builders import (
    NOW,
    Synced,
    a_synced,
    an_occurrence,
    claimed,
    expanded,
    happening,
    upserted,
    waiting,
)
from tests.event_builders import a_day_off, a_meeting, timed, utc_days

WEEK = utc_days("2026-11-23", "2026-11-29")


def a_series(event_id: str = "s") -> RemoteEvent:
    return replace(a_meeting(event_id), recurrence=("RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20261125T080000Z"))


def an_exception(event_id: str = "s_1", series_id: str = "s", when: str = "2026-11-26 14:00-15:00") -> RemoteEvent:
    return replace(a_meeting(event_id, when), series_id=series_id, original_start=timed("2026-11-26 9:00"))


def unexpanded(store: Store, claim: SyncClaim, limit: int = 100) -> list[Series]:
    with store.reading() as work:
        return sorted(work.events.unexpanded(claim, limit=limit), key=lambda series: series.master.id)


def agenda(store: Store, synced: Synced) -> list[str]:
    """The ids of the week's occurrences, by start."""
    with store.reading() as work:
        return [entry.occurrence.event_id for entry in work.events.agenda(synced.actor, WEEK)]


def settled(store: Store, claim: SyncClaim) -> None:
    """Expand everything into one occurrence for the event and each exception."""
    for series in unexpanded(store, claim):
        happenings = [series.master, *series.exceptions.values()]
        ids = series.master.id
        expanded(store, claim, ids, *(an_occurrence(one, series_id=ids) for one in happenings))


@pytest.mark.parametrize(
    "event",
    [
        RemoteEvent(
            id="full",
            status=EventStatus.TENTATIVE,
            etag='"3181161784712000"',
            ical_uid="full@google.com",
            kind=EventKind.OUT_OF_OFFICE,
            shows_as=ShowsAs.FREE,
            response=Response.NEEDS_ACTION,
            is_private=True,
            title="Zahnarzt \N{TOOTH} <!channel>",
            start=Timed(datetime(2026, 11, 24, 8, tzinfo=UTC), "Europe/Berlin"),
            end=Timed(datetime(2026, 11, 24, 9, tzinfo=UTC), None),
            recurrence=("RRULE:FREQ=WEEKLY;BYDAY=TU", "EXDATE;TZID=Europe/Berlin:20261201T090000"),
            link="https://calendar.google.com/event?eid=full",
            is_own=False,
            problem="Its end lies before its start.",
        ),
        RemoteEvent(
            id="day",
            status=EventStatus.CONFIRMED,
            start=AllDay(date(2026, 11, 24)),
            end=AllDay(date(2026, 11, 25)),
        ),
        RemoteEvent(
            id="moved day",
            status=EventStatus.CANCELLED,
            series_id="elsewhere",
            original_start=AllDay(date(2026, 11, 24)),
        ),
        RemoteEvent(id="bare", status=EventStatus.CONFIRMED),
        RemoteEvent(
            id="far",
            status=EventStatus.CONFIRMED,
            start=Timed(datetime(1, 1, 2, tzinfo=UTC), "UTC"),
            end=Timed(datetime(9999, 12, 30, tzinfo=UTC), "UTC"),
        ),
    ],
    ids=lambda event: str(event.id),
)
def test_an_event_comes_back_as_it_was_fetched(store: Store, event: RemoteEvent) -> None:
    ana = a_synced(store)

    upserted(store, ana.claim, event)

    assert unexpanded(store, ana.claim) == [Series(event, {})]


# fault 46
def test_a_title_that_databases_refuse_does_not_keep_the_rest_from_being_stored(store: Store) -> None:
    ana = a_synced(store)

    upserted(store, ana.claim, replace(a_meeting("odd"), title="a\x00b\ud800c"), a_meeting("plain"))

    assert waiting(store, ana.claim) == ["odd", "plain"]


def test_an_event_that_is_fetched_again_replaces_what_was_there(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, a_meeting(when="2026-11-24 9:00-10:00"))

    upserted(store, ana.claim, a_meeting(when="2026-11-24 9:30-10:00"), a_meeting(when="2026-11-24 11:00-12:00"))

    assert unexpanded(store, ana.claim) == [Series(a_meeting(when="2026-11-24 11:00-12:00"), {})]


def test_a_master_comes_with_its_exceptions(store: Store) -> None:
    ana = a_synced(store)
    cancelled = RemoteEvent(
        id="s_2",
        status=EventStatus.CANCELLED,
        series_id="s",
        original_start=timed("2026-11-27 9:00"),
    )

    upserted(store, ana.claim, an_exception(), a_series(), cancelled, a_meeting("m"))

    assert unexpanded(store, ana.claim) == [
        Series(a_meeting("m"), {}),
        Series(a_series(), {timed("2026-11-26 9:00"): an_exception(), timed("2026-11-27 9:00"): cancelled}),
    ]


def test_a_changed_exception_brings_its_master_back(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, a_series(), an_exception())
    settled(store, ana.claim)
    assert waiting(store, ana.claim) == []

    moved = an_exception(when="2026-11-26 16:00-17:00")
    upserted(store, ana.claim, moved)

    assert unexpanded(store, ana.claim) == [Series(a_series(), {timed("2026-11-26 9:00"): moved})]


def test_an_exception_stands_alone_until_its_master_comes(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, an_exception())
    assert unexpanded(store, ana.claim) == [Series(an_exception(), {})]
    settled(store, ana.claim)
    assert agenda(store, ana) == ["s_1"]

    upserted(store, ana.claim, a_series())
    settled(store, ana.claim)

    assert agenda(store, ana) == ["s", "s_1"]


def test_everything_that_waits_is_handed_out_in_slices(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, *(a_meeting(f"m{number}") for number in range(7)))

    slices = []
    while some := unexpanded(store, ana.claim, limit=3):
        slices.append(len(some))
        for series in some:
            expanded(store, ana.claim, series.master.id)

    assert slices == [3, 3, 1]


def test_an_expansion_replaces_the_one_before(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting(when="2026-11-24 9:00-10:00"))

    happening(store, ana.claim, a_meeting(when="2026-11-25 9:00-10:00"))

    with store.reading() as work:
        [entry] = work.events.agenda(ana.actor, WEEK)
    assert entry.occurrence == an_occurrence(a_meeting(when="2026-11-25 9:00-10:00"))


def test_a_happening_that_is_told_twice_is_stored_once(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, a_meeting())
    once = an_occurrence(a_meeting())

    expanded(store, ana.claim, "m", once, once)

    assert agenda(store, ana) == ["m"]


# fault 37
def test_what_was_known_stays_until_it_is_expanded_anew(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting(when="2026-11-24 9:00-10:00"))

    upserted(store, ana.claim, a_meeting(when="2026-11-27 9:00-10:00"))

    with store.reading() as work:
        [entry] = work.events.agenda(ana.actor, WEEK)
    assert entry.occurrence == an_occurrence(a_meeting(when="2026-11-24 9:00-10:00"))


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


# fault 50
def test_events_that_name_themselves_or_each_other_as_their_series_wait_no_longer_than_others(store: Store) -> None:
    ana = a_synced(store)
    own = an_exception("own", series_id="own")
    circle = [an_exception("a", series_id="b"), an_exception("b", series_id="a")]
    chain = [an_exception("x", series_id="y"), an_exception("y", series_id="z"), a_series("z")]
    upserted(store, ana.claim, own, *circle, *chain, a_meeting("plain"))
    for _ in range(8):
        for series in unexpanded(store, ana.claim, limit=2):
            happenings = [series.master, *series.exceptions.values()]
            root = series.master.id
            expanded(store, ana.claim, root, *(an_occurrence(one, series_id=root) for one in happenings))
    assert waiting(store, ana.claim) == []
    assert set(agenda(store, ana)) >= {"own", "a", "b", "y", "z", "plain"}


# fault 37
def test_a_full_read_that_begins_drops_the_token_of_the_one_before(store: Store) -> None:
    ana = a_synced(store)
    with store.writing() as work:
        work.events.complete(ana.claim, sync_token="token", zone="Europe/Berlin")
        work.events.begin_full(ana.claim)
        work.commit()

    [again] = claimed(store, NOW + timedelta(hours=1))

    assert (again.sync_token, again.generation) == (None, 1)


def test_a_calendar_that_changes_its_zone_marks_what_depends_on_it(store: Store) -> None:
    ana = a_synced(store, zone="Europe/Berlin")
    floating = replace(a_meeting("floating"), start=Timed(datetime(2026, 11, 24, 8, tzinfo=UTC), None))
    upserted(store, ana.claim, a_day_off("day"), floating, a_meeting("timed"))
    for event_id in ("day", "floating", "timed"):
        expanded(store, ana.claim, event_id)

    with store.writing() as work:
        work.events.complete(ana.claim, sync_token="1", zone="Europe/Berlin")
        work.commit()
    assert waiting(store, ana.claim) == []

    with store.writing() as work:
        work.events.complete(ana.claim, sync_token="2", zone="America/New_York")
        work.commit()
    assert waiting(store, ana.claim) == ["day", "floating"]


def test_a_horizon_that_moves_marks_series_and_what_lies_behind_the_old_one(store: Store) -> None:
    ana = a_synced(store)
    with store.writing() as work:
        work.events.roll(ana.claim, datetime(2027, 1, 1, tzinfo=UTC))
        work.commit()
    upserted(
        store,
        ana.claim,
        a_series("series"),
        a_meeting("early", "2026-12-31 9:00-10:00"),
        a_meeting("late", "2027-01-01 9:00-10:00"),
        a_day_off("early day", "2026-12-30"),
        # In Auckland the first of January begins on the thirty-first of December.
        a_day_off("late day", "2026-12-31"),
    )
    for event_id in ("series", "early", "late", "early day", "late day"):
        expanded(store, ana.claim, event_id)

    with store.writing() as work:
        work.events.roll(ana.claim, datetime(2027, 2, 1, tzinfo=UTC))
        work.commit()

    assert waiting(store, ana.claim) == ["late", "late day", "series"]


def test_the_first_horizon_marks_everything(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting("m"))

    with store.writing() as work:
        work.events.roll(ana.claim, datetime(2027, 1, 1, tzinfo=UTC))
        work.commit()

    assert waiting(store, ana.claim) == ["m"]


def test_an_exception_counts_as_an_occurrence_of_its_series(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, a_series(), an_exception())
    settled(store, ana.claim)

    with store.reading() as work:
        told = [entry.occurrence for entry in work.events.agenda(ana.actor, WEEK)]

    assert told == [
        Occurrence(1795507200, 1795510800, "s", "s", blocks=True),
        Occurrence(1795698000, 1795701600, "s_1", "s", blocks=True),
    ]
