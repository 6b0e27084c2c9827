"""The views around an appointment: booked, moved, the question before cancelling, another time, a text to send."""

from dataclasses import replace

import pytest

from bot.domain.appointments import AppointmentStatus, Venue, Where
from bot.domain.booking import SlotTaken
from bot.domain.events import Response
from bot.domain.join_links import AgendaAppointment
from bot.domain.ties import Tie, Ties
from bot.rendering.agenda_lines import ShownDay, agenda_blocks
from bot.rendering.agenda_ref import AgendaRef
from bot.rendering.booking_result import booked_view, cancelled_view, moved_view
from bot.rendering.cancel import cancel_form
from bot.rendering.form_mark import FormMark
from bot.rendering.form_trouble import Reader, trouble_of
from bot.rendering.names import BookingSwitch
from bot.rendering.reschedule import move_form
from bot.rendering.text_to_send import plain_text, text_to_send
from tests.builders import ANA, BERLIN, at, days, second
from tests.unit.rendering.answers import NOON, an_entry, ana, cara
from tests.unit.rendering.bookings import APPOINTMENT, MAYA, a_move, an_appointment, shown
from tests.unit.rendering.screen import buttons_of, read_blocks, read_view

DAY = ShownDay(AgendaRef(at("12:00").date(), "U1"), days(), BERLIN)
MARK = FormMark("1.2.3", BERLIN, moves=(APPOINTMENT, 1))
UNDO_UNTIL = f"<!date^{second('11:10')}^{{time}}|11:10 Berlin>"
CARD = "· It stands in your messages with Daybook, which show every change."


def test_what_was_booked_is_told_with_what_happens_next_and_a_way_back() -> None:
    view = booked_view(shown(), is_new=True)
    assert view.title == "Booked"
    assert read_view(view) == [
        "*Booked:* Maya Ortiz and Ana",
        "*Tue 24 Nov, 15:00-15:30* Berlin · 9:00 for Maya Ortiz in New York · Zoom",
        "· The Zoom link is made now and goes onto the card and into the event by itself.",
        "· Google e-mails maya@ortiz.test the invitation, and changes later.",
        CARD,
        "[Undo booking]",
        f"_ It can be undone until {UNDO_UNTIL}. Google e-mails Maya Ortiz a cancellation.",
    ]
    assert buttons_of(view) == {"Undo booking": f"undo {APPOINTMENT} 1"}


def test_a_way_back_that_ends_on_another_day_says_which() -> None:
    late = an_appointment("2026-11-25 9:00-9:30", created_at=at("23:55"), changed_at=at("23:55"))
    lines = read_view(booked_view(shown(late, now=at("23:56")), is_new=True))
    until = f"<!date^{second('2026-11-25 0:05')}^{{date_short}}, {{time}}|Wed 25 Nov, 0:05 Berlin>"
    assert lines[-1] == f"_ It can be undone until {until}. Google e-mails Maya Ortiz a cancellation."


def test_a_form_that_came_twice_says_that_it_was_booked_already() -> None:
    assert "_ This form had booked it already; nothing was booked twice." in read_view(
        booked_view(shown(), is_new=False)
    )


def test_after_ten_minutes_there_is_nothing_to_undo() -> None:
    assert buttons_of(booked_view(shown(now=at("11:10")), is_new=True)) == {}


def test_what_was_only_held_says_until_when() -> None:
    held = an_appointment(status=AppointmentStatus.HELD, expires_at=at("11:30"), venue=Venue())
    view = booked_view(shown(held), is_new=True)
    assert view.title == "Held"
    assert read_view(view)[2].startswith(f"· The time is kept until <!date^{second('11:30')}^{{time}}|")


def test_a_move_tells_who_hears_of_it() -> None:
    assert read_view(moved_view(shown(now=at("12:00")))) == [
        "*Moved:* Maya Ortiz and Ana",
        "*Tue 24 Nov, 15:00-15:30* Berlin · 9:00 for Maya Ortiz in New York · Zoom",
        "· The Google event and the Zoom meeting move with it.",
        "· Google e-mails Maya Ortiz the new time.",
        CARD,
    ]


@pytest.mark.parametrize(
    ("ties", "told"),
    [
        (
            Ties(zoom=Tie.GONE),
            [
                "The event in Google moves with it. The Zoom meeting does not follow: Zoom is not connected any more.",
                "Google e-mails Maya Ortiz the new time.",
            ],
        ),
        (
            Ties(zoom=Tie.BROKEN),
            [
                "The event in Google moves with it. The Zoom meeting follows once Zoom is connected again.",
                "Google e-mails Maya Ortiz the new time.",
            ],
        ),
        (
            Ties(google=Tie.BROKEN),
            [
                "The event in Google follows once Google is connected again. The Zoom meeting moves with it.",
                "Google e-mails Maya Ortiz only once it is connected again: better tell Maya Ortiz yourself.",
            ],
        ),
        (
            Ties(google=Tie.GONE),
            [
                "The event in Google does not follow until a calendar is connected. The Zoom meeting moves with it.",
                "Google is not connected, so nobody is e-mailed: tell Maya Ortiz yourself.",
            ],
        ),
    ],
)
def test_a_move_promises_nothing_of_what_is_cut_off_before_and_after_it(ties: Ties, told: list[str]) -> None:
    assert read_view(moved_view(shown(ties=ties)))[2:4] == [f"· {line}" for line in told]
    assert read_view(move_form(a_move(ties=ties), frozenset(), MARK, ANA))[-1].endswith(f". {' '.join(told)}")


def test_the_question_before_cancelling_names_the_people_and_the_mail() -> None:
    view = cancel_form(shown())
    assert (view.submit, view.close) == ("Cancel it", "Leave it")
    assert read_view(view) == [
        "*Maya Ortiz and Ana*",
        "*Tue 24 Nov, 15:00-15:30* Berlin · 9:00 for Maya Ortiz in New York",
        "With Ana and Maya Ortiz.",
        "Its Google event and the Zoom meeting go away. Google e-mails Maya Ortiz a cancellation.",
        "Reason: ",
    ]


def test_the_question_before_cancelling_names_who_booked_it_unless_for_a_contact() -> None:
    there = shown(an_appointment(contact=None, booker_id=cara.id), booker=cara)
    assert read_view(cancel_form(there))[2] == "With Ana and Cara."
    assert read_view(cancel_form(shown(booker=cara)))[2] == "With Ana and Maya Ortiz."


@pytest.mark.parametrize(
    "appointment", [an_appointment(invites=False), an_appointment(status=AppointmentStatus.HELD)], ids=["not", "held"]
)
def test_whoever_was_mailed_nothing_is_to_be_told_by_hand(appointment: object) -> None:
    assert "Nothing is e-mailed: tell Maya Ortiz yourself." in read_view(cancel_form(shown(appointment)))[3]  # type: ignore[arg-type]


def test_cancelled_says_who_is_mailed() -> None:
    assert read_view(cancelled_view(shown())) == [
        "*Cancelled:* Maya Ortiz and Ana",
        "The time is free again. Google e-mails Maya Ortiz a cancellation.",
    ]


def test_the_contact_of_a_hold_never_heard_of_it() -> None:
    held = an_appointment(status=AppointmentStatus.HELD, expires_at=at("11:30"))
    let_go = held.cancelled("", at("11:10"))
    assert read_view(cancelled_view(shown(let_go)))[1].endswith("Nothing is e-mailed: tell Maya Ortiz yourself.")
    assert read_view(moved_view(shown(held)))[3] == "· Nothing is e-mailed: tell Maya Ortiz yourself."


def test_a_meeting_among_colleagues_mails_nobody() -> None:
    own = an_appointment(contact=None)
    assert read_view(cancelled_view(shown(own)))[1] == "The time is free again. Nobody is e-mailed."
    assert read_view(moved_view(shown(own)))[3] == "· Nobody is e-mailed."


def test_another_time_keeps_the_length_and_says_who_is_told() -> None:
    view = move_form(a_move(), frozenset(), MARK, ANA)
    assert (view.submit, view.close, view.callback_id) == ("Move it", "Leave it", "move")
    assert read_view(view) == [
        "*Maya Ortiz and Ana* · now *Tue 24 Nov, 15:00-15:30* Berlin · 9:00 for Maya in New York",
        "_ It stays 30 minutes long.",
        "Day: 2026-11-24",
        "Time in Berlin: 16:00",
        "Options: ",
        (
            "*Tue 24 Nov, 16:00-16:30* Berlin · 10:00 for Maya in New York. "
            "The Google event and the Zoom meeting move with it. Google e-mails Maya Ortiz the new time."
        ),
    ]


def test_a_time_that_was_taken_is_told_on_the_form() -> None:
    trouble = trouble_of(SlotTaken(), Reader(ANA, BERLIN, (ana,), second("16:00"), NOON))
    view = move_form(a_move(), frozenset({BookingSwitch.OVERRIDES}), MARK, ANA, trouble)
    assert read_view(view)[1] == "16:00 was taken a moment ago. Everything you typed is still here."


def test_a_text_to_send_has_both_clocks_and_the_link_letter_by_letter() -> None:
    there = shown(an_appointment(invites=False), join_url="https://zoom.test/j/1?pwd=a_b_*c")
    assert plain_text(there) == (
        "Maya Ortiz and Ana\n"
        "Tue 24 Nov 2026, 15:00-15:30 Berlin time\n"
        "(9:00 in New York)\n"
        "Zoom: https://zoom.test/j/1?pwd=a_b_*c"
    )
    view = text_to_send(there)
    assert read_view(view)[0] == "Copy it into an e-mail or a chat. Daybook sends nothing itself."
    assert view.blocks[-1]["text"] == {"type": "plain_text", "text": plain_text(there), "emoji": False}


def test_a_text_about_a_hold_says_that_it_is_not_confirmed() -> None:
    held = an_appointment(status=AppointmentStatus.HELD, expires_at=at("11:30"), venue=Venue())
    assert plain_text(shown(held)) == (
        "Maya Ortiz and Ana\nTue 24 Nov 2026, 15:00-15:30 Berlin time\nNot confirmed yet.\n(9:00 in New York)"
    )


def test_the_agenda_shows_appointments_beside_events_with_the_way_in() -> None:
    there = AgendaAppointment(an_appointment("16:00-16:30"), "https://zoom.test/j/1")
    held = an_appointment("8:00-8:30", contact=None, status=AppointmentStatus.HELD, title="Pair", venue=Venue())
    blocks = agenda_blocks([an_entry("9:00-9:30", "Kick-off")], DAY, [AgendaAppointment(held), there])
    assert read_blocks(blocks) == [
        "8:00-8:30 ▪ orange  Pair · on hold [⋯ Reschedule · Cancel]",
        "9:00-9:30 ▪ grey  Kick-off",
        "16:00-16:30 ▪ orange  Maya Ortiz · Zoom",
        "[Join] [⋯ Reschedule · Cancel]",
    ]


def test_what_is_over_or_called_off_is_not_to_be_changed_on_the_agenda() -> None:
    over, off = an_appointment("9:00-9:30"), an_appointment("16:00-16:30", status=AppointmentStatus.CANCELLED)
    day = DAY._replace(now=second("9:30"))
    assert read_blocks(agenda_blocks([], day, [AgendaAppointment(over), AgendaAppointment(off)])) == [
        "9:00-9:30 ▪ orange  Maya Ortiz · Zoom",
        "16:00-16:30 ▪ orange  Maya Ortiz · Zoom · cancelled",
    ]


@pytest.mark.parametrize(
    ("answer", "told"),
    [(Response.ACCEPTED, " (accepted)"), (Response.DECLINED, " (declined)"), (None, "")],
)
def test_the_agenda_tells_what_a_contact_answered(answer: Response | None, told: str) -> None:
    blocks = agenda_blocks([], DAY, [AgendaAppointment(an_appointment("16:00-16:30"), answer=answer)])
    assert read_blocks(blocks) == [f"16:00-16:30 ▪ orange  Maya Ortiz{told} · Zoom [⋯ Reschedule · Cancel]"]


def test_what_an_appointment_is_called_stands_beside_the_contact_unless_it_names_him() -> None:
    called = AgendaAppointment(an_appointment(title="Offer", venue=Venue(Where.PLACE, "Torstr. 1")))
    (line,) = read_blocks(agenda_blocks([], DAY, [called]))
    assert line == "15:00-15:30 ▪ orange  Maya Ortiz · Offer · Torstr. 1 [⋯ Reschedule · Cancel]"


# fault 46, fault 47
@pytest.mark.parametrize("text", ["<!channel> *x*" * 800, "‮evil" * 2500, "\u202e", "a" * 10_000])
def test_extreme_texts_fit(text: str) -> None:
    evil = an_appointment(
        title=text, note=text, contact=replace(MAYA, name=text), venue=Venue(Where.PLACE, text), invites=False
    )
    there = shown(evil, hosts=tuple(replace(ana, name=text) for _ in range(10)))
    read_view(text_to_send(there))
    views = [booked_view(there, is_new=True), moved_view(there), cancelled_view(there)]
    views += [
        cancel_form(there, reason=text, mistake=text),
        move_form(a_move(appointment=evil), frozenset(), MARK, ANA),
    ]
    lines = [line for view in views for line in read_view(view)]
    assert "<!channel>" not in "".join(line for line in lines if not line.startswith("Reason: "))


def test_five_hundred_appointments_fit_a_day() -> None:  # fault 47
    many = [AgendaAppointment(an_appointment(), "https://zoom.test/j/1")] * 500
    lines = read_blocks(agenda_blocks([], DAY, many))
    assert sum("[Join]" in line for line in lines) == 10
    assert lines[-1] == "+400 more"
