"""Series of all kinds against a reference that walks day by day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.events import EventStatus, RemoteEvent, Timed
from tests.builders import BERLIN, LORD_HOWE, NEW_YORK
from tests.event_builders import utc_days
from tests.unit.domain.series import expanded

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _walk_days(first: date, freq: str, interval: int, weekdays: set[int]) -> Iterator[date]:
    """Day after day, asking of each whether the rule names it."""
    week = first - timedelta(days=first.weekday())
    for ahead in range(800):
        day = first + timedelta(days=ahead)
        if freq == "DAILY":
            fits = ahead % interval == 0 and (not weekdays or day.weekday() in weekdays)
        elif freq == "WEEKLY":
            fits = (day - week).days // 7 % interval == 0 and day.weekday() in (weekdays or {first.weekday()})
        else:
            months = (day.year - first.year) * 12 + day.month - first.month
            fits = months % interval == 0 and (day.weekday() in weekdays if weekdays else day.day == first.day)
        if fits or ahead == 0:
            yield day


# fault 44
@pytest.mark.slow
@given(
    first=st.dates(date(2025, 9, 1), date(2026, 12, 31)),
    zone=st.sampled_from([BERLIN, NEW_YORK, LORD_HOWE, "Asia/Kathmandu"]),
    freq=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    interval=st.integers(1, 4),
    weekdays=st.sets(st.integers(0, 6), max_size=3),
    count=st.none() | st.integers(1, 40),
    hour=st.integers(4, 23),
)
def test_a_generated_series_agrees_with_walking_day_by_day(
    first: date, zone: str, freq: str, interval: int, weekdays: set[int], count: int | None, hour: int
) -> None:
    rule = f"RRULE:FREQ={freq};INTERVAL={interval}"
    rule += f";BYDAY={','.join(_WEEKDAYS[day] for day in weekdays)}" if weekdays else ""
    rule += f";COUNT={count}" if count else ""
    window = utc_days("2026-09-01", "2026-11-30")
    walls = [
        datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))
        for day in _walk_days(first, freq, interval, weekdays)
    ]
    if walls and not _names(first, freq, weekdays):
        # A start that its own rule does not name happens all the same, but is not counted.
        counted = walls[: None if count is None else count + 1]
    else:
        counted = walls[:count]
    expected = [int(wall.timestamp()) for wall in counted]
    event = RemoteEvent(
        id="m",
        status=EventStatus.CONFIRMED,
        start=Timed(walls[0].astimezone(UTC), zone),
        end=Timed((walls[0] + timedelta(minutes=30)).astimezone(UTC), zone),
    )
    expansion = expanded(event, window, rule, zone=zone)
    assert expansion.problem is None
    assert [one.start for one in expansion.occurrences] == [
        start for start in expected if window.start - 1800 < start < window.end
    ]


def _names(first: date, freq: str, weekdays: set[int]) -> bool:
    return not weekdays or first.weekday() in weekdays
