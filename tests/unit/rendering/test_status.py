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
from tests.event_builders import timed
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
        replace(a_calendar("Busy", problem="Google asks for a pause: too many requests."), not_before=at("12:30")),
        a_calendar("Odd", read_at=at("11:58"), next_sync_at=at("12:03"), unreadable_events=2),
    )
    message = status_message(Status(NOON, (WORK,), (), calendars), BERLIN)
    assert message.text == "7 calendars, 6 not up to date."
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
            "· Busy (conflict) · *cannot be read yet*: Google asks for a pause: too many requests. "
            f"Google asks Daybook to wait until <!date^{int(at('12:30').timestamp())}^{{date_short}}, {{time}}"
            "|Tue 24 Nov, 12:30 Berlin>."
        ),
        (
            "· Odd (conflict) · *not fully understood* · read 2 minutes ago, next in 3 minutes · "
            "2 events could not be understood"
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


def test_a_conflict_calendar_that_is_not_shared_any_more_says_who_can_help() -> None:
    lost = replace(a_calendar("Holidays", read_at=at("9:14"), problem="It is not shared any more."), is_lost=True)
    lines = read_message(status_message(Status(NOON, (WORK,), (), (lost,)), BERLIN))
    assert lines[1].endswith(
        "It is not shared any more. What was read still blocks; newer events are unknown. "
        "Ask its owner to share it with ana@acme.test again, or stop using it."
    )
    assert lines[2] == "[Stop using Holidays]"


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
    assert reading_note(0, is_paused=True) == (
        "Google asks Daybook to wait. It reads again by itself as soon as Google lets it."
    )


def test_a_hundred_accounts_stay_within_slacks_limits() -> None:
    accounts = tuple(replace(WORK, id=UUID(int=number)) for number in range(100))
    assert read_message(status_message(Status(NOON, accounts, (), ()), BERLIN))[-2] == "_ +52 more"


def test_an_event_that_could_not_be_understood_is_named_with_what_is_wrong() -> None:
    odd = a_calendar("Odd", read_at=at("11:58"), next_sync_at=at("12:03"), unreadable_events=1)
    event = RemoteEvent("e1", EventStatus.CONFIRMED, title="Every <second>", problem="It repeats every second.")
    events = [
        replace(event, start=timed("2026-11-24 9:00"), recurrence=("RRULE:FREQ=SECONDLY",)),
        replace(event, title="When", problem="It has no start."),
    ]
    message = status_message(Status(NOON, (WORK,), (), (odd,), {odd.id: events}), BERLIN)
    assert read_message(message)[1:5] == [
        (
            "· Odd (conflict) · *not fully understood* · read 2 minutes ago, next in 3 minutes · "
            "1 event could not be understood"
        ),
        (
            "    ▫ Every &lt;second&gt;, Tue 24 Nov: It repeats every second. "
            "The time it names blocks; its repetitions are unknown."
        ),
        "    ▫ When: It has no start. When it is, is unknown, and nothing of it blocks.",
        "    Open them in Google, and correct or delete them.",
    ]
