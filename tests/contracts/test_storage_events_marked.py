"""What is marked for expansion anew: by a horizon, a zone, or an exception."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.events import Series, Timed
from bot.ports import Store
from tests.contracts.series_builders import a_series, agenda, an_exception, settled, unexpanded
from tests.contracts.storage_builders import a_synced, an_occurrence, expanded, happening, upserted, waiting
from tests.event_builders import a_day_off, a_meeting, timed


def test_a_changed_exception_brings_its_master_back(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, a_series(), an_exception())
    settled(store, ana.claim)
    assert waiting(store, ana.claim) == []

    moved = an_exception(when="2026-11-26 16:00-17:00")
    upserted(store, ana.claim, moved)

    assert unexpanded(store, ana.claim) == [Series(a_series(), {timed("2026-11-26 9:00"): moved})]


def test_everything_that_waits_is_handed_out_in_slices(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, *(a_meeting(f"m{number}") for number in range(7)))

    slices = []
    while some := unexpanded(store, ana.claim, limit=3):
        slices.append(len(some))
        for series in some:
            expanded(store, ana.claim, series.master.id)

    assert slices == [3, 3, 1]


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
