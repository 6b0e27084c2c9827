"""Google's events in two-way sync: what they become, whom it makes contacts, and what triggers hear of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.appointment_log import Deed
from bot.domain.calendars import ONE_WAY, TWO_WAY, ContactPolicy, SyncOption
from bot.domain.errors import AccessLost, ProviderDown
from bot.domain.events import EventStatus, Response, ShowsAs
from bot.ports import Store
from bot.usecases.decide_waiting import PAUSE
from tests.contracts.appointment_builders import a_contact, an_appointment, booked
from tests.contracts.effect_builders import copied
from tests.contracts.two_way_house import (
    BEFORE,
    BEN,
    CARA,
    LEE,
    MAYA,
    TwoWay,
    invited,
    one_time,
    weekly,
)

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


# fault 44
def test_of_a_series_one_time_that_moves_and_one_that_is_called_off_are_told_once(house: TwoWay) -> None:
    series = weekly(invited("weekly", NINE, MAYA))
    house.put(series)
    house.run()
    house.put(one_time(series, "2026-12-01", to="2026-12-02 15:00-16:00"))
    house.put(one_time(series, "2026-12-08"))
    house.run()
    house.switch(house.ana, TWO_WAY)
    house.run()

    assert house.told() == [
        "booked Demo 2026-11-24T09:00+01:00",
        "cancelled Demo 2026-12-08T09:00+01:00",
        "rescheduled Demo 2026-12-02T15:00+01:00 from 2026-12-01T09:00+01:00",
    ]
    assert house.shown()[:4] == [
        "2026-11-24T09:00+01:00 blue Demo: Maya Ortiz needsAction",
        "2026-12-02T15:00+01:00 blue Demo: Maya Ortiz needsAction",
        "2026-12-15T09:00+01:00 blue Demo: Maya Ortiz needsAction",
        "2026-12-22T09:00+01:00 blue Demo: Maya Ortiz needsAction",
    ]


# fault 44
def test_a_series_that_is_deleted_is_cancelled_as_a_whole(house: TwoWay) -> None:
    series = weekly(invited("weekly", NINE, MAYA))
    house.put(series)
    house.put(one_time(series, "2026-12-01", to="2026-12-02 15:00-16:00"))
    house.run()
    house.take_away("weekly")
    house.run()

    assert house.told()[-1] == "cancelled Demo 2026-11-24T09:00+01:00"
    assert (len(house.told()), house.taken()) == (3, [])


@pytest.mark.parametrize(
    ("new_id", "starts", "told"),
    [
        ("weekly_R20261208T080000", "2026-12-08 9:00-10:00", []),
        (
            "weekly_R20261208T080000",
            "2026-12-08 14:00-15:00",
            ["rescheduled Demo 2026-12-08T14:00+01:00 from 2026-12-08T09:00+01:00"],
        ),
        ("another", "2026-12-08 9:00-10:00", []),
    ],
    ids=["by its id", "by its id, and moved", "by its people and title"],
)
def test_this_and_following_goes_on_with_the_series(house: TwoWay, new_id: str, starts: str, told: list[str]) -> None:
    series = invited("weekly", NINE, MAYA)
    house.put(weekly(series))
    house.run()
    house.put(weekly(series, until="20261208T075959Z"))
    house.put(weekly(invited(new_id, starts, MAYA)))
    house.run()

    assert house.told() == ["booked Demo 2026-11-24T09:00+01:00", *told]


def test_a_second_series_for_the_same_people_is_a_new_one(house: TwoWay) -> None:
    house.put(weekly(invited("weekly", NINE, MAYA)))
    house.run()
    house.put(weekly(invited("another", TEN, MAYA)))
    house.run()
    assert house.told() == ["booked Demo 2026-11-24T09:00+01:00", "booked Demo 2026-11-24T10:00+01:00"]


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


def test_an_address_of_which_slack_says_nothing_waits_and_makes_no_contact(house: TwoWay) -> None:
    house.roster.silent = True
    house.put(invited("demo", NINE, CARA, MAYA))
    house.run()
    assert (house.shown(), house.contacts()) == (["2026-11-24T09:00+01:00 - Demo"], [])

    house.roster.silent = False
    house.settle()
    assert house.shown() == ["2026-11-24T09:00+01:00 blue Demo: Maya Ortiz needsAction"]
    assert (house.contacts(), sorted(house.roster.asked)) == (["Maya Ortiz <maya@ortiz.test>"], [CARA, MAYA])


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
        batches = work.invitees.claim_batches(house.clock.now(), limit=10)
    assert [[one.email for one in batch.questions] for batch in batches] == [[MAYA]]


def test_one_way_again_makes_grey_blocks_of_everything_and_tells_nobody(house: TwoWay) -> None:
    house.put(invited("demo", NINE, MAYA))
    house.run()
    house.switch(house.ana, ONE_WAY)
    house.run()

    assert (house.shown(), house.taken()) == (["2026-11-24T09:00+01:00 grey Demo"], [])
    assert house.told() == ["booked Demo 2026-11-24T09:00+01:00"]


def test_an_event_that_is_no_meeting_any_more_is_no_appointment_and_nobody_is_told(house: TwoWay) -> None:
    house.put(invited("demo", NINE, MAYA))
    house.run()
    house.put(replace(invited("demo", NINE, MAYA), shows_as=ShowsAs.FREE))
    house.run()
    assert (house.shown(), house.taken(), len(house.told())) == (["2026-11-24T09:00+01:00 teal Demo"], [], 1)


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


def test_a_calendar_that_is_given_up_takes_its_meetings_along(house: TwoWay) -> None:
    house.put(invited("demo", NINE, BEN, MAYA), house.ana, house.ben)
    house.put(invited("alone", TEN, MAYA))
    house.run()
    with house.store.writing() as work:
        work.accounts.erase(house.ana.account.id)
        work.commit()

    assert [(one.title, one.hosts) for one in house.taken()] == [("Demo", (house.ben.actor.member_id,))]
    assert [one for one in house.told() if "cancelled" in one] == []


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


# fault 44
@pytest.mark.parametrize(("day", "offset"), [("2027-03-30", "+02:00"), ("2027-03-23", "+01:00")])
def test_one_time_of_a_series_is_the_same_on_either_side_of_a_change_of_clocks(
    house: TwoWay, day: str, offset: str
) -> None:
    series = weekly(invited("weekly", "2026-11-24 9:00-10:00", MAYA))
    house.put(series)
    house.run()
    house.put(one_time(series, day))
    house.run()
    assert house.told()[-1] == f"cancelled Demo {day}T09:00{offset}"
