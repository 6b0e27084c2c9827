"""What a host is told, and shown later, of events on an appointment that somebody moved; and of very many."""

from bot.domain.landings import LandingState
from bot.usecases.move_appointment import MoveRequest
from tests.builders import second, span
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.landing_house import LandingHouse


def test_one_that_is_moved_away_and_back_is_kept_and_not_said_to_be_clear() -> None:
    house = LandingHouse()
    appointment = house.booked("15:00")
    house.lands("15:00-16:00")
    house.tell()
    for version, when, state in ((1, "16:00", "moved"), (2, "15:00", "kept")):
        house.move(actor(ana), MoveRequest(appointment.id, version, second(when), overrides=True))
        house.tell()
        assert [str(one.landing.state) for one in house.messages.updated[-1][1].landings] == [state]
    assert (house.reads(), house.tell()) == (0, 0)


def test_one_that_moves_within_the_event_stays_open_and_its_message_says_the_new_time() -> None:
    house = LandingHouse()
    appointment = house.booked("15:00")
    house.lands("13:00-17:00", "Workshop")
    house.tell()
    house.move(actor(ana), MoveRequest(appointment.id, 1, second("16:00"), overrides=True))
    house.tell()
    [(_, shown)] = house.messages.updated
    [landing] = shown.landings
    assert (landing.appointment.span, landing.appointment.version) == (span("16:00-16:30"), 2)
    assert (landing.state, house.states()) == (LandingState.TOLD, ["told"])


def test_a_host_whose_colleague_drags_the_appointment_onto_his_event_is_told() -> None:
    house = LandingHouse()
    appointment = house.booked("16:00", ana, ben)
    house.lands("15:00-16:00", "Ana's call", ana)
    house.lands("15:00-16:00", "Ben's call", ben)
    house.drags(appointment, "15:00-15:30")
    assert (house.reads(ana), house.reads(ben)) == (0, 0)
    assert house.tell() == 1
    [shown] = house.messages.posted
    assert (shown.host, [one.event and one.event.title for one in shown.landings]) == (ben, ["Ben's call"])


def test_a_host_who_was_told_it_made_way_hears_when_a_colleague_drags_it_back() -> None:
    house = LandingHouse()
    appointment = house.booked("15:00", ana, ben)
    house.lands("15:00-16:00", "Ben's call", ben)
    house.tell()
    moved = house.move(actor(ben), MoveRequest(appointment.id, 1, second("16:00")))
    house.tell()
    house.drags(moved, "15:00-15:30")
    assert [house.tell(), house.tell()] == [1, 0]
    assert [shown.host for shown in house.messages.posted] == [ben, ben]


def test_what_a_host_kept_or_knew_of_is_not_told_when_a_colleague_drags_it_back() -> None:
    house = LandingHouse()
    house.add_event(ben, "15:00-16:00", "Ben's call")
    appointment = house.book(a_request("15:00", ana, ben, overrides=True), by=ben).appointment
    house.lands("15:15-15:45", "Ben's lunch", ben)
    house.tell()
    house.answer.keep(actor(ben), house.batch().id, 1)
    moved = house.move(actor(ben), MoveRequest(appointment.id, 1, second("16:00")))
    house.drags(moved, "15:00-15:30")
    assert house.tell() == 0


def test_of_very_many_only_those_that_are_shown_have_other_times_worked_out() -> None:
    house = LandingHouse()
    for time in ("12:30", "13:00", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00", "16:30"):
        house.booked(time)
    house.lands("12:30-17:00", "Offsite")
    house.tell()
    with house.store.writing() as work:
        work.landings.end(house.batch().landings[:6], LandingState.KEPT)
        work.commit()
    shown = house.shown().landings
    assert [bool(one.moves) for one in shown if one.landing.number in (6, 7, 8, 9)] == [False, True, True, False]


def test_of_a_calendar_that_is_not_used_any_more_that_is_said() -> None:
    house = LandingHouse()
    house.booked("15:00")
    house.lands()
    house.tell()
    assert [one.is_read for one in house.shown().landings] == [True]
    with house.store.writing() as work:
        work.calendars.choose(actor(ana), [])
        work.commit()
    house.tell()
    [(_, shown)] = house.messages.updated
    assert [(str(one.state), one.is_read) for one in shown.landings] == [("gone", False)]
