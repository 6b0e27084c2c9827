"""Events that lie so far behind that nobody is told of them any more."""

from datetime import datetime

from bot.ports import Store
from tests.contracts.series_builders import a_series, agenda, an_exception, unexpanded
from tests.contracts.storage_builders import a_synced, happening, upserted
from tests.event_builders import a_day_off, a_meeting

LONG_AFTER = datetime.fromisoformat("2026-11-26T12:00+00:00")


def test_single_events_that_are_over_go_with_their_occurrences(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting("gone", "2026-11-24 9:00-10:00"), a_meeting("kept", "2026-11-25 14:00-15:00"))

    with store.writing() as work:
        work.events.forget_passed(ana.claim, LONG_AFTER)
        work.commit()

    assert agenda(store, ana) == ["kept"]


def test_a_day_off_goes_once_it_is_over_everywhere(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, a_day_off("gone", "2026-11-23"), a_day_off("kept", "2026-11-24"))

    with store.writing() as work:
        work.events.forget_passed(ana.claim, LONG_AFTER)
        work.commit()

    assert [one.master.id for one in unexpanded(store, ana.claim)] == ["kept"]


def test_a_series_and_its_changed_times_stay(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, a_series(), an_exception())
    before = unexpanded(store, ana.claim)

    with store.writing() as work:
        work.events.forget_passed(ana.claim, LONG_AFTER.replace(year=2036))
        work.commit()

    assert unexpanded(store, ana.claim) == before != []
