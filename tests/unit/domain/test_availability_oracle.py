"""Free slots of random members against an oracle of portion's sets and the standard library's datetimes."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import portion
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.availability import Mode, free_slots
from bot.domain.intervals import Span
from bot.domain.member_time import MemberTime
from bot.domain.schedule import Schedule
from tests.unit.domain.random_time import DAYS_OF_A_CHANGE, members_around

pytestmark = pytest.mark.slow


def resolved(day: date, minute: int, zone: ZoneInfo) -> tuple[int, bool]:
    """The instant of a wall time, and whether the wall shows it; a skipped one is searched second by second."""
    written = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
    instant = int(written.replace(tzinfo=zone).timestamp())
    if datetime.fromtimestamp(instant, zone).replace(tzinfo=None) == written:
        return instant, True
    instant -= 7200
    while datetime.fromtimestamp(instant, zone).replace(tzinfo=None) < written:
        instant += 60
    return instant, False


def window_and_grid(schedule: Schedule, days: list[date]) -> tuple[portion.Interval, set[int]]:
    zone = ZoneInfo(schedule.zone)
    windows, grid = portion.empty(), set()
    for day in days:
        for hours in schedule.overrides.get(day, schedule.hours.get(day.weekday(), ())):
            start, end = (resolved(day, minute, zone)[0] for minute in hours)
            windows |= portion.closedopen(start, end)
            walls = (resolved(day, minute, zone) for minute in range(*hours, schedule.step_minutes))
            grid |= {instant for instant, is_shown in walls if is_shown}
    return windows, grid


def widened(spans: Sequence[Span], left: int, right: int) -> portion.Interval:
    pieces = (portion.closedopen(each[0] - left, each[1] + right) for each in spans if each[0] < each[1])
    return portion.Interval(*pieces)


def allowed(member: MemberTime, start: int, minutes: int, windows: portion.Interval, now: datetime) -> bool:
    """Whether a meeting can be held, judged by the sentences of the design, one after the other."""
    schedule, zone = member.schedule, ZoneInfo(member.schedule.zone)
    before, after = schedule.before_minutes * 60, schedule.after_minutes * 60
    longer = max(before, after)
    slot = portion.closedopen(start, start + minutes * 60)
    at = datetime.fromtimestamp(start, zone)
    same_day = [
        each
        for each in member.appointments
        if datetime.fromtimestamp(each[0], zone).date() == at.date() and each[0] < each[1]
    ]
    return (
        slot in windows
        and (slot & widened(member.busy, after, before)).empty
        and (member.known_until is None or start + minutes * 60 + after <= member.known_until)
        and (slot & widened(member.appointments, longer, longer)).empty
        and start >= now.timestamp() + schedule.notice_minutes * 60
        and (at.date() - now.astimezone(zone).date()).days <= schedule.horizon_days
        and (schedule.daily_cap is None or len(same_day) < schedule.daily_cap)
    )


# fault 42
@settings(max_examples=40)
@given(st.data())
def test_slots_are_those_that_the_oracle_allows(data: st.DataObject) -> None:
    day = data.draw(st.sampled_from(DAYS_OF_A_CHANGE))
    members, window, now = data.draw(members_around(day))
    minutes = data.draw(st.sampled_from([5, 30, 45, 60, 120]))
    mode = data.draw(st.sampled_from(Mode))

    days = [day + timedelta(days=more) for more in range(-3, 5)]
    known = [window_and_grid(member.schedule, days) for member in members]
    grids = [grid for _, grid in known] if mode is Mode.ANY else [known[0][1]]
    expected = {}
    for start in sorted({each for grid in grids for each in grid if window.start <= each < window.end}):
        free = [
            (member.member_id, start in grid)
            for member, (windows, grid) in zip(members, known, strict=True)
            if allowed(member, start, minutes, windows, now)
        ]
        offered = len(free) == len(members) if mode is Mode.ALL else any(is_step for _, is_step in free)
        if offered:
            expected[start] = tuple(member_id for member_id, _ in free)

    slots = free_slots(members, window, minutes, mode, now=now)
    assert {slot.start: slot.members for slot in slots} == expected
    assert [slot.start for slot in slots] == sorted(expected)
