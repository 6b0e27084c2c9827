"""A person's Home: useful before anything is connected, and readable without colours."""

from dataclasses import replace
from datetime import date

from bot.domain.accounts import AccountStatus
from bot.domain.agenda import window_of
from bot.domain.connections import Status
from bot.domain.events import AgendaEntry
from bot.domain.home import Home
from bot.domain.join_links import AgendaAppointment
from bot.rendering.home import render_home
from tests.builders import BERLIN, at
from tests.unit.rendering.answers import NOON, all_day, an_entry
from tests.unit.rendering.bookings import an_appointment
from tests.unit.rendering.connections import HOME, WORK, a_calendar, a_linked_calendar
from tests.unit.rendering.screen import read_view

TODAY = date(2026, 11, 24)
NO_SUPPORT = "_ Questions, or something wrong? Ask whoever runs Daybook in this workspace."
CONNECTED = Status(NOON, (WORK,), (), (a_linked_calendar(), a_calendar("Family", read_at=NOON)))


def home(*entries: AgendaEntry, status: Status = CONNECTED, today: date = TODAY) -> Home:
    """Ana's Home in Berlin, with what is on today."""
    return Home(status, "U1", BERLIN, today, window_of(today, BERLIN), entries)


def test_home_shows_today_with_each_kind_in_words() -> None:
    entries = (
        all_day("Ben's birthday", blocks=False),
        an_entry("9:00-9:30", "Kick-off"),
        an_entry("16:00-16:30", "Dentist", calendar="Family", is_linked=False),
        an_entry("17:00-18:00", "", calendar="Family", is_linked=False, blocks=False),
    )
    view = render_home(home(*entries))
    assert read_view(view) == [
        "*Today* · Tuesday 24 November",
        "[Find a time] [Book]",
        "9:00-9:30 ▪ grey  Kick-off",
        "16:00-16:30 ▨ hatched  Dentist · Family",
        "17:00-18:00 ▫ pale  (no title) · Family · free",
        "all day ▫ pale  Ben's birthday · free",
        "[All ▾] [? Colours] [Agenda] [Week picture]",
        "---",
        "*My Profile*  ana@acme.test · one-way · 1 conflict calendar [Calendar Settings]",
        "*ana@acme.test* · Google Calendar · 2 calendars up to date [Events not syncing?]",
        "---",
        "*Digests*  none yet. One tells a channel each morning what is on. [Digests]",
        "[Contacts] [Triggers] [Reminders] [Why not?]",
        "[Connect] [Help] [Privacy] [Disconnect] [Forget]",
        NO_SUPPORT,
    ]


def test_home_before_anything_is_connected_offers_everything() -> None:
    view = render_home(home(status=Status(NOON, (), (), ())))
    assert read_view(view)[1:] == [
        "Start by connecting Google Calendar. It takes a minute, and you choose what is shared.",
        "[Connect Google Calendar]",
        "---",
        "[Find a time] [Book] [Agenda] [Week picture] [Why not?]",
        "[Calendar Settings] [Contacts] [Triggers] [Digests] [Reminders]",
        "[Events not syncing?] [Help] [Privacy] [Disconnect] [Forget]",
        NO_SUPPORT,
    ]


def test_a_day_with_nothing_on_says_what_can_be_done() -> None:
    lines = read_view(render_home(home()))
    assert lines[2] == "Nothing today. *Find a time* shows when you and others are free."


def test_a_first_read_is_told_so_that_nothing_looks_free() -> None:
    status = replace(CONNECTED, calendars=(a_linked_calendar(read_at=None),))
    lines = read_view(render_home(home(status=status)))
    assert lines[2] == "_One calendar is being read for the first time; look again in a minute._"


def test_an_account_without_chosen_calendars_leads_to_choosing() -> None:
    lines = read_view(render_home(home(status=replace(CONNECTED, calendars=()))))
    assert lines[2] == "No calendar is chosen yet. Choose yours under *Calendar Settings*."


def test_what_is_booked_today_is_shown_without_a_calendar_too() -> None:
    booked = (AgendaAppointment(an_appointment("16:00-16:30")),)
    unconnected = home(status=Status(NOON, (), (), ()))
    assert read_view(render_home(replace(unconnected, appointments=booked)))[:4] == [
        "*Today* · Tuesday 24 November",
        "16:00-16:30 ▪ orange  Maya Ortiz · Zoom [⋯ Reschedule · Cancel]",
        "---",
        read_view(render_home(unconnected))[0],
    ]
    unchosen = home(status=replace(CONNECTED, calendars=()))
    assert read_view(render_home(replace(unchosen, appointments=booked)))[2:4] == [
        "16:00-16:30 ▪ orange  Maya Ortiz · Zoom [⋯ Reschedule · Cancel]",
        "No calendar is chosen yet. Choose yours under *Calendar Settings*.",
    ]


def test_the_next_call_is_joined_where_it_stands_first_and_others_where_they_stand() -> None:
    url = "https://zoom.test/j/1"
    first, second = (AgendaAppointment(an_appointment(time), join_url=url) for time in ("15:00-15:30", "16:00-16:30"))
    shown = read_view(render_home(replace(home(), appointments=(first, second), following=first)))
    assert [line for line in shown if "Maya" in line or "[Join]" in line] == [
        "*Next*  15:00-15:30 ▪ orange  Maya Ortiz · Zoom [Join]",
        "15:00-15:30 ▪ orange  Maya Ortiz · Zoom [⋯ Reschedule · Cancel]",
        "16:00-16:30 ▪ orange  Maya Ortiz · Zoom",
        "[Join] [⋯ Reschedule · Cancel]",
    ]


def test_what_comes_another_day_stands_below_today() -> None:
    later = AgendaAppointment(an_appointment("2026-11-26 15:00-15:30"))
    shown = read_view(render_home(replace(home(), following=later)))
    assert shown[2].startswith("Nothing today.")
    assert shown[3].startswith("*Next*  Thu 26 Nov")


def test_what_waits_for_its_owner_stands_first() -> None:
    pending = replace(HOME, status=AccountStatus.PENDING)
    broken = replace(WORK, status=AccountStatus.NEEDS_RECONNECT, broken_since=at("9:14"))
    view = render_home(home(status=Status(NOON, (broken,), (pending,), CONNECTED.calendars)))
    lines = read_view(view)
    assert lines[1] == "[Yes, connect] [No, that is not me]"
    assert lines[2].startswith("Google stopped accepting Daybook's access to *ana@acme.test*. Its calendars")
    assert lines[2].endswith("[Reconnect]")


def test_of_two_hundred_events_the_first_hundred_are_shown_and_the_rest_is_counted() -> None:  # fault 47
    entries = tuple(an_entry("9:00-9:30", f"Meeting {number} <&>" + "x" * 60) for number in range(200))
    lines = read_view(render_home(home(*entries)))
    assert sum("Meeting" in line for line in lines) == 100
    assert lines[102] == "+100 more"


def test_a_calendar_that_was_not_read_in_time_is_warned_of() -> None:
    late = replace(CONNECTED, calendars=(a_linked_calendar(), a_calendar("Family", read_at=at("11:20"))))
    lines = read_view(render_home(home(status=late)))
    assert lines[3] == (
        "_ Family was last read <!date^1795515600^{date_short}, {time}|Tue 24 Nov, 11:20 Berlin>; "
        "newer events are unknown."
    )


def test_calendars_that_were_not_read_in_time_are_warned_of_together() -> None:
    family, team = a_calendar("Family", read_at=at("11:20")), a_calendar("Team holidays", read_at=at("11:05"))
    late = replace(CONNECTED, calendars=(a_linked_calendar(), family, team))
    lines = read_view(render_home(home(status=late)))
    assert lines[3] == (
        "_ Family and Team holidays were last read <!date^1795515600^{date_short}, {time}|Tue 24 Nov, 11:20 Berlin> or "
        "earlier; newer events are unknown."
    )


# fault 42
def test_the_day_on_which_clocks_change_is_told_as_such() -> None:
    lines = read_view(render_home(home(today=date(2026, 10, 25))))
    assert lines[3] == "_ The clocks go back on this day in Berlin: it has 25 hours."
