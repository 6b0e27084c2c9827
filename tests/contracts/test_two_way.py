"""Google's events in two-way sync: what they become, whom it makes contacts, and what triggers hear of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.appointment_log import Deed
from bot.domain.calendars import ONE_WAY, TWO_WAY, ContactPolicy, SyncOption
from bot.domain.events import Response
from bot.ports import Store
from bot.usecases.appointments_of import appointments_of
from bot.usecases.decide_waiting import PAUSE
from tests.builders import days
from tests.contracts.appointment_builders import a_contact, an_appointment, booked
from tests.contracts.effect_builders import copied
from tests.contracts.two_way_house import (
    BEFORE,
    BEN,
    CARA,
    LEE,
    MAYA,
    Person,
    TwoWay,
    invited,
)

pytestmark = pytest.mark.slow

NINE, TEN, ELEVEN = "2026-11-24 9:00-10:00", "2026-11-24 10:00-11:00", "2026-11-24 11:00-12:00"


@pytest.fixture
def house(store: Store) -> TwoWay:
    return TwoWay(store)


def test_an_event_with_somebody_from_outside_is_an_appointment_with_a_new_contact(house: TwoWay) -> None:
    house.put(invited("demo", NINE, BEN, MAYA, said={MAYA: Response.ACCEPTED}))
    house.put(invited("sync", TEN, BEN, title="Stand-up"))
    house.put(replace(invited("focus", ELEVEN, title="Focus"), invitees=()))
    house.run()

    assert house.shown() == [
        "2026-11-24T09:00+01:00 blue Demo: Maya Ortiz accepted",
        "2026-11-24T10:00+01:00 teal Stand-up",
        "2026-11-24T11:00+01:00 teal Focus",
    ]
    assert house.contacts() == ["Maya Ortiz <maya@ortiz.test>"]
    assert (house.told(), house.added()) == (["booked Demo 2026-11-24T09:00+01:00"], ["Maya Ortiz"])


def test_a_meeting_that_two_members_have_is_one_appointment_with_two_hosts(house: TwoWay) -> None:
    house.put(invited("demo", NINE, BEN, MAYA), house.ana, house.ben)
    house.run()
    house.run()

    [taken] = house.taken()
    assert taken.hosts == (house.ana.actor.member_id, house.ben.actor.member_id)
    assert (taken.version, house.told()) == (1, ["booked Demo 2026-11-24T09:00+01:00"])
    assert house.shown(house.ben) == ["2026-11-24T09:00+01:00 blue Demo: Maya Ortiz needsAction"]


def test_a_move_is_told_once_however_many_have_it_and_read_it(house: TwoWay) -> None:
    house.put(invited("demo", NINE, BEN, MAYA), house.ana, house.ben)
    house.run()
    house.put(invited("demo", TEN, BEN, MAYA), house.ana, house.ben)
    house.run(house.ana)
    house.switch(house.ben, TWO_WAY)  # decided anew while its calendar was not read yet
    house.settle()
    house.run(house.ben)
    house.run()

    assert house.told() == [
        "booked Demo 2026-11-24T09:00+01:00",
        "rescheduled Demo 2026-11-24T10:00+01:00 from 2026-11-24T09:00+01:00",
    ]
    assert [one.version for one in house.taken()] == [2]


def test_what_is_older_than_the_switch_never_fires(house: TwoWay) -> None:
    house.put(invited("demo", NINE, MAYA, created_at=BEFORE))
    house.run()
    house.put(invited("demo", TEN, MAYA, created_at=BEFORE))
    house.run()
    house.take_away("demo")
    house.run()

    assert (house.told(), house.added()) == ([], [])
    assert house.contacts() == ["Maya Ortiz <maya@ortiz.test>"]


def test_without_triggers_nothing_fires(store: Store) -> None:
    house = TwoWay(store, replace(TWO_WAY, fire_triggers=False))
    house.put(invited("demo", NINE, MAYA))
    house.run()
    assert (house.told(), house.added(), len(house.taken())) == ([], [], 1)


def test_an_address_of_which_slack_says_nothing_waits_and_makes_no_contact(house: TwoWay) -> None:
    house.roster.silent = True
    house.put(invited("demo", NINE, CARA, MAYA))
    house.run()
    assert (house.shown(), house.contacts()) == (["2026-11-24T09:00+01:00 - Demo"], [])

    house.roster.silent = False
    house.settle()
    assert house.shown() == ["2026-11-24T09:00+01:00 blue Demo: Maya Ortiz needsAction"]
    assert (house.contacts(), sorted(house.roster.asked)) == (["Maya Ortiz <maya@ortiz.test>"], [CARA, MAYA])


def test_that_slack_may_not_be_asked_is_known_until_it_answers(house: TwoWay) -> None:
    def lacks() -> bool:
        with house.store.reading() as work:
            return work.workspaces.lacks_addresses(house.ana.actor.workspace_id)

    house.put(invited("demo", NINE, MAYA))
    house.roster.withheld = True
    house.run()
    told = [(lacks(), house.contacts())]
    house.roster.withheld, house.roster.silent = False, True
    house.settle()
    told.append((lacks(), house.contacts()))
    house.roster.silent = False
    house.settle()
    told.append((lacks(), house.contacts()))
    assert told == [(True, []), (True, []), (False, ["Maya Ortiz <maya@ortiz.test>"])]


def test_what_slack_said_is_kept_for_a_day(house: TwoWay) -> None:
    house.put(invited("demo", NINE, MAYA))
    house.run()
    house.put(invited("other", TEN, MAYA))
    house.run()
    assert house.roster.asked == [MAYA]


def test_known_only_leaves_strangers_out_until_somebody_knows_them(store: Store) -> None:
    house = TwoWay(store, replace(TWO_WAY, contact_policy=ContactPolicy.KNOWN_ONLY))
    house.put(invited("demo", NINE, MAYA))
    house.run()
    assert (house.shown(), house.contacts()) == (["2026-11-24T09:00+01:00 grey Demo"], [])

    house.switch(house.ben, TWO_WAY)
    house.put(invited("other", TEN, MAYA, by=BEN), house.ben)
    house.run(house.ben)
    assert house.shown() == ["2026-11-24T09:00+01:00 blue Demo: Maya Ortiz needsAction"]


def test_ask_asks_about_what_is_to_come(store: Store) -> None:
    house = TwoWay(store, replace(TWO_WAY, contact_policy=ContactPolicy.ASK))
    house.put(invited("demo", NINE, MAYA))
    house.put(invited("past", "2026-11-20 9:00-10:00", LEE))
    house.run()
    assert (house.shown()[-1], house.contacts()) == ("2026-11-24T09:00+01:00 teal Demo", [])
    house.clock.time += timedelta(minutes=5)
    with store.writing() as work:
        batch = work.invitees.claim_batch(house.clock.now())
    assert batch is not None
    assert [one.email for one in batch.questions] == [MAYA]


def test_a_contact_who_declines_is_told_of_once(house: TwoWay) -> None:
    house.put(invited("demo", NINE, MAYA))
    house.run()
    house.put(invited("demo", NINE, MAYA, said={MAYA: Response.DECLINED}))
    house.run()
    house.switch(house.ana, TWO_WAY)
    house.run()

    assert (house.declined(), house.declined()) == (["Ana: Maya Ortiz, Demo"], [])
    assert house.shown() == ["2026-11-24T09:00+01:00 blue Demo: Maya Ortiz declined"]


def test_who_had_declined_before_the_switch_is_no_news(house: TwoWay) -> None:
    house.put(invited("demo", NINE, MAYA, said={MAYA: Response.DECLINED}, created_at=BEFORE))
    house.run()
    assert house.declined() == []


def test_another_workspace_has_its_own_appointments(house: TwoWay, store: Store) -> None:
    house.put(invited("demo", NINE, MAYA))
    house.run()
    with store.reading() as work:
        assert (
            work.taken.with_contact(
                replace(house.ana.actor, workspace_id=house.ana.actor.member_id),
                house.taken()[0].contacts[0].contact.id,
                house.taken()[0].span,
                limit=10,
            )
            == []
        )


def test_what_was_stored_but_not_decided_is_decided_by_whoever_comes_next(house: TwoWay) -> None:
    house.put(invited("demo", TEN, LEE, BEN), house.ana, house.ben)
    house.read(house.ana)
    assert house.told() == []  # whether Lee is a colleague nobody has said yet
    house.run(house.ben)
    house.run()
    assert house.told() == ["booked Demo 2026-11-24T10:00+01:00"]


def test_what_nobody_could_decide_is_left_alone_for_a_while(house: TwoWay) -> None:
    house.roster.silent = True
    house.put(invited("demo", NINE, MAYA))
    house.read()
    assert [house.wait(), house.wait()] == [1, 0]
    house.clock.time += PAUSE
    house.roster.silent = False
    assert [house.wait(), house.wait()] == [1, 0]
    assert house.told() == ["booked Demo 2026-11-24T09:00+01:00"]


@pytest.mark.parametrize("option", [TWO_WAY, ONE_WAY], ids=["two-way", "one-way"])
def test_a_contact_who_declines_what_was_booked_is_told_of_on_its_card_too(store: Store, option: SyncOption) -> None:
    house = TwoWay(store, option)
    maya = a_contact(store, house.ana.actor)
    appointment = booked(store, an_appointment(house.ana.actor, contact=maya))
    uid = copied(store, appointment, house.calendar(house.ana)).ical_uid
    copy = replace(invited("copy", NINE, MAYA), ical_uid=uid)
    house.put(copy)
    house.run()
    assert (house.declined(), house.told()) == ([], [])

    house.put(replace(invited("copy", NINE, MAYA, said={MAYA: Response.DECLINED}), ical_uid=uid))
    house.run()
    house.run()
    assert (house.declined(), house.declined()) == (["Ana: Maya Ortiz, Demo"], [])
    with store.reading() as work:
        told = [(entry.deed, entry.detail) for entry in work.appointments.log(appointment.id)]
    assert told == [(Deed.DECLINED, "Maya Ortiz")]


@pytest.mark.parametrize("option", [TWO_WAY, ONE_WAY], ids=["two-way", "one-way"])
def test_what_a_contact_answered_to_a_booking_is_known_from_its_copy(store: Store, option: SyncOption) -> None:
    house = TwoWay(store, option)
    appointment = booked(store, an_appointment(house.ana.actor, contact=a_contact(store, house.ana.actor)))
    link = copied(store, appointment, house.calendar(house.ana))

    def answer(person: Person) -> Response | None:
        day = days("2026-11-01", "2026-12-31")
        with store.reading() as work:
            own = work.calendars.of(person.actor)
            [there] = appointments_of(work, house.ana.actor, day, house.clock.now(), own, None)
        return there.answer

    told = [answer(house.ana)]
    for said in (Response.NEEDS_ACTION, Response.ACCEPTED):
        copy = invited("copy", NINE, MAYA, said={MAYA: said})
        house.put(replace(copy, id=link.remote_id, ical_uid=link.ical_uid))
        house.run()
        told.append(answer(house.ana))
    assert told == [None, Response.NEEDS_ACTION, Response.ACCEPTED]
    assert answer(house.ben) is None  # his own calendar does not have it


def test_a_meeting_of_a_colleague_with_a_private_address_makes_no_contact_of_him(house: TwoWay) -> None:
    """He connected his calendar under an address that Slack does not know."""
    house.roster.members.discard(BEN)
    house.put(invited("sync", NINE, BEN))
    house.run()
    assert (house.contacts(), house.roster.asked) == ([], [])


def test_a_big_crowd_is_a_webinar_and_no_meeting(house: TwoWay) -> None:
    crowd = [f"guest{number}@many.test" for number in range(21)]
    house.put(invited("webinar", NINE, *crowd))
    house.run()
    assert (house.shown(), house.contacts()) == (["2026-11-24T09:00+01:00 teal Demo"], [])
