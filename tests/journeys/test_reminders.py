"""Reminders from their form to the message and the answer, with the whole bot running."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from storage.tables import METADATA, REMINDERS
from tests.builders import at
from tests.journeys.bookings import Bookings, clears_away, moved_in
from tests.journeys.house import House

pytestmark = pytest.mark.slow


@pytest.fixture
def booking(house: House) -> Iterator[Bookings]:
    clears_away(house)
    began = house.clock.time
    yield moved_in(house)
    house.is_settled()
    house.clock.time = began
    with house.store.connected("writing") as connection:
        for name in ("reminder", "reminder_minutes", "reminder_choice"):
            connection.execute(METADATA.tables[name].delete())
        connection.commit()


def reminds(booking: Bookings, when: datetime) -> None:
    """Put the clock there, and have everything said that is due."""
    house = booking.house
    house.clock.time = when
    house.runs("plan_questions")
    house.runs("send_reminders")
    held = select(REMINDERS.c.id).where(REMINDERS.c.lease_until.is_not(None))

    def is_done() -> bool:
        with house.store.connected("reading") as connection:
            return connection.execute(held).first() is None

    house.waits_until(is_done)


def latest(booking: Bookings, words: str) -> str:
    """The latest of Ana's direct messages with these words."""
    read = map(booking.ana.reads, reversed(booking.ana.messages))
    return next((text for text in read if words in text and "direct message" in text), "")


def in_sales(booking: Bookings) -> list[str]:
    """What stands in #sales, as Ben reads it."""
    town = booking.house.town
    [sales] = [one for one in town.workspace.channels.values() if one.name == "sales"]
    return [booking.ben.reads(message) for message in town.slack.messages_in(sales.id)]


def test_a_host_and_his_channel_are_reminded_and_he_is_asked_afterwards(booking: Bookings) -> None:
    house, ana, already = booking.house, booking.ana, len(in_sales(booking))
    house.types(ana, "/daybook settings")
    house.clicks(ana, "Availability")
    assert "Minutes before the start" in house.clicks(ana, "Change", near="Reminders")
    ana.fills("Minutes before the start", "1 hour, 10")
    ana.fills("Remind a channel as well", "#sales")
    assert "also in #sales, without titles" in house.submits(ana)
    ana.closes(all_of_them=True)
    booking.has_booked(booking.ben, "2026-11-25 10:00", contact="maya@ortiz.test", name_of_the_new_contact="Maya Ortiz")

    start = at("2026-11-25 16:00")
    reminds(booking, start - timedelta(hours=1))
    assert "*Maya Ortiz and Ana* begins in 1 hour" in latest(booking, "begins in")
    [public] = in_sales(booking)[already:]
    assert "An appointment of *Ana* begins in 1 hour" in public
    assert "Maya" not in public

    reminds(booking, start + timedelta(minutes=31))
    asked = latest(booking, "How did it go with Maya Ortiz?")
    assert "[Showed]  [No-show]  [Book again]" in asked
    house.clicks(ana, "No-show", near="How did it go")
    reminds(booking, start + timedelta(minutes=32))
    assert latest(booking, "How did it go with Maya Ortiz?") == ""
    assert "*Maya Ortiz and Ana* · no-show" in latest(booking, "with Maya Ortiz\n  [Book again]")


# fault 34
def test_a_cancelled_appointment_stays_silent_and_takes_its_reminder_back(booking: Bookings) -> None:
    house, ana = booking.house, booking.ana
    booking.has_booked(booking.ben, "2026-11-25 10:00", contact="maya@ortiz.test", name_of_the_new_contact="Maya Ortiz")
    start = at("2026-11-25 16:00")
    reminds(booking, start - timedelta(minutes=10))
    assert "begins in 10 minutes" in latest(booking, "begins in")
    house.clicks(ana, "Cancel", near="booked by")
    house.submits(ana)
    ana.closes(all_of_them=True)
    reminds(booking, start - timedelta(minutes=9))
    assert latest(booking, "begins in") == ""
