"""What somebody changes in Google on the event of an appointment: followed, asked about, or written over."""

from dataclasses import replace

import pytest

from bot.domain.appointment_log import Deed
from bot.domain.appointments import AppointmentStatus, Question, QuestionKind
from bot.domain.booking import Answer
from bot.domain.effects import event_id_of
from bot.domain.errors import ProviderDown
from bot.domain.intervals import Interval
from bot.usecases.answer_question import AnswerQuestion
from tests.builders import BERLIN, NEW_YORK, span
from tests.unit.rendering.answers import actor, ana
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.delivery_house import INVITED, PLACE, TITLE, ZOOM, DeliveryHouse, at_a_place


def test_a_move_in_google_moves_the_appointment_and_is_not_written_back() -> None:
    house = DeliveryHouse()
    one = house.delivered()
    before = list(house.copies.requests)
    house.copies.change(house.calendar, house.event_id(one), span=span("16:30-17:00"))
    house.notice(one)
    house.pass_by(30)

    moved = house.now_of(one)
    assert moved.span == span("16:30-17:00")
    assert house.deeds(one) == [Deed.BOOKED, Deed.MOVED_IN_GOOGLE]
    assert house.in_zoom() == [(moved.span.start, TITLE)]
    assert "patch" not in house.copies.requests[len(before) :]
    assert house.copies.mails == [INVITED]


# fault 42
@pytest.mark.parametrize(
    ("zone", "times"),
    [(BERLIN, "2027-03-28 15:00-15:30"), (NEW_YORK, "2027-03-14 9:00-9:30"), (BERLIN, "2026-10-25 2:30-3:00")],
)
def test_a_move_in_google_to_a_day_of_changing_clocks_is_followed_to_the_second(zone: str, times: str) -> None:
    house = DeliveryHouse()
    one = house.delivered()
    house.copies.change(house.calendar, house.event_id(one), span=span(times, zone), zone=zone)
    house.notice(one)
    house.pass_by(30)

    assert house.now_of(one).span == span(times, zone)
    assert house.in_zoom() == [(span(times, zone).start, TITLE)]


def test_a_new_title_in_google_is_taken_over_on_one_line() -> None:
    house = DeliveryHouse()
    one = house.delivered()
    house.copies.change(house.calendar, house.event_id(one), title="Kick-off\n with  Maya")
    house.notice(one)
    house.pass_by(30)

    assert house.now_of(one).title == "Kick-off with Maya"
    assert house.deeds(one) == [Deed.BOOKED, Deed.RENAMED_IN_GOOGLE]
    assert [title for _, title in house.in_zoom()] == ["Kick-off with Maya"]
    # What it says the same is not written back.
    assert [title for _, title, _ in house.in_google()] == ["Kick-off\n with  Maya"]


def test_a_place_that_was_changed_in_google_stays_through_a_move() -> None:
    house = at_a_place()
    [one] = house.stored()
    house.copies.change(house.calendar, house.event_id(one), place="Room 4", description="Agenda: see mail")
    house.notice(one)
    house.move(one, "16:00-16:30")
    house.pass_by(2)

    assert house.in_google() == [(span("16:00-16:30"), TITLE, "Room 4")]


# fault 41
def test_an_edit_between_reading_and_writing_is_not_lost() -> None:
    house = at_a_place()
    [one] = house.stored()
    edits = iter(["Kick-off"])

    def edit(name: str) -> None:
        house.nobody_waits(name)
        if name == "patch" and (title := next(edits, "")):
            house.copies.change(house.calendar, house.event_id(one), title=title, place="Room 4")

    house.copies.before = edit
    house.move(one, "16:00-16:30")
    house.pass_by(2)

    assert house.in_google() == [(span("16:00-16:30"), "Kick-off", "Room 4")]
    assert (house.now_of(one).title, house.now_of(one).span) == ("Kick-off", span("16:00-16:30"))


def test_a_time_that_both_sides_changed_is_googles() -> None:
    house = at_a_place()
    [one] = house.stored()
    house.copies.change(house.calendar, house.event_id(one), span=span("9:00-9:30"))
    house.move(one, "16:00-16:30")
    house.pass_by(2)

    assert (house.now_of(one).span, house.in_google()[0][0]) == (span("9:00-9:30"), span("9:00-9:30"))


# fault 41
def test_a_write_whose_answer_was_lost_is_not_mistaken_for_a_move_in_google() -> None:
    house = at_a_place()
    [one] = house.stored()
    losses = iter([True])

    def lose(name: str) -> None:
        if name == "patch" and next(losses, False):
            raise ProviderDown("Google did not answer.")

    house.copies.after = lose
    house.move(one, "16:00-16:30")
    house.tick()
    house.move(one, "17:00-17:30")
    house.pass_by(10)

    assert (house.now_of(one).span, house.in_google()[0][0]) == (span("17:00-17:30"), span("17:00-17:30"))
    assert Deed.MOVED_IN_GOOGLE not in house.deeds(one)


def test_a_move_onto_another_appointment_asks_the_host_and_changes_nothing() -> None:
    house = at_a_place()
    [one] = house.stored()
    house.delivered(a_request("16:00", ana, venue=PLACE))
    house.copies.change(house.calendar, house.event_id(one), span=span("15:45-16:15"))
    house.notice(one)
    house.pass_by(5)
    house.notice(one)
    house.pass_by(5)

    asked = house.now_of(one)
    assert (asked.span, asked.question) == (
        span("15:00-15:30"),
        Question(QuestionKind.COLLIDES, span("15:45-16:15")),
    )
    assert house.deeds(one) == [Deed.BOOKED, Deed.COLLIDES_IN_GOOGLE]
    assert house.copies.living()[house.calendar, house.event_id(one)].span == span("15:45-16:15")


def test_a_whole_day_is_no_appointment_so_that_the_host_is_asked() -> None:
    house = at_a_place()
    [one] = house.stored()
    house.copies.change(house.calendar, house.event_id(one), span=None)
    house.notice(one)
    house.pass_by(5)

    assert house.now_of(one).question == Question(QuestionKind.COLLIDES, None)


def test_a_question_is_settled_when_google_has_it_again_as_it_was() -> None:
    house = at_a_place()
    [one] = house.stored()
    house.copies.delete(house.calendar, house.event_id(one))
    house.notice(one)
    house.pass_by(5)
    assert house.now_of(one).question == Question(QuestionKind.DELETED)

    house.copies.restore(house.calendar, house.event_id(one))
    house.notice(one)
    house.pass_by(5)

    assert house.now_of(one).question is None
    assert house.deeds(one) == [Deed.BOOKED, Deed.DELETED_IN_GOOGLE, Deed.PUT_BACK]


def test_a_deletion_never_cancels_what_somebody_outside_waits_for() -> None:
    house = at_a_place()
    [one] = house.stored()
    house.copies.delete(house.calendar, house.event_id(one))
    house.notice(one)
    house.pass_by(5)

    assert house.now_of(one).status is AppointmentStatus.CONFIRMED
    assert (house.in_google(), house.copies.mails) == ([], [INVITED])


def test_a_deletion_of_a_meeting_among_colleagues_cancels_it() -> None:
    house = DeliveryHouse()
    one = house.delivered(a_request("15:00", ana, contact=None, venue=ZOOM, invites=False))
    house.copies.delete(house.calendar, house.event_id(one))
    house.notice(one)
    house.pass_by(5)

    assert house.now_of(one).status is AppointmentStatus.CANCELLED
    assert house.deeds(one) == [Deed.BOOKED, Deed.CANCELLED_IN_GOOGLE]
    assert house.in_zoom() == []


def test_a_deletion_after_the_end_asks_nobody() -> None:
    house = at_a_place()
    [one] = house.stored()
    house.at("18:00")
    house.copies.delete(house.calendar, house.event_id(one))
    house.notice(one)
    house.pass_by(5)

    assert (house.now_of(one).question, house.deeds(one)) == (None, [Deed.BOOKED])


def test_a_move_to_another_calendar_of_the_account_is_followed() -> None:
    house = at_a_place()
    [one] = house.stored()
    calendar = house.calendars[ana.id]
    side = replace(calendar, id=house.new_id(), remote_id="side@group.test", name="Side")
    with house.store.writing() as work:
        work.calendars.choose(actor(ana), [calendar, side])
        work.commit()
    house.copies.move(house.calendar, house.event_id(one), "side@group.test")
    house.notice(one)
    house.pass_by(5)
    house.move(one, "16:00-16:30")
    house.pass_by(5)

    assert house.copies.living().keys() == {("side@group.test", house.event_id(one))}
    assert house.in_google() == [(span("16:00-16:30"), TITLE, "Torstr. 1, Berlin")]
    assert house.now_of(one).question is None


def test_an_event_is_put_back_under_another_id_and_the_contact_is_invited_anew() -> None:
    house = at_a_place()
    [one] = house.stored()
    house.copies.delete(house.calendar, house.event_id(one))
    house.notice(one)
    house.pass_by(5)
    asked = house.now_of(one)
    AnswerQuestion(house.store, house.clock, house.deliver_soon)(
        actor(ana), one.id, Answer.PUT_BACK, version=asked.version
    )
    house.pass_by(5)

    assert house.copies.living().keys() == {(house.calendar, event_id_of(one.id, 1))}
    assert house.copies.mails == [INVITED, INVITED]


def test_what_the_host_keeps_is_written_over_what_google_has() -> None:
    house = at_a_place()
    [one] = house.stored()
    house.delivered(a_request("16:00", ana, venue=PLACE))
    house.copies.change(house.calendar, house.event_id(one), span=span("15:45-16:15"))
    house.notice(one)
    house.pass_by(5)
    version = house.now_of(one).version
    AnswerQuestion(house.store, house.clock, house.deliver_soon)(actor(ana), one.id, Answer.KEEP, version=version)
    house.pass_by(5)

    assert house.copies.living()[house.calendar, house.event_id(one)].span == span("15:00-15:30")
    assert house.now_of(one).question is None


def test_another_time_answers_the_question_and_is_written_over_what_google_has() -> None:
    house = at_a_place()
    [one] = house.stored()
    house.delivered(a_request("16:00", ana, venue=PLACE))
    house.copies.change(house.calendar, house.event_id(one), span=span("15:45-16:15"))
    house.notice(one)
    house.pass_by(5)
    asked = house.now_of(one)
    house.move(asked, "17:00-17:30")
    house.pass_by(5)

    assert asked.question == Question(QuestionKind.COLLIDES, span("15:45-16:15"))
    assert house.copies.living()[house.calendar, house.event_id(one)].span == span("17:00-17:30")
    assert house.now_of(one).question is None


def test_half_a_minute_is_no_appointment_so_that_the_host_is_asked() -> None:
    house = at_a_place()
    [one] = house.stored()
    short = Interval(one.span.start, one.span.start + 30)
    house.copies.change(house.calendar, house.event_id(one), span=short)
    house.notice(one)
    house.pass_by(5)

    now = house.now_of(one)
    assert (now.span, now.question) == (one.span, Question(QuestionKind.COLLIDES, short))
