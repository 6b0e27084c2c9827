"""Series and their exceptions, and what a store makes of them."""

from dataclasses import replace

from bot.domain.calendars import SyncClaim
from bot.domain.events import RemoteEvent, Series
from bot.ports import Store
from tests.contracts.storage_builders import Synced, an_occurrence, expanded
from tests.event_builders import a_meeting, timed, utc_days

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
