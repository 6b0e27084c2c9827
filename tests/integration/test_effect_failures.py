"""Google and Zoom fail before or after they did what was asked: there is one event and one meeting all the same."""

from collections.abc import Iterator
from itertools import product

import pytest

from bot.domain.appointments import AppointmentStatus
from bot.sandbox.faults import FaultScript
from tests.databases import DATABASES
from tests.integration.delivery_town import TITLE, Services, Town, a_town

pytestmark = pytest.mark.slow

EVENTS = r"/calendar/v3/calendars/.*/events"
MEETINGS = r"/v2/users/me/meetings"
THREE = "2026-11-24T15:00:00+01:00"
WAYS = list(product([False, True], repeat=4))


@pytest.fixture(params=DATABASES)
def town(request: pytest.FixtureRequest, served: Services) -> Iterator[Town]:
    with a_town(served, request.param) as town:
        yield town


@pytest.fixture
def on_sqlite(served: Services) -> Iterator[Town]:
    with a_town(served, "sqlite") as town:
        yield town


def failing(script: FaultScript, path: str, *, before: bool, after: bool) -> None:
    """The first create fails ahead of the work, the next one behind it."""
    if before:
        script.on("POST", path).answer(503)
    if after:
        script.on("POST", path).drop(after_commit=True)


def link_of(town: Town) -> str:
    [meeting] = town.zoom.meetings()
    return str(meeting["join_url"])


# fault 33
@pytest.mark.parametrize(("google_before", "google_after", "zoom_before", "zoom_after"), WAYS)
def test_whatever_fails_before_or_after_the_work_there_is_one_of_each_in_the_end(
    on_sqlite: Town, google_before: bool, google_after: bool, zoom_before: bool, zoom_after: bool
) -> None:
    town = on_sqlite
    failing(town.google.faults, EVENTS, before=google_before, after=google_after)
    failing(town.zoom.faults, MEETINGS, before=zoom_before, after=zoom_after)
    one = town.book()
    town.deliver(100)  # a create that failed may still appear in Zoom, so that the next one waits

    assert (town.google.faults.used_up, town.zoom.faults.used_up) == (True, True)
    assert town.made() == (1, 1)
    assert town.in_google() == [(THREE, TITLE, link_of(town))]
    assert (town.known(one).status, town.mails()) == (AppointmentStatus.CONFIRMED, ["invitation"])
    assert (len(town.cards()), len(town.lines())) == (1, 1 + (zoom_before or zoom_after))


# fault 32
# fault 30
def test_answers_that_were_lost_are_looked_up_on_either_database(town: Town) -> None:
    for script, path in ((town.google.faults, EVENTS), (town.zoom.faults, MEETINGS)):
        failing(script, path, before=True, after=True)
    town.book()
    town.deliver(100)

    assert (town.made(), town.mails(), len(town.cards())) == ((1, 1), ["invitation"], 1)


# fault 31
def test_a_google_that_does_not_notice_a_taken_id_gets_no_second_event(on_sqlite: Town) -> None:
    town = on_sqlite
    town.google.accept_duplicates(5)
    failing(town.google.faults, EVENTS, before=False, after=True)
    town.book()
    town.deliver(30)

    assert (town.made(), town.mails()) == ((1, 1), ["invitation"])


# fault 41
def test_an_edit_in_google_between_our_reading_and_writing_is_kept(on_sqlite: Town) -> None:
    town = on_sqlite
    one = town.book()
    town.deliver()
    event_id = town.event_id(one)
    town.move(one, "16:00-16:30")
    # The patch is held up while its host edits the event.
    town.google.faults.on("PATCH", f"{EVENTS}/.*").answer(412, {"error": {"errors": [{"reason": "conditionNotMet"}]}})
    town.google.change_event("ana@acme.test", event_id, summary="Kick-off", colorId="5", description="Mind the gap")
    town.deliver()

    fields = town.google.calendars["ana@acme.test"].events[event_id].fields
    assert (fields["summary"], fields["colorId"], fields["description"]) == ("Kick-off", "5", "Mind the gap")
    assert fields["start"]["dateTime"] == "2026-11-24T16:00:00+01:00"
    assert (town.known(one).title, town.zoom.meetings()[0]["topic"]) == ("Kick-off", "Kick-off")


def test_a_move_whose_answers_are_lost_ends_where_it_was_moved_last(on_sqlite: Town) -> None:
    town = on_sqlite
    one = town.book()
    town.deliver()
    town.move(one, "16:00-16:30")
    town.google.faults.on("PATCH", f"{EVENTS}/.*").drop(after_commit=True)
    town.zoom.faults.on("PATCH", r"/v2/meetings/.*").drop(after_commit=True)
    town.deliver(0)
    town.move(one, "17:00-17:30")
    town.deliver(30)

    assert town.in_google() == [("2026-11-24T17:00:00+01:00", TITLE, link_of(town))]
    assert town.zoom.meetings()[0]["start_time"] == "2026-11-24T16:00:00Z"
    assert (town.made(), town.mails()) == ((1, 1), ["invitation", "update", "update"])


def test_a_cancellation_whose_answers_are_lost_leaves_nothing(town: Town) -> None:
    one = town.book()
    town.deliver()
    town.cancel(one)
    town.google.faults.on("DELETE").drop(after_commit=True)
    town.zoom.faults.on("DELETE").drop(after_commit=True)
    town.deliver(30)

    assert (town.in_google(), town.zoom.meetings(), town.mails()) == ([], (), ["invitation", "cancellation"])
