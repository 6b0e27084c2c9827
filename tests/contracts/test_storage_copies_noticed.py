"""Copies among what a calendar lost, did not meet, or told anew; and effects that only a newer Daybook knows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text, update

from bot.domain.appointments import Question, QuestionKind
from bot.domain.effects import EFFECT_LEASE, EffectKind, LinkState, RemoteLink, event_lane
from bot.domain.event_copies import as_copy
from bot.domain.events import RemoteEvent
from bot.domain.recurrence import Expansion
from bot.ports import Store, UnitOfWork
from storage.engine import for_purpose, open_engine
from storage.store import SqlStore
from storage.tables import EFFECTS
from storage.vault import Vault, new_key
from tests.builders import second, span
from tests.contracts.appointment_builders import an_appointment, booked, saved
from tests.contracts.effect_builders import copied, effect_of, wanted
from tests.contracts.storage_builders import (
    NOW,
    Synced,
    a_calendar,
    a_synced,
    an_occurrence,
    chosen,
    claimed,
    expanded,
    happening,
    upserted,
)
from tests.contracts.test_storage_plans import explained
from tests.event_builders import a_meeting, utc_days

DAY = utc_days("2026-11-24", "2026-11-24")
EARLY = second("2026-11-24 0:00")


@pytest.fixture
def ana(store: Store) -> Synced:
    return a_synced(store)


def event_of(link: RemoteLink, when: str) -> RemoteEvent:
    return replace(a_meeting(link.remote_id, f"2026-11-24 {when}"), ical_uid=link.ical_uid)


# fault 39
def test_what_we_took_away_ourselves_is_no_loss(store: Store, ana: Synced) -> None:
    for hour, state in enumerate([LinkState.REMOVED] * 6 + [LinkState.WRITTEN], start=8):
        when = f"{hour}:00-{hour}:30"
        link = copied(store, booked(store, an_appointment(ana.actor, when)), ana.claim.calendar, state)
        happening(store, ana.claim, event_of(link, when))
    happening(store, ana.claim, a_meeting("theirs", "2026-11-24 18:00-19:00"))

    with store.reading() as work:
        gone = work.events.losses(ana.claim, [], unmet_by=7, now=EARLY)
        coming = work.events.coming(ana.claim, now=EARLY, at_most=100)
    assert (gone, coming) == (2, 2)


# fault 39
def test_appointments_that_were_moved_to_another_calendar_are_no_loss(store: Store, ana: Synced) -> None:
    with store.reading() as work:
        present = work.calendars.of(ana.actor)
    chosen(store, ana.actor, *present, a_calendar(ana.account, "side@group.test", name="Side"))
    side = next(one for one in claimed(store) if one.calendar.remote_id == "side@group.test")
    for hour in range(8, 15):
        when = f"{hour}:00-{hour}:30"
        link = copied(store, booked(store, an_appointment(ana.actor, when)), ana.claim.calendar)
        event = event_of(link, when)
        for claim in (ana.claim, side):
            upserted(store, claim, event)
            expanded(store, claim, event.id, *as_copy(Expansion((an_occurrence(event),))).occurrences)

    with store.reading() as work:
        assert work.events.losses(ana.claim, [], unmet_by=7, now=EARLY) == 0


def test_a_copy_is_noticed_in_the_lane_of_the_calendar_that_it_is_in(store: Store, ana: Synced) -> None:
    one = booked(store, an_appointment(ana.actor))
    link = copied(store, one, ana.claim.calendar)
    wanted(store, one, lane="calendar:left")
    with store.writing() as work:
        assert work.effects.notice(ana.claim, [link.remote_id], NOW) == 1
        work.commit()

    assert effect_of(store, one).lane == event_lane(ana.calendar_id)


def test_a_first_reading_does_not_miss_what_it_did_not_reach_back_to(store: Store, ana: Synced) -> None:
    long_ago = booked(store, an_appointment(ana.actor, "2026-10-01 9:00-10:00"))
    coming = booked(store, an_appointment(ana.actor))
    links = [copied(store, one, ana.claim.calendar) for one in (long_ago, coming)]
    with store.reading() as work:
        everything = work.remote_links.unmet(ana.claim, generation=1, since=NOW - timedelta(days=90))
        missed = work.remote_links.unmet(ana.claim, generation=1, since=NOW - timedelta(days=30))

    assert (set(everything), missed) == ({link.remote_id for link in links}, [links[1].remote_id])


@pytest.fixture
def engine(sqlite_template: Path, tmp_path: Path) -> Engine:
    (tmp_path / "daybook.db").write_bytes(sqlite_template.read_bytes())
    return open_engine(f"sqlite:///{tmp_path / 'daybook.db'}")


def test_what_only_a_newer_daybook_knows_is_left_to_it(engine: Engine) -> None:
    store = SqlStore(engine, Vault([new_key()]))
    ana = a_synced(store)
    one = booked(store, an_appointment(ana.actor))
    wanted(store, one, EffectKind.EVENT)
    wanted(store, one, EffectKind.CARD, lane="card")
    with for_purpose(engine, "writing").begin() as connection:
        newer = update(EFFECTS).where(EFFECTS.c.kind == EffectKind.CARD).values(kind=text("'hologram'"))
        connection.execute(newer)

    with store.writing() as work:
        claims = work.effects.claim_due(NOW, limit=10, lease=EFFECT_LEASE)
        work.commit()
    with store.reading() as work:
        known = list(work.effects.of(one.id))
    engine.dispose()

    assert ([claim.effect.kind for claim in claims], known) == ([EffectKind.EVENT], [EffectKind.EVENT])


_LOOKS: dict[str, tuple[Callable[[UnitOfWork, Synced], object], str]] = {
    "questions": (
        lambda work, ana: work.appointments.asked_about(ana.actor, [ana.actor.member_id], DAY),
        "SELECT: SEARCH appointment USING INDEX ix_appointment_theirs (workspace_id=? AND their_end_at>?)",
    ),
    "copies": (
        lambda work, ana: work.events.busy(ana.actor, [ana.calendar_id], DAY),
        "SELECT: SEARCH occurrence USING INDEX ix_occurrence_copy (calendar_id=? AND start_at>? AND start_at<?)",
    ),
}


@pytest.mark.parametrize(("look", "plan"), _LOOKS.values(), ids=_LOOKS)
def test_who_looks_at_a_time_reads_no_more_than_what_is_asked_or_copied_there(
    engine: Engine, look: Callable[[UnitOfWork, Synced], object], plan: str
) -> None:
    store = SqlStore(engine, Vault([new_key()]))
    ana = a_synced(store)
    one = booked(store, an_appointment(ana.actor))
    copied(store, one, ana.claim.calendar)
    saved(store, one.asking(Question(QuestionKind.COLLIDES, span("15:00-16:00")), NOW))

    with store.writing() as work:
        plans = explained(for_purpose(engine, "writing"), lambda: look(work, ana))
    engine.dispose()

    assert plan in plans
