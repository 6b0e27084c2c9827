"""The card of an appointment in every state, its thread, and texts that would break it."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import AppointmentStatus, Question, QuestionKind, Venue, Where
from bot.domain.card_state import card_of
from bot.domain.cards import CardButton, CardLine, Delivery, Progress
from bot.domain.errors import NotFound
from bot.domain.people import Member
from bot.domain.ties import Tie, Ties
from bot.rendering.card import card_message
from bot.rendering.card_log import log_line
from bot.rendering.card_ref import CardRef, card_ref
from tests.builders import at, second, span
from tests.unit.rendering.answers import NOON, ana, ben
from tests.unit.rendering.bookings import APPOINTMENT, MAYA, a_card, an_appointment
from tests.unit.rendering.screen import buttons_of, read_message

START, END = second("15:00"), second("15:30")
WHEN = f"<!date^{START}^{{date_short_pretty}} {{time}}|Tue 24 Nov 15:00 Berlin> - <!date^{END}^{{time}}|15:30 Berlin>"
FOLLOWS = "The appointment stands; the link follows by itself."
STANDS = "The appointment with Maya Ortiz still stands."
THEIRS = span("16:00-16:30")


def test_the_card_tells_when_where_with_whom_and_who_booked_it() -> None:
    message = card_message(a_card())
    assert message.text == "Maya Ortiz and Ana, confirmed: Tue 24 Nov, 15:00-15:30 Berlin"
    assert read_message(message) == [
        "*Maya Ortiz and Ana* · confirmed",
        f"{WHEN} · Zoom · with Maya Ortiz (maya@ortiz.test) · booked by Ben · invitation e-mailed",
        "[Join Zoom] [Reschedule] [Cancel]",
    ]
    assert buttons_of(message)["Reschedule"] == f"reschedule {APPOINTMENT} 1"


def test_without_an_invitation_the_menu_has_a_text_to_send() -> None:
    buttons = (CardButton.RESCHEDULE, CardButton.CANCEL, CardButton.UNDO, CardButton.TEXT_TO_SEND)
    card = a_card(*buttons, appointment=an_appointment(invites=False, venue=Venue(Where.PHONE, "+49 30 1")))
    lines = read_message(card_message(card))
    assert lines[1].endswith("Phone +49 30 1 · with Maya Ortiz (maya@ortiz.test) · booked by Ben · nothing is e-mailed")
    assert lines[-1] == "[Reschedule] [Cancel] [Undo booking] [⋯ Text to send]"


def test_what_google_has_not_mailed_yet_is_not_said_to_be() -> None:
    lines = read_message(card_message(a_card(event=Delivery(Progress.UNDER_WAY))))
    assert lines[1].endswith("invitation not e-mailed yet")


def test_a_new_time_that_google_does_not_have_leaves_the_invitation_mailed() -> None:
    card = a_card(event=Delivery(Progress.PARKED), ties=Ties(google=Tie.GONE), told_span=THEIRS)
    assert read_message(card_message(card))[1].endswith("new time not e-mailed yet")


def test_taking_back_asks_first_and_says_what_is_mailed() -> None:
    booked = card_message(a_card(CardButton.UNDO))
    assert read_message(booked)[-1] == "[Undo booking]"
    assert "*Maya Ortiz and Ana* is called off. Google e-mails Maya Ortiz a cancellation." in str(booked.blocks)
    moved = card_message(a_card(CardButton.UNDO, appointment=an_appointment(before_move=THEIRS)))
    assert read_message(moved)[-1] == "[Undo move]"
    assert "16:00 Berlin>. Google e-mails Maya Ortiz the old time." in str(moved.blocks)


def test_what_is_connected_is_what_the_card_lacks() -> None:
    zoom = card_message(a_card(CardButton.CONNECT, ties=Ties(zoom=Tie.GONE)))
    google = card_message(a_card(CardButton.CONNECT, ties=Ties(google=Tie.GONE)))
    both = card_message(a_card(CardButton.CONNECT, ties=Ties(Tie.GONE, Tie.GONE)))
    assert [buttons_of(each)["Connect"] for each in (zoom, google, both)] == [
        "connect zoom",
        "connect google",
        "connect",
    ]


def test_a_hold_that_was_let_go_was_never_cancelled_on_anybody() -> None:
    held = an_appointment(status=AppointmentStatus.HELD, expires_at=at("11:30"), venue=Venue())
    let_go, ended = (card_message(a_card(appointment=held.cancelled("", at(when)))) for when in ("11:10", "11:30"))
    assert [read_message(each)[0] for each in (let_go, ended)] == [
        "~Maya Ortiz and Ana~ · let go",
        "~Maya Ortiz and Ana~ · hold ended",
    ]
    entry = LogEntry(at("11:10"), Deed.CANCELLED)
    assert log_line(CardLine(entry, ben, held.cancelled("", at("11:10")))) == "Let go by Ben."


def test_zoom_that_does_not_answer_is_told_with_another_way() -> None:
    down = Delivery(Progress.FAILING, "Zoom does not answer.", at("10:02"), at("12:10"))
    buttons = (CardButton.RESCHEDULE, CardButton.CANCEL, CardButton.USE_MEET)
    lines = read_message(card_message(a_card(*buttons, meeting=down, join_url="")))
    since = f"<!date^{second('10:02')}^{{date_short}}, {{time}}|Tue 24 Nov, 9:02 UTC>"
    assert lines[0] == "*Maya Ortiz and Ana* · confirmed, *no link yet*"
    assert lines[2:] == [
        f"Zoom has not taken this since {since}. _Zoom does not answer._ {FOLLOWS}",
        "[Reschedule] [Cancel] [Use Google Meet instead]",
    ]


def test_a_daily_limit_says_when_it_goes_on() -> None:
    parked = Delivery(Progress.PARKED, "Zoom makes no more meetings today.", next_at=at("2026-11-25 1:00"))
    [line] = [each for each in read_message(card_message(a_card(meeting=parked, join_url=""))) if "takes" in each]
    assert line.startswith("Zoom takes nothing just now. _Zoom makes no more meetings today._ The appointment stands;")
    assert "It is tried again <!date^" in line


def test_what_was_given_up_can_be_tried_again() -> None:
    dead = Delivery(Progress.GIVEN_UP, "Google refused it.", at("10:02"))
    lines = read_message(card_message(a_card(CardButton.CANCEL, CardButton.TRY_AGAIN, event=dead)))
    assert lines[2].startswith("Google could not be brought up to date since <!date^")
    assert lines[2].endswith("and it is not tried any more. _Google refused it._")
    assert lines[-1] == "[Cancel] [Try again]"


def test_a_deletion_in_google_asks_the_host() -> None:
    asking = an_appointment(question=Question(QuestionKind.DELETED))
    message = card_message(a_card(CardButton.PUT_BACK, CardButton.CANCEL_TOO, appointment=asking))
    assert read_message(message)[2:] == [
        f"Its event was *deleted in Google*. {STANDS} Put it back, or cancel it too?",
        "[Put it back] [Cancel it too]",
    ]
    gone = "Its event is gone in Google already, so nothing is e-mailed now: tell Maya Ortiz yourself."
    assert f"*Maya Ortiz and Ana* ends for good. {gone}" in str(message.blocks)


def test_a_move_in_google_that_cannot_be_followed_shows_both_times() -> None:
    asking = an_appointment(question=Question(QuestionKind.COLLIDES, THEIRS))
    lines = read_message(card_message(a_card(CardButton.KEEP_OURS, CardButton.USE_THEIRS, appointment=asking)))
    assert lines[2].startswith(f"In Google it was *moved to <!date^{THEIRS.start}^")
    assert f"Here it stays at {WHEN};" in lines[2]
    assert lines[3] == "[Keep our time] [Use Google's time]"


def test_a_moved_copy_that_cannot_be_followed_leaves_every_way_open() -> None:
    asking = an_appointment(question=Question(QuestionKind.COLLIDES, THEIRS))
    impossible = an_appointment(question=Question(QuestionKind.COLLIDES))
    always = (CardButton.RESCHEDULE, CardButton.CANCEL)
    assert card_of(asking, (ana,), ben, {}, {}, NOON).buttons == (
        CardButton.KEEP_OURS,
        CardButton.USE_THEIRS,
        *always,
    )
    assert card_of(impossible, (ana,), ben, {}, {}, NOON).buttons == (CardButton.KEEP_OURS, *always)


def test_a_held_one_says_until_when() -> None:
    held = an_appointment(status=AppointmentStatus.HELD, expires_at=at("11:30"), venue=Venue())
    lines = read_message(card_message(a_card(CardButton.CONFIRM, CardButton.RELEASE, appointment=held, join_url="")))
    assert lines[0].startswith(f"*Maya Ortiz and Ana* · on hold until <!date^{second('11:30')}^{{time}}|")
    assert lines[1].endswith("no invitation before it is confirmed")
    assert lines[-1] == "[Confirm] [Let it go]"


def test_a_cancelled_one_is_struck_with_its_reason() -> None:
    cancelled = an_appointment(status=AppointmentStatus.CANCELLED, reason="Maya is ill")
    lines = read_message(card_message(a_card(CardButton.BOOK_AGAIN, appointment=cancelled, join_url="")))
    assert lines[0] == "~Maya Ortiz and Ana~ · cancelled"
    assert lines[1].startswith(f"~{WHEN}~")
    assert lines[2:] == ["Reason: Maya is ill", "[Book again]"]


def test_after_the_end_it_asks_what_came_of_it() -> None:
    buttons = (CardButton.SHOWED, CardButton.NO_SHOW, CardButton.BOOK_AGAIN)
    assert read_message(card_message(a_card(*buttons)))[-1] == "[Showed] [No-show] [Book again]"


# fault 46, fault 47
@pytest.mark.parametrize("text", ["<!channel> *x*" * 800, "‮evil" * 2500, "\u202e", "a" * 10_000])
def test_extreme_texts_fit(text: str) -> None:
    evil = an_appointment(
        title=text, note=text, reason=text, contact=replace(MAYA, name=text), venue=Venue(Where.PLACE, text)
    )
    down = Delivery(Progress.GIVEN_UP, text)
    hosts = tuple(replace(ana, name=text) for _ in range(10))
    lines = read_message(card_message(a_card(appointment=evil, hosts=hosts, meeting=down, event=down)))
    assert "<!channel>" not in "".join(lines)


def test_a_link_that_is_no_address_is_no_button() -> None:
    assert "Join" not in "".join(read_message(card_message(a_card(join_url="javascript:alert(1)"))))


@pytest.mark.parametrize("value", ["", "reschedule", f"reschedule {APPOINTMENT}", f"fly {APPOINTMENT} 1", "x" * 3000])
def test_a_button_that_is_none_of_ours_leads_nowhere(value: str) -> None:
    with pytest.raises(NotFound):
        card_ref(value)


def test_a_button_comes_back_as_it_was() -> None:
    ref = CardRef(CardButton.TEXT_TO_SEND, APPOINTMENT, 12)
    assert card_ref(ref.value()) == ref


def line(deed: Deed, who: Member | None = ben, **fields: object) -> str:
    entry = replace(LogEntry(at("11:00"), deed), **fields)  # type: ignore[arg-type]  # by name
    return log_line(CardLine(entry, who, an_appointment()))


def test_the_thread_tells_who_did_what() -> None:
    moved: dict[str, Any] = {"before": span("15:00-15:30"), "after": THEIRS}
    times = (
        f", <!date^{START}^{{date_short}} {{time}}|Tue 24 Nov 15:00 Berlin>"
        f" to <!date^{THEIRS.start}^{{date_short}} {{time}}|Tue 24 Nov 16:00 Berlin>"
    )
    assert [
        line(Deed.BOOKED),
        line(Deed.MOVED, **moved),
        line(Deed.MOVED_IN_GOOGLE, None, **moved),
        line(Deed.CANCELLED, detail="Maya is ill"),
        line(Deed.VENUE_CHANGED, detail="meet"),
        line(Deed.UNDONE),
        line(Deed.EXPIRED, None),
    ] == [
        "Booked by Ben.",
        f"Moved by Ben{times}.",
        f"Moved in Google{times}; Zoom moves with it.",
        "Cancelled by Ben: Maya is ill.",
        "Where people meet was changed by Ben, to Google Meet.",
        "The booking was undone by Ben; the time is free again.",
        "The hold has ended, and the time is free again.",
    ]


@pytest.mark.parametrize("deed", Deed)
def test_every_deed_has_words(deed: Deed) -> None:
    told = line(deed, detail="x{y} <!here>.")
    assert told.endswith(".")
    assert "<!here>" not in told
