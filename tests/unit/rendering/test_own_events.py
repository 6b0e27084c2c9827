"""The fixes that a host is offered beside the reasons."""

from dataclasses import replace
from typing import Any

from bot.domain.availability import Mode
from bot.domain.event_fixes import EventRef, Fix, OwnEvent, own_event
from bot.rendering.explanation import explanation_message
from bot.rendering.own_events import ignored_note, marked_free_note, unignored_note
from bot.rendering.surfaces import Message
from tests.builders import ANA, BERLIN, a_member, busy, second
from tests.unit.rendering.answers import an_entry, ana, ben, explained, time_of
from tests.unit.rendering.connections import WORK, a_calendar, a_linked_calendar
from tests.unit.rendering.screen import buttons_of, read_message

LINK = "https://www.google.com/calendar/event?eid=x"
LINKED, FAMILY = a_linked_calendar(), a_calendar("Family")
KICK_OFF = replace(an_entry("16:00-16:30", "Kick-off"), link=LINK, calendar_id=LINKED.id)
DENTIST = replace(an_entry("16:00-17:00", "Dentist", calendar="Family", is_linked=False), calendar_id=FAMILY.id)
BUSY = a_member(busy=[busy("16:00-16:30", title="Kick-off"), busy("16:00-17:00", title="Dentist")])


def shown(*own: OwnEvent, note: str = "") -> Message:
    """Ana's four o'clock, explained to her."""
    left_open = [event.entry for event in own if not event.entry.occurrence.blocks]
    return explanation_message(explained("16:00", [BUSY], [ana], own=own, left_open=left_open), ANA, note=note)


def confirm_of(message: Message, label: str) -> str:
    """The text of a button's confirmation."""
    for block in message.blocks:
        elements: Any = block.get("elements", [])
        for element in elements:
            if element.get("text", {}).get("text") == label:
                return str(element["confirm"]["text"]["text"])
    raise AssertionError(label)


def test_each_event_in_the_way_stands_with_what_may_be_done_about_it() -> None:
    message = shown(own_event(KICK_OFF, LINKED, WORK), own_event(DENTIST, FAMILY, WORK))
    assert message.text == "Tuesday 24 November, 16:00-16:30: not free."
    assert read_message(message) == [
        "*Tuesday 24 November, 16:00-16:30: not free.*",
        "Berlin",
        "Both of these stand in the way:",
        "· Ana has *Kick-off*, 16:00-16:30",
        "· Ana has *Dentist*, 16:00-17:00",
        "16:00-16:30 ▪ grey  *Kick-off* · Ana",
        "[Mark it free] [Open in Google] [Ignore it in Daybook]",
        "16:00-17:00 ▨ hatched  *Dentist* · Family",
        "[Ignore it in Daybook]",
        "Nearest:",
        "[15:00] [15:15] [15:30]",
    ]
    assert (
        buttons_of(message)["Mark it free"] == f"{LINKED.id} {second('16:00')} Kick-off why {second('16:00')} 30 all U1"
    )


def test_what_cannot_be_taken_for_granted_is_confirmed_by_name() -> None:
    message = shown(own_event(KICK_OFF, LINKED, WORK))
    assert confirm_of(message, "Mark it free") == "*Kick-off*, 16:00-16:30, becomes Free, and its time can be booked."
    assert confirm_of(message, "Ignore it in Daybook") == (
        "*Kick-off*, 16:00-16:30, stays in Google, and Daybook treats its time as free. You can take it back."
    )


def test_of_a_series_it_is_told_which_of_its_times_are_meant() -> None:
    message = shown(own_event(replace(KICK_OFF, repeats=True), LINKED, WORK))
    assert confirm_of(message, "Mark it free").endswith("Only this one time is changed.")
    assert "Every time of it is ignored." in confirm_of(message, "Ignore it in Daybook")


def test_what_is_ignored_stands_there_with_the_way_back() -> None:
    ignored = replace(an_entry("16:00-16:30", "Kick-off", blocks=False), is_ignored=True)
    lines = read_message(shown(own_event(ignored, LINKED, WORK), note=ignored_note(KICK_OFF)))
    assert lines[2] == (
        "_ *Kick-off* does not block your time any more. Google is unchanged, and you can take it back here or on "
        "the agenda."
    )
    assert lines[-4:-2] == ["16:00-16:30 ▫ pale  *Kick-off* · Ana · ignored", "[Take back]"]
    assert not any(line.startswith("Also there") for line in lines)


def test_an_event_that_can_only_be_opened_is_opened() -> None:
    event = OwnEvent(KICK_OFF, EventRef(LINKED.id, second("16:00"), "no button carries this"), (Fix.IGNORE,), LINK)
    assert read_message(shown(event))[6] == "[Open in Google]"


def test_many_events_are_counted() -> None:
    events = [own_event(replace(KICK_OFF, title=f"Event {number}"), LINKED, WORK) for number in range(12)]
    lines = read_message(shown(*events))
    assert sum("▪ grey" in line for line in lines) == 5
    assert "_ +7 more" in lines


# fault 46
def test_titles_are_shown_literally_in_questions_too() -> None:
    message = shown(own_event(replace(KICK_OFF, title="<!here> *x*"), LINKED, WORK))
    assert confirm_of(message, "Mark it free").startswith("*&lt;!here&gt; ∗x∗*, 16:00-16:30")


def test_anyone_wanted_is_told_who_is_free() -> None:
    message = explanation_message(explained("16:00", [BUSY, time_of(ben)], mode=Mode.ANY), ANA)
    lines = read_message(message)
    assert message.text == "Tuesday 24 November, 16:00-16:30: free."
    assert lines[2:4] == ["Ben is free.", "Not free then:"]
    assert lines[-2] == "Nearest, somebody free:"


def test_what_was_done_is_told_by_name() -> None:
    series = replace(KICK_OFF, repeats=True)
    open_now = an_entry("16:00-16:30", "Lunch", blocks=False)
    assert marked_free_note(KICK_OFF, BERLIN, is_read=True) == "*Kick-off* is Free in Google now."
    assert marked_free_note(KICK_OFF, BERLIN, is_read=False) == (
        "*Kick-off* is Free in Google now. Daybook is reading it again; look again in a minute."
    )
    assert ignored_note(series).startswith("*Kick-off* blocks none of its times any more.")
    assert unignored_note(KICK_OFF) == "*Kick-off* counts again."
    assert unignored_note(open_now) == "*Lunch* counts again, and leaves its time open."
