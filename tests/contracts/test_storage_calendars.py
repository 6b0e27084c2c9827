"""Which calendars a member uses, and as what."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.calendars import Calendar, ContactPolicy, EventStyle, Role, SyncOption
from bot.ports import Store
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import (
    NOW,
    a_calendar,
    a_person,
    a_synced,
    all_at_once,
    an_expansion,
    chosen,
    claimed,
    connected,
    happening,
    names,
)
from tests.event_builders import a_meeting, utc_days

DAY = utc_days("2026-11-24", "2026-11-24")


def test_chosen_calendars_come_back_as_they_went_in_the_linked_one_first(store: Store) -> None:
    ana = a_person(store)
    account = connected(store, ana)
    private = a_calendar(account, "b", name="Private")
    gym = a_calendar(account, "c", name="Gym")
    work_calendar = a_calendar(account, "a", name="Work", role=Role.LINKED)

    assert list(chosen(store, ana, private, gym, work_calendar)) == [work_calendar, gym, private]


def test_calendars_of_several_accounts_stand_side_by_side(store: Store) -> None:
    ana = a_person(store)
    first, second = connected(store, ana, "a@example.com"), connected(store, ana, "b@example.com")

    calendars = chosen(store, ana, a_calendar(first, "same", name="A"), a_calendar(second, "same", name="B"))

    assert names(calendars) == ["A", "B"]


def test_a_calendar_that_is_chosen_again_keeps_its_id_and_what_was_read(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting())
    with store.writing() as work:
        work.calendars.finish(ana.claim, read_at=NOW, next_sync_at=NOW + timedelta(minutes=5))
        work.commit()
    before = ana.claim.calendar
    option = SyncOption(EventStyle.COLOURED, ContactPolicy.ASK, fire_triggers=True)
    again = replace(a_calendar(ana.account, role=Role.LINKED, name="Work (renamed)", zone="UTC"), option=option)

    [calendar] = chosen(store, ana.actor, replace(again, next_sync_at=NOW + timedelta(minutes=1)))

    assert calendar == replace(
        before,
        name="Work (renamed)",
        role=Role.LINKED,
        option=option,
        read_at=NOW,
        # Now that it is linked, it matters who is on its events.
        next_sync_at=NOW + timedelta(minutes=1),
    )
    with store.reading() as work:
        assert len(work.events.agenda(ana.actor, DAY)) == 1


def test_a_calendar_that_is_not_chosen_any_more_goes_with_what_was_read(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting())

    chosen(store, ana.actor, a_calendar(ana.account, "another"))
    [_, back] = chosen(
        store, ana.actor, a_calendar(ana.account, "another"), a_calendar(ana.account, "main", name="Work again")
    )

    assert back.name == "Work again"
    with store.reading() as work:
        assert list(work.events.agenda(ana.actor, DAY)) == []


def test_a_calendar_in_no_role_is_not_kept(store: Store) -> None:
    ana = a_person(store)

    assert list(chosen(store, ana, a_calendar(connected(store, ana), role=Role.UNUSED))) == []


def test_the_linked_calendar_can_change_places_with_a_conflict_calendar(store: Store) -> None:
    ana = a_person(store)
    account = connected(store, ana)
    chosen(store, ana, a_calendar(account, "a", role=Role.LINKED), a_calendar(account, "b"))

    calendars = chosen(store, ana, a_calendar(account, "a"), a_calendar(account, "b", role=Role.LINKED))

    assert [(calendar.remote_id, calendar.role) for calendar in calendars] == [
        ("b", Role.LINKED),
        ("a", Role.CONFLICT),
    ]


# fault 5
def test_two_devices_that_choose_at_once_leave_the_choice_of_one(database: Database) -> None:
    stores = [database.open(), database.open()]
    ana = a_person(stores[0])
    account = connected(stores[0], ana)

    def choose(device: int) -> list[str]:
        calendars: list[Calendar] = [
            a_calendar(account, f"linked {device}", role=Role.LINKED),
            a_calendar(account, "shared"),
        ]
        with stores[device].writing() as work:
            work.calendars.choose(ana, calendars)
            work.commit()
        return [calendar.remote_id for calendar in calendars]

    choices = all_at_once(2, choose)

    with stores[0].reading() as work:
        assert [calendar.remote_id for calendar in work.calendars.of(ana)] in choices


def test_a_sync_can_be_asked_for_but_not_of_a_broken_account(store: Store) -> None:
    ana = a_person(store)
    good, broken = connected(store, ana, "a@example.com"), connected(store, ana, "b@example.com")
    chosen(store, ana, a_calendar(good, name="Good", next_sync_at=None), a_calendar(broken, name="Broken"))
    with store.writing() as work:
        work.accounts.mark_broken(broken.id, NOW)
        asked = work.calendars.request_sync(ana, NOW)
        work.commit()

    assert asked == 1
    assert [claim.calendar.name for claim in claimed(store)] == ["Good"]


@pytest.mark.parametrize("problem", ["No RRULE can be worked out.", None])
def test_a_calendar_says_how_many_of_its_events_cannot_be_read(store: Store, problem: str | None) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, a_meeting("fine"), replace(a_meeting("client"), problem="Its end is missing."))

    with store.writing() as work:
        work.events.upsert(ana.claim, [a_meeting("series")], generation=0)
        work.events.expand(ana.claim, [an_expansion("series", problem=problem)])
        [calendar] = work.calendars.of(ana.actor)
        named = work.events.unreadable(ana.actor, limit=10)[calendar.id]
        first = work.events.unreadable(ana.actor, limit=1)[calendar.id]

    told = [("client", "Its end is missing."), *([("series", problem)] if problem else [])]
    assert calendar.unreadable_events == len(told)
    assert [(event.id, event.problem) for event in named] == told
    assert [event.id for event in first] == ["client"]
