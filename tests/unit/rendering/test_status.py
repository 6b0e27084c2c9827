"""How each calendar is doing, in words."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import Calendar
from bot.domain.connections import Status
from bot.domain.events import EventStatus, RemoteEvent
from bot.rendering.status import reading_note, status_message
from tests.builders import BERLIN, at
from tests.unit.rendering.answers import NOON
from tests.unit.rendering.connections import HOME, WORK, a_calendar, a_linked_calendar
from tests.unit.rendering.screen import buttons_of, read_message


def test_every_state_of_a_calendar_has_its_words() -> None:
    calendars = (
        a_linked_calendar(read_at=at("11:58"), next_sync_at=at("12:03")),
        a_calendar("Family", read_at=at("11:20"), next_sync_at=at("11:25")),
        a_calendar("Team holidays", read_at=at("9:14"), next_sync_at=at("13:00"), problem="It is not shared any more."),
        a_calendar("New"),
        a_calendar("Closed", problem="Google did not answer."),
        a_calendar("Odd", read_at=at("11:58"), next_sync_at=at("12:03"), unreadable_events=2),
    )
    message = status_message(Status(NOON, (WORK,), (), calendars), BERLIN)
    assert message.text == "6 calendars, 5 not up to date."
    assert read_message(message) == [
        "*ana@acme.test* · Google Calendar",
        "· Ana (linked, one-way) · up to date · read 2 minutes ago, next in 3 minutes",
        "· Family (conflict) · *late*: read 40 minutes ago, due now; newer events are unknown",
        (
            "· Team holidays (conflict) · "
            f"*has not been readable since <!date^{int(at('9:14').timestamp())}^{{date_short}}, {{time}}"
            "|Tue 24 Nov, 9:14 Berlin>*: It is not shared any more. "
            "What was read still blocks; newer events are unknown."
        ),
        "· New (conflict) · being read for the first time",
        "· Closed (conflict) · *cannot be read yet*: Google did not answer.",
        (
            "· Odd (conflict) · *not fully understood* · read 2 minutes ago, next in 3 minutes · "
            "2 events could not be understood, so their time is unknown"
        ),
        "[Sync now] [Calendar Settings]",
    ]


@pytest.mark.parametrize(
    ("calendars", "summary"),
    [
        ((), "No calendar is in use."),
        ((a_linked_calendar(),), "1 calendar, up to date."),
        ((a_linked_calendar(), a_calendar("Family", read_at=NOON)), "2 calendars, all up to date."),
        ((a_linked_calendar(), a_calendar("Family")), "2 calendars, 1 not up to date."),
    ],
)
def test_a_notification_sums_up_how_all_calendars_are(calendars: tuple[Calendar, ...], summary: str) -> None:
    assert status_message(Status(NOON, (WORK,), (), calendars), BERLIN).text == summary


def test_an_account_that_lost_its_permission_leads_back() -> None:
    broken = replace(HOME, status=AccountStatus.NEEDS_RECONNECT, broken_since=at("2026-11-21 9:14"))
    calendar = a_calendar("Family", account=broken, read_at=at("2026-11-21 9:10"))
    message = status_message(Status(NOON, (broken,), (), (calendar,)), BERLIN)
    assert read_message(message) == [
        (
            "Google stopped accepting Daybook's access to *ana@home.test*. Its calendars have not been read since "
            f"<!date^{int(at('2026-11-21 9:14').timestamp())}^{{date_short}}, {{time}}|Sat 21 Nov, 9:14 Berlin>. "
            "What was read still blocks; newer events are unknown. [Reconnect]"
        ),
        "*ana@home.test* · Google Calendar · read-only",
        "· Family (conflict) · last read 3 days ago",
        "[Calendar Settings]",
    ]
    assert buttons_of(message)["Reconnect"] == "connect"


def test_nothing_connected_leads_to_connecting() -> None:
    message = status_message(Status(NOON, (), (), ()), BERLIN)
    assert read_message(message) == [
        "Nothing is connected yet. Connect Google Calendar, and Daybook can say when you are free.",
        "[Connect Google Calendar]",
    ]
    assert buttons_of(message) == {"Connect Google Calendar": "connect"}


def test_an_account_that_waits_for_a_word_asks_for_it() -> None:
    pending = replace(WORK, status=AccountStatus.PENDING)
    lines = read_message(status_message(Status(NOON, (), (pending,), ()), BERLIN))
    assert "[Yes, connect] [No, that is not me]" in lines


def test_an_account_without_calendars_says_so() -> None:
    assert read_message(status_message(Status(NOON, (WORK,), (), ()), BERLIN)) == [
        "*ana@acme.test* · Google Calendar",
        "No calendar of it is in use.",
        "[Calendar Settings]",
    ]


def test_sync_now_tells_how_many_are_read() -> None:
    assert [reading_note(number) for number in (0, 1, 3)] == [
        "No calendar can be read now: connect its account again first.",
        "Reading 1 calendar now.",
        "Reading 3 calendars now.",
    ]


def test_a_hundred_accounts_stay_within_slacks_limits() -> None:
    accounts = tuple(replace(WORK, id=UUID(int=number)) for number in range(100))
    assert read_message(status_message(Status(NOON, accounts, (), ()), BERLIN))[-2] == "_ +52 more"


def test_an_event_that_could_not_be_understood_is_named_with_what_is_wrong() -> None:
    odd = a_calendar("Odd", read_at=at("11:58"), next_sync_at=at("12:03"), unreadable_events=1)
    event = RemoteEvent("e1", EventStatus.CONFIRMED, title="Every <second>", problem="It repeats every second.")
    message = status_message(Status(NOON, (WORK,), (), (odd,), {odd.id: [event]}), BERLIN)
    assert read_message(message)[1:3] == [
        (
            "· Odd (conflict) · *not fully understood* · read 2 minutes ago, next in 3 minutes · "
            "1 event could not be understood, so its time is unknown"
        ),
        "    ▫ Every &lt;second&gt;: It repeats every second.",
    ]
