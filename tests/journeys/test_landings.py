"""An outside event lands on an appointment: its host is asked once, in the real bot, and her word is carried out."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.sandbox.google.errors import Resource
from bot.sandbox.slack.person import Person
from tests.journeys.bookings import Bookings, clears_away, moved_in
from tests.journeys.house import House

pytestmark = pytest.mark.slow

MAYA = {"contact": "maya@ortiz.test", "name_of_the_new_contact": "Maya Ortiz"}


@pytest.fixture
def booking(house: House) -> Iterator[Bookings]:
    clears_away(house)
    yield moved_in(house)
    house.is_settled()


def lands(booking: Bookings, start: str, end: str, title: str = "Board call") -> Resource:
    """Somebody invites Ana in Google, and her calendar is read."""
    house = booking.house
    event = house.google.put_event(house.town.ana.email, summary=title, start=start, end=end)
    looks(booking)
    return event


def looks(booking: Bookings) -> None:
    """Google is read anew, and whoever has to be told is told."""
    booking.house.clock.time += timedelta(minutes=12)
    booking.follows()
    booking.house.runs("tell_landings")


def told(person: Person, words: str = "Board call") -> list[str]:
    """The messages about it, each on one line."""
    read = (" ".join(person.reads(each).replace("│", " ").split()) for each in person.messages)
    return [text for text in read if words in text and "booked by" not in text]


def test_the_host_moves_the_appointment_out_of_the_way(booking: Bookings) -> None:
    booking.has_booked(booking.ben, "2026-11-25 10:00", title="Plans", **MAYA)
    start = booking.event("Plans")["start"]["dateTime"]
    lands(booking, "2026-11-25T16:00", "2026-11-25T17:00")
    [shown] = told(booking.ana, "16:00 - 17:00, in Google")
    assert "*Board call* now overlaps *Plans*." in shown
    assert "[Move to 15:30]" in shown

    booking.ana.clicks("Move to 15:30", near="Board call")
    booking.house.waits_until(lambda: bool(told(booking.ana, "clear of Board call")))
    booking.delivers()
    looks(booking)

    assert (start, booking.event("Plans")["start"]["dateTime"]) == (
        "2026-11-25T16:00:00+01:00",
        "2026-11-25T15:30:00+01:00",
    )
    [shown] = told(booking.ana, "clear of Board call")
    assert "15:30 - 16:00 now, clear of Board call." in shown
    assert told(booking.ben) == []
    assert booking.mails() == [("invitation", "maya@ortiz.test"), ("update", "maya@ortiz.test")]


def test_a_series_is_one_message_and_both_can_stay(booking: Bookings) -> None:
    booking.has_booked(booking.ben, "2026-11-26 10:00", title="First")
    booking.has_booked(booking.ben, "2026-11-26 10:30", title="Second")
    lands(booking, "2026-11-26T16:00", "2026-11-26T17:00", "Workshop")
    [shown] = told(booking.ana, "outside events")
    assert "2 outside events now overlap your appointments." in shown
    booking.ana.clicks("Keep all 2", near="outside events")
    booking.house.waits_until(lambda: "all of them are settled" in told(booking.ana, "outside events")[0])
    looks(booking)
    assert len(told(booking.ana, "outside events")) == 1


def test_an_event_that_goes_away_again_leaves_the_message_settled(booking: Bookings) -> None:
    booking.has_booked(booking.ben, "2026-11-27 10:00", title="Plans", **MAYA)
    event = lands(booking, "2026-11-27T16:00", "2026-11-27T17:00")
    booking.house.google.delete_event(booking.house.town.ana.email, event["id"])
    looks(booking)
    [shown] = told(booking.ana, "does not take the time of")
    assert "Nothing is to be done." in shown
    assert "[Keep both]" not in shown


def test_our_own_event_wherever_it_is_moved_is_no_outside_event(booking: Bookings) -> None:
    booking.has_booked(booking.ben, "2026-11-30 10:00", title="Plans", **MAYA)
    house = booking.house
    event, before = booking.event("Plans"), told(booking.ana, "overlap")
    house.google.change_event(house.town.ana.email, event["id"], start="2026-11-30T15:45", end="2026-11-30T16:15")
    looks(booking)
    looks(booking)
    assert told(booking.ana, "overlap") == before
