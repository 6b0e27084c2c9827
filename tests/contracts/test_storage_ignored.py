"""Events that their owner has Daybook pass over: at once, for as long as he likes, and nobody else's."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import sleep

import pytest

from bot.domain.errors import NotFound
from bot.domain.events import Occurrence, RemoteEvent, ShowsAs
from bot.domain.people import Actor
from bot.domain.sync_policy import blocks
from bot.ports import Store
from tests.contracts.storage_builders import (
    Synced,
    a_person,
    a_synced,
    an_expansion,
    an_occurrence,
    chosen,
    expanded,
    happening,
    upserted,
)
from tests.event_builders import a_meeting, utc_days

DAY = utc_days("2026-11-24", "2026-11-24")
STANDUP = replace(a_meeting("standup"), recurrence=("RRULE:FREQ=DAILY",))
MOVED = replace(a_meeting("standup_x", "2026-11-24 11:00-12:00"), series_id="standup", original_start=STANDUP.start)
FREE = replace(a_meeting("standup_y", "2026-11-24 15:00-16:00"), series_id="standup", shows_as=ShowsAs.FREE)


def ignore(store: Store, actor: Actor, synced: Synced, series_id: str) -> None:
    with store.writing() as work:
        work.events.ignore(actor, synced.calendar_id, series_id)
        work.commit()


def unignore(store: Store, actor: Actor, synced: Synced, series_id: str) -> None:
    with store.writing() as work:
        work.events.unignore(actor, synced.calendar_id, series_id, takes_time=blocks)
        work.commit()


def busy(store: Store, synced: Synced) -> int:
    with store.reading() as work:
        return len(work.events.busy(synced.actor, [synced.calendar_id], DAY)[synced.calendar_id])


def marks(store: Store, synced: Synced) -> list[tuple[str, bool, bool]]:
    """Every entry of the day: its event, whether it blocks, whether it is ignored."""
    with store.reading() as work:
        agenda = work.events.agenda(synced.actor, DAY)
        return [(entry.occurrence.event_id, entry.occurrence.blocks, entry.is_ignored) for entry in agenda]


def a_series(store: Store, synced: Synced) -> None:
    """A stand-up with one time that was moved, and one that was made FREE."""
    upserted(store, synced.claim, STANDUP, MOVED, FREE)
    expand_series(store, synced)


def expand_series(store: Store, synced: Synced) -> None:
    occurrences: list[Occurrence] = [
        an_occurrence(event, series_id="standup", blocks=blocks(event)) for event in (STANDUP, MOVED, FREE)
    ]
    expanded(store, synced.claim, "standup", *occurrences)


def test_an_ignored_event_takes_no_time_at_once_and_stays_on_the_agenda(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting(), a_meeting("n", "2026-11-24 11:00-12:00"))

    ignore(store, ana.actor, ana, "m")

    assert busy(store, ana) == 1
    assert marks(store, ana) == [("m", False, True), ("n", True, False)]


def test_an_ignored_series_takes_no_time_at_any_time_of_it_and_comes_back_as_it_was(store: Store) -> None:
    ana = a_synced(store)
    a_series(store, ana)

    ignore(store, ana.actor, ana, "standup")
    assert marks(store, ana) == [
        ("standup", False, True),
        ("standup_x", False, True),
        ("standup_y", False, True),
    ]

    unignore(store, ana.actor, ana, "standup")
    assert marks(store, ana) == [
        ("standup", True, False),
        ("standup_x", True, False),
        ("standup_y", False, False),
    ]


def test_what_is_ignored_stays_so_when_it_is_read_and_expanded_anew(store: Store) -> None:
    ana = a_synced(store)
    a_series(store, ana)
    ignore(store, ana.actor, ana, "standup")

    a_series(store, ana)

    assert busy(store, ana) == 0


def test_what_is_ignored_while_a_sync_writes_stays_so(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting())
    with ThreadPoolExecutor(1) as person, store.writing() as work:
        work.events.expand(ana.claim, [an_expansion("m", an_occurrence(a_meeting()))])
        ignored = person.submit(ignore, store, ana.actor, ana, "m")
        # Long enough for him to get as far as he can before the sync is done.
        sleep(0.1)
        work.commit()
    ignored.result()

    assert marks(store, ana) == [("m", False, True)]


def test_what_is_ignored_stays_so_when_it_was_gone_for_a_while(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting())
    ignore(store, ana.actor, ana, "m")
    with store.writing() as work:
        work.events.remove(ana.claim, ["m"])
        work.commit()

    happening(store, ana.claim, a_meeting())

    assert marks(store, ana) == [("m", False, True)]


def test_ignoring_and_noticing_twice_is_the_same_as_once(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting())

    for _ in range(2):
        ignore(store, ana.actor, ana, "m")
    assert marks(store, ana) == [("m", False, True)]
    for _ in range(2):
        unignore(store, ana.actor, ana, "m")
    assert marks(store, ana) == [("m", True, False)]


def test_what_was_ignored_goes_with_its_calendar(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting())
    ignore(store, ana.actor, ana, "m")
    chosen(store, ana.actor)

    with pytest.raises(NotFound):
        unignore(store, ana.actor, ana, "m")


def test_an_event_that_is_not_there_cannot_be_ignored(store: Store) -> None:
    ana = a_synced(store)
    with pytest.raises(NotFound):
        ignore(store, ana.actor, ana, "m")


# fault 10, fault 11
@pytest.mark.parametrize(("team", "user"), [("T1", "U2"), ("T2", "U1")])
def test_nobody_else_may_ignore_notice_or_get_an_event(store: Store, team: str, user: str) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting(), a_meeting("n", "2026-11-24 11:00-12:00"))
    ignore(store, ana.actor, ana, "n")
    stranger = a_person(store, team, user)

    with pytest.raises(NotFound):
        ignore(store, stranger, ana, "m")
    with pytest.raises(NotFound):
        unignore(store, stranger, ana, "n")
    with store.reading() as work, pytest.raises(NotFound):
        work.events.get(stranger, ana.calendar_id, "m")
    assert marks(store, ana) == [("m", True, False), ("n", False, True)]


def test_an_event_is_got_as_it_was_fetched(store: Store) -> None:
    ana = a_synced(store)
    fetched: RemoteEvent = replace(STANDUP, etag='"7"', link="https://www.google.com/calendar/event?eid=x")
    upserted(store, ana.claim, fetched)

    with store.reading() as work:
        assert work.events.get(ana.actor, ana.calendar_id, "standup") == fetched
