"""New times that block beside the old ones until all of a reading is expanded."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.calendars import SyncClaim
from bot.domain.events import Certainty, Occurrence, RemoteEvent
from bot.ports import Store
from tests.builders import span
from tests.contracts.storage_builders import Synced, a_synced, an_expansion, an_occurrence, happening, upserted, waiting
from tests.event_builders import a_meeting, timed, utc_days

WEEK = utc_days("2026-11-23", "2026-11-29")


def widened(store: Store, claim: SyncClaim, event_id: str, *occurrences: Occurrence) -> None:
    with store.writing() as work:
        work.events.widen(claim, [an_expansion(event_id, *occurrences)])
        work.commit()


def occurrences(store: Store, ana: Synced) -> Sequence[Occurrence]:
    with store.reading() as work:
        return [entry.occurrence for entry in work.events.agenda(ana.actor, WEEK)]


def test_a_new_time_stands_beside_the_old_one_and_the_mark_stays(store: Store) -> None:
    ana = a_synced(store)
    before, after = a_meeting(when="2026-11-24 9:00-10:00"), a_meeting(when="2026-11-25 9:00-10:00")
    happening(store, ana.claim, before)
    upserted(store, ana.claim, after)
    widened(store, ana.claim, "m", an_occurrence(after))
    assert occurrences(store, ana) == [an_occurrence(before), an_occurrence(after)]
    assert waiting(store, ana.claim) == ["m"]


def test_at_the_same_start_the_longer_the_blocking_and_the_more_certain_counts(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting())
    [old] = occurrences(store, ana)
    shorter = old._replace(end=old.end - 1800, blocks=False, certainty=Certainty.TENTATIVE)
    widened(store, ana.claim, "m", shorter)
    assert occurrences(store, ana) == [old]
    longer = old._replace(end=old.end + 1800)
    widened(store, ana.claim, "m", longer)
    assert occurrences(store, ana) == [longer]


def test_a_longer_occurrence_is_found_by_its_end(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting())
    long = a_meeting(when="2026-11-20 9:00-2026-11-28 9:00")
    upserted(store, ana.claim, long)
    widened(store, ana.claim, "m", an_occurrence(long))
    with store.reading() as work:
        busy = work.events.busy(ana.actor, [ana.calendar_id], span("2026-11-27 9:00-10:00"))
    assert len(busy[ana.calendar_id]) == 1


def test_what_its_owner_passes_over_does_not_block_in_its_new_place_either(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting())
    with store.writing() as work:
        work.events.ignore(ana.actor, ana.calendar_id, "m")
        work.commit()
    after = a_meeting(when="2026-11-25 9:00-10:00")
    widened(store, ana.claim, "m", an_occurrence(after))
    assert [one.blocks for one in occurrences(store, ana)] == [False, False]


def test_marked_events_are_handed_out_by_id_and_stay_marked(store: Store) -> None:
    ana = a_synced(store)
    upserted(store, ana.claim, *(a_meeting(f"e{n}") for n in range(5)))
    pages, after = [], ""
    with store.reading() as work:
        for _ in range(3):
            page, following = work.events.marked(ana.claim, after=after, limit=2)
            pages.append(([series.master.id for series in page], following))
            after = following or ""
    assert pages == [(["e0", "e1"], "e1"), (["e2", "e3"], "e3"), (["e4"], None)]


def test_a_marked_exception_leads_to_its_series(store: Store) -> None:
    ana = a_synced(store)
    series = replace(a_meeting("s"), recurrence=("RRULE:FREQ=DAILY;COUNT=3",))
    happening(store, ana.claim, series)
    moved: RemoteEvent = replace(
        a_meeting("s_1", "2026-11-26 14:00-15:00"), series_id="s", original_start=timed("2026-11-26 9:00")
    )
    upserted(store, ana.claim, moved)
    with store.reading() as work:
        [found], following = work.events.marked(ana.claim, after="", limit=50)
    assert (found.master.id, list(found.exceptions.values()), following) == ("s", [moved], None)


def test_many_are_expanded_together(store: Store) -> None:
    ana = a_synced(store)
    meetings = [a_meeting(f"e{n}", f"2026-11-2{n + 3} 9:00-10:00") for n in range(4)]
    upserted(store, ana.claim, *meetings)
    with store.writing() as work:
        all_of_them = [an_expansion(one.id, an_occurrence(one)) for one in meetings]
        work.events.expand(ana.claim, all_of_them)
        work.commit()
    assert occurrences(store, ana) == [an_occurrence(one) for one in meetings]
    assert waiting(store, ana.claim) == []
