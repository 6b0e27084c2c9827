"""The fixes that a host has where he is told why: what is shown after each, and that nobody else has them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import EventChanged, NotFound
from bot.domain.preference_changes import audience
from bot.domain.preferences import Audience
from bot.rendering.own_events import ignored_note
from handlers.interaction import Surface
from handlers.waiting import LOOKS
from tests.builders import at, second
from tests.fakes.event_writer import RecordingWriter
from tests.unit.handlers.acme import NOW
from tests.unit.handlers.why_house import DOCTOR, House, lines_of
from tests.unit.rendering.answers import an_entry, ana, ben
from tests.unit.rendering.screen import read_message


@pytest.mark.parametrize(("surface", "way"), [(Surface.CHANNEL, "replace"), (Surface.MODAL, "update")])
def test_an_ignored_event_is_out_of_the_way_at_once_and_can_be_taken_back(surface: Surface, way: str) -> None:
    house = House()
    reply = house.press("ignore_event:0", house.mark(), surface)
    assert (reply.ways, house.homes) == ([way], ["U1"])
    lines = lines_of(reply.shown[0][1])
    assert lines[0] == "*Tuesday 24 November, 15:00-15:30: free.*"
    assert lines[2].startswith("_ *Doctor* does not block your time any more.")
    assert lines[4:6] == ["15:00-16:00 ▫ pale  *Doctor* · Ana · ignored", "[Take back]"]

    back = house.press("unignore_event:0", house.mark(), surface)
    lines = lines_of(back.shown[0][1])
    assert lines[0] == "*Tuesday 24 November, 15:00-15:30: not free.*"
    assert lines[2] == "_ *Doctor* counts again."


def test_what_is_taken_back_on_the_agenda_shows_on_the_agenda() -> None:
    house = House()
    house.press("ignore_event:0", house.mark())
    reply = house.press("unignore_event:0", house.mark("day 2026-11-24 U1 all"))
    assert (reply.ways, house.homes) == (["replace"], ["U1", "U1"])
    assert lines_of(reply.shown[0][1])[:3] == [
        "*Your day, Tuesday 24 November* (Berlin)",
        "_ *Doctor* counts again.",
        "15:00-16:00 ▪ grey  Doctor",
    ]


def test_what_is_taken_back_on_home_shows_on_home() -> None:
    house = House()
    house.press("ignore_event:0", house.mark())
    reply = house.press("unignore_event:0", house.mark("day 2026-11-24 U1 all"), Surface.HOME)
    assert (reply.ways, house.homes) == ([], ["U1", "U1"])


def test_an_event_marked_free_is_read_again_and_then_shown_as_free() -> None:
    house = House()
    reply = house.press("mark_free:0", house.mark())
    assert [marked.event_id for marked in house.writer.marked] == ["doctor"]
    house.passes(seconds=2)
    assert (reply.ways, house.homes) == (["replace"], ["U1"])
    house.is_read()
    house.passes(seconds=2)
    assert (reply.ways, house.homes) == (["replace", "replace"], ["U1", "U1"])
    first, last = lines_of(reply.shown[0][1]), lines_of(reply.shown[1][1])
    assert first[2] == "_ *Doctor* is Free in Google now. Daybook is reading it again; look again in a minute."
    assert last[:3] == [
        "*Tuesday 24 November, 15:00-15:30: free.*",
        "Berlin",
        "_ *Doctor* is Free in Google now.",
    ]


def test_a_reading_that_failed_does_not_show_the_event_as_read() -> None:
    house = House()
    reply = house.press("mark_free:0", house.mark())
    row = house.acme.store.tables.calendars[house.acme.calendars[ana.id].id]
    failed = replace(row.calendar, next_sync_at=NOW + timedelta(minutes=5), problem="Google did not answer.")
    house.acme.store.tables.calendars[failed.id] = replace(row, calendar=failed)
    house.passes(seconds=2)
    assert (reply.ways, house.homes) == (["replace"], ["U1"])


# fault 35
def test_an_event_marked_free_while_google_wants_a_pause_says_until_when_it_blocks() -> None:
    house = House()
    row = house.acme.store.tables.calendars[house.acme.calendars[ana.id].id]
    paused = replace(row.calendar, next_sync_at=at("12:30"), not_before=at("12:30"), problem="Google asks for a pause.")
    house.acme.store.tables.calendars[paused.id] = replace(row, calendar=paused)
    reply = house.press("mark_free:0", house.mark())
    assert lines_of(reply.shown[0][1])[2] == (
        "_ *Doctor* is Free in Google now. Google asks Daybook to wait with reading until "
        f"<!date^{second('12:30')}^{{date_short}}, {{time}}|Tue 24 Nov, 12:30 Berlin>; "
        "until then it blocks here as before."
    )
    assert house.acme.store.tables.calendars[paused.id].calendar.next_sync_at == at("12:30")


def test_what_was_marked_free_is_not_offered_to_be_marked_again_before_it_is_read() -> None:
    house = House()
    reply = house.press("mark_free:0", house.mark())
    assert lines_of(reply.shown[0][1])[5:7] == ["15:00-16:00 ▪ grey  *Doctor* · Ana", "[Ignore it in Daybook]"]


@pytest.mark.parametrize(
    ("action", "note"),
    [
        ("mark_free:0", "*Doctor* is Free in Google now. Daybook is reading it again; look again in a minute."),
        ("ignore_event:0", ignored_note(an_entry("15:00-16:00", "Doctor"))),
    ],
)
def test_what_was_done_is_told_although_a_colleague_stopped_sharing_meanwhile(action: str, note: str) -> None:
    house = House()
    house.acme.decide(ben, audience(Audience.NOBODY, []))
    reply = house.press(action, house.mark(f"why {second('15:00')} 30 all U1 U2"))
    assert (reply.ways, house.homes) == (["replace"], ["U1"])
    assert lines_of(reply.shown[0][1]) == [note, "Ben does not share free times with you."]


def test_a_read_that_takes_long_is_not_waited_for() -> None:
    house = House()
    reply = house.press("mark_free:0", house.mark())
    house.passes(seconds=LOOKS)
    house.is_read()
    house.passes(seconds=1)
    assert (reply.ways, house.homes) == (["replace"], ["U1"])


# fault 41
def test_an_event_that_changed_meanwhile_is_told_and_nothing_is_shown_as_done() -> None:
    house = House(writer=RecordingWriter(refusal=EventChanged()))
    with pytest.raises(EventChanged):
        house.press("mark_free:0", house.mark())


# fault 10, fault 11
@pytest.mark.parametrize("action", ["mark_free:0", "ignore_event:0", "unignore_event:0"])
def test_somebody_elses_event_is_not_there(action: str) -> None:
    house = House()
    before = house.acme.store.tables.snapshot()
    with pytest.raises(NotFound):
        house.press(action, house.mark(), member=ben)
    assert house.acme.store.tables == before
    assert house.writer.marked == []


# fault 10
@pytest.mark.parametrize("action", ["mark_free:0", "ignore_event:0", "unignore_event:0"])
@pytest.mark.parametrize("value", ["", "doctor", "1 2 doctor why 3"])
def test_a_value_that_no_button_carries_is_not_there(action: str, value: str) -> None:
    with pytest.raises(NotFound):
        House().press(action, value)


def test_an_invitation_is_offered_to_be_opened_or_ignored_alone() -> None:
    house = House()
    link = "https://www.google.com/calendar/event?eid=x"
    house.acme.put_event(ana, replace(DOCTOR, is_own=False, link=link), "15:00-16:00")
    assert read_message(house.type("15:00"))[5] == "[Open in Google] [Ignore it in Daybook]"
