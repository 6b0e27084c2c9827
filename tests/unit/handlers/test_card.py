"""The buttons of a card: each does one thing, to him who may, on the appointment as it was shown."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.domain.appointments import Appointment, AppointmentStatus, EditedMeanwhile, NotPossible, Question, QuestionKind
from bot.domain.booking_rules import LONGEST_REASON
from bot.domain.cards import CardButton
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.people import Standing
from bot.rendering.names import BookingField
from bot.rendering.surfaces import Message
from tests.builders import second, span
from tests.unit.handlers.booking_desk import Desk
from tests.unit.rendering.answers import actor, ana, ben, cara
from tests.unit.rendering.screen import read_message
from tests.unit.usecases.booking_house import a_request


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def booked(desk: Desk) -> Appointment:
    """Ana's with Maya at three."""
    return desk.book(a_request("15:00")).appointment


def an_option(value: str) -> dict[str, object]:
    return {"text": {"type": "plain_text", "text": "…"}, "value": value}


def said(shown: object) -> list[str]:
    assert isinstance(shown, Message)
    return read_message(shown)


def test_another_time_is_chosen_and_taken(desk: Desk, booked: Appointment) -> None:
    desk.presses_card(CardButton.RESCHEDULE, booked)
    desk.changes(BookingField.START, an_option(str(second("16:00"))))
    assert desk.reads()[-1].startswith("*Tue 24 Nov, 16:00-16:30* Berlin")
    reply = desk.submits()
    assert (reply.ways, desk.homes[-1:]) == (["update"], ["U1"])
    assert desk.stored()[0].span == span("16:00-16:30")
    assert desk.reads()[0] == "*Moved:* Maya Ortiz and Ana"


def test_another_day_keeps_the_time_of_day(desk: Desk, booked: Appointment) -> None:
    desk.presses_card(CardButton.RESCHEDULE, booked)
    desk.changes(BookingField.DAY, "2026-11-26")
    assert desk.stands_in("start") == str(second("2026-11-26 15:00"))
    desk.submits()
    assert desk.stored()[0].span == span("2026-11-26 15:00-15:30")


def test_a_time_taken_meanwhile_keeps_the_form_and_its_nearest_start_moves_it(desk: Desk, booked: Appointment) -> None:
    desk.presses_card(CardButton.RESCHEDULE, booked)
    desk.changes(BookingField.START, an_option(str(second("16:00"))))
    desk.book(a_request("16:00"))
    desk.submits()
    assert desk.reads()[1] == "16:00 was taken a moment ago. Everything you typed is still here. Nearest:"
    desk.presses_inside("15:30")
    desk.submits()
    assert [one.span for one in desk.stored()] == [span("15:30-16:00"), span("16:00-16:30")]


def test_a_form_over_a_change_of_somebody_elses_says_so_and_then_goes_by_it(desk: Desk, booked: Appointment) -> None:
    desk.presses_card(CardButton.RESCHEDULE, booked)
    desk.changes(BookingField.START, an_option(str(second("16:00"))))
    desk.presses_card(CardButton.USE_MEET, booked)
    desk.submits()
    assert desk.reads()[1].startswith("Somebody changed this appointment at the same moment.")
    desk.submits()
    assert desk.stored()[0].span == span("16:00-16:30")


def test_cancelling_asks_first_and_keeps_the_reason(desk: Desk, booked: Appointment) -> None:
    desk.presses_card(CardButton.CANCEL, booked)
    assert "With Ana and Maya Ortiz." in desk.reads()
    desk.fills(BookingField.REASON, "Maya is ill")
    desk.submits()
    [cancelled] = desk.stored()
    assert (cancelled.status, cancelled.reason) == (AppointmentStatus.CANCELLED, "Maya is ill")


def test_a_reason_that_is_too_long_stands_on_its_field(desk: Desk, booked: Appointment) -> None:
    desk.presses_card(CardButton.CANCEL, booked)
    desk.fills(BookingField.REASON, "x" * (LONGEST_REASON + 1))
    assert list(desk.prepares().mistakes) == ["reason"]


def test_what_is_cancelled_already_cannot_be_cancelled_again(desk: Desk, booked: Appointment) -> None:
    desk.presses_card(CardButton.CANCEL, booked)
    desk.submits()
    with pytest.raises(NotPossible, match="It is cancelled, so it cannot be cancelled any more"):
        desk.presses_card(CardButton.CANCEL, booked)
    with pytest.raises(NotPossible, match="so it cannot be moved any more"):
        desk.presses_card(CardButton.RESCHEDULE, booked)


def test_undone_in_the_view_that_told_of_it(desk: Desk) -> None:
    desk.types("today 15:00")
    desk.submits()
    reply = desk.presses_inside("Undo booking")
    assert (reply.ways, desk.homes[-1:]) == (["update"], ["U1"])
    assert desk.reads()[0] == "*Undone; the time is free again. Nobody is e-mailed.* Ana"
    assert desk.stored()[0].status is AppointmentStatus.CANCELLED


def test_a_move_is_undone_to_where_it_stood(desk: Desk, booked: Appointment) -> None:
    desk.presses_card(CardButton.RESCHEDULE, booked)
    desk.changes(BookingField.START, an_option(str(second("16:00"))))
    desk.submits()
    desk.presses_inside("Undo move")
    assert (
        desk.reads()[0]
        == "*Undone; it is back where it stood. Google e-mails Maya Ortiz the old time.* Maya Ortiz and Ana"
    )
    assert desk.stored()[0].span == span("15:00-15:30")


def test_a_held_one_is_confirmed_or_let_go(desk: Desk) -> None:
    held = desk.book(a_request("15:00", holds=True)).appointment
    reply = desk.presses_card(CardButton.CONFIRM, held)
    assert said(reply.shown[0][1]) == ["Confirmed."]
    other = desk.book(a_request("16:00", holds=True)).appointment
    desk.presses_card(CardButton.RELEASE, other)
    assert [one.status for one in desk.stored()] == [AppointmentStatus.CONFIRMED, AppointmentStatus.CANCELLED]


def test_an_old_cards_button_says_that_something_changed(desk: Desk) -> None:
    held = desk.book(a_request("15:00", holds=True)).appointment
    desk.presses_card(CardButton.CONFIRM, held)
    with pytest.raises(NotPossible, match="It is not on hold any more"):
        desk.presses_card(CardButton.CONFIRM, held)
    with pytest.raises(EditedMeanwhile):
        desk.presses_card(CardButton.RELEASE, held)


@pytest.mark.parametrize(
    ("button", "status"),
    [(CardButton.SHOWED, AppointmentStatus.SHOWED), (CardButton.NO_SHOW, AppointmentStatus.NO_SHOW)],
)
def test_after_the_end_it_is_noted_what_came_of_it(
    desk: Desk, booked: Appointment, button: CardButton, status: AppointmentStatus
) -> None:
    desk.at("15:30")
    desk.presses_card(button, booked)
    assert desk.stored()[0].status is status


def test_booking_again_opens_the_form_with_the_same_people(desk: Desk, booked: Appointment) -> None:
    desk.presses_card(CardButton.BOOK_AGAIN, booked)
    assert desk.reads()[:3] == ["With: ['U1']", "Contact: Maya Ortiz", "Title: Maya Ortiz and Ana"]
    desk.changes(BookingField.START, an_option(str(second("16:00"))))
    desk.submits()
    assert [one.span for one in desk.stored()] == [span("15:00-15:30"), span("16:00-16:30")]


def test_the_text_to_send_comes_from_behind_the_dots(desk: Desk) -> None:
    booked = desk.book(a_request("15:00", invites=False)).appointment
    desk.presses("card_menu", f"text_to_send {booked.id} 1", menu=True)
    assert desk.reads()[2:4] == ["Maya Ortiz and Ana", "Tue 24 Nov 2026, 15:00-15:30 Berlin time"]
    assert desk.view is not None
    assert (desk.view.submit, desk.view.close) == ("", "Close")


def test_the_hosts_word_on_a_deletion_puts_it_back(desk: Desk, booked: Appointment) -> None:
    asking = booked.asking(Question(QuestionKind.DELETED), desk.clock.time)
    with desk.store.writing() as work:
        work.appointments.save(asking)
        work.commit()
    desk.presses_card(CardButton.PUT_BACK, asking)
    assert desk.stored()[0].question is None
    with pytest.raises(NotPossible, match="answered already"):
        desk.presses_card(CardButton.CANCEL_TOO, asking)


def test_what_was_given_up_is_tried_again(desk: Desk, booked: Appointment) -> None:
    reply = desk.presses_card(CardButton.TRY_AGAIN, booked)
    assert said(reply.shown[0][1]) == ["It is being tried again."]


def test_what_has_to_be_connected_first_is_not_tried_again(desk: Desk, booked: Appointment) -> None:
    with desk.store.writing() as work:
        for account in work.accounts.of(actor(ana)):
            work.accounts.mark_broken(account.id, desk.clock.time)
        work.commit()
    mine = desk.presses_card(CardButton.TRY_AGAIN, booked)
    assert said(mine.shown[0][1]) == [
        "Connect Google Calendar again first. Then everything goes on by itself.",
        "[Connect Google Calendar]",
    ]


def test_googles_time_that_is_taken_is_named_with_the_nearest(desk: Desk, booked: Appointment) -> None:
    desk.book(a_request("16:00", title="Lee Chen", contact=None))
    asking = booked.asking(Question(QuestionKind.COLLIDES, span("16:00-16:30")), desk.clock.time)
    with desk.store.writing() as work:
        work.appointments.save(asking)
        work.commit()
    reply = desk.presses_card(CardButton.USE_THEIRS, asking)
    told, ways = said(reply.shown[0][1])
    assert told.startswith("That time is taken by *Lee Chen*, <!date^")
    assert told.endswith("Nothing was changed. Nearest: 15:15, 15:30 or 16:30.")
    assert ways == "[Reschedule]"


def test_google_meet_leaves_the_booking_to_be_undone(desk: Desk, booked: Appointment) -> None:
    desk.presses_card(CardButton.USE_MEET, booked)
    [elsewhere] = desk.stored()
    desk.presses_card(CardButton.UNDO, elsewhere)
    assert desk.stored()[0].status is AppointmentStatus.CANCELLED


# fault 10
@pytest.mark.parametrize("button", CardButton)
def test_whoever_neither_hosts_nor_booked_it_is_told_that_there_is_nothing(
    desk: Desk, booked: Appointment, button: CardButton
) -> None:
    with pytest.raises(NotFound):
        desk.presses_card(button, booked, cara)
    assert desk.stored() == [booked]


# fault 12
def test_a_guest_is_refused(desk: Desk, booked: Appointment) -> None:
    with pytest.raises(NotAllowed, match="Guests cannot use it"):
        desk.presses_card(CardButton.CONFIRM, booked, replace(ben, standing=Standing.GUEST))


@pytest.mark.parametrize(
    "value", ["", "x", f"confirm {UUID(int=5)} 1", f"join {UUID(int=5)} 1", f"fly {UUID(int=5)} 1"]
)
def test_a_button_that_is_none_of_ours_does_nothing(desk: Desk, booked: Appointment, value: str) -> None:
    with pytest.raises(NotFound):
        desk.presses("card:x", value)
    assert desk.stored() == [booked]
