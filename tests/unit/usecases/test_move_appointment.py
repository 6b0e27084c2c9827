"""Another time for an appointment, judged as a booking is, without the appointment itself."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import (
    Appointment,
    AppointmentStatus,
    EditedMeanwhile,
    NotPossible,
    Question,
    QuestionKind,
)
from bot.domain.booking import INVITATIONS_A_DAY, BadBooking, NeedsAnyway, NotOffered, SlotTaken
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.explanation import ReasonKind
from bot.domain.people import Member, Standing
from bot.domain.permissions import TimeWithheld
from bot.domain.preferences import Audience, default_preferences
from bot.usecases.move_appointment import MoveAppointment, MoveRequest
from tests.builders import local, second, span
from tests.unit.handlers.acme import NOW
from tests.unit.rendering.answers import actor, ana, ben, cara
from tests.unit.usecases.booking_house import NOTHING, WHATEVER, BookingHouse, a_request


def move(
    house: BookingHouse,
    appointment: Appointment,
    when: str,
    *,
    by: Member = ana,
    anyway: bool = False,
    overrides: bool = False,
) -> Appointment:
    use_case = MoveAppointment(house.store, house.clock, house.read_live(), house.deliver_soon)
    told = WHATEVER if anyway else NOTHING
    request = MoveRequest(appointment.id, appointment.version, second(when), anyway=told, overrides=overrides)
    return use_case(actor(by), request)


def test_an_appointment_keeps_its_length_and_says_who_moved_it_from_where() -> None:
    house = BookingHouse()
    booked = house.book(a_request("15:00", ana, ben, minutes=60)).appointment
    later = house.at("12:05")

    moved = move(house, booked, "16:00", by=ben)

    expected = replace(
        booked,
        span=span("16:00-17:00"),
        version=2,
        changed_at=later,
        before_move=span("15:00-16:00"),
    )
    assert (moved, house.stored()) == (expected, [expected])
    assert house.log(moved)[-1] == LogEntry(
        later, Deed.MOVED, ben.id, before=span("15:00-16:00"), after=span("16:00-17:00")
    )
    assert house.due(moved) == dict.fromkeys(("event", "card", "messages"), (2, "12:00:00"))
    assert house.deliveries == 2


def test_its_own_time_does_not_stand_in_its_way() -> None:
    house = BookingHouse()
    booked = house.book(a_request("15:00", minutes=60)).appointment
    assert move(house, booked, "15:30").span == span("15:30-16:30")


def test_a_time_that_is_taken_leaves_it_where_it_is_and_tells_the_nearest() -> None:
    house = BookingHouse()
    house.book(a_request("16:00"))
    booked = house.book(a_request("15:00")).appointment
    with pytest.raises(SlotTaken) as refused:
        move(house, booked, "16:00", overrides=True, anyway=True)
    assert local(slot.start for slot in refused.value.nearest) == [
        "2026-11-24T15:15+01:00",
        "2026-11-24T15:30+01:00",
        "2026-11-24T16:30+01:00",
    ]
    assert house.stored()[0] == booked


def test_only_the_host_moves_it_outside_of_his_own_hours() -> None:
    house = BookingHouse()
    booked = house.book(a_request("15:00", ana), by=ben).appointment
    with pytest.raises(NotOffered) as refused:
        move(house, booked, "19:00", by=ben, overrides=True)
    assert [reason.kind for reason in refused.value.reasons] == [ReasonKind.OUTSIDE_HOURS]
    assert move(house, booked, "19:00", overrides=True).span == span("19:00-19:30")


def test_stale_calendars_need_a_word_more_here_too() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    house.set_read(ana, NOW - timedelta(hours=2))
    with pytest.raises(NeedsAnyway):
        move(house, booked, "16:00")
    assert move(house, booked, "16:00", anyway=True).version == 2


def test_what_is_new_in_the_calendar_decides() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    house.on_sync = lambda _claim: house.add_event(ana, "16:00-17:00", "Just now")
    with pytest.raises(NotOffered):
        move(house, booked, "16:00")


def test_an_older_form_moves_nothing() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    move(house, booked, "16:00")
    with pytest.raises(EditedMeanwhile):
        move(house, booked, "16:30")


def test_the_time_that_it_has_already_is_refused_and_changes_nothing() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    with pytest.raises(BadBooking, match="It is at that time already") as refused:
        move(house, booked, "15:00")
    assert refused.value.field == "start"
    assert (house.stored(), [entry.deed for entry in house.log(booked)]) == ([booked], [Deed.BOOKED])


def test_what_is_over_or_called_off_is_not_moved() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    with pytest.raises(BadBooking, match="That time has passed"):
        move(house, booked, "11:00")
    row = house.store.tables.appointments[booked.id]
    cancelled = replace(booked, status=AppointmentStatus.CANCELLED)
    house.store.tables.appointments[booked.id] = replace(row, appointment=cancelled)
    with pytest.raises(NotPossible, match="It is cancelled, so it cannot be moved any more"):
        move(house, booked, "16:00")


def test_a_hold_that_has_run_out_is_not_moved() -> None:
    house = BookingHouse()
    held = house.book(a_request(holds=True)).appointment
    house.at("12:30")
    with pytest.raises(NotPossible, match="cancelled"):
        move(house, held, "16:00")


# fault 11
def test_nobody_moves_what_he_neither_hosts_nor_booked() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    for stranger in (ben, cara):
        with pytest.raises(NotFound):
            move(house, booked, "16:00", by=stranger)
    with pytest.raises(NotFound):
        move(house, replace(booked, id=UUID(int=9)), "16:00")


def test_a_booker_whom_the_host_does_not_trust_any_more_finds_no_new_time() -> None:
    house = BookingHouse()
    booked = house.book(a_request("15:00", ana), by=ben).appointment
    house.store.tables.schedules[ana.id] = replace(default_preferences(ana.zone), audience=Audience.NOBODY)
    with pytest.raises(TimeWithheld):
        move(house, booked, "16:00", by=ben)


def test_the_appointment_of_a_host_who_left_is_not_moved() -> None:
    house = BookingHouse()
    booked = house.book(a_request("15:00", ana), by=ben).appointment
    house.store.tables.members[ana.id] = replace(ana, standing=Standing.DEACTIVATED)
    with pytest.raises(NotAllowed, match="Ana is not a full member"):
        move(house, booked, "16:00", by=ben)


# fault 61
def test_nobody_mails_more_often_than_so_by_moving() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    row = house.store.tables.appointments[booked.id]
    lines = [LogEntry(house.clock.now(), Deed.MOVED, ana.id)] * (INVITATIONS_A_DAY - 1)
    house.store.tables.appointments[booked.id] = replace(row, log=(*row.log, *lines))

    with pytest.raises(BadBooking, match="50 invitations") as refused:
        move(house, booked, "16:00")

    assert refused.value.field == "start"
    assert [one.span for one in house.stored()] == [booked.span]


def test_the_time_that_google_has_is_not_offered_while_its_host_is_asked() -> None:
    house = BookingHouse()
    one = house.book(a_request("15:00")).appointment
    with house.store.writing() as work:
        work.appointments.save(one.asking(Question(QuestionKind.COLLIDES, span("16:15-16:45")), house.clock.now()))
        work.commit()

    with pytest.raises(NotOffered):
        house.book(a_request("16:30", ana), by=ben)
