"""What people do to appointments' events in Google: Daybook follows, asks where it must, and echoes nothing.

Ana's calendar is in one-way sync, as every calendar is that nobody switched.
"""

from collections.abc import Iterator

import pytest

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import AppointmentStatus, Question, QuestionKind
from bot.domain.booking import Answer, BookingRequest, SlotTaken
from bot.domain.calendars import ONE_WAY, SyncOutcome
from bot.domain.contacts import new_contact
from bot.domain.effects import EffectKind, event_id_of
from bot.domain.intervals import Interval
from tests.builders import BERLIN, NEW_YORK, second, span
from tests.integration.delivery_town import ANA, TITLE, Services, services
from tests.integration.following_town import Following, a_following
from tests.journeys.databases import DATABASES

pytestmark = pytest.mark.slow

FOUR = "2026-11-24T16:00+01:00/2026-11-24T16:30+01:00"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with services(tmp_path_factory.mktemp("town")) as served:
        yield served


@pytest.fixture(params=DATABASES)
def town(request: pytest.FixtureRequest, served: Services) -> Iterator[Following]:
    with a_following(served, request.param) as following:
        yield following


@pytest.fixture
def on_sqlite(served: Services) -> Iterator[Following]:
    with a_following(served, "sqlite") as following:
        yield following


def in_google(entries: list[LogEntry]) -> list[tuple[Deed, Interval | None, Interval | None]]:
    """What was done, from where to where; by nobody whom Daybook knows."""
    assert {entry.who for entry in entries} <= {None}
    return [(entry.deed, entry.before, entry.after) for entry in entries]


# fault 34
def test_an_event_that_is_moved_takes_appointment_and_meeting_along_and_nothing_is_echoed(town: Following) -> None:
    assert town.calendar().option == ONE_WAY
    one = town.town.book()
    town.town.deliver()
    town.poll(2)
    writes, mails = town.writes(), town.town.mails()
    town.drag(one, FOUR)
    town.poll()

    moved = [(Deed.MOVED_IN_GOOGLE, span("15:00-15:30"), span("16:00-16:30"))]
    assert town.town.known(one).span == span("16:00-16:30")
    assert in_google(town.history(one)) == moved
    assert town.zoom_starts() == ["2026-11-24T15:00:00Z"]
    assert (town.busy(), town.titles()) == ([], [])

    looks = town.looks()
    town.poll(2)
    town.town.google.expire_sync_tokens(ANA)
    town.poll(2)
    assert (town.writes() - writes, town.looks() - looks, town.town.mails()) == (0, 0, mails)
    assert in_google(town.history(one)) == moved
    assert (town.town.made(), len(town.town.cards()), len(town.town.lines())) == ((1, 1), 1, 2)


# fault 34
def test_a_new_title_is_taken_over_and_nothing_is_echoed(town: Following) -> None:
    one = town.town.book()
    town.town.deliver()
    town.poll()
    writes = town.writes()
    town.edit(one, summary="Kick-off")
    town.poll(2)

    assert (town.town.known(one).title, town.town.zoom.meetings()[0]["topic"]) == ("Kick-off", "Kick-off")
    assert [(entry.deed, entry.detail) for entry in town.history(one)] == [(Deed.RENAMED_IN_GOOGLE, "Kick-off")]
    assert town.writes() == writes


def test_what_daybook_does_not_own_is_left_alone(on_sqlite: Following) -> None:
    town = on_sqlite
    one = town.town.book()
    town.town.deliver()
    town.poll()
    writes = town.writes()
    town.edit(one, colorId="5", transparency="transparent", attendees=[{"email": "cara@acme.test"}])
    town.poll(2)

    assert (town.history(one), town.writes()) == ([], writes)
    assert town.town.known(one).version == 1


# fault 38
def test_a_deletion_asks_once_and_what_is_put_back_stands_under_the_next_id(town: Following) -> None:
    one = town.town.book()
    town.town.deliver()
    town.poll()
    town.bin(one)
    town.poll(2)
    town.town.google.expire_sync_tokens(ANA)
    town.poll(2)

    asked = town.town.known(one)
    assert (asked.status, asked.question) == (AppointmentStatus.CONFIRMED, Question(QuestionKind.DELETED))
    assert [entry.deed for entry in town.history(one)] == [Deed.DELETED_IN_GOOGLE]
    assert (town.town.in_google(), len(town.town.zoom.meetings())) == ([], 1)

    town.answer(one, Answer.PUT_BACK)
    town.poll(2)
    assert town.town.event_id(one) == event_id_of(one.id, 1)
    assert [title for _, title, _ in town.town.in_google()] == [TITLE]
    assert (town.town.known(one).question, town.busy(), town.titles()) == (None, [], [])
    assert [entry.deed for entry in town.history(one)] == [Deed.DELETED_IN_GOOGLE, Deed.PUT_BACK]

    town.drag(one, FOUR)
    town.poll()
    assert town.town.known(one).span == span("16:00-16:30")


# fault 35
def test_what_only_a_full_reading_tells_is_followed_and_asked_about_as_well(town: Following) -> None:
    moved, deleted = town.town.book(), town.town.book("11:00-11:30")
    town.town.deliver()
    town.poll()
    town.drag(moved, FOUR)
    town.bin(deleted)
    town.town.google.expire_sync_tokens(ANA)
    town.poll()
    town.town.google.expire_sync_tokens(ANA)
    town.poll()

    assert in_google(town.history(moved)) == [(Deed.MOVED_IN_GOOGLE, span("15:00-15:30"), span("16:00-16:30"))]
    assert in_google(town.history(deleted)) == [(Deed.DELETED_IN_GOOGLE, span("11:00-11:30"), None)]
    assert town.town.made() == (2, 2)


def test_a_deletion_that_the_host_meant_cancels_and_leaves_nothing(on_sqlite: Following) -> None:
    town = on_sqlite
    one = town.town.book()
    town.town.deliver()
    town.poll()
    town.bin(one)
    town.poll()
    town.answer(one, Answer.CANCEL)
    town.poll(2)

    assert town.town.known(one).status is AppointmentStatus.CANCELLED
    assert (town.town.in_google(), town.town.zoom.meetings(), town.busy()) == ([], (), [])


def test_a_deletion_that_is_taken_back_in_google_needs_no_answer(on_sqlite: Following) -> None:
    town = on_sqlite
    one = town.town.book()
    town.town.deliver()
    town.poll()
    town.bin(one)
    town.poll()
    town.edit(one, status="confirmed")
    town.poll(2)

    assert town.town.known(one).question is None
    assert [entry.deed for entry in town.history(one)] == [Deed.DELETED_IN_GOOGLE, Deed.PUT_BACK]
    assert town.town.made() == (1, 1)


# fault 38
def test_an_event_that_was_taken_to_another_calendar_is_followed_there(town: Following) -> None:
    one = town.town.book()
    town.town.deliver()
    side = town.add_calendar("Side")
    town.poll()
    town.town.google.move_event(ANA, town.town.event_id(one), side)
    town.poll(2)

    assert (town.container(one), town.history(one)) == (side, [])
    assert (town.town.known(one).question, town.busy(), town.titles()) == (None, [], [])

    town.town.move(one, "17:00-17:30")
    town.town.deliver()
    town.poll()
    assert town.fields(one)["start"]["dateTime"] == "2026-11-24T17:00:00+01:00"
    town.drag(one, FOUR)
    town.poll()
    assert town.town.known(one).span == span("16:00-16:30")
    assert town.town.made() == (1, 1)


def test_a_move_onto_another_appointment_asks_and_writes_nothing_until_it_is_answered(town: Following) -> None:
    one, other = town.town.book(), town.town.book("16:15-16:45", contact=None, title="Other", invites=False)
    town.town.deliver()
    town.poll()
    writes = town.writes()
    town.drag(one, FOUR)
    town.poll(2)
    town.town.google.expire_sync_tokens(ANA)
    town.poll(2)

    assert town.town.known(one).question == Question(QuestionKind.COLLIDES, span("16:00-16:30"))
    assert (town.town.known(one).span, town.town.known(other).span) == (span("15:00-15:30"), span("16:15-16:45"))
    assert [entry.deed for entry in town.history(one)] == [Deed.COLLIDES_IN_GOOGLE]
    assert (town.writes(), town.history(other), town.busy()) == (writes, [], [])

    town.answer(one, Answer.KEEP)
    town.poll(2)
    assert town.fields(one)["start"]["dateTime"] == "2026-11-24T15:00:00+01:00"
    assert (town.town.known(one).question, town.writes()) == (None, writes + 1)


def test_a_question_whose_place_became_free_can_be_answered_with_googles_time(on_sqlite: Following) -> None:
    town = on_sqlite
    one, other = town.town.book(), town.town.book("16:15-16:45", contact=None, title="Other", invites=False)
    town.town.deliver()
    town.poll()
    town.drag(one, FOUR)
    town.poll()
    town.town.cancel(other)
    town.town.deliver()
    town.answer(one, Answer.FOLLOW)
    town.poll(2)

    assert (town.town.known(one).span, town.town.known(one).question) == (span("16:00-16:30"), None)
    assert town.fields(one)["start"]["dateTime"] == "2026-11-24T16:00:00+01:00"


# fault 42
@pytest.mark.parametrize(
    ("zone", "times", "start"),
    [
        (BERLIN, "2027-03-28T15:00+02:00/2027-03-28T15:30+02:00", "2027-03-28T13:00:00Z"),
        (BERLIN, "2027-03-28T01:30+01:00/2027-03-28T03:30+02:00", "2027-03-28T00:30:00Z"),
        (BERLIN, "2027-10-31T02:30+02:00/2027-10-31T02:30+01:00", "2027-10-31T00:30:00Z"),
        (NEW_YORK, "2027-03-14T09:00-04:00/2027-03-14T09:30-04:00", "2027-03-14T13:00:00Z"),
        (NEW_YORK, "2027-11-07T01:30-05:00/2027-11-07T02:00-05:00", "2027-11-07T06:30:00Z"),
    ],
)
def test_a_move_to_a_day_of_changing_clocks_is_followed_to_the_second(
    on_sqlite: Following, zone: str, times: str, start: str
) -> None:
    town = on_sqlite
    one = town.town.book()
    town.town.deliver()
    town.poll()
    writes = town.writes()
    town.drag(one, times, zone)
    town.poll(2)

    assert f"{town.town.known(one).starts_at:%Y-%m-%dT%H:%M:%SZ}" == start
    assert (town.zoom_starts(), town.writes(), town.busy()) == ([start], writes, [])
    assert [entry.deed for entry in town.history(one)] == [Deed.MOVED_IN_GOOGLE]


# fault 37
def test_a_sync_that_dies_at_any_commit_is_made_good_and_every_move_is_told_once(town: Following) -> None:
    one = town.town.book()
    town.town.deliver()
    town.poll()
    writes = town.writes()
    hours = range(8, 14)
    for commits, hour in enumerate(hours):
        town.drag(one, f"2026-11-25T{hour:02}:00+01:00/2026-11-25T{hour:02}:30+01:00")
        town.read_and_die(commits)
        town.town.deliver(2)
        town.poll()
        assert town.town.known(one).span == span(f"2026-11-25 {hour}:00-{hour}:30")
        assert town.busy() == []

    assert [entry.deed for entry in town.history(one)] == [Deed.MOVED_IN_GOOGLE] * len(hours)
    assert (town.writes(), town.zoom_starts()) == (writes, ["2026-11-25T12:00:00Z"])


# fault 37
@pytest.mark.parametrize("commits", range(5))
def test_a_sync_that_dies_over_a_deletion_asks_once(on_sqlite: Following, commits: int) -> None:
    town = on_sqlite
    one = town.town.book()
    town.town.deliver()
    town.poll()
    town.bin(one)
    town.read_and_die(commits)
    town.town.deliver(2)
    town.poll(2)

    assert town.town.known(one).question == Question(QuestionKind.DELETED)
    assert [entry.deed for entry in town.history(one)] == [Deed.DELETED_IN_GOOGLE]


# fault 34
def test_an_event_that_is_read_before_its_own_answer_arrived_is_no_news(on_sqlite: Following) -> None:
    town = on_sqlite
    town.town.google.faults.on("POST", "/calendar/v3/calendars/.*/events").drop(after_commit=True)
    one = town.town.book()
    town.town.deliver(0)
    assert town.town.made()[0] == 1
    town.read()
    assert (town.busy(), town.titles()) == ([], [])
    town.town.deliver()
    town.poll(2)

    assert (town.history(one), town.town.made(), town.town.mails()) == ([], (1, 1), ["invitation"])


# fault 39
def test_a_calendar_that_was_cleared_asks_about_itself_before_it_asks_about_appointments(on_sqlite: Following) -> None:
    town = on_sqlite
    booked = [town.town.book(f"{hour}:00-{hour}:30", contact=None, invites=False) for hour in (9, 10, 11, 12, 13, 14)]
    guest = town.town.book("15:00-15:30")
    town.town.deliver(20)
    town.poll()
    for one in (*booked, guest):
        town.bin(one)

    assert town.poll(2) == [SyncOutcome.HELD] * 2
    assert [town.history(one) for one in (*booked, guest)] == [[]] * 7

    town.allow_loss()
    assert town.poll() == [SyncOutcome.SYNCED]
    assert town.town.known(guest).question == Question(QuestionKind.DELETED)
    assert {town.town.known(one).status for one in booked} == {AppointmentStatus.CANCELLED}


def test_what_a_person_copies_from_the_event_takes_time_of_its_own(on_sqlite: Following) -> None:
    town = on_sqlite
    one = town.town.book()
    town.town.deliver()
    private = town.fields(one)["extendedProperties"]
    town.town.google.put_event(
        ANA, summary="Copied", start="2026-11-24T18:00", end="2026-11-24T18:30", extendedProperties=private
    )
    town.poll(2)

    assert (town.busy(), town.titles(), town.history(one)) == ([span("18:00-18:30")], ["Copied"], [])


def a_request(when: str) -> BookingRequest:
    return BookingRequest((), new_contact("noa@levi.test", "Noa Levi"), second(when), 30)


# fault 6
def test_who_books_right_after_a_move_in_google_finds_the_appointment_where_it_is(town: Following) -> None:
    one = town.town.book()
    town.town.deliver()
    town.poll()
    town.drag(one, FOUR)
    with pytest.raises(SlotTaken):
        town.book(a_request("16:00"))
    assert town.town.known(one).span == span("16:00-16:30")
    town.town.deliver(2)
    assert town.book(a_request("15:00")).span == span("15:00-15:30")

    town.town.deliver()
    town.poll(2)
    assert in_google(town.history(one)) == [(Deed.MOVED_IN_GOOGLE, span("15:00-15:30"), span("16:00-16:30"))]
    assert town.town.effects(one)[EffectKind.EVENT].due_at is None
