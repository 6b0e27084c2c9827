"""The forms where somebody's time is not known, and where something on them cannot be."""

import pytest

from bot.domain.cards import CardButton
from bot.rendering.names import BookingField
from bot.rendering.tie_words import NOT_FOLLOWED
from tests.builders import span
from tests.unit.handlers.booking_desk import Desk
from tests.unit.rendering.answers import ana, ben
from tests.unit.usecases.booking_house import a_request

UNCONNECTED = "You have no calendar connected, so nobody can say when you are free."
BY_HAND = "Google is not connected, so nobody is e-mailed: tell Maya Ortiz yourself."


@pytest.fixture
def desk() -> Desk:
    return Desk()


def an_option(value: str) -> dict[str, object]:
    return {"text": {"type": "plain_text", "text": "…"}, "value": value}


def disconnect(desk: Desk) -> None:
    """Ana leaves Google."""
    calendar = desk.calendars[ana.id]
    desk.store.tables.calendars.pop(calendar.id)
    desk.store.tables.accounts.pop(calendar.account_id)


def test_google_not_answering_keeps_all_that_was_typed_and_asks_for_a_word(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.fills(BookingField.TITLE, "Plan")
    desk.unanswered = {ana.id}
    desk.submits()
    assert desk.stored() == []
    assert desk.reads()[0].startswith("Google did not answer about *Ana*; it was last read <!date^")
    assert desk.reads()[0].endswith("Tick *Book anyway* if you want the time all the same.")
    assert desk.stands_in("title") == "Plan"
    desk.changes(BookingField.SWITCHES, [an_option("anyway")])
    desk.submits()
    assert [(one.title, one.span) for one in desk.stored()] == [("Plan", span("15:00-15:30"))]


def test_without_a_calendar_it_is_moved_and_told_that_google_does_not_follow(desk: Desk) -> None:
    booked = desk.book(a_request()).appointment
    disconnect(desk)
    desk.presses_card(CardButton.RESCHEDULE, booked)
    assert desk.reads()[3:] == [
        f"{UNCONNECTED} [Connect Google Calendar]",
        "_ Only your appointments in Daybook still block. It can be moved all the same: tick *Move it anyway*.",
        "Time in Berlin: 15:00",
        "Options: ",
        f"{NOT_FOLLOWED} {BY_HAND}",
    ]
    desk.changes(BookingField.TIME, "16:00")
    desk.submits()
    assert desk.reads()[1] == (
        "You have no calendar connected, so nobody can say whether you are free. "
        f"{NOT_FOLLOWED} Only your appointments in Daybook still block. Everything you typed is still here. "
        "Tick *Move it anyway* if you want the time all the same."
    )
    desk.changes(BookingField.SWITCHES, [an_option("anyway")])
    desk.submits()
    assert [one.span for one in desk.stored()] == [span("16:00-16:30")]
    assert [line for line in desk.reads() if line.startswith("· ")][:2] == [
        f"· {NOT_FOLLOWED}",
        f"· {BY_HAND}",
    ]


def test_who_has_no_calendar_is_told_to_connect_one_even_outside_of_his_hours(desk: Desk) -> None:
    disconnect(desk)
    desk.types("today")
    desk.changes(BookingField.SWITCHES, [an_option("overrides")])
    assert f"{UNCONNECTED} Connect one first. [Connect Google Calendar]" in desk.reads()
    assert not any(line.startswith("Time in") for line in desk.reads())
    assert desk.prepares().mistakes == {"day": "No time can be chosen then. The form says why."}


def test_a_day_that_has_passed_is_a_mistake_on_the_day(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.changes(BookingField.DAY, "2026-11-23")
    assert "That day has passed. Choose another one." in desk.reads()
    assert desk.prepares().mistakes == {"day": "That day has passed. Choose another one."}


def test_a_start_that_has_passed_is_a_mistake_on_the_time(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.at("15:01")
    assert desk.prepares().mistakes == {"start": "That time has passed. Choose a later one."}


def test_a_phone_call_asks_for_the_number(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.changes(BookingField.VENUE, an_option("phone"))
    assert desk.prepares().mistakes == {"details": "Write the number to call, with three digits at least."}
    desk.fills(BookingField.DETAILS, "+49")
    assert list(desk.prepares().mistakes) == ["details"]
    desk.fills(BookingField.DETAILS, "+49 30 1")
    assert desk.prepares().mistakes == {}


def test_ones_own_address_is_no_contact(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.changes(BookingField.CONTACT, an_option("new ana@acme.test"))
    assert "_ That is your own address. Choose somebody else, or leave it empty." in desk.reads()
    assert desk.prepares().mistakes == {"contact": "That is your own address."}
    desk.changes(BookingField.CONTACT, an_option("new cara@acme.test"))
    assert desk.prepares().mistakes == {}


def test_a_colleagues_address_as_contact_is_pointed_to_the_right_field(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.changes(BookingField.CONTACT, an_option("new cara@acme.test"))
    hint = (
        "_ cara@acme.test looks like a colleague's. Add colleagues under *With* instead, so that they have to be free "
        "too; as a contact they are only e-mailed by Google."
    )
    assert hint in desk.reads()
    assert desk.prepares().mistakes == {}
    desk.changes(BookingField.CONTACT, an_option("new maya@ortiz.test"))
    assert hint not in desk.reads()


def test_a_word_about_one_is_no_word_about_another(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.unanswered = {ana.id}
    desk.submits()
    desk.changes(BookingField.SWITCHES, [an_option("anyway")])
    desk.unanswered = {ben.id}
    desk.changes(BookingField.HOSTS, [ben.slack_user_id])
    desk.submits()
    assert desk.stored() == []
    assert desk.reads()[0].startswith("Google did not answer about a calendar of Ben;")

    desk.submits()  # what was ticked before is not ticked any more
    assert desk.stored() == []
    desk.changes(BookingField.SWITCHES, [an_option("anyway")])
    desk.submits()
    assert [one.hosts for one in desk.stored()] == [(ben.id,)]


def test_a_word_about_one_host_moves_nothing_past_another(desk: Desk) -> None:
    booked = desk.book(a_request("15:00", ana, ben)).appointment
    desk.presses_card(CardButton.RESCHEDULE, booked)
    desk.unanswered = {ana.id}
    desk.changes(BookingField.START, an_option(str(span("16:00-16:30").start)))
    desk.submits()
    desk.changes(BookingField.SWITCHES, [an_option("anyway")])
    desk.unanswered = {ben.id}
    desk.submits()
    assert [one.span for one in desk.stored()] == [booked.span]

    desk.changes(BookingField.SWITCHES, [an_option("anyway")])
    desk.unanswered = {ana.id, ben.id}
    desk.submits()
    assert [one.span for one in desk.stored()] == [span("16:00-16:30")]
