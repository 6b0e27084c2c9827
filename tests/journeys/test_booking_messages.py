"""Whoever booked somebody else has a message of his own about it, from which he cancels."""

from collections.abc import Iterator

import pytest

from tests.journeys.bookings import Bookings, clears_away, moved_in
from tests.journeys.house import House

pytestmark = pytest.mark.slow


@pytest.fixture
def booking(house: House) -> Iterator[Bookings]:
    clears_away(house)
    yield moved_in(house)
    house.is_settled()


def test_the_booker_follows_it_in_his_own_messages_and_cancels_it_there(booking: Bookings) -> None:
    booking.has_booked(booking.ben, "2026-11-25 9:00", title="Kick-off", contact="maya@ortiz.test", name="Maya Ortiz")
    message = booking.card("Kick-off", booking.ben)
    assert "*Kick-off* · confirmed" in message
    assert "for Ana in Berlin · you booked it" in message
    assert "[Join Zoom" in message

    assert "Google e-mails Maya Ortiz a cancellation." in booking.house.clicks(booking.ben, "Cancel")
    booking.house.submits(booking.ben)
    booking.ben.closes(all_of_them=True)
    booking.delivers()

    assert "~Kick-off~ · cancelled" in booking.card("Kick-off", booking.ben)
    assert "~Kick-off~ · cancelled" in booking.card("Kick-off")
    assert booking.events() == []
    mains = [each for each in booking.ben.messages if not each.thread_ts and "Kick-off" in booking.ben.reads(each)]
    assert len(mains) == 1


def test_who_books_himself_has_the_card_alone(booking: Bookings) -> None:
    booking.has_booked(booking.ana, "2026-11-25 15:00", title="Alone", contact="maya@ortiz.test", name="Maya Ortiz")
    assert len(booking.cards("Alone")) == 1
    assert booking.card("Alone", booking.ben) == ""
