"""Holds end by themselves, each once, and what was written of them is taken away."""

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import AppointmentStatus
from bot.usecases.expire_holds import ExpireHolds
from tests.unit.usecases.booking_house import BookingHouse, a_request


def test_a_hold_ends_at_its_time_and_not_before() -> None:
    house = BookingHouse()
    held = house.book(a_request(holds=True)).appointment
    house.book(a_request("16:00"))
    expire = ExpireHolds(house.store, house.clock)

    house.at("12:29")
    assert expire() == 0
    now = house.at("12:30")
    assert (expire(), expire()) == (1, 0)

    assert [one.status for one in house.stored()] == [AppointmentStatus.CANCELLED, AppointmentStatus.CONFIRMED]
    assert house.log(held)[-1] == LogEntry(now, Deed.EXPIRED)
    assert house.due(held) == {"event": (2, "12:00:00"), "card": (2, "12:00:00")}
