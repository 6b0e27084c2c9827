"""What an appointment says of itself everywhere: days on which clocks change, foreign text, and what is to be sent."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.domain.appointments import AppointmentStatus
from bot.domain.booking import INVITATIONS_A_DAY
from storage.tables import APPOINTMENTS
from tests.journeys.bookings import Bookings, clears_away, moved_in
from tests.journeys.house import House

pytestmark = pytest.mark.slow


@pytest.fixture
def booking(house: House) -> Iterator[Bookings]:
    clears_away(house)
    yield moved_in(house)
    house.is_settled()


@pytest.mark.parametrize(
    ("now", "day", "told", "google", "zoom"),
    [
        pytest.param(
            datetime(2026, 10, 20, 8, tzinfo=UTC),
            "2026-10-26",  # Berlin's clocks went back the day before, New York's a week later.
            "*Mon 26 Oct, 10:00-10:30* New York · 15:00 for Ana in Berlin",
            ("2026-10-26T15:00:00+01:00", "2026-10-26T15:30:00+01:00"),
            "2026-10-26T14:00:00Z",
            id="after Berlin's change",
        ),
        pytest.param(
            datetime(2027, 3, 10, 8, tzinfo=UTC),
            "2027-03-15",  # New York's clocks went forward the day before.
            "*Mon 15 Mar, 10:00-10:30* New York · 15:00 for Ana in Berlin",
            ("2027-03-15T15:00:00+01:00", "2027-03-15T15:30:00+01:00"),
            "2027-03-15T14:00:00Z",
            id="after New York's change",
        ),
        pytest.param(
            datetime(2027, 3, 24, 8, tzinfo=UTC),
            "2027-03-30",  # Both have changed.
            "*Tue 30 Mar, 10:00-10:30* New York · 16:00 for Ana in Berlin",
            ("2027-03-30T16:00:00+02:00", "2027-03-30T16:30:00+02:00"),
            "2027-03-30T14:00:00Z",
            id="after both",
        ),
    ],
)
def test_around_a_change_of_clocks_everybody_is_told_the_same_moment(
    house: House, now: datetime, day: str, told: str, google: tuple[str, str], zoom: str
) -> None:
    clears_away(house)
    house.clock.time = now
    booking = moved_in(house)
    assert told in booking.books(booking.ben, f"{day} 10:00", title="Clocks")
    booking.delivers()

    event, [meeting] = booking.event("Clocks"), booking.meetings()
    assert (event["start"], event["end"]) == (
        {"dateTime": google[0], "timeZone": "Europe/Berlin"},
        {"dateTime": google[1], "timeZone": "Europe/Berlin"},
    )
    assert (meeting["start_time"], meeting["timezone"]) == (zoom, "Europe/Berlin")
    message = booking.card("Clocks", booking.ben)
    assert f"{google[0][11:16]}-{google[1][11:16]} for Ana in Berlin" in message
    booking.ben.closes(all_of_them=True)


# fault 56
def test_foreign_text_is_literal_everywhere(booking: Bookings) -> None:
    ben = booking.ben
    booking.opens(ben, "2026-11-25 10:00")
    booking.fills(ben, contact="maya@ortiz.test", where="A place")
    booking.fills(ben, name_of_the_new_contact="<!here> \u202eMaya*", title="<!channel> \u202e*Plan* & <b>co</b>")
    booking.fills(ben, which_place="<https://evil.test|Room> 3", note="<!everyone> \u202e<script>alert(1)</script>")
    told = booking.house.submits(ben)
    assert "*Booked:* <!channel> ∗Plan∗ & <b>co</b>" in told
    ben.closes(all_of_them=True)
    booking.delivers()

    spoken = json.dumps([message.blocks for message in booking.ana.messages], ensure_ascii=False)
    for mark in ("<!channel>", "<!here>", "<!everyone>", "<https://evil", "\u202e"):
        assert mark not in spoken
    card = booking.card("<!channel>")
    assert "with <!here> Maya∗ (maya@ortiz.test)" in card
    assert "<https://evil.test|Room> 3" in card
    [event] = booking.events()
    assert event["summary"].replace("\u202e", "") == "<!channel> *Plan* & <b>co</b>"
    assert event["location"] == "<https://evil.test|Room> 3"
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in event["description"]


def test_ten_thousand_characters_are_refused_by_the_form(booking: Bookings) -> None:
    booking.opens(booking.ben, "2026-11-25 10:00")
    booking.ben.fills("Note", "x" * 10_000)
    booking.ben.submits()
    assert "Please enter at most" in booking.house.sees(booking.ben)
    assert booking.appointments() == 0


def test_where_nothing_was_mailed_there_is_a_text_to_send(booking: Bookings) -> None:
    booking.opens(booking.ben, "2026-11-25 10:00")
    booking.fills(booking.ben, contact="maya@ortiz.test", title="Unsent", note="Bring the plans.")
    booking.fills(booking.ben, options=[])
    assert "Nothing is e-mailed. Its menu in your messages has a text to send." in booking.house.submits(booking.ben)
    booking.ben.closes(all_of_them=True)
    booking.delivers()
    assert "nothing is e-mailed" in booking.card("Unsent")

    shown = booking.house.clicks(booking.ana, "Text to send", near="Unsent")

    [meeting] = booking.meetings()
    assert "Unsent" in shown
    assert "Wed 25 Nov 2026, 16:00-16:30 Berlin time" in shown
    assert meeting["join_url"] in "".join(shown.split())
    assert "Bring the plans." in shown
    assert (booking.mails(), "attendees" in booking.event("Unsent")) == ([], False)


# fault 61
def test_past_the_days_invitations_nobody_is_invited(booking: Bookings) -> None:
    booking.has_booked(booking.ben, "2026-11-25 10:00", title="First", contact="maya@ortiz.test")
    invites_more(booking, INVITATIONS_A_DAY - 1)
    booking.opens(booking.ben, "2026-11-25 9:00")
    told = booking.fills(booking.ben, contact="maya", title="One more")
    assert "You have had as many invitations mailed as is allowed within a day, so nobody is invited." in told
    assert "Invite by e-mail" not in told
    assert "Nothing is e-mailed." in booking.house.submits(booking.ben)
    booking.delivers()
    assert booking.mails() == [("invitation", "maya@ortiz.test")]
    booking.ben.closes(all_of_them=True)

    booking.house.clock.time += timedelta(hours=24, seconds=1)
    booking.opens(booking.ben, "2026-11-26 9:00")
    assert "Invite by e-mail" in booking.fills(booking.ben, contact="maya")


def invites_more(booking: Bookings, times: int) -> None:
    """So many more invitations of today, booked and cancelled since."""
    with booking.house.store.connected("writing") as connection:
        row = connection.execute(select(APPOINTMENTS)).one()
        for number in range(times):
            made = {"id": UUID(int=number + 1), "status": AppointmentStatus.CANCELLED, "origin": f"more {number}"}
            connection.execute(APPOINTMENTS.insert().values(row._asdict() | made))
        connection.commit()
