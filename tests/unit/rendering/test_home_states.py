"""Home in every state, within Slack's limits: what is next, how connections do, digests, support."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from bot.domain.accounts import AccountStatus
from bot.domain.agenda import window_of
from bot.domain.connections import Status
from bot.domain.digests import Digest, Level, PauseReason, Plan, Rhythm
from bot.domain.events import Guest, Response
from bot.domain.home import Home
from bot.domain.join_links import AgendaAppointment
from bot.domain.shades import Shade
from bot.rendering.home import render_home
from bot.rendering.surfaces import HomeView
from tests.builders import ANA, BERLIN, at
from tests.unit.rendering.answers import ACME, NOON, an_entry, ben
from tests.unit.rendering.bookings import an_appointment
from tests.unit.rendering.connections import HOME, WORK, a_calendar, a_linked_calendar
from tests.unit.rendering.screen import buttons_of, read_view

TODAY = date(2026, 11, 24)
CONNECTED = Status(NOON, (WORK,), (), (a_linked_calendar(), a_calendar("Family", read_at=NOON)))
NOTHING = Status(NOON, (), (), ())
EVERYTHING = {
    "agenda",
    "book",
    "connect",
    "contacts",
    "digest",
    "disconnect",
    "forget",
    "help",
    "privacy",
    "reminders",
    "settings",
    "slots",
    "status",
    "triggers",
    "week",
    "why",
}


def home(status: Status = CONNECTED) -> Home:
    return Home(status, "U1", BERLIN, TODAY, window_of(TODAY, BERLIN), ())


def lines_of(shown: Home) -> list[str]:
    return read_view(render_home(shown))


def primary(view: HomeView) -> list[str]:
    """The labels of the buttons that stand out."""
    blocks: Any = view.blocks
    elements = [one for block in blocks for one in [*block.get("elements", ()), block.get("accessory", {})]]
    return [one["text"]["text"] for one in elements if one.get("style") == "primary"]


@pytest.mark.parametrize("status", [NOTHING, CONNECTED])
def test_everything_is_a_button(status: Status) -> None:
    words = {value.partition(" ")[0] for value in buttons_of(render_home(home(status))).values() if value}
    assert words == EVERYTHING


def test_before_anything_is_connected_one_button_stands_out() -> None:
    assert primary(render_home(home(NOTHING))) == ["Connect Google Calendar"]


def test_what_comes_next_stands_first_with_the_way_in() -> None:
    following = AgendaAppointment(an_appointment("16:00-16:30"), "https://zoom.test/j/1")
    assert lines_of(replace(home(), following=following))[1:3] == [
        "[Find a time] [Book]",
        "*Next*  16:00-16:30 ▪ orange  Maya Ortiz · Zoom [Join]",
    ]


def test_a_meeting_in_google_comes_next_with_its_guest_and_the_way_in() -> None:
    guests = (Guest("Maya Ortiz", Response.ACCEPTED),)
    entry = replace(an_entry("16:00-16:30", "Demo"), shade=Shade.BLUE, guests=guests)
    line = "*Next*  16:00-16:30 ▪ blue  Demo · with Maya Ortiz (accepted)"
    assert lines_of(replace(home(), following=entry))[2] == line
    joined = replace(entry, join_url="https://meet.google.com/abc-defg-hij")
    assert lines_of(replace(home(), following=joined))[2] == f"{line} [Join]"


def test_what_comes_on_another_day_says_which() -> None:
    following = AgendaAppointment(an_appointment("2026-11-26 9:00-9:30"))
    assert lines_of(replace(home(), following=following))[3] == (
        "*Next*  Thu 26 Nov, 9:00-9:30 ▪ orange  Maya Ortiz · Zoom"
    )


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (CONNECTED, "2 calendars up to date"),
        (replace(CONNECTED, calendars=()), "no calendar in use"),
        (replace(CONNECTED, calendars=(a_linked_calendar(read_at=None),)), "being read for the first time"),
        (replace(CONNECTED, calendars=(a_linked_calendar(read_at=at("11:20")),)), "*1 calendar not up to date*"),
        (
            replace(CONNECTED, calendars=(a_calendar("Family", read_at=NOON, problem="It is not shared."),)),
            "*1 calendar cannot be read*",
        ),
        (
            replace(CONNECTED, accounts=(replace(WORK, status=AccountStatus.NEEDS_RECONNECT),)),
            "*to be connected again*",
        ),
    ],
)
def test_each_connection_says_how_it_does(status: Status, line: str) -> None:
    assert f"*ana@acme.test* · Google Calendar · {line} [Events not syncing?]" in lines_of(home(status))


def test_a_pending_account_stands_ahead_of_the_welcome() -> None:
    pending = replace(HOME, status=AccountStatus.PENDING)
    view = render_home(home(replace(NOTHING, pending=(pending,))))
    assert read_view(view)[1] == "[Yes, connect] [No, that is not me]"


def test_digests_are_named_with_their_times() -> None:
    plan = Plan(Rhythm.DAILY, time(8, 30), frozenset(range(5)), BERLIN)
    sales = Digest(ANA, ACME.id, ANA, "C1", "sales", plan, Level.BUSY, True, NOON, TODAY, NOON)
    assert "*Digests*  in #sales, weekdays 8:30, Berlin time [Digests]" in lines_of(replace(home(), digests=(sales,)))
    paused = replace(sales, next_due_at=None, channel_name="<!channel>")
    many = lines_of(replace(home(), digests=(sales, paused, paused, paused, paused)))
    [line] = [one for one in many if one.startswith("*Digests*")]
    assert line.endswith("· +2 more [Digests]")
    assert "<!channel>" not in line


def test_a_paused_digest_is_named_with_who_paused_it_and_when() -> None:
    plan = Plan(Rhythm.DAILY, time(8, 30), frozenset(range(5)), BERLIN)
    sales = Digest(ANA, ACME.id, ANA, "C1", "sales", plan, Level.BUSY, True, NOON, TODAY, None)
    paused = replace(sales, paused=PauseReason.BY_HAND, paused_by=ben.id, paused_at=NOON)
    lines = lines_of(replace(home(), digests=(paused,), paused_by={paused.id: ben}))
    noon = "<!date^1795518000^{date_short}, {time}|Tue 24 Nov, 12:00 Berlin>"
    assert f"*Digests*  in #sales, paused by Ben, {noon} [Digests]" in lines


def test_support_is_a_link_where_one_is_set() -> None:
    assert lines_of(replace(home(), support="https://help.acme.test"))[-1] == (
        "_ Questions, or something wrong? <https://help.acme.test|Write to support>."
    )


@pytest.mark.parametrize("number", [0, 1, 40])
def test_a_day_full_of_appointments_keeps_within_the_limits(number: int) -> None:
    booked = tuple(AgendaAppointment(an_appointment("16:00-16:30"), "https://zoom.test/j/1") for _ in range(number))
    view = render_home(replace(home(), appointments=booked, following=booked[0] if booked else None))
    assert len(view.blocks) <= 100
    assert sum("Maya Ortiz" in line for line in read_view(view)) == number + (1 if number else 0)
    assert read_view(view)[-2] == "[Connect] [Help] [Privacy] [Disconnect] [Forget]"


def test_five_hundred_entries_keep_within_the_limits() -> None:  # fault 47
    entries = tuple(an_entry("9:00-9:30", f"Meeting {number} <!channel>" + "x" * 200) for number in range(500))
    lines = lines_of(replace(home(), entries=entries))
    assert "+400 more" in lines
    assert not any("<!channel>" in line for line in lines)


def test_the_same_home_a_minute_later_is_the_same() -> None:
    late = replace(CONNECTED, calendars=(a_linked_calendar(read_at=at("11:20")), a_calendar("Family", read_at=NOON)))
    assert lines_of(home(late)) == lines_of(home(replace(late, now=_a_minute_later(late.now))))


def _a_minute_later(now: datetime) -> datetime:
    return now.replace(minute=now.minute + 1)
