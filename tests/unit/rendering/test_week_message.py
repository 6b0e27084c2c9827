"""The week as a message: the picture, and the same as text."""

import time
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answers import Gathered
from bot.domain.appointments import AppointmentStatus
from bot.domain.day_words import UnclearWhen, week_start
from bot.domain.events import Guest, Response
from bot.domain.join_links import AgendaAppointment
from bot.domain.reading_habits import Habits, HourCycle
from bot.domain.shades import Shade
from bot.domain.week import Week, first_day_asked
from bot.rendering.agenda_ref import agenda_ref
from bot.rendering.blocks import MESSAGE_CHARACTERS, size
from bot.rendering.posting import posted
from bot.rendering.reader import hour_cycle
from bot.rendering.surfaces import Message
from bot.rendering.week.message import Shown, unclear_week, week_message, week_request
from bot.rendering.week.page import render_week_page
from bot.rendering.week.words import alt_text
from bot.sandbox.slack.blocks import findings_of
from tests.builders import at, span
from tests.unit.rendering.answers import all_day, ben
from tests.unit.rendering.bookings import an_appointment
from tests.unit.rendering.screen import buttons_of, read_message
from tests.week_builders import FAMILY, FIRST_DAYS, LINKED, appointment, bens_week, event, own_week

LINK = "https://daybook.example.com/week/x"
CHOOSER = "[All ▾] [? Colours]"
AROUND = "[Previous week] [Next week] [Open as a page]"


def told(week: Week, shown: Shown = Shown.ELSEWHERE, file_id: str = "") -> Message:
    return week_message(week, LINK, shown, file_id=file_id)


def test_ones_own_week_is_told_by_days_in_the_lines_of_the_agenda() -> None:
    week = own_week(
        event("Tue 9:00-9:30"),
        event("Tue 13:00-14:00", "Dentist", is_linked=False),
        all_day("Ben's birthday", blocks=False),
        appointments=[appointment("Wed 16:00-16:30")],
    )
    message = told(week)
    assert message.text == "Your week, 23 to 29 November: 1 appointment and 3 events."
    assert read_message(message) == [
        "*Your week, 23 to 29 November* (Berlin)",
        "_ The picture goes to your messages with Daybook.",
        "*Mon 23 Nov*  nothing",
        "*Tue 24 Nov*",
        "9:00-9:30 ▪ grey  Kick-off",
        "13:00-14:00 ▨ hatched  Dentist · Family",
        "all day ▫ pale  Ben's birthday · free",
        "*Wed 25 Nov*",
        "16:00-16:30 ▪ orange  Maya Ortiz · Zoom",
        "*Thu 26 Nov*  nothing",
        "*Fri 27 Nov*  nothing",
        "*Sat 28 Nov*  nothing",
        "*Sun 29 Nov*  nothing",
        CHOOSER,
        AROUND,
    ]
    assert buttons_of(message)["Next week"] == "2026-12-03 U1 all"


def test_the_picture_stands_above_the_text_with_all_of_it_in_words() -> None:
    message = told(own_week(event("Tue 9:00-9:30", "<Kick> *off*")), Shown.HERE, "F0123456789")
    [picture] = [block for block in message.blocks if block["type"] == "image"]
    assert message.blocks.index(picture) == 1
    assert picture["slack_file"] == {"id": "F0123456789"}
    assert str(picture["alt_text"]).startswith(
        "Your week, 23 to 29 November, Berlin time, as a picture. "
        "Mon 23 Nov: nothing. Tue 24 Nov: 9:00-9:30 <Kick> *off* (grey). Wed 25 Nov: nothing."
    )


def test_page_and_picture_name_what_the_message_names() -> None:
    talk = replace(an_appointment(), span=span("2026-11-23 10:00-10:30"), title="Roadmap talk")
    showed = AgendaAppointment(replace(talk, status=AppointmentStatus.SHOWED), answer=Response.ACCEPTED)
    demo = replace(event("Tue 9:00-9:30", "Demo", shade=Shade.BLUE), guests=(Guest("Lee Chen", Response.DECLINED),))
    dentist = event("Tue 13:00-14:00", "Dentist", is_linked=False)
    week = own_week(demo, dentist, event("Wed 9:00-9:30", "Gym", blocks=False), appointments=[showed])
    named = (
        "10:00-10:30 Maya Ortiz (accepted) · Roadmap talk · Zoom · showed (orange)",
        "9:00-9:30 Demo · with Lee Chen (declined) (blue)",
        "13:00-14:00 Dentist · Family (hatched)",
        "9:00-9:30 Gym · free (pale)",
    )
    page = render_week_page(week)
    for line in named:
        assert f"<li>{line}</li>" in page
        assert line in alt_text(week)


def test_a_full_week_is_described_briefly_rather_than_in_part() -> None:
    days = [day for day in FIRST_DAYS for _ in range(8)]
    week = own_week(*(event(f"{day} 9:00-9:30", "Talk", is_linked=False) for day in days))
    assert (alt_text(week).count("Talk (hatched)"), "Family" in alt_text(week)) == (56, False)
    assert render_week_page(week).count("Talk · Family (hatched)") == 56


def test_somebody_elses_week_is_busy_by_both_clocks() -> None:
    message = told(bens_week("Tue 15:00-17:00"))
    assert message.text == "Ben's week, 23 to 29 November: 1 busy time, 1 to come."
    assert read_message(message)[:5] == [
        "*Ben's week, 23 to 29 November* (Berlin; in brackets New York, where Ben is)",
        "_ The picture goes to your messages with Daybook.",
        "*Mon 23 Nov*  nothing",
        "*Tue 24 Nov*",
        "busy 15:00-17:00 (9:00-11:00)",
    ]
    assert read_message(message)[-2:] == ["*Sun 29 Nov*  nothing", AROUND]


def test_of_whom_nobody_can_say_there_is_no_picture_and_a_way_on() -> None:
    silent = bens_week(gathered=Gathered((), (), (ben,), ()))
    assert read_message(told(silent)) == [
        "*Ben's week, 23 to 29 November* (Berlin; in brackets New York, where Ben is)",
        "Ben has no calendar connected, so nobody can say when Ben is free.",
        "[Ask Ben to connect]",
        "[Previous week] [Next week]",
    ]
    waiting = bens_week(gathered=Gathered((), (), (), (ben,)))
    assert "so nobody can say yet. [Ask again]" in read_message(told(waiting))[1]


def test_without_a_calendar_of_ones_own_the_way_to_connect_one_is_there() -> None:
    lines = read_message(told(own_week(calendars=())))
    assert lines[1:] == [
        "You have no calendar connected, so nobody can say what else is on.",
        "[Connect Google Calendar]",
        "[Previous week] [Next week]",
    ]
    unread = read_message(told(own_week(calendars=(replace(LINKED, read_at=None),))))
    assert "One calendar is being read for the first time" in unread[1]


def test_days_that_are_not_known_say_so_and_a_week_of_25_hours_too() -> None:  # fault 42
    lines = read_message(told(own_week(first="2026-10-19", now=at("2026-11-24 12:00"))))
    assert lines[2:5] == ["*Mon 19 Oct*", "not known", "*Tue 20 Oct*"]
    assert "_ Sun 25 Oct has 25 hours: the clocks go back in Berlin." in lines
    assert lines[-1] == "[Next week] [Open as a page]"


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (
            "2026-10-19",
            [
                "_ Sun 25 Oct has 25 hours: the clocks go back in Berlin.",
                "_ Clocks change on Sun 1 Nov in New York.",
            ],
        ),
        ("2026-10-26", ["_ Clocks changed on Sun 25 Oct in Berlin.", "_ Clocks change on Sun 1 Nov in New York."]),
    ],
)
def test_a_change_of_clocks_within_the_week_is_told_once(first: str, told: list[str]) -> None:
    week = bens_week(first=first, now=at(f"{first} 12:00") if first == "2026-10-19" else at("2026-10-27 12:00"))
    lines = read_message(week_message(week, "", Shown.HERE, file_id="F1"))
    assert [line for line in lines if "locks" in line] == told


def test_where_both_clocks_change_on_one_day_both_cities_are_named() -> None:
    week = bens_week(first="2026-10-19", now=at("2026-10-19 12:00"))
    in_london = replace(week, member=replace(week.member, zone="Europe/London"))
    lines = read_message(week_message(in_london, "", Shown.HERE, file_id="F1"))
    assert [line for line in lines if "locks" in line] == [
        "_ Sun 25 Oct has 25 hours: the clocks go back in Berlin and London."
    ]


def test_one_calendar_alone_stays_chosen_on_the_way_to_other_weeks() -> None:
    message = told(own_week(chosen=FAMILY.id))
    assert "[Family ▾] [? Colours]" in read_message(message)
    assert buttons_of(message)["Previous week"] == f"2026-11-19 U1 {FAMILY.id}"


@pytest.mark.parametrize(
    ("began", "begins", "previous"), [(0, 6, "2026-11-15"), (6, 0, "2026-11-16"), (0, 5, "2026-11-14")]
)
def test_the_week_before_is_the_week_before_though_weeks_begin_otherwise_by_then(
    began: int, begins: int, previous: str
) -> None:
    week = own_week(first=str(week_start(date(2026, 11, 24), began)))
    asked = week_request(agenda_ref(buttons_of(told(week))["Previous week"]))
    assert first_day_asked(asked, date(2026, 11, 24), begins) == date.fromisoformat(previous)


def test_a_day_that_could_be_two_offers_both_weeks() -> None:
    unclear = UnclearWhen("Next Tuesday could be either.", ("2026-12-01", "2026-12-08", "friday"))
    message = unclear_week(unclear, "U1", first_day=0)
    assert read_message(message)[-1] == "[Week of Mon 30 Nov] [Week of Mon 7 Dec]"
    assert buttons_of(message)["Week of Mon 30 Nov"] == "2026-12-03 U1 all"


# fault 46
@settings(max_examples=30)
@given(title=st.text(max_size=400), name=st.text(max_size=80))
def test_no_title_or_name_breaks_the_message(title: str, name: str) -> None:
    calendars = tuple(replace(FAMILY, id=UUID(int=1000 + number), name=name or "x") for number in range(3))
    week = own_week(event("Tue 9:00-10:00", title), all_day(title), calendars=calendars)
    for one in (week, replace(bens_week("Tue 9:00-10:00"), member=replace(ben, name=name))):
        message = told(one, Shown.HERE, "F0123456789")
        assert findings_of(list(message.blocks), "message") == []
        assert "<!" not in "".join(str(block.get("text", "")) for block in message.blocks)


@pytest.mark.slow
def test_a_week_of_ten_thousand_events_is_said_shown_and_drawn_in_two_seconds() -> None:
    times = [f"{day} {number % 22}:{number % 60:02}-22:59" for number in range(1430) for day in FIRST_DAYS]
    week = own_week(*(event(when, "Event with a long title " * 20) for when in times))
    began = time.process_time()
    messages = [told(week), told(week, Shown.COMING), told(week, Shown.HERE, "F0123456789")]
    page = render_week_page(week)
    assert time.process_time() - began < 2
    assert "+1280 more" in page
    assert findings_of(list(messages[-1].blocks), "message") == []


def test_five_hundred_events_of_ten_thousand_characters_fit() -> None:  # fault 47
    week = own_week(*(event(f"Tue {number % 23}:00-{number % 23}:30", "<!channel>" * 1000) for number in range(500)))
    message = told(week, Shown.HERE, "F0123456789")
    assert findings_of(list(message.blocks), "message") == []
    assert len(alt_text(week)) == 2000
    assert "<!channel" not in str([block for block in message.blocks if block["type"] != "image"])
    assert "+4" in str(message.blocks)


FULL = [
    event(f"{day} {8 + number // 4}:{number % 4 * 15:02}-22:00", "Weekly planning with the Munich team, room 4")
    for day in FIRST_DAYS
    for number in range(30)
]


# fault 47
@pytest.mark.parametrize("shown", list(Shown))
def test_a_full_week_is_cut_day_by_day_and_says_where_the_rest_is(shown: Shown) -> None:
    message = week_message(
        own_week(*FULL), LINK + "x" * 420, shown, file_id="F0123456789" if shown is Shown.HERE else ""
    )
    lines = read_message(message)
    assert posted(message) == message.blocks
    assert size(message.blocks) <= MESSAGE_CHARACTERS
    assert len([line for line in lines if line.startswith("+") and line.endswith(" more")]) == 7
    assert lines[-3:] == [
        "_ What did not fit here is shown by *Open as a page*.",
        "[All ▾] [? Colours]",
        "[Previous week] [Next week] [Open as a page]",
    ]


def test_a_full_week_without_a_page_names_the_agenda() -> None:
    booked = [appointment(f"Tue {8 + number // 4}:{number % 4 * 15:02}-22:00") for number in range(50)]
    lines = read_message(told(own_week(appointments=booked, calendars=())))
    assert "_ What did not fit here is shown day by day, such as by `/daybook agenda tue`." in lines


def test_with_very_many_calendars_the_week_still_fits() -> None:  # fault 47
    calendars = tuple(replace(FAMILY, id=UUID(int=1000 + number), name="Family " * 20) for number in range(100))
    message = told(own_week(*FULL, calendars=calendars), Shown.HERE, "F0123456789")
    assert posted(message) == message.blocks


def test_a_reader_of_twelve_hours_is_told_by_them_wherever_the_week_stands() -> None:
    habits = Habits(HourCycle.TWELVE, first_day=6)
    week = replace(own_week(event("Tue 11:30-13:00"), event("Sun 0:00-0:30", "Shift")), habits=habits)
    assert "11:30 AM-1:00 PM ▪ grey  Kick-off" in read_message(told(week))
    assert "Tue 24 Nov: 11:30 AM-1:00 PM Kick-off (grey)." in alt_text(week)
    assert "12:00-12:30 AM Shift" in render_week_page(week)
    assert hour_cycle() is HourCycle.TWENTY_FOUR


def test_a_day_that_could_be_two_offers_the_weeks_that_begin_as_the_readers_do() -> None:
    unclear = UnclearWhen("Which?", ("2026-11-29", "2026-12-06"))
    american = buttons_of(unclear_week(unclear, "", first_day=6))
    assert list(american) == ["Week of Sun 29 Nov", "Week of Sun 6 Dec"]
    assert list(buttons_of(unclear_week(unclear, "", first_day=0))) == ["Week of Mon 23 Nov", "Week of Mon 30 Nov"]
