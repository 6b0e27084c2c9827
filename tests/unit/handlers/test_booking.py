"""Booking in Slack: the form filled in, made anew as it changes, submitted, and refused with nothing lost."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.appointments import AppointmentStatus, Venue, Where
from bot.domain.contacts import BadAddress
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.people import Standing
from bot.domain.slots_request import UnclearRequest
from bot.rendering.names import BookingField
from bot.rendering.surfaces import Message, Modal
from tests.builders import ANA, BEN, second, span
from tests.unit.handlers.acting import run
from tests.unit.handlers.booking_desk import Desk
from tests.unit.rendering.answers import ana, cara
from tests.unit.rendering.screen import buttons_of, read_message, read_view
from tests.unit.usecases.booking_house import a_request

TODAY = "2026-11-24"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def an_option(value: str) -> dict[str, object]:
    return {"text": {"type": "plain_text", "text": "…"}, "value": value}


def test_words_fill_the_form_and_submitting_it_books(desk: Desk) -> None:
    desk.types("<@U1> 30m today 15:00")
    desk.changes(BookingField.CONTACT, an_option("new maya@ortiz.test"))
    desk.fills(BookingField.NAME, "Maya Ortiz")
    desk.fills(BookingField.NOTE, "Bring the plan.")
    reply = desk.submits()
    assert (reply.ways, desk.homes) == (["update"], ["U1"])
    [booked] = desk.stored()
    assert booked.contact is not None
    assert (booked.contact.email, booked.contact.name) == ("maya@ortiz.test", "Maya Ortiz")
    assert (booked.title, booked.note, booked.venue) == ("Maya Ortiz and Ana", "Bring the plan.", Venue(Where.MEET))
    assert (booked.span, booked.status, booked.invites) == (span("15:00-15:30"), AppointmentStatus.CONFIRMED, True)
    assert desk.reads()[:2] == ["*Booked:* Maya Ortiz and Ana", "*Tue 24 Nov, 15:00-15:30* Berlin · Google Meet"]


def test_a_slots_button_opens_the_form_with_host_length_day_and_time(desk: Desk) -> None:
    desk.presses("book_slot:1", f"{second('2026-11-25 10:00')} 45 all U1 U2")
    assert desk.stands_in("hosts") == ["U1", "U2"]
    assert [desk.stands_in(field) for field in ("minutes", "day")] == ["45", "2026-11-25"]


def test_the_shortcut_opens_ones_own_next_free_day(desk: Desk) -> None:
    desk.shortcut()
    assert (desk.stands_in("hosts"), desk.stands_in("day")) == (["U1"], TODAY)


def test_another_day_fills_the_times_anew_and_keeps_what_was_typed(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.fills(BookingField.TITLE, "Plan")
    desk.changes(BookingField.DAY, "2026-11-26")
    assert desk.stands_in("title") == "Plan"
    assert desk.stands_in("start") == str(second("2026-11-26 15:00"))
    assert "*Thu 26 Nov, 15:00-15:30* Berlin. Nothing is e-mailed." in desk.reads()


def test_over_a_change_of_clocks_the_time_on_the_wall_stays(desk: Desk) -> None:  # fault 42
    desk.at("2026-03-27 8:00")
    desk.types("2026-03-27 15:00")
    desk.changes(BookingField.DAY, "2026-03-30")
    assert desk.stands_in("start") == str(second("2026-03-30 15:00"))


def test_another_host_offers_only_what_all_have_free(desk: Desk) -> None:
    desk.types("2026-11-25 10:00")
    desk.changes(BookingField.HOSTS, ["U1", "U2"])
    assert "Time in Berlin: " in desk.reads()
    assert "10:00 is not free. [Why?]" in desk.reads()


def test_another_way_to_meet_asks_for_its_details_and_forgets_the_others(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.changes(BookingField.VENUE, an_option("phone"))
    desk.fills(BookingField.DETAILS, "+49 30 1")
    desk.changes(BookingField.VENUE, an_option("place"))
    assert desk.stands_in("details") is None
    desk.fills(BookingField.DETAILS, "Torstr. 1")
    desk.submits()
    assert desk.stored()[0].venue == Venue(Where.PLACE, "Torstr. 1")


def test_an_invitation_that_was_ticked_off_is_not_sent(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.changes(BookingField.CONTACT, an_option("new maya@ortiz.test"))
    desk.changes(BookingField.SWITCHES, [])
    assert desk.reads()[-1].endswith("Nothing is e-mailed; the card has a text to send.")
    desk.submits()
    assert not desk.stored()[0].invites


def test_only_holding_it_takes_the_time_for_half_an_hour(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.changes(BookingField.SWITCHES, [an_option("holds")])
    desk.submits()
    assert desk.stored()[0].status is AppointmentStatus.HELD


def test_outside_ones_own_hours_any_time_is_booked(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.changes(BookingField.SWITCHES, [an_option("overrides")])
    desk.changes(BookingField.TIME, "20:00")
    desk.submits()
    assert desk.stored()[0].span == span("20:00-20:30")


# fault 4, fault 5
def test_the_same_form_delivered_twice_books_once(desk: Desk) -> None:
    desk.types("today 15:00")
    again = desk.prepares()
    desk.submits()
    first = desk.stored()
    reply = run(again)
    assert desk.stored() == first
    shown = next(view for way, view in reply.shown if way == "update")
    assert isinstance(shown, Modal)
    assert "_ This form had booked it already; nothing was booked twice." in read_view(shown)


def test_a_time_taken_meanwhile_keeps_everything_and_its_nearest_start_books(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.changes(BookingField.CONTACT, an_option("new maya@ortiz.test"))
    desk.fills(BookingField.TITLE, "Plan")
    desk.fills(BookingField.NAME, "Maya")
    desk.book(a_request("15:00"))
    desk.submits()
    assert desk.reads()[0] == "15:00 was taken a moment ago. Everything you typed is still here. Nearest:"
    assert (desk.stands_in("title"), desk.stands_in("name")) == ("Plan", "Maya")
    desk.presses_inside("15:30")
    assert desk.stands_in("start") == str(second("15:30"))
    assert (desk.stands_in("title"), desk.stands_in("name")) == ("Plan", "Maya")
    desk.submits()
    assert [one.span for one in desk.stored()] == [span("15:00-15:30"), span("15:30-16:00")]


def test_a_time_that_is_not_free_any_more_is_told_with_reasons_and_the_way_past_ones_own(desk: Desk) -> None:
    desk.types("today 16:30")
    desk.add_event(ana, "16:30-17:00", "Dentist")
    desk.submits()
    assert desk.reads()[:3] == [
        "16:30 is not free:",
        "· Ana has *Dentist*, 16:30-17:00 (Ana)",
        "Everything you typed is still here. Tick *Outside my hours too* to take it all the same. Nearest:",
    ]
    desk.changes(BookingField.SWITCHES, [an_option("overrides")])
    assert desk.stands_in("time") == "16:30"
    desk.submits()
    assert [one.span for one in desk.stored()] == [span("16:30-17:00")]


def test_what_cannot_be_read_asks_for_a_word_and_then_books(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.on_sync = lambda _claim: desk.set_read(ana, desk.clock.time - timedelta(hours=5))
    desk.submits()
    assert desk.stored() == []
    assert desk.reads()[0].startswith("Daybook could not read *Ana* just now; last read <!date^")
    desk.changes(BookingField.SWITCHES, [an_option("anyway")])
    desk.submits()
    assert [one.span for one in desk.stored()] == [span("15:00-15:30")]


def test_mistakes_stand_on_their_fields(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.changes(BookingField.VENUE, an_option("place"))
    assert desk.prepares().mistakes == {"details": "Write which place, like a street or a room."}
    desk.fills(BookingField.HOSTS, [])
    assert desk.prepares().mistakes == {"hosts": "Choose whose time it takes; yourself, if nobody else's."}


def test_times_of_another_day_are_not_booked(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.fills(BookingField.DAY, "2026-11-26")  # submitted before the form was made anew
    assert desk.prepares().mistakes == {"start": "These times are those of Tue 24 Nov. Choose the day once more."}


def test_a_day_without_times_is_a_mistake_on_the_day(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.changes(BookingField.DAY, "2026-11-28")
    assert desk.prepares().mistakes == {"day": "No time can be chosen then. The form says why."}


def test_words_that_could_mean_several_times_ask_which(desk: Desk) -> None:
    reply = desk.types("<@U2> today 3")
    assert reply.ways == ["say"]
    assert isinstance(reply.last, Message)
    assert read_message(reply.last)[0] == "3 alone is no day and no time."
    assert buttons_of(reply.last)["today 15:00"] == "book <@U2> all today 15:00"


def test_more_than_ten_hosts_are_refused(desk: Desk) -> None:
    with pytest.raises(UnclearRequest, match="10 people at most"):
        desk.types(" ".join(f"<@U{number}>" for number in range(11)))


def test_an_address_among_the_words_is_the_contact(desk: Desk) -> None:
    desk.types("<@U1|ana> 30m today 15:00 maya@ortiz.test")
    assert "Contact: maya@ortiz.test" in desk.reads()
    desk.submits()
    [booked] = desk.stored()
    assert booked.contact is not None
    assert (booked.contact.email, booked.span) == ("maya@ortiz.test", span("15:00-15:30"))


def test_the_address_of_somebody_known_is_that_contact(desk: Desk) -> None:
    desk.book(a_request("16:00"))
    desk.types("today 15:00 maya@ortiz.test")
    assert "Contact: Maya Ortiz" in desk.reads()


def test_an_unclear_time_beside_an_address_keeps_it(desk: Desk) -> None:
    reply = desk.types("maya@ortiz.test today 3")
    assert isinstance(reply.last, Message)
    assert buttons_of(reply.last)["today 15:00"] == "book maya@ortiz.test all today 15:00"


def test_an_address_that_is_none_is_refused(desk: Desk) -> None:
    with pytest.raises(BadAddress):
        desk.types("maya@ortiz today 3")


def test_two_addresses_are_one_too_many(desk: Desk) -> None:
    with pytest.raises(UnclearRequest, match="one contact's address at most"):
        desk.types("maya@ortiz.test lee@chen.test today 15:00")


def test_contacts_are_found_as_one_types(desk: Desk) -> None:
    desk.book(a_request("15:00"))
    assert desk.searches("maya") == ["Maya Ortiz"]
    assert desk.searches("lee@chen.test") == ["lee@chen.test"]
    assert desk.searches("nobody") == ["No match: type the whole e-mail address"]


def test_the_line_that_nobody_was_found_is_no_contact(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.fills(BookingField.CONTACT, an_option("none"))
    assert desk.prepares().mistakes == {"contact": "Type the whole e-mail address, or leave it empty."}


def test_somebody_without_a_calendar_has_no_times(desk: Desk) -> None:
    desk.types("<@U3> today")
    line = "Cara has no calendar connected, so nobody can say when Cara is free."
    assert f"{line} Leave Cara out, or ask. [Ask Cara to connect]" in desk.reads()
    assert desk.prepares().mistakes == {"day": "No time can be chosen then. The form says why."}


def test_whoever_has_no_calendar_is_asked_for_one_and_what_was_chosen_stays(desk: Desk) -> None:
    desk.types("<@U1> today 15:00")
    desk.changes(BookingField.VENUE, an_option("meet"))
    desk.changes(BookingField.HOSTS, ["U3"])
    desk.fills(BookingField.TITLE, "Plan")
    desk.presses_inside("Ask Cara to connect")
    assert "Cara was asked to connect a calendar. Until then nobody can say when Cara is free." in desk.reads()
    assert (desk.stands_in("title"), desk.stands_in("venue")) == ("Plan", "meet")
    desk.changes(BookingField.VENUE, an_option("phone"))
    desk.presses_inside("Ask Cara to connect")
    assert desk.reads()[0].startswith("You asked Cara today already.")
    assert desk.notifier.asked_to_connect == [("U1", "U3")]


def test_a_colleague_is_booked_with_the_one_who_books(desk: Desk) -> None:
    desk.types("<@U2> 2026-11-25 15:00")
    assert desk.reads()[0] == "With: ['U2', 'U1']"
    desk.changes(BookingField.HOSTS, ["U2"])
    assert "_ Your own time is not taken. Add yourself under *With* if you will be there." in desk.reads()
    desk.changes(BookingField.HOSTS, ["U2", "U1"])
    desk.submits()
    assert [(one.hosts, one.title) for one in desk.stored()] == [((BEN, ANA), "Ben and Ana")]


@pytest.mark.parametrize("value", ["", "x", f"{second('15:00')} 30 all", "1 2 3"])
def test_a_slot_that_no_button_carries_leads_nowhere(desk: Desk, value: str) -> None:
    with pytest.raises(NotFound):
        desk.presses("book_slot:1", value)


# fault 12
def test_a_guest_is_refused(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="Guests cannot use it"):
        desk.types("today 15:00", replace(cara, standing=Standing.GUEST))


def test_another_workspaces_contact_is_nobody(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.changes(BookingField.CONTACT, an_option(str(UUID(int=12345))))
    assert "Contact: " in desk.reads()
