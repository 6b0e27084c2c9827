"""Whether changes arrive by themselves is told where it is so."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.calendars import Calendar
from bot.domain.connections import Status
from bot.rendering.status import status_message
from tests.builders import BERLIN, at
from tests.unit.rendering.answers import NOON
from tests.unit.rendering.connections import WORK, a_linked_calendar
from tests.unit.rendering.screen import read_message

READ = a_linked_calendar(read_at=at("11:58"), next_sync_at=at("12:13"))
PUSHED = replace(READ, pushed_until=NOON + timedelta(days=5))


UP_TO_DATE = "· Ana (linked, one-way) · up to date · read 2 minutes ago, next in 13 minutes"


def line_of(calendar: Calendar) -> str:
    return read_message(status_message(Status(NOON, (WORK,), (), (calendar,)), BERLIN))[1]


def test_a_calendar_whose_changes_are_told_of_says_how_soon_they_arrive() -> None:
    assert line_of(PUSHED) == f"{UP_TO_DATE} · changes arrive in a few seconds"


def test_nothing_is_promised_once_the_channel_has_ended() -> None:
    assert line_of(READ) == UP_TO_DATE
    assert line_of(replace(READ, pushed_until=NOON)) == UP_TO_DATE


def test_nothing_is_promised_of_a_calendar_that_is_read_late() -> None:
    late = replace(PUSHED, read_at=at("9:00"), next_sync_at=at("11:00"))
    assert line_of(late).endswith("*late*: read 3 hours ago, due now; newer events are unknown")
