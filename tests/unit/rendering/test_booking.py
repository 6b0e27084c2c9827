"""The booking form: what it holds, what it says beforehand, and what stays when it was refused."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.appointments import Venue, Where
from bot.domain.availability import Slot
from bot.domain.booking import BadBooking, NeedsAnyway, NotOffered, SlotTaken
from bot.domain.booking_form import ContactsFound, FreeDay
from bot.domain.clock_shifts import ClockShift, PartyZone
from bot.domain.contacts import new_contact
from bot.domain.errors import DaybookError, NotFound
from bot.domain.explanation import Reason, ReasonKind
from bot.domain.member_time import StaleCalendar
from bot.rendering.booking import Held, booking_form, fresh
from bot.rendering.booking_words import contact_in, contact_options
from bot.rendering.form_mark import FormMark, form_mark
from bot.rendering.form_trouble import Reader, Trouble, trouble_of
from bot.rendering.names import BookingSwitch
from bot.rendering.surfaces import Modal
from tests.builders import ANA, BEN, BERLIN, NEW_YORK, at, second, span
from tests.unit.rendering.answers import NOON, ana, ben, cara, time_of
from tests.unit.rendering.bookings import APPOINTMENT, MARK, MAYA, a_form, a_free_day
from tests.unit.rendering.screen import buttons_of, read_view

WANTED = second("15:00")
LEAVE_OUT = "Leave Cara out, or ask. [Ask Cara to connect]"
READER = Reader(ANA, BERLIN, (ana, ben), WANTED, NOON)
MAILED = "Google e-mails maya@ortiz.test the invitation, changes and a cancellation."
NOT_MAILED = "Nothing is e-mailed; the card has a text to send."
NEAREST = (Slot(second("15:15"), (ANA,)), Slot(second("2026-11-25 9:00"), (ANA,)))


def as_opened(**fields: object) -> Modal:
    form = a_form(**fields)  # type: ignore[arg-type]  # by name
    return booking_form(form, fresh(form), MARK, ANA)


def refused(error: DaybookError) -> Modal:
    form = a_form()
    return booking_form(form, fresh(form), MARK, ANA, trouble_of(error, READER))


def test_what_it_will_be_called_follows_the_name_that_was_typed_for_a_new_contact() -> None:
    form = a_form(contact=new_contact("maya@ortiz.test", "maya"), usual_title="maya and Ana")
    for typed, title in (("", "Their name and Ana"), (" Maya Ortiz ", "Maya Ortiz and Ana")):
        blocks: Any = booking_form(form, replace(fresh(form), name=typed), MARK, ANA).blocks
        assert [one["element"]["placeholder"]["text"] for one in blocks if one.get("block_id") == "title"] == [title]


def test_the_form_says_beforehand_when_it_is_for_everybody_and_what_is_mailed() -> None:
    view = as_opened()
    assert (view.title, view.submit, view.callback_id) == ("Book", "Book", "book")
    assert read_view(view) == [
        "With: ['U1']",
        "Contact: Maya Ortiz",
        "Title: ",
        "Where: Zoom",
        "Length: 30 minutes",
        "Day: 2026-11-24",
        "Time in Berlin: 15:00",
        "Note: ",
        "Options: Invite by e-mail",
        "*Tue 24 Nov, 15:00-15:30* Berlin · 9:00 for Maya in New York. " + MAILED,
    ]


def test_a_new_contact_is_asked_for_a_name() -> None:
    new = new_contact("maya@ortiz.test", "")
    form = a_form(contact=new)
    lines = read_view(booking_form(form, replace(fresh(form), name="Maya"), MARK, ANA))
    assert lines[1:3] == ["Contact: maya@ortiz.test", "Name of the new contact: Maya"]


def test_a_meeting_among_colleagues_offers_no_invitation() -> None:
    lines = read_view(as_opened(contact=None, zones=()))
    assert lines[-2:] == ["Options: ", "*Tue 24 Nov, 15:00-15:30* Berlin. Nothing is e-mailed."]


def test_whoever_books_others_without_a_contact_reads_that_his_own_time_is_not_taken() -> None:
    line = "_ Your own time is not taken. Add yourself under *With* if you will be there."
    assert read_view(as_opened(hosts=(ben,), is_own=False, contact=None))[2] == line
    without = read_view(as_opened(hosts=(ben,), is_own=False, contact=None, may_host=False))
    assert without[2] == "_ Your own time is not taken: you have no calendar that appointments can be written to."
    for others in (as_opened(contact=None), as_opened(hosts=(ben,), is_own=False)):
        assert "Your own time" not in str(others.blocks)


@pytest.mark.parametrize(
    ("venue", "line"),
    [
        (Venue(Where.PHONE, "+49 30 1"), "Phone number: +49 30 1"),
        (Venue(Where.PLACE, "Torstr. 1"), "Which place: Torstr. 1"),
    ],
)
def test_a_phone_or_a_place_asks_for_its_details(venue: Venue, line: str) -> None:
    assert read_view(as_opened(venue=venue))[4] == line


def test_only_holding_it_mails_nothing_before_it_is_confirmed() -> None:
    switches = frozenset({BookingSwitch.HOLDS, BookingSwitch.INVITES})
    view = booking_form(a_form(), Held(switches), MARK, ANA)
    assert view.submit == "Hold"
    assert read_view(view)[-1].endswith("Google e-mails maya@ortiz.test once it is confirmed.")


def test_outside_ones_own_hours_any_time_can_be_chosen() -> None:
    form = a_form("20:00")
    view = booking_form(form, Held(frozenset({BookingSwitch.OVERRIDES})), MARK, ANA)
    assert read_view(view)[6:] == [
        "Time in Berlin: 20:00",
        "Note: ",
        "Options: Outside my hours too",
        "*Tue 24 Nov, 20:00-20:30* Berlin · 14:00 for Maya in New York. " + NOT_MAILED,
    ]


def test_somebody_elses_hours_cannot_be_passed_over() -> None:
    form = a_form(hosts=(ben,), is_own=False)
    view = booking_form(form, Held(frozenset({BookingSwitch.OVERRIDES})), MARK, ANA)
    assert "Time in Berlin: 15:00" in read_view(view)
    assert "Outside my hours too" not in str(view.blocks)


def test_a_start_that_is_not_free_is_told_with_the_way_to_its_reasons() -> None:
    view = as_opened(start="20:00")
    assert "20:00 is not free. [Why?]" in read_view(view)
    assert buttons_of(view)["Why?"] == f"{second('20:00')} 30 all U1"


def test_a_day_without_a_free_time_says_so_and_has_no_empty_menu() -> None:
    lines = read_view(as_opened(free=replace(a_free_day(), starts=())))
    assert "No 30 minutes are free on Tue 24 Nov. Choose another day." in lines
    assert not [line for line in lines if line.startswith("Time")]


def test_a_host_without_a_calendar_is_never_free() -> None:
    gathered = replace(a_free_day().gathered, silent=(cara,), withheld=(ben,))
    free = FreeDay(date(2026, 11, 24), gathered, None)
    lines = read_view(as_opened(free=free, hosts=(ana, cara, ben)))
    assert lines[6:8] == [
        f"Cara has no calendar connected, so nobody can say when Cara is free. {LEAVE_OUT}",
        "Ben does not share free times with you.",
    ]


def test_a_calendar_read_late_is_told_with_what_is_done_about_it() -> None:
    late = replace(time_of(ana), stale=(StaleCalendar(ANA, ANA, "Family", NOON - timedelta(minutes=40)),))
    lines = read_view(as_opened(free=a_free_day("15:00", times=[late])))
    assert lines[-2:] == [
        "_ Family was last read 40 minutes ago; newer events are unknown.",
        "_ Calendars are read again before it is booked.",
    ]


def test_clocks_that_change_apart_are_told() -> None:  # fault 42
    maya = PartyZone("Maya", NEW_YORK)
    shift = ClockShift(maya, at("2026-03-29 3:00"), -300, -360)
    lines = read_view(as_opened(shift=shift, now=at("2026-03-27 12:00")))
    assert lines[-1] == (
        "_ Clocks change on Sun 29 Mar. From then on Maya is 6 hours behind you, before that 5 hours behind you."
    )


def test_taken_a_moment_ago_keeps_everything_and_offers_the_nearest() -> None:
    lines = read_view(refused(SlotTaken(NEAREST)))
    assert lines[:3] == [
        "15:00 was taken a moment ago. Everything you typed is still here. Nearest:",
        "[15:15] [Wed 25 Nov, 9:00]",
        "With: ['U1']",
    ]
    assert buttons_of(refused(SlotTaken(NEAREST)))["15:15"] == str(second("15:15"))


def test_not_offered_tells_the_reasons_and_the_way_past_ones_own() -> None:
    reason = Reason(ANA, ReasonKind.OUTSIDE_HOURS, hours=(span("9:00-12:00"),))
    assert read_view(refused(NotOffered((reason,), (), may_override=True)))[:3] == [
        "15:00 is not free:",
        "· Ana works 9:00-12:00 that day",
        "Everything you typed is still here. Tick *Outside my hours too* to take it all the same.",
    ]


def test_what_could_not_be_read_asks_for_a_word_by_owner_alone() -> None:
    stale = (
        StaleCalendar(ANA, APPOINTMENT, "Family", at("11:20")),
        StaleCalendar(BEN, APPOINTMENT, "Doctor", at("11:10")),
    )
    view = refused(NeedsAnyway(stale))
    [line] = [line for line in read_view(view) if "could not read" in line]
    assert line.startswith("Daybook could not read *Family* and a calendar of Ben just now; last read <!date^")
    assert "Doctor" not in line
    assert "Book anyway" in str(view.blocks)
    assert form_mark(view.private_metadata).asks_anyway


def test_a_calendar_that_google_did_not_answer_about_is_named_with_its_last_reading() -> None:
    stale = (StaleCalendar(ANA, APPOINTMENT, "Family", at("11:56")),)
    view = refused(NeedsAnyway(stale, unanswered=frozenset({APPOINTMENT})))
    last_read = f"<!date^{second('11:56')}^{{time}}|11:56 Berlin>"
    assert read_view(view)[0] == (
        f"Google did not answer about *Family*; it was last read {last_read} (4 minutes ago). "
        "What was read still blocks; newer events are unknown. Everything you typed is still here. "
        "Tick *Book anyway* if you want the time all the same."
    )


def test_a_further_host_without_a_calendar_keeps_the_event_from_nothing() -> None:
    told = trouble_of(NeedsAnyway((), silent=(ben,)), Reader(ANA, BERLIN, (ana, ben), None, NOON)).text
    assert told.startswith(
        "Ben has no calendar connected, so nobody can say whether Ben is free. Only Ben's appointments in Daybook still"
    )


def test_events_that_nobody_understood_are_told_as_such() -> None:
    stale = (StaleCalendar(ANA, APPOINTMENT, "Family", at("11:56"), is_partial=True),)
    assert read_view(refused(NeedsAnyway(stale)))[0].startswith("Some events of *Family* could not be understood. What")


def test_any_other_refusal_is_told_literally() -> None:  # fault 46
    lines = read_view(refused(BadBooking("note", "<!channel> too long")))
    assert lines[0] == "&lt;!channel&gt; too long Everything you typed is still here."


# fault 46, fault 47
@pytest.mark.parametrize("text", ["<!channel> *x*" * 800, "‮evil" * 2500, "\u202e", "a" * 10_000])
def test_extreme_texts_fit(text: str) -> None:
    evil = replace(MAYA, name=text, email="a" * 64 + "@" + "b" * 60 + ".test")
    form = a_form(
        contact=evil, title=text, note=text, usual_title=text, venue=Venue(Where.PLACE, text), hosts=(ana, ben)
    )
    trouble = Trouble("x" * 5000, NEAREST, WANTED)
    lines = read_view(booking_form(form, replace(fresh(form), name=text), MARK, ANA, trouble))
    assert "<!channel>" not in lines[-1]


def test_a_hundred_starts_fit_and_more_are_told_of() -> None:
    starts = tuple(range(second("9:00"), second("9:00") + 100 * 60, 60))
    lines = read_view(as_opened(free=replace(a_free_day(), starts=starts, has_more=True)))
    assert lines[-1] == "_ More times are free than the list holds; it shows some of them, evenly."


def test_found_contacts_stand_under_the_address_that_was_typed() -> None:
    new = new_contact("maya@new.test", "")
    options = contact_options(ContactsFound((MAYA,), new), "maya@new.test")
    assert options[0]["description"] == {"type": "plain_text", "text": "New contact", "emoji": False}
    assert [(each["text"], each["value"]) for each in options] == [
        ({"type": "plain_text", "text": "maya@new.test", "emoji": False}, "new maya@new.test"),
        ({"type": "plain_text", "text": "Maya Ortiz", "emoji": False}, str(MAYA.id)),
    ]


def test_nobody_found_asks_for_an_address() -> None:
    [option] = contact_options(ContactsFound(()), "may")
    assert option["value"] == "none"
    assert contact_in("none", "") is None


def test_of_five_hundred_contacts_a_hundred_are_offered() -> None:  # fault 47
    assert len(contact_options(ContactsFound((MAYA,) * 500), "")) == 100


@pytest.mark.parametrize("value", ["not an id", "new <!channel>", "new "])
def test_a_contact_that_no_form_offers_leads_nowhere(value: str) -> None:
    with pytest.raises(NotFound):
        contact_in(value, "")


@pytest.mark.parametrize(
    "mark",
    [
        FormMark("1.2.3", BERLIN),
        FormMark("1.2.3", "America/Argentina/Buenos_Aires", 7, shows_invites=True, wanted=5),
        FormMark("1.2.3", BERLIN, moves=(APPOINTMENT, 3)),
        FormMark("1.2.3", BERLIN, unknown=frozenset({"000000c9", "deadbeef"}), moves=(APPOINTMENT, 3)),
    ],
)
def test_a_mark_comes_back_as_it_was(mark: FormMark) -> None:
    assert form_mark(mark.metadata()) == mark


@pytest.mark.parametrize("metadata", ["", "x", "1.2.3 Europe/Berlin x - -", f"1 Z 0 - - {'-' * 36} 1"])
def test_a_mark_that_is_none_of_ours_leads_nowhere(metadata: str) -> None:
    with pytest.raises(NotFound):
        form_mark(metadata)
