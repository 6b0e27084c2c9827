"""Meetings in Google that are none any more: what triggers hear depends on who had it so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.calendars import ONE_WAY, TWO_WAY
from bot.domain.contacts import Contact
from bot.domain.events import RemoteEvent, Response, ShowsAs
from bot.ports import Store
from bot.usecases.delete_contact import DeleteContact
from bot.usecases.forget_contact import ForgetContact
from tests.contracts.conftest import Database
from tests.contracts.two_way_house import ANA, BEFORE, BEN, LEE, MAYA, TwoWay, invited, one_time, weekly

pytestmark = pytest.mark.slow

NINE, TEN = "2026-11-24 9:00-10:00", "2026-11-24 10:00-11:00"
BOOKED = "booked Demo 2026-11-24T09:00+01:00"
CANCELLED = "cancelled Demo 2026-11-24T09:00+01:00"
DEMO = invited("demo", NINE, MAYA)
CROWD = tuple(f"guest{number}@crowd.test" for number in range(25))


@pytest.fixture
def house(store: Store) -> TwoWay:
    house = TwoWay(store)
    house.put(DEMO)
    house.run()
    return house


def maya(house: TwoWay) -> Contact:
    with house.store.reading() as work:
        return work.contacts.by_address(house.ana.actor.workspace_id, [MAYA])[MAYA]


@pytest.mark.parametrize(
    "event",
    [
        invited("demo", NINE),
        replace(DEMO, invitees=()),
        invited("demo", NINE, BEN),
        replace(DEMO, shows_as=ShowsAs.FREE),
        replace(DEMO, is_private=True),
    ],
    ids=["last guest taken off", "everybody taken off", "a colleague instead", "free", "private"],
)
def test_what_is_no_meeting_any_more_by_a_change_in_google_is_cancelled_once(house: TwoWay, event: RemoteEvent) -> None:
    house.put(event)
    house.run()
    assert (house.shown(), house.taken()) == (["2026-11-24T09:00+01:00 teal Demo"], [])
    house.switch(house.ana, replace(TWO_WAY, fire_triggers=True))
    house.settle()
    house.take_away("demo")
    house.run()

    assert house.told() == [BOOKED, CANCELLED]


def test_an_invitation_that_its_host_declines_is_cancelled_for_him(store: Store) -> None:
    house = TwoWay(store)
    for said in (Response.ACCEPTED, Response.DECLINED):
        house.put(invited("demo", NINE, ANA, said={ANA: said}, by=MAYA))
        house.run()
    assert house.told() == [BOOKED, CANCELLED]


def test_what_is_a_meeting_again_is_booked_anew(house: TwoWay) -> None:
    for event in (replace(DEMO, shows_as=ShowsAs.FREE), DEMO):
        house.put(event)
        house.run()
    [taken] = house.taken()
    assert (house.told(), taken.version) == ([BOOKED, CANCELLED, BOOKED], 3)


def test_what_stands_in_a_colleagues_calendar_still_is_not_cancelled(house: TwoWay) -> None:
    both = invited("demo", NINE, BEN, MAYA)
    house.put(both, house.ana, house.ben)
    house.run()
    house.put(replace(both, shows_as=ShowsAs.FREE), house.ana)
    house.run()
    assert (house.told(), [one.hosts for one in house.taken()]) == ([BOOKED], [(house.ben.actor.member_id,)])

    house.put(invited("demo", NINE, BEN), house.ben)
    house.run()
    assert (house.told(), house.taken()) == ([BOOKED, CANCELLED], [])


def test_a_meeting_with_another_guest_instead_goes_on(house: TwoWay) -> None:
    house.put(invited("demo", NINE, LEE))
    house.run()
    assert (house.told(), len(house.taken(LEE))) == ([BOOKED], 1)


def test_a_meeting_that_grew_to_a_crowd_is_not_called_off(house: TwoWay) -> None:
    house.put(invited("demo", NINE, MAYA, *CROWD))
    house.run()
    assert (house.shown(), house.told()) == (["2026-11-24T09:00+01:00 teal Demo"], [BOOKED])


def by_one_way(house: TwoWay) -> None:
    house.switch(house.ana, ONE_WAY)


def by_deletion(house: TwoWay) -> None:
    gone = maya(house)
    DeleteContact(house.store, house.clock)(house.ana.actor, gone.id, version=gone.version, never_again=True)


def by_the_teams_domain(house: TwoWay) -> None:
    with house.store.writing() as work:
        work.taken.mark_invited(house.ana.actor.workspace_id, ["@ortiz.test"])
        work.invitees.set_domains(house.ana.actor, ["ortiz.test"], house.clock.now())
        work.commit()


@pytest.mark.parametrize("change", [by_one_way, by_deletion, by_the_teams_domain])
def test_what_somebody_changes_in_daybook_cancels_nothing(house: TwoWay, change: Callable[[TwoWay], None]) -> None:
    change(house)
    house.run()
    house.take_away("demo")
    house.run()
    assert house.told() == [BOOKED]


# fault 55
def test_who_is_forgotten_is_taken_off_in_silence(database: Database) -> None:
    house = TwoWay(database.open())
    house.put(DEMO)
    house.run()
    gone = maya(house)
    ForgetContact(house.store, house.clock)(house.ana.actor, gone.id, version=gone.version)
    house.run()
    with house.store.reading() as work:
        told = [one.occasion.what.value for one in work.firings.of(house.trigger.id, limit=9)]
    assert (sorted(told), house.shown()) == (
        ["booked", "contact_added"],
        ["2026-11-24T09:00+01:00 teal Demo"],
    )


def test_what_is_older_than_the_switch_lapses_in_silence(store: Store) -> None:
    house = TwoWay(store)
    for event in (DEMO, replace(DEMO, shows_as=ShowsAs.FREE), DEMO):
        house.put(replace(event, created_at=BEFORE))
        house.run()
    assert (house.told(), [one.version for one in house.taken()]) == ([], [1])


def test_what_is_over_is_not_called_off(house: TwoWay) -> None:
    house.clock.time += timedelta(days=3)
    house.put(replace(DEMO, shows_as=ShowsAs.FREE))
    house.run()
    assert house.told() == [BOOKED]


# fault 44
def test_a_series_without_its_guest_is_cancelled_as_one(store: Store) -> None:
    house = TwoWay(store)
    for guests in ((MAYA,), ()):
        series = weekly(invited("weekly", NINE, *guests))
        house.put(series)
        house.put(one_time(series, "2026-12-01", to="2026-12-02 15:00-16:00"))
        house.run()
    moved = "rescheduled Demo 2026-12-02T15:00+01:00 from 2026-12-01T09:00+01:00"
    assert (house.told(), house.taken()) == ([BOOKED, moved, CANCELLED], [])


# fault 44
def test_one_time_of_a_series_without_its_guest_is_cancelled_alone(store: Store) -> None:
    house = TwoWay(store)
    series = weekly(invited("weekly", NINE, MAYA))
    moved = one_time(series, "2026-12-01", to="2026-12-02 15:00-16:00")
    for event in (series, moved, replace(moved, invitees=series.invitees[:1])):
        house.put(event)
        house.run()
    assert house.told() == [
        BOOKED,
        "rescheduled Demo 2026-12-02T15:00+01:00 from 2026-12-01T09:00+01:00",
        "cancelled Demo 2026-12-02T15:00+01:00",
    ]


def test_what_lapsed_is_forgotten_after_its_end_and_not_told_again(house: TwoWay) -> None:
    house.put(replace(DEMO, shows_as=ShowsAs.FREE))
    house.run()
    house.clock.time += timedelta(days=40)
    with house.store.writing() as work:
        forgotten = [work.taken.forget_lapsed(house.clock.now()), work.taken.forget_lapsed(house.clock.now())]
        work.commit()
    house.put(invited("demo", "2027-01-12 9:00-10:00", MAYA))
    house.run()
    # It was told as booked once, and the ledger knows that for ever.
    assert (forgotten, len(house.taken()), house.told()) == ([1, 0], 1, [BOOKED, CANCELLED])


def test_what_may_be_a_meeting_again_or_stands_somewhere_is_not_forgotten(house: TwoWay) -> None:
    house.put(invited("other", TEN, LEE))
    house.put(replace(DEMO, shows_as=ShowsAs.FREE))
    house.run()
    with house.store.writing() as work:
        assert work.taken.forget_lapsed(house.clock.now()) == 0
        assert work.taken.forget_lapsed(house.clock.now() + timedelta(days=40)) == 1
        work.commit()
    assert len(house.taken(LEE)) == 1


def test_what_lapsed_goes_with_its_calendar(house: TwoWay) -> None:
    house.put(invited("demo", NINE, MAYA, said={MAYA: Response.DECLINED}))
    house.put(replace(DEMO, shows_as=ShowsAs.FREE))
    house.run()
    with house.store.writing() as work:
        work.accounts.erase(house.ana.account.id)
        assert work.taken.forget_lapsed(house.clock.now() + timedelta(days=40)) == 0
