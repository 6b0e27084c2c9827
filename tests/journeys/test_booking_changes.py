"""What becomes of appointments: moved, undone, cancelled, moved and deleted in Google; ledgers are counted."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.google.errors import backend_error
from bot.sandbox.zoom.errors import error_body
from tests.journeys.bookings import A_MEETING, AN_EVENT, EVENTS, Bookings, clears_away, moved_in
from tests.journeys.house import House

pytestmark = pytest.mark.slow

MAYA = {"contact": "maya@ortiz.test", "name_of_the_new_contact": "Maya Ortiz"}


@pytest.fixture
def booking(house: House) -> Iterator[Bookings]:
    clears_away(house)
    yield moved_in(house)
    house.is_settled()


def spans(booking: Bookings, title: str) -> tuple[str, str]:
    """When it starts in Google and in Zoom."""
    [meeting] = booking.meetings()
    return booking.event(title)["start"]["dateTime"], meeting["start_time"]


def moves(booking: Bookings, title: str, time: str) -> str:
    """Ana gives it another time by the card."""
    booking.house.clicks(booking.ana, "Reschedule", near=title)
    booking.fills(booking.ana, time=time)
    told = booking.house.submits(booking.ana)
    booking.ana.closes(all_of_them=True)
    booking.delivers()
    return told


def test_moved_by_its_card_it_is_the_same_event_meeting_and_link(booking: Bookings) -> None:
    booking.has_booked(booking.ben, "2026-11-25 10:00", title="Moved", **MAYA)
    [meeting], event = booking.meetings(), booking.event("Moved")

    assert "*Moved:* Moved *Wed 25 Nov, 15:00-15:30* Berlin · Zoom" in moves(booking, "Moved", "15:00")

    assert spans(booking, "Moved") == ("2026-11-25T15:00:00+01:00", "2026-11-25T14:00:00Z")
    [after] = booking.meetings()
    assert (after["id"], after["join_url"], booking.event("Moved")["id"]) == (
        meeting["id"],
        meeting["join_url"],
        event["id"],
    )
    assert booking.mails() == [("invitation", "maya@ortiz.test"), ("update", "maya@ortiz.test")]
    assert (len(booking.inserts()), len(booking.creates())) == (1, 1)
    assert len(booking.at_google("PATCH", AN_EVENT, 200)) == 1
    assert len(booking.cards("Moved")) == 1
    # What the card says of the invitation is brought up to date after Google has it.
    assert "Nov 25, 2026 15:00 - 15:30" in booking.card("Moved")
    assert "invitation e-mailed" in booking.card("Moved")


def test_undone_a_move_is_back_and_a_booking_is_gone(booking: Bookings) -> None:
    booking.has_booked(booking.ben, "2026-11-25 10:00", title="Undone", **MAYA)
    moves(booking, "Undone", "15:00")

    told = booking.house.clicks(booking.ana, "Undo move", near="Undone")
    assert "Undone; it is back where it stood. Google e-mails Maya Ortiz the old time." in told
    booking.delivers()
    assert spans(booking, "Undone") == ("2026-11-25T16:00:00+01:00", "2026-11-25T15:00:00Z")

    booking.books(booking.ben, "2026-11-25 9:00", title="Slip", contact="Maya Ortiz")
    told = booking.house.clicks(booking.ben, "Undo booking")
    assert "Undone; the time is free again. Google e-mails Maya Ortiz a cancellation." in told
    booking.delivers()
    assert [event["summary"] for event in booking.events()] == ["Undone"]
    assert [meeting["topic"] for meeting in booking.meetings()] == ["Undone"]
    assert "~Slip~ · cancelled" in booking.card("Slip")


def test_it_can_be_undone_for_ten_minutes_and_not_longer(booking: Bookings) -> None:
    booking.has_booked(booking.ben, "2026-11-25 10:00", title="Late undo")
    assert "[Undo booking]" in booking.card("Late undo")
    booking.house.clock.time += timedelta(minutes=10)
    booking.delivers()
    assert "Undo booking" not in booking.card("Late undo")


def test_cancelled_it_is_gone_everywhere_but_for_the_card(booking: Bookings) -> None:
    booking.has_booked(booking.ben, "2026-11-25 10:00", title="Called off", **MAYA)
    moves(booking, "Called off", "15:00")

    asked = booking.house.clicks(booking.ana, "Cancel", near="Called off")
    assert "With Ana and Maya Ortiz." in asked
    assert "Google e-mails Maya Ortiz a cancellation." in asked
    booking.fills(booking.ana, reason="The plans are not ready.")
    assert "*Cancelled:* Called off The time is free again." in booking.house.submits(booking.ana)
    booking.delivers()

    assert (booking.events(), booking.meetings()) == ([], ())
    assert booking.mails()[-1] == ("cancellation", "maya@ortiz.test")
    assert (len(booking.at_google("DELETE", AN_EVENT)), len(booking.at_zoom("DELETE", A_MEETING))) == (1, 1)
    assert "~Called off~ · cancelled" in booking.card("Called off")
    assert "Reason: The plans are not ready." in booking.card("Called off")
    assert booking.thread("Called off") == [
        "Booked by Ben.",
        "Moved by Ana, Nov 25, 2026 16:00 to Nov 25, 2026 15:00.",
        "Cancelled by Ana: The plans are not ready.",
    ]


def test_moved_in_google_the_appointment_follows_and_nothing_is_pushed_back(booking: Bookings) -> None:
    booking.has_booked(booking.ben, "2026-11-25 10:00", title="Dragged", **MAYA)
    event = booking.event("Dragged")
    booking.house.google.change_event(
        booking.house.town.ana.email, event["id"], start="2026-11-25T14:00", end="2026-11-25T14:30"
    )
    booking.house.clock.time += timedelta(hours=2)
    booking.follows()

    assert spans(booking, "Dragged") == ("2026-11-25T14:00:00+01:00", "2026-11-25T13:00:00Z")
    assert booking.at_google("PATCH", AN_EVENT) == []
    assert "Nov 25, 2026 14:00 - 14:30" in booking.card("Dragged")
    assert booking.thread("Dragged") == [
        "Booked by Ben.",
        "Moved in Google, Nov 25, 2026 16:00 to Nov 25, 2026 14:00; Zoom moves with it.",
    ]


def test_deleted_in_google_its_host_is_asked_and_may_put_it_back(booking: Bookings) -> None:
    booking.has_booked(booking.ben, "2026-11-25 10:00", title="Deleted", **MAYA)
    event = booking.event("Deleted")
    booking.house.google.delete_event(booking.house.town.ana.email, event["id"])
    booking.house.clock.time += timedelta(hours=2)
    booking.follows()
    card = booking.card("Deleted")
    assert "Its event was *deleted in Google*. The appointment with Maya Ortiz still stands." in card
    assert "[Put it back] [Cancel it too]" in card
    assert len(booking.meetings()) == 1

    booking.house.clicks(booking.ana, "Put it back", near="Deleted")
    booking.delivers()

    again = booking.event("Deleted")
    assert again["id"] != event["id"]
    assert (again["start"], again["location"]) == (event["start"], event["location"])
    assert len(booking.inserts()) == 2
    assert [line.split(",")[0] for line in booking.thread("Deleted")] == [
        "Booked by Ben.",
        "Its event was deleted in Google. The appointment stands until its host decides.",
        "Put back in Google by Ana.",
    ]
    assert "[Reschedule] [Cancel]" in booking.card("Deleted")


# fault 33
def test_without_zoom_it_is_confirmed_and_the_link_follows(booking: Bookings) -> None:
    zoom = booking.house.town.zoom
    zoom.faults.on(path="/v2/.*", times=1000).answer(503, error_body(5000, "Service unavailable."))
    booking.has_booked(booking.ben, "2026-11-25 10:00", title="No Zoom", **MAYA)
    assert "*No Zoom* · confirmed, *no link yet*" in booking.card("No Zoom")
    assert "The appointment stands; the link follows by itself." in booking.card("No Zoom")

    for _ in range(3):
        booking.house.clock.time += timedelta(seconds=6)
        booking.delivers()
    assert "location" not in booking.event("No Zoom")
    zoom.faults.clear()
    booking.house.clock.time += timedelta(minutes=6)
    booking.delivers()

    [meeting] = booking.meetings()
    assert booking.event("No Zoom")["location"] == meeting["join_url"]
    assert booking.mails() == [("invitation", "maya@ortiz.test")]
    assert "[Join Zoom ↗]" in booking.card("No Zoom")
    assert booking.thread("No Zoom") == ["Booked by Ben.", "The video link was added."]
    assert (len(booking.inserts()), len(booking.creates())) == (1, 1)


def test_zoom_disconnected_before_the_delivery_the_card_says_so(booking: Bookings) -> None:
    zoom = booking.house.town.zoom
    zoom.faults.on(path="/v2/.*", times=1000).answer(503, error_body(5000, "Service unavailable."))
    booking.has_booked(booking.ben, "2026-11-25 10:00", title="Left Zoom", **MAYA)
    zoom.faults.clear()
    booking.house.types(booking.ana, "/daybook settings")
    booking.house.clicks(booking.ana, "Video Conferencing")
    booking.house.clicks(booking.ana, "Disconnect")
    if booking.ana.modal is not None and "Disconnect this account?" in booking.house.sees(booking.ana):
        booking.house.clicks(booking.ana, "Disconnect")
    booking.ana.closes(all_of_them=True)
    booking.house.clock.time += timedelta(minutes=6)
    booking.delivers()

    assert booking.creates() == []
    assert "*Left Zoom* · confirmed, *no link*" in booking.card("Left Zoom")
    assert "[Use Google Meet instead]" in booking.card("Left Zoom")
    assert "location" not in booking.event("Left Zoom")


def test_google_revoked_before_the_delivery_is_seen_on_the_card_and_revived(booking: Bookings) -> None:
    house = booking.house
    house.google.faults.on("POST", EVENTS).answer(503, backend_error())
    booking.has_booked(booking.ben, "2026-11-25 9:00", title="Revoked", **MAYA)
    house.google.revoke(house.town.ana.email)
    house.clock.time += timedelta(minutes=6)
    booking.delivers()
    assert "Google does not accept Daybook's access any more" in booking.card("Revoked")
    assert "invitation not e-mailed yet" in booking.card("Revoked")

    house.connects(house.town.ana)
    booking.ana.closes(all_of_them=True)
    booking.delivers()

    assert booking.event("Revoked")["start"]["dateTime"] == "2026-11-25T15:00:00+01:00"
    assert booking.mails() == [("invitation", "maya@ortiz.test")]
    assert "does not accept" not in booking.card("Revoked")
    assert "invitation e-mailed" in booking.card("Revoked")


def test_a_hold_ends_by_itself_and_a_confirmed_one_becomes_a_booking(booking: Bookings) -> None:
    for time, title in (("10:00", "Ends"), ("9:00", "Stays")):
        booking.opens(booking.ben, f"2026-11-25 {time}")
        booking.fills(booking.ben, contact="maya@ortiz.test" if title == "Ends" else "maya", title=title)
        booking.fills(booking.ben, options=["Invite by e-mail", "Only hold it for 30 minutes"])
        assert f"*Held:* {title}" in booking.house.submits(booking.ben)
        booking.ben.closes(all_of_them=True)
        booking.delivers()
    assert (booking.mails(), len(booking.meetings())) == ([], 0)
    booking.house.clicks(booking.ana, "Confirm", near="Stays")
    booking.delivers()

    booking.house.clock.time += timedelta(minutes=30)
    booking.house.runs("expire_holds")
    booking.delivers()

    assert [event["summary"] for event in booking.events()] == ["Stays"]
    assert [meeting["topic"] for meeting in booking.meetings()] == ["Stays"]
    assert booking.mails() == [("invitation", "maya@ortiz.test")]
    assert booking.thread("Ends") == ["Put on hold by Ben.", "The hold has ended, and the time is free again."]


def test_fifteen_minutes_before_the_link_is_checked_and_repaired(booking: Bookings) -> None:
    booking.has_booked(booking.ben, "2026-11-25 10:00", title="Checked", **MAYA)
    [meeting] = booking.meetings()
    booking.house.town.zoom.deletes_meeting(meeting["id"])
    booking.house.clock.time = datetime(2026, 11, 25, 14, 46, tzinfo=UTC)
    booking.delivers()
    booking.house.runs("check_links")
    booking.house.waits_until(booking.is_due)
    booking.delivers()

    [again] = booking.meetings()
    assert again["id"] != meeting["id"]
    assert booking.event("Checked")["location"] == again["join_url"]
    assert booking.thread("Checked") == [
        "Booked by Ben.",
        "The video call was gone or not as it should be; it is repaired.",
    ]
    booking.house.runs("check_links")
    booking.house.waits_until(booking.is_due)
    booking.delivers()
    assert booking.thread("Checked")[2:] == ["Video link checked."]
