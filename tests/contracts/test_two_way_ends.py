"""Meetings that go from a Google calendar: called off, moved elsewhere, or no meetings any more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.calendars import ONE_WAY
from bot.domain.errors import AccessLost, ProviderDown
from bot.domain.events import EventStatus
from bot.ports import Store
from tests.contracts.two_way_house import (
    BEFORE,
    BEN,
    MAYA,
    TwoWay,
    invited,
)

NINE, TEN, ELEVEN = "2026-11-24 9:00-10:00", "2026-11-24 10:00-11:00", "2026-11-24 11:00-12:00"


@pytest.fixture
def house(store: Store) -> TwoWay:
    return TwoWay(store)


def test_a_deletion_cancels_once_it_is_clear_that_it_was_no_move(house: TwoWay) -> None:
    house.put(invited("demo", NINE, BEN, MAYA), house.ana, house.ben)
    house.run()
    house.take_away("demo", house.ana)
    house.run(house.ana)
    assert house.told() == ["booked Demo 2026-11-24T09:00+01:00"]  # it still stands in Ben's

    house.take_away("demo", house.ben)
    house.read()
    assert house.told() == ["booked Demo 2026-11-24T09:00+01:00"]  # nobody looked for it yet
    house.settle()
    house.run()

    assert house.told() == ["booked Demo 2026-11-24T09:00+01:00", "cancelled Demo 2026-11-24T09:00+01:00"]
    assert house.taken() == []


@pytest.mark.parametrize("reads_first", ["where it was", "where it is"])
def test_a_move_between_calendars_is_no_end_and_no_beginning(house: TwoWay, reads_first: str) -> None:
    house.put(invited("demo", NINE, MAYA))
    house.run()
    house.take_away("demo", house.ana)
    house.put(invited("demo", NINE, MAYA, by=BEN), house.ben)
    people = [house.ana, house.ben] if reads_first == "where it was" else [house.ben, house.ana]
    for person in people:
        house.run(person)
    house.settle()

    [taken] = house.taken()
    assert (taken.hosts, taken.version) == ((house.ben.actor.member_id,), 1)
    assert (house.told(), house.shown()) == (["booked Demo 2026-11-24T09:00+01:00"], [])


# fault 39
def test_a_held_back_loss_cancels_nothing(house: TwoWay) -> None:
    for number in range(10):
        house.put(invited(f"demo{number}", f"2026-12-0{number % 9 + 1} 9:00-10:00", MAYA, created_at=BEFORE))
    house.run()
    for number in range(10):
        house.take_away(f"demo{number}")
    house.run()
    assert (house.calendar(house.ana).fuse is not None, len(house.taken())) == (True, 10)


def test_a_full_read_forgets_what_is_long_over_and_cancels_nothing(house: TwoWay) -> None:
    house.put(invited("demo", NINE, MAYA))
    house.put(invited("later", "2027-01-12 9:00-10:00", MAYA))
    house.run()
    house.clock.time += timedelta(days=45)
    house.ana.google.oldest_token = house.ana.google.now + 1
    del house.ana.google.events["demo"]
    house.ana.google.put(house.ana.google.events["later"])
    house.ana.google.oldest_token = house.ana.google.now
    house.run()

    assert [what.partition(" ")[0] for what in house.told()] == ["booked", "booked"]
    assert [one.title for one in house.taken()] == ["Demo", "Demo"]


def test_one_way_again_makes_grey_blocks_of_everything_and_tells_nobody(house: TwoWay) -> None:
    house.put(invited("demo", NINE, MAYA))
    house.run()
    house.switch(house.ana, ONE_WAY)
    house.run()

    assert (house.shown(), house.taken()) == (["2026-11-24T09:00+01:00 grey Demo"], [])
    assert house.told() == ["booked Demo 2026-11-24T09:00+01:00"]


def test_a_calendar_that_is_given_up_takes_its_meetings_along(house: TwoWay) -> None:
    house.put(invited("demo", NINE, BEN, MAYA), house.ana, house.ben)
    house.put(invited("alone", TEN, MAYA))
    house.run()
    with house.store.writing() as work:
        work.accounts.erase(house.ana.account.id)
        work.commit()

    assert [(one.title, one.hosts) for one in house.taken()] == [("Demo", (house.ben.actor.member_id,))]
    assert [one for one in house.told() if "cancelled" in one] == []


def test_while_google_does_not_say_where_a_meeting_went_it_is_not_called_off(house: TwoWay) -> None:
    house.put(invited("demo", NINE, MAYA))
    house.run()
    house.take_away("demo")
    house.google.refusals[BEN] = ProviderDown("Google did not answer.")
    house.run()
    assert house.told() == ["booked Demo 2026-11-24T09:00+01:00"]

    # Whoever may not read a calendar any more cannot have moved anything there.
    house.google.refusals[BEN] = AccessLost("No.")
    house.settle()
    assert house.told() == ["booked Demo 2026-11-24T09:00+01:00", "cancelled Demo 2026-11-24T09:00+01:00"]


def test_a_meeting_that_moved_to_where_it_is_no_appointment_is_dropped_and_nobody_hears_of_it(house: TwoWay) -> None:
    house.switch(house.ben, ONE_WAY)
    house.put(invited("demo", NINE, MAYA))
    house.run()
    house.take_away("demo")
    house.put(invited("demo", NINE, MAYA, by=BEN), house.ben)
    house.run(house.ana)
    assert (house.told(), house.taken()) == (["booked Demo 2026-11-24T09:00+01:00"], [])


@pytest.mark.parametrize("is_there", [True, False], ids=["moved there", "gone there too, which was not read yet"])
def test_where_a_meeting_is_now_google_alone_can_say(house: TwoWay, is_there: bool) -> None:
    family = house.conflict_calendar(house.ana, "family")
    demo = invited("demo", NINE, MAYA)
    house.put(demo)
    family.put(demo)
    house.run()
    house.read_all(house.ana)
    house.take_away("demo")
    if not is_there:
        family.put(replace(demo, status=EventStatus.CANCELLED))
    house.run(house.ana)

    told = [] if is_there else ["cancelled Demo 2026-11-24T09:00+01:00"]
    assert (house.told(), house.taken()) == (["booked Demo 2026-11-24T09:00+01:00", *told], [])
