"""A day on the screen: one's own in full, somebody else's as busy and nothing more."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from bot.domain.agenda import Agenda, window_of
from bot.domain.answers import Gathered
from bot.domain.calendars import Calendar
from bot.domain.day_words import UnclearWhen
from bot.domain.events import AgendaEntry, EventKind, Response, ShowsAs
from bot.domain.intervals import Interval
from bot.domain.join_links import AgendaAppointment
from bot.domain.member_time import StaleCalendar
from bot.domain.people import Member
from bot.domain.shades import Shade
from bot.rendering.agenda import agenda_message, day_length_line, unclear_day
from bot.rendering.agenda_lines import why_open
from tests.builders import BERLIN, NEW_YORK, TUESDAY, second, span
from tests.unit.rendering.answers import NOON, all_day, an_entry, ana, ben, cara, time_of
from tests.unit.rendering.bookings import an_appointment
from tests.unit.rendering.connections import a_calendar, a_linked_calendar
from tests.unit.rendering.screen import buttons_of, read_message

LINKED, FAMILY = a_linked_calendar(), a_calendar("Family", read_at=NOON)
LATE = NOON - timedelta(minutes=40)


def own(
    *entries: AgendaEntry,
    day: str = TUESDAY,
    zone: str = BERLIN,
    calendars: tuple[Calendar, ...] = (LINKED, FAMILY),
    chosen: UUID | None = None,
    stale: tuple[StaleCalendar, ...] = (),
    now: datetime = NOON,
) -> Agenda:
    """Ana's own day."""
    on = date.fromisoformat(day)
    gathered = Gathered((ana,), (replace(time_of(ana), stale=stale),), (), ())
    return Agenda(on, zone, now, window_of(on, zone), ana, True, gathered, calendars, chosen, entries)


def others(
    *busy: Interval, member: Member = ben, gathered: Gathered | None = None, day: str = TUESDAY, now: datetime = NOON
) -> Agenda:
    """Somebody else's day, as Ana sees it in Berlin."""
    on = date.fromisoformat(day)
    known = gathered or Gathered((member,), (time_of(member),), (), ())
    return Agenda(on, BERLIN, now, window_of(on, BERLIN), member, False, known, busy=busy)


def test_ones_own_day_is_in_order_with_each_kind_in_words() -> None:
    message = agenda_message(
        own(
            all_day("Ben's birthday", blocks=False),
            an_entry("9:00-9:30", "Kick-off"),
            an_entry("16:00-16:30", "Dentist", calendar="Family", is_linked=False),
        )
    )
    assert message.text == "Your day, Tuesday 24 November: 3 events."
    assert read_message(message) == [
        "*Your day, Tuesday 24 November* (Berlin)",
        "9:00-9:30 ▪ grey  Kick-off",
        "16:00-16:30 ▨ hatched  Dentist · Family",
        "all day ▫ pale  Ben's birthday · free",
        "[All ▾] [? Colours]",
        "[Mon 23 Nov] [Wed 25 Nov]",
    ]
    assert buttons_of(message)["Wed 25 Nov"] == "2026-11-25 U1 all"


def test_one_calendar_alone_stays_chosen_on_the_way_to_other_days() -> None:
    message = agenda_message(own(chosen=FAMILY.id))
    assert read_message(message)[1:] == ["Nothing on that day.", "[Family ▾] [? Colours]", "[Mon 23 Nov] [Wed 25 Nov]"]
    assert buttons_of(message)["Mon 23 Nov"] == f"2026-11-23 U1 {FAMILY.id}"


def test_a_single_calendar_leaves_nothing_to_choose() -> None:
    assert "[? Colours]" in read_message(agenda_message(own(calendars=(LINKED,))))


def test_what_is_ignored_stands_with_the_way_back() -> None:
    ignored = replace(an_entry("9:00-9:30", "Kick-off", blocks=False), is_ignored=True, calendar_id=LINKED.id)
    message = agenda_message(own(an_entry("8:00-8:30", "Run"), ignored, an_entry("10:00-11:00", "Review")))
    assert read_message(message)[1:4] == [
        "8:00-8:30 ▪ grey  Run",
        "9:00-9:30 ▫ pale  Kick-off · ignored [Take back]",
        "10:00-11:00 ▪ grey  Review",
    ]
    assert buttons_of(message)["Take back"] == f"{LINKED.id} {second('9:00')} Kick-off day 2026-11-24 U1 all"


# fault 45
@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (an_entry("9:00-9:30", "x", blocks=False), "free"),
        (replace(an_entry("9:00-9:30", "x", blocks=False), kind=EventKind.BIRTHDAY), "birthday"),
        (replace(an_entry("9:00-9:30", "x", blocks=False), kind=EventKind.WORKING_LOCATION), "working location"),
        (replace(an_entry("9:00-9:30", "x"), response=Response.DECLINED), "declined"),
        (replace(an_entry("9:00-9:30", "x"), response=Response.TENTATIVE), "answered with maybe"),
        (replace(an_entry("9:00-9:30", "x"), response=Response.NEEDS_ACTION), "not answered"),
        (replace(an_entry("9:00-9:30", "x"), is_ignored=True, shows_as=ShowsAs.FREE), "ignored"),
    ],
)
def test_what_leaves_the_time_open_says_why(entry: AgendaEntry, reason: str) -> None:
    assert why_open(entry) == reason


def test_what_began_before_the_day_or_ends_after_it_is_told_with_its_dates() -> None:
    night = an_entry("9:00-9:30", "Night train")
    occurrence = night.occurrence._replace(start=second("2026-11-23 22:00"), end=second("6:00"))
    fair = all_day("Fair", first="2026-11-23", last="2026-11-26")
    assert read_message(agenda_message(own(replace(night, occurrence=occurrence), fair)))[1:3] == [
        "Mon 23 Nov 22:00 to Tue 24 Nov 6:00 ▪ grey  Night train",
        "all day ▪ grey  Fair",
    ]


def test_a_whole_day_of_another_zone_is_told_by_its_hours() -> None:
    entry = all_day("Thanksgiving")
    there = window_of(date(2026, 11, 24), NEW_YORK)
    elsewhere = replace(entry, occurrence=entry.occurrence._replace(start=there.start, end=there.end))
    assert read_message(agenda_message(own(elsewhere)))[1] == (
        "Tue 24 Nov 6:00 to Wed 25 Nov 6:00 ▪ grey  Thanksgiving"
    )


def test_ones_own_calendars_that_are_late_or_unread_are_told_by_name() -> None:
    late = StaleCalendar(ana.id, FAMILY.id, "Family", LATE)
    unread = replace(FAMILY, read_at=None)
    lines = read_message(agenda_message(own(calendars=(LINKED, unread), stale=(late,))))
    assert lines[1] == "_One calendar is being read for the first time; look again in a minute._"
    assert "_ Family was last read 40 minutes ago; newer events are unknown." in lines
    assert "Nothing on that day." not in lines


def test_somebody_without_a_calendar_of_his_own_is_led_to_connecting() -> None:
    message = agenda_message(own(calendars=()))
    assert message.text == "Your day, Tuesday 24 November: nobody can say."
    assert read_message(message)[1:3] == [
        "You have no calendar connected, so nobody can say what is on.",
        "[Connect Google Calendar]",
    ]


def test_what_is_booked_is_shown_without_a_calendar_too() -> None:
    booked = (AgendaAppointment(an_appointment("16:00-16:30")),)
    message = agenda_message(replace(own(calendars=()), appointments=booked))
    assert message.text == "Your day, Tuesday 24 November: 1 appointment; nobody can say what else."
    assert read_message(message)[1:4] == [
        "16:00-16:30 ▪ orange  Maya Ortiz · Zoom [⋯ Reschedule · Cancel]",
        "You have no calendar connected, so nobody can say what else is on.",
        "[Connect Google Calendar]",
    ]


def test_somebody_elses_day_is_busy_in_both_times() -> None:
    message = agenda_message(others(span("15:00-15:30"), span("17:00-18:00")))
    assert message.text == "Ben, Tuesday 24 November: busy 15:00-15:30, 17:00-18:00."
    assert read_message(message) == [
        "*Ben, Tuesday 24 November* (Berlin; in brackets New York, where Ben is)",
        "busy 15:00-15:30 (9:00-9:30)",
        "busy 17:00-18:00 (11:00-12:00)",
        "[Mon 23 Nov] [Wed 25 Nov]",
    ]


def test_somebody_in_the_same_zone_needs_no_second_time() -> None:
    assert read_message(agenda_message(others(span("15:00-15:30"), member=cara)))[:2] == [
        "*Cara, Tuesday 24 November* (Berlin)",
        "busy 15:00-15:30",
    ]


def test_nothing_busy_is_said_of_the_calendars_alone() -> None:
    message = agenda_message(others(member=cara))
    assert message.text == "Cara, Tuesday 24 November: nothing takes time."
    assert read_message(message)[1] == "Nothing in Cara's calendars takes time on that day."


def test_somebody_elses_late_calendar_is_counted_and_not_named() -> None:
    late = replace(time_of(cara), stale=(StaleCalendar(cara.id, UUID(int=9), "Divorce", LATE),))
    lines = read_message(agenda_message(others(gathered=Gathered((cara,), (late,), (), ()), member=cara)))
    assert lines[2] == "_ One of Cara's calendars was last read 40 minutes ago; newer events are unknown."


def test_of_somebody_without_a_calendar_nobody_can_say() -> None:
    message = agenda_message(others(member=cara, gathered=Gathered((), (), (cara,), ())))
    assert message.text == "Cara, Tuesday 24 November: nobody can say."
    assert read_message(message)[1:3] == [
        "Cara has no calendar connected, so nobody can say when Cara is free.",
        "[Ask Cara to connect]",
    ]
    assert buttons_of(message)["Ask Cara to connect"] == "U3 <@U3> all 2026-11-24"


def test_of_a_first_read_nobody_can_say_yet() -> None:
    message = agenda_message(others(gathered=Gathered((), (), (), (ben,))))
    assert read_message(message)[1] == (
        "Ben's calendar is being read for the first time, so nobody can say yet. [Ask again]"
    )


# fault 42
@pytest.mark.parametrize(
    ("day", "zone", "line"),
    [
        ("2026-03-29", BERLIN, "The clocks go forward on this day in Berlin: it has 23 hours."),
        ("2026-10-25", BERLIN, "The clocks go back on this day in Berlin: it has 25 hours."),
        ("2026-03-08", NEW_YORK, "The clocks go forward on this day in New York: it has 23 hours."),
        ("2026-11-01", NEW_YORK, "The clocks go back on this day in New York: it has 25 hours."),
    ],
)
def test_a_day_on_which_clocks_change_is_flagged(day: str, zone: str, line: str) -> None:
    agenda = own(day=day, zone=zone, now=window_moment(day, zone))
    assert f"_ {line}" in read_message(agenda_message(agenda))


def window_moment(day: str, zone: str) -> datetime:
    """Noon of the day before."""
    return datetime.fromtimestamp(window_of(date.fromisoformat(day), zone).start, NOON.tzinfo) - timedelta(hours=12)


def test_a_clock_that_jumps_by_half_an_hour_is_told_to_the_minute() -> None:
    line = day_length_line(23 * 3600 + 1800, "Australia/Lord_Howe")
    assert line == "The clocks go forward on this day in Lord Howe: it has 23:30 hours."


def test_a_change_of_clocks_near_the_day_is_told_where_people_are_in_two_zones() -> None:
    lines = read_message(agenda_message(others(day="2026-10-26", now=window_moment("2026-10-26", BERLIN))))
    assert "_ Clocks changed on Sun 25 Oct in Berlin." not in lines
    assert "_ Clocks change on Sun 25 Oct in Berlin." in lines
    assert "_ Clocks change on Sun 1 Nov in New York." in lines


def test_a_change_of_clocks_on_the_day_itself_is_told_once() -> None:
    lines = read_message(agenda_message(others(day="2026-10-25", now=window_moment("2026-10-25", BERLIN))))
    assert [line for line in lines if "locks" in line] == [
        "_ The clocks go back on this day in Berlin: it has 25 hours.",
        "_ Clocks change on Sun 1 Nov in New York.",
    ]


def test_the_days_at_the_edge_of_what_is_known_lead_nowhere_further() -> None:
    first = agenda_message(own(day="2026-10-25"))
    last = agenda_message(own(day="2027-11-24"))
    assert read_message(first)[-1] == "[Mon 26 Oct]"
    assert read_message(last)[-1] == "[Tue 23 Nov 2027]"


# fault 47
def test_of_two_hundred_events_a_hundred_fit_and_the_rest_is_counted() -> None:
    entries = [an_entry("9:00-9:30", f"Meeting {number} <&>" + "x" * 60) for number in range(200)]
    ignored = [replace(entry, is_ignored=True) if number % 3 == 0 else entry for number, entry in enumerate(entries)]
    for shown in (entries, ignored):
        message = agenda_message(own(*shown))
        lines = read_message(message)
        assert len(message.blocks) <= 50
        assert sum("Meeting" in line for line in lines) == 100
        assert lines[101] == "+100 more"


# fault 46
def test_titles_are_shown_literally() -> None:
    lines = read_message(agenda_message(own(an_entry("9:00-9:30", "<!here> *x*\n`y`", calendar="<@U1>"))))
    assert lines[1] == "9:00-9:30 ▪ grey  &lt;!here&gt; ∗x∗ ˋyˋ"


def test_a_day_that_could_be_two_offers_both() -> None:
    unclear = UnclearWhen("Next Friday could be 27 November or 4 December.", ("2026-11-27", "2026-12-04", "friday"))
    message = unclear_day(unclear, "U2")
    assert read_message(message)[1] == "[2026-11-27] [2026-12-04]"
    assert buttons_of(message)["2026-12-04"] == "2026-12-04 U2 all"


def test_buttons_that_read_the_same_are_told_apart_by_a_screen_reader() -> None:
    meetings = [an_appointment("15:00-15:30"), replace(an_appointment("16:00-16:30"), contact=None, title="Review")]
    joined = tuple(AgendaAppointment(one, join_url="https://zoom.test/j/1") for one in meetings)
    blue = replace(an_entry("9:00-9:30", "Kick-off"), shade=Shade.BLUE)
    blocks: list[Any] = list(agenda_message(replace(own(blue), appointments=joined)).blocks)
    elements = [one for block in blocks for one in (block.get("accessory", {}), *block.get("elements", ()))]
    assert [(one["text"]["text"], one["accessibility_label"]) for one in elements if "accessibility_label" in one] == [
        ("Details", "Details 9:00-9:30 Kick-off"),
        ("Join", "Join 15:00-15:30 Maya Ortiz"),
        ("Join", "Join 16:00-16:30 Review"),
    ]
