"""Events as fetched, and what an expansion replaces."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.events import AllDay, EventKind, EventStatus, Occurrence, RemoteEvent, Response, Series, ShowsAs, Timed
from bot.ports import Store
from tests.contracts.series_builders import WEEK, a_series, agenda, an_exception, settled, unexpanded
from tests.contracts.storage_builders import a_synced, an_occurrence, expanded, happening, upserted, waiting
from tests.event_builders import a_meeting, timed


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


def test_an_exception_stands_alone_until_its_master_comes(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, an_exception())
    assert unexpanded(store, ana.claim) == [Series(an_exception(), {})]
    settled(store, ana.claim)
    assert agenda(store, ana) == ["s_1"]

    upserted(store, ana.claim, a_series())
    settled(store, ana.claim)

    assert agenda(store, ana) == ["s", "s_1"]


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
