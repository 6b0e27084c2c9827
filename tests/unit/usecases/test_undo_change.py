"""The last change taken back, for ten minutes: a booking is cancelled, a move goes back if that is still free."""

from datetime import timedelta

import pytest

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, AppointmentStatus, EditedMeanwhile, NotPossible, Venue, Where
from bot.domain.booking import SlotTaken
from bot.domain.errors import NotFound
from bot.domain.people import Member
from bot.usecases.change_appointment import ChangeVenue
from bot.usecases.undo_change import UndoChange
from tests.builders import span
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.booking_house import BookingHouse, a_request
from tests.unit.usecases.test_move_appointment import move


def undo(house: BookingHouse, one: Appointment, *, by: Member = ana) -> Appointment:
    return UndoChange(house.store, house.clock, house.deliver_soon)(actor(by), one.id, version=one.version)


def test_a_booking_is_undone_by_cancelling_it_without_a_reason() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    now = house.at("12:09")
    undone = undo(house, booked)
    assert (undone.status, undone.reason) == (AppointmentStatus.CANCELLED, "")
    assert house.log(undone)[-1] == LogEntry(now, Deed.UNDONE, ana.id, before=span("15:00-15:30"))
    assert house.due(undone) == {"event": (2, "12:00:00"), "card": (2, "12:00:00")}


def test_a_booking_that_only_was_met_elsewhere_is_undone_by_cancelling_it() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    change = ChangeVenue(house.store, house.clock, house.deliver_soon)
    elsewhere = change(actor(ana), booked.id, Venue(Where.MEET), version=1)
    house.at("12:09")
    assert undo(house, elsewhere).status is AppointmentStatus.CANCELLED


def test_after_ten_minutes_it_stands() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    house.at("12:10")
    with pytest.raises(NotPossible, match="ten minutes"):
        undo(house, booked)


def test_a_move_is_undone_by_moving_it_back_once() -> None:
    house = BookingHouse()
    booked = house.book(a_request("15:00", ana), by=ben).appointment
    moved = move(house, booked, "16:00")
    back = undo(house, moved, by=ben)
    assert (back.span, back.version, back.before_move) == (booked.span, 3, None)
    assert house.log(back)[-1] == LogEntry(
        house.clock.time, Deed.UNDONE, ben.id, before=span("16:00-16:30"), after=span("15:00-15:30")
    )
    with pytest.raises(NotPossible):
        undo(house, back)


def test_hours_and_limits_have_no_say_in_where_it_stood() -> None:
    house = BookingHouse()
    booked = house.book(a_request("19:00", overrides=True)).appointment
    moved = move(house, booked, "16:00")
    assert undo(house, moved).span == span("19:00-19:30")


def test_a_time_that_was_taken_meanwhile_is_not_gone_back_to() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    moved = move(house, booked, "16:00")
    house.book(a_request("15:15"))
    with pytest.raises(SlotTaken) as refused:
        undo(house, moved)
    assert len(refused.value.nearest) == 3
    other = move(house, house.book(a_request("2026-11-25 10:00")).appointment, "2026-11-25 11:00")
    house.add_event(ana, "2026-11-25 10:00-10:30", "Call")
    with pytest.raises(SlotTaken):
        undo(house, other)


def test_what_was_changed_since_is_not_undone() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    move(house, booked, "16:00")
    with pytest.raises(EditedMeanwhile):
        undo(house, booked)


def test_what_has_begun_is_not_undone() -> None:
    house = BookingHouse()
    booked = house.book(a_request("12:05", overrides=True)).appointment
    house.clock.time += timedelta(minutes=5)
    with pytest.raises(NotPossible):
        undo(house, booked)


def test_nobody_undoes_what_is_not_his() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    with pytest.raises(NotFound):
        undo(house, booked, by=ben)
