"""What people do to appointments' events in Google and cannot be followed at once: Daybook asks the host."""

import pytest

from bot.domain.appointment_log import Deed
from bot.domain.appointments import AppointmentStatus, Question, QuestionKind
from bot.domain.booking import Answer
from bot.domain.calendars import SyncOutcome
from bot.domain.effects import event_id_of
from tests.builders import span
from tests.integration.delivery_town import ANA, TITLE
from tests.integration.following_town import Following, in_google

pytestmark = pytest.mark.slow

FOUR = "2026-11-24T16:00+01:00/2026-11-24T16:30+01:00"


# fault 38
def test_a_deletion_asks_once_and_what_is_put_back_stands_under_the_next_id(following: Following) -> None:
    one = following.town.book()
    following.town.deliver()
    following.poll()
    following.bin(one)
    following.poll(2)
    following.town.google.expire_sync_tokens(ANA)
    following.poll(2)

    asked = following.town.known(one)
    assert (asked.status, asked.question) == (AppointmentStatus.CONFIRMED, Question(QuestionKind.DELETED))
    assert [entry.deed for entry in following.history(one)] == [Deed.DELETED_IN_GOOGLE]
    assert (following.town.in_google(), len(following.town.zoom.meetings())) == ([], 1)

    following.answer(one, Answer.PUT_BACK)
    following.poll(2)
    assert following.town.event_id(one) == event_id_of(one.id, 1)
    assert [title for _, title, _ in following.town.in_google()] == [TITLE]
    assert (following.town.known(one).question, following.busy(), following.titles()) == (None, [], [])
    assert [entry.deed for entry in following.history(one)] == [Deed.DELETED_IN_GOOGLE, Deed.PUT_BACK]

    following.drag(one, FOUR)
    following.poll()
    assert following.town.known(one).span == span("16:00-16:30")


# fault 35
def test_what_only_a_full_reading_tells_is_followed_and_asked_about_as_well(following: Following) -> None:
    moved, deleted = following.town.book(), following.town.book("11:00-11:30")
    following.town.deliver()
    following.poll()
    following.drag(moved, FOUR)
    following.bin(deleted)
    following.town.google.expire_sync_tokens(ANA)
    following.poll()
    following.town.google.expire_sync_tokens(ANA)
    following.poll()

    assert in_google(following.history(moved)) == [(Deed.MOVED_IN_GOOGLE, span("15:00-15:30"), span("16:00-16:30"))]
    assert in_google(following.history(deleted)) == [(Deed.DELETED_IN_GOOGLE, span("11:00-11:30"), None)]
    assert following.town.made() == (2, 2)


def test_a_deletion_that_the_host_meant_cancels_and_leaves_nothing(on_sqlite: Following) -> None:
    following = on_sqlite
    one = following.town.book()
    following.town.deliver()
    following.poll()
    following.bin(one)
    following.poll()
    following.answer(one, Answer.CANCEL)
    following.poll(2)

    assert following.town.known(one).status is AppointmentStatus.CANCELLED
    assert (following.town.in_google(), following.town.zoom.meetings(), following.busy()) == ([], (), [])


def test_a_deletion_that_is_taken_back_in_google_needs_no_answer(on_sqlite: Following) -> None:
    following = on_sqlite
    one = following.town.book()
    following.town.deliver()
    following.poll()
    following.bin(one)
    following.poll()
    following.edit(one, status="confirmed")
    following.poll(2)

    assert following.town.known(one).question is None
    assert [entry.deed for entry in following.history(one)] == [Deed.DELETED_IN_GOOGLE, Deed.PUT_BACK]
    assert following.town.made() == (1, 1)


def test_a_move_onto_another_appointment_asks_and_writes_nothing_until_it_is_answered(following: Following) -> None:
    one, other = following.town.book(), following.town.book("16:15-16:45", contact=None, title="Other", invites=False)
    following.town.deliver()
    following.poll()
    writes = following.writes()
    following.drag(one, FOUR)
    following.poll(2)
    following.town.google.expire_sync_tokens(ANA)
    following.poll(2)

    assert following.town.known(one).question == Question(QuestionKind.COLLIDES, span("16:00-16:30"))
    assert (following.town.known(one).span, following.town.known(other).span) == (
        span("15:00-15:30"),
        span("16:15-16:45"),
    )
    assert [entry.deed for entry in following.history(one)] == [Deed.COLLIDES_IN_GOOGLE]
    assert (following.writes(), following.history(other), following.busy()) == (writes, [], [])

    following.answer(one, Answer.KEEP)
    following.poll(2)
    assert following.fields(one)["start"]["dateTime"] == "2026-11-24T15:00:00+01:00"
    assert (following.town.known(one).question, following.writes()) == (None, writes + 1)


def test_a_question_whose_place_became_free_can_be_answered_with_googles_time(on_sqlite: Following) -> None:
    following = on_sqlite
    one, other = following.town.book(), following.town.book("16:15-16:45", contact=None, title="Other", invites=False)
    following.town.deliver()
    following.poll()
    following.drag(one, FOUR)
    following.poll()
    following.town.cancel(other)
    following.town.deliver()
    following.answer(one, Answer.FOLLOW)
    following.poll(2)

    assert (following.town.known(one).span, following.town.known(one).question) == (span("16:00-16:30"), None)
    assert following.fields(one)["start"]["dateTime"] == "2026-11-24T16:00:00+01:00"


# fault 37
@pytest.mark.parametrize("commits", range(5))
def test_a_sync_that_dies_over_a_deletion_asks_once(on_sqlite: Following, commits: int) -> None:
    following = on_sqlite
    one = following.town.book()
    following.town.deliver()
    following.poll()
    following.bin(one)
    following.read_and_die(commits)
    following.town.deliver(2)
    following.poll(2)

    assert following.town.known(one).question == Question(QuestionKind.DELETED)
    assert [entry.deed for entry in following.history(one)] == [Deed.DELETED_IN_GOOGLE]


# fault 39
def test_a_calendar_that_was_cleared_asks_about_itself_before_it_asks_about_appointments(on_sqlite: Following) -> None:
    following = on_sqlite
    booked = [
        following.town.book(f"{hour}:00-{hour}:30", contact=None, invites=False) for hour in (9, 10, 11, 12, 13, 14)
    ]
    guest = following.town.book("15:00-15:30")
    following.town.deliver(20)
    following.poll()
    for one in (*booked, guest):
        following.bin(one)

    assert following.poll(2) == [SyncOutcome.HELD] * 2
    assert [following.history(one) for one in (*booked, guest)] == [[]] * 7

    following.allow_loss()
    assert following.poll() == [SyncOutcome.SYNCED]
    assert following.town.known(guest).question == Question(QuestionKind.DELETED)
    assert {following.town.known(one).status for one in booked} == {AppointmentStatus.CANCELLED}
