"""What members decided about their time: kept whole, nobody else's to read or change, and followed at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import delete, select, text

from bot.domain.appointments import Venue, Where
from bot.domain.date_overrides import DateSpan, with_dates
from bot.domain.events import Certainty, RemoteEvent, Response, Series
from bot.domain.people import Actor
from bot.domain.preferences import Audience, Preferences, WhenStale, default_preferences
from bot.domain.recurrence import expand
from bot.domain.schedule import Schedule, WallRange
from bot.domain.sync_plan import ExpandedEvent
from bot.ports import Store
from storage.engine import for_purpose, open_engine
from storage.migrate import upgrade
from storage.store import SqlStore
from storage.tables import MEMBERS, METADATA, OCCURRENCES
from tests.builders import BERLIN, NEW_YORK, hours_of
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import Synced, a_person, a_synced, all_at_once, happening, new_id, upserted
from tests.contracts.test_storage_migrations import fill_empty_tables
from tests.event_builders import a_meeting, utc_days

DAY = utc_days("2026-11-24", "2026-11-24")
EVERYTHING = Preferences(
    schedule=Schedule(
        zone=NEW_YORK,
        hours=hours_of("Mon-Fri 9:00-12:00 13:00-17:00, Sat 22:00-24:00"),
        slot_minutes=45,
        step_minutes=30,
        before_minutes=10,
        after_minutes=5,
        notice_minutes=120,
        horizon_days=30,
        daily_cap=4,
        overrides={date(2026, 12, 24): (), date(2026, 12, 31): (WallRange(540, 720),)},
        tentative_blocks=False,
        unanswered_blocks=False,
    ),
    has_own_zone=True,
    audience=Audience.INVITED,
    invited=("U2", "U3"),
    when_stale=WhenStale.OFFER_NOTHING,
    usual_venue=Venue(Where.PLACE, "Room 3"),
    invites=False,
)


def changed(store: Store, actor: Actor, change: Callable[[Preferences], Preferences]) -> None:
    with store.writing() as work:
        work.schedules.change(actor, change)
        work.commit()


def preferences_of(store: Store, actor: Actor, member_id: UUID | None = None, zone: str = BERLIN) -> Preferences:
    """What an actor finds, of himself unless told otherwise."""
    wanted = member_id or actor.member_id
    with store.reading() as work:
        return work.schedules.of(actor, {wanted: zone})[wanted]


def test_whoever_decided_nothing_has_the_defaults(store: Store) -> None:
    ana = a_person(store)
    assert preferences_of(store, ana) == default_preferences(BERLIN)
    assert preferences_of(store, ana, new_id(), NEW_YORK) == default_preferences(NEW_YORK)


def test_what_was_decided_comes_back_as_it_went_in(store: Store) -> None:
    ana = a_person(store)
    changed(store, ana, lambda _before: EVERYTHING)
    assert preferences_of(store, ana) == EVERYTHING


def test_a_change_begins_with_what_is_there(store: Store) -> None:
    ana = a_person(store)
    changed(store, ana, lambda _before: EVERYTHING)
    changed(store, ana, lambda before: replace(before, audience=Audience.NOBODY))
    assert preferences_of(store, ana) == replace(EVERYTHING, audience=Audience.NOBODY)


def test_what_is_not_committed_is_not_kept(store: Store) -> None:
    ana = a_person(store)
    with store.writing() as work:
        work.schedules.change(ana, lambda _before: EVERYTHING)
    assert preferences_of(store, ana) == default_preferences(BERLIN)


def test_without_a_zone_of_his_own_a_member_is_where_slack_says(store: Store) -> None:
    ana = a_person(store)
    changed(store, ana, lambda before: replace(before, audience=Audience.NOBODY))
    assert preferences_of(store, ana, zone="Asia/Kathmandu").schedule.zone == "Asia/Kathmandu"
    changed(store, ana, lambda before: before.in_zone(NEW_YORK))
    assert preferences_of(store, ana, zone="Asia/Kathmandu").schedule.zone == NEW_YORK


# fault 10
def test_members_of_another_workspace_have_nothing_to_tell(store: Store) -> None:
    ana, mia = a_person(store, "T1", "ana"), a_person(store, "T2", "mia")
    changed(store, ana, lambda _before: EVERYTHING)
    assert preferences_of(store, mia, ana.member_id) == default_preferences(BERLIN)


# fault 11
def test_a_change_is_the_actors_own_and_no_colleagues(store: Store) -> None:
    ana, ben = a_person(store, "T1", "ana"), a_person(store, "T1", "ben")
    changed(store, ana, lambda _before: EVERYTHING)
    changed(store, ben, lambda before: replace(before, audience=Audience.NOBODY))
    with store.reading() as work:
        found = work.schedules.of(ana, {ana.member_id: BERLIN, ben.member_id: NEW_YORK})
    assert found == {
        ana.member_id: EVERYTHING,
        ben.member_id: replace(default_preferences(NEW_YORK), audience=Audience.NOBODY),
    }


# fault 5
def test_changes_from_two_devices_are_both_kept(database: Database) -> None:
    stores = [database.open() for _ in range(4)]
    ana = a_person(stores[0])
    today = date(2026, 12, 1)

    def add(number: int) -> None:
        day = date(2026, 12, number + 1)
        changed(stores[number], ana, lambda before: with_dates(before, DateSpan(day, day, ()), today))

    all_at_once(len(stores), add)
    assert sorted(preferences_of(stores[0], ana).schedule.overrides) == [date(2026, 12, day) for day in (1, 2, 3, 4)]


def test_a_schedule_goes_with_its_member(database: Database) -> None:
    store = database.open()
    ana = a_person(store)
    changed(store, ana, lambda _before: EVERYTHING)
    with store.connected("writing") as connection:
        connection.execute(delete(MEMBERS))
        connection.commit()
    assert rows(store)["schedule"] == 0


# --- Invitations that are not certain


@pytest.fixture
def ana(store: Store) -> Synced:
    """Ana with an event of her own, one that she may come to, and one that she did not answer."""
    synced = a_synced(store)
    invitations = [
        a_meeting("own", "2026-11-24 9:00-10:00"),
        replace(a_meeting("maybe", "2026-11-24 11:00-12:00"), response=Response.TENTATIVE),
        replace(a_meeting("open", "2026-11-24 13:00-14:00"), response=Response.NEEDS_ACTION),
        replace(a_meeting("no", "2026-11-24 15:00-16:00"), response=Response.DECLINED),
    ]
    upserted(store, synced.claim, *invitations)
    with store.writing() as work:
        for event in invitations:
            expansion = expand(Series(event), zone=BERLIN, window=DAY)
            work.events.expand(synced.claim, [ExpandedEvent(event.id, expansion)])
        work.commit()
    return synced


def blocking(store: Store, synced: Synced) -> tuple[int, list[str]]:
    """How many times are busy for others, and which events are on her own agenda."""
    with store.reading() as work:
        busy = work.events.busy(synced.actor, [synced.calendar_id], DAY)[synced.calendar_id]
        entries = work.events.agenda(synced.actor, DAY)
    return len(busy), [entry.occurrence.event_id for entry in entries if entry.occurrence.blocks]


def leaving_open(before: Preferences, *kinds: Certainty) -> Preferences:
    schedule = replace(
        before.schedule,
        tentative_blocks=Certainty.TENTATIVE not in kinds,
        unanswered_blocks=Certainty.UNANSWERED not in kinds,
    )
    return replace(before, schedule=schedule)


# fault 45
@pytest.mark.parametrize(
    ("kinds", "left"),
    [
        ((), ["own", "maybe", "open"]),
        ((Certainty.TENTATIVE,), ["own", "open"]),
        ((Certainty.UNANSWERED,), ["own", "maybe"]),
        ((Certainty.TENTATIVE, Certainty.UNANSWERED), ["own"]),
    ],
)
def test_uncertain_invitations_block_as_their_owner_has_it(
    store: Store, ana: Synced, kinds: tuple[Certainty, ...], left: list[str]
) -> None:
    changed(store, ana.actor, lambda before: leaving_open(before, *kinds))
    assert blocking(store, ana) == (len(left), left)
    changed(store, ana.actor, leaving_open)
    assert blocking(store, ana) == (3, ["own", "maybe", "open"])


def test_what_one_member_leaves_open_still_blocks_anothers_time(store: Store, ana: Synced) -> None:
    changed(store, a_person(store, "T1", "ben"), _all_open)
    assert blocking(store, ana)[0] == 3


def _all_open(before: Preferences) -> Preferences:
    return leaving_open(before, Certainty.TENTATIVE, Certainty.UNANSWERED)


def test_free_time_is_still_found_by_the_index_alone(database: Database) -> None:
    if not database.url.startswith("sqlite"):
        pytest.skip("PostgreSQL decides by the sizes of tables, which are small here")
    with database.open().connected("reading") as connection:
        query = select(OCCURRENCES.c.start_at, OCCURRENCES.c.end_at).where(
            OCCURRENCES.c.calendar_id == new_id(),
            OCCURRENCES.c.start_at < 2,
            OCCURRENCES.c.start_at >= 1,
            OCCURRENCES.c.end_at > 1,
            OCCURRENCES.c.blocks,
            OCCURRENCES.c.certainty.not_in([1]),
        )
        compiled = query.compile(connection, compile_kwargs={"literal_binds": True})
        plan = [str(row.detail) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))]
    assert any("USING COVERING INDEX ix_occurrence_window" in step for step in plan), plan


# fault 60
@pytest.mark.slow
def test_what_was_expanded_before_is_known_to_be_uncertain(empty_database_url: str) -> None:
    upgrade(empty_database_url, to="0002")
    engine = open_engine(empty_database_url)
    with for_purpose(engine, "writing").begin() as connection:
        fill_empty_tables(connection)
        connection.execute(text("UPDATE event SET response = 'needsAction'"))
    upgrade(empty_database_url)
    with for_purpose(engine, "reading").connect() as connection:
        assert connection.scalar(text("SELECT certainty FROM occurrence")) == Certainty.UNANSWERED
    engine.dispose()


# --- Leaving


def rows(store: SqlStore) -> dict[str, int]:
    """How many rows each table has."""
    with store.connected("reading") as connection:
        return {table.name: len(connection.execute(select(table)).all()) for table in METADATA.sorted_tables}


def test_leaving_an_account_leaves_nothing_of_it_behind_but_ones_own_decisions(database: Database) -> None:
    store = database.open()
    before = rows(store)
    ana = a_synced(store)
    happening(store, ana.claim, *_meetings(3))
    changed(store, ana.actor, lambda _before: EVERYTHING)
    with store.writing() as work:
        work.events.ignore(ana.actor, ana.calendar_id, "m0")
        assert work.calendars.event_counts(ana.actor) == {ana.calendar_id: 3}
        work.accounts.erase(ana.account.id)
        work.commit()
    assert rows(store) == {**before, "workspace": 1, "member": 1, "schedule": 1}
    assert preferences_of(store, ana.actor) == EVERYTHING


def test_events_are_counted_for_each_of_ones_own_calendars(store: Store) -> None:
    ana, ben = a_synced(store, "T1", "ana"), a_synced(store, "T1", "ben")
    happening(store, ana.claim, *_meetings(3))
    happening(store, ben.claim, *_meetings(1))
    with store.reading() as work:
        assert work.calendars.event_counts(ana.actor)[ana.calendar_id] == 3
        assert ben.calendar_id not in work.calendars.event_counts(ana.actor)


def _meetings(number: int) -> list[RemoteEvent]:
    return [a_meeting(f"m{each}", f"2026-11-24 {9 + each}:00-{10 + each}:00") for each in range(number)]
