"""A second expander, written by others from the same standard, agrees on generated series."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from bot.domain.events import AllDay, EventStatus, RemoteEvent, Series, Timed
from bot.domain.intervals import Interval
from bot.domain.recurrence import expand
from tests.builders import BERLIN, KATHMANDU, LORD_HOWE, NEW_YORK
from tests.event_builders import a_day_off, a_meeting, utc_days

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SPRING, _AUTUMN = utc_days("2026-03-01", "2026-04-15"), utc_days("2026-09-25", "2026-11-10")
"""Within them the clocks change in Berlin, in New York and on Lord Howe Island."""


def second_opinion(event: RemoteEvent, window: Interval, zone: str) -> list[tuple[int, int]]:
    """What the other library makes of a series: starts and ends that touch the window."""
    assert event.start is not None
    assert event.end is not None
    lines = [
        "BEGIN:VCALENDAR", "PRODID:-//Daybook//EN", "VERSION:2.0",
        "BEGIN:VEVENT", "UID:m", "DTSTAMP:20260101T000000Z",
        f"DTSTART{written(event.start)}", f"DTEND{written(event.end)}", *event.recurrence,
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    calendar = IcsCalendarStream.calendar_from_ics("\r\n".join(lines))
    home = ZoneInfo(zone)
    start, end = (datetime.fromtimestamp(edge, UTC) for edge in window)
    found = calendar.timeline_tz(home).overlapping(start - timedelta(days=2), end + timedelta(days=2))
    spans = {(instant(one.start, home), instant(one.end, home)) for one in found}
    return sorted(span for span in spans if span[0] < window.end and span[1] > window.start)


def written(when: Timed | AllDay) -> str:
    if isinstance(when, AllDay):
        return f";VALUE=DATE:{when.day:%Y%m%d}"
    return f";TZID={when.zone}:{when.at.astimezone(ZoneInfo(when.zone or 'UTC')):%Y%m%dT%H%M%S}"


def instant(told: date, home: ZoneInfo) -> int:
    if isinstance(told, datetime):
        return int(told.timestamp())
    return int(datetime.combine(told, time(), home).timestamp())


def our_opinion(event: RemoteEvent, window: Interval, zone: str) -> list[tuple[int, int]]:
    expansion = expand(Series(event), zone=zone, window=window)
    assert expansion.problem is None
    return [(one.start, one.end) for one in expansion.occurrences]


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A rule as people's calendars have them, without its end."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    rule = f"RRULE:FREQ={frequency}"
    if (interval := draw(st.integers(1, 5))) > 1:
        rule += f";INTERVAL={interval}"
    weekdays = draw(st.lists(st.sampled_from(_WEEKDAYS), min_size=1, max_size=3, unique=True))
    if frequency == "WEEKLY" and draw(st.booleans()):
        return f"{rule};BYDAY={','.join(weekdays)};WKST={draw(st.sampled_from(['MO', 'SU']))}"
    if frequency == "MONTHLY":
        month_day = draw(st.sampled_from([1, 15, 28, 29, 30, 31, -1, -2]))
        ordinal = draw(st.sampled_from([1, 2, 3, 4, 5, -1, -2]))
        kinds = ["", f";BYMONTHDAY={month_day}", f";BYDAY={ordinal}{weekdays[0]}", ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"]
        return rule + draw(st.sampled_from(kinds))
    if frequency == "YEARLY":
        months = ",".join(map(str, sorted(draw(st.sets(st.integers(1, 12), min_size=1, max_size=4)))))
        kinds = ["", f";BYMONTH={months}", f";BYMONTH={months};BYDAY=-1{weekdays[0]}"]
        return rule + draw(st.sampled_from(kinds))
    return rule


def ends(first: date) -> st.SearchStrategy[str]:
    """No end, a number of times, or a last day."""
    last = st.dates(first, date(2027, 1, 31))
    return st.one_of(
        st.just(""),
        st.integers(1, 300).map(lambda count: f";COUNT={count}"),
        last.map(lambda day: f";UNTIL={day:%Y%m%d}"),
    )


def in_utc(rule: str) -> str:
    """With a last day of its rule as the instant that the standard asks for with timed events."""
    head, until, day = rule.partition(";UNTIL=")
    return f"{head}{until}{day}T235959Z" if until else rule


def on_the_rule(event: RemoteEvent, zone: str) -> bool:
    """Whether the rule names the first time itself; where it does not, the standard leaves open what happens."""
    bare = replace(event, recurrence=tuple(line for line in event.recurrence if line.startswith("RRULE")))
    moment = instant(bare.start.day if isinstance(bare.start, AllDay) else bare.start.at, ZoneInfo(zone))  # type: ignore[union-attr]  # has one
    return any(span[0] == moment for span in second_opinion(bare, Interval(moment, moment + 1), zone))


def date_lines(first: datetime, drops: Sequence[int], extras: Sequence[int], form: str) -> tuple[str, ...]:
    """EXDATE and RDATE lines, so many days after the first time."""
    dropped, added = (",".join(f"{first + timedelta(days=day):{form}}" for day in days) for days in (drops, extras))
    kind = ";VALUE=DATE" if "T" not in form else f";TZID={first.tzinfo}"
    return (*((f"EXDATE{kind}:{dropped}",) if drops else ()), *((f"RDATE{kind}:{added}",) if extras else ()))


FIRSTS = st.dates(date(2024, 1, 1), date(2026, 11, 1))
DAYS_LATER = st.lists(st.integers(0, 400), max_size=4, unique=True)


# fault 44
@pytest.mark.slow
@given(data=st.data(), first=FIRSTS, rule=rules(), window=st.sampled_from([_SPRING, _AUTUMN]))
def test_a_second_expander_agrees_on_meetings(data: st.DataObject, first: date, rule: str, window: Interval) -> None:
    zone = data.draw(st.sampled_from([BERLIN, NEW_YORK, LORD_HOWE, KATHMANDU]))
    # In the small hours the clocks change; what happens to a skipped time is decided otherwise there.
    hour = data.draw(st.integers(4, 23))
    start = datetime.combine(first, time(hour), ZoneInfo(zone))
    minutes = data.draw(st.sampled_from([15, 60, 24 * 60]))
    lines = date_lines(start, data.draw(DAYS_LATER), data.draw(DAYS_LATER), "%Y%m%dT%H%M%S")
    event = RemoteEvent(
        id="m",
        status=EventStatus.CONFIRMED,
        start=Timed(start.astimezone(UTC), zone),
        end=Timed((start + timedelta(minutes=minutes)).astimezone(UTC), zone),
        recurrence=(in_utc(rule + data.draw(ends(first + timedelta(days=1)))), *lines),
    )
    assume(on_the_rule(event, zone))
    assert our_opinion(event, window, zone) == second_opinion(event, window, zone)


# fault 44
@pytest.mark.slow
@given(data=st.data(), first=FIRSTS, rule=rules(), window=st.sampled_from([_SPRING, _AUTUMN]))
def test_a_second_expander_agrees_on_days(data: st.DataObject, first: date, rule: str, window: Interval) -> None:
    zone = data.draw(st.sampled_from([BERLIN, NEW_YORK, LORD_HOWE, KATHMANDU]))
    at = datetime.combine(first, time())
    lines = date_lines(at, data.draw(DAYS_LATER), data.draw(DAYS_LATER), "%Y%m%d")
    event = replace(
        a_day_off(first=first.isoformat(), days=data.draw(st.integers(1, 3))),
        recurrence=(rule + data.draw(ends(first)), *lines),
    )
    assume(on_the_rule(event, zone))
    assert our_opinion(event, window, zone) == second_opinion(event, window, zone)


# fault 42
@pytest.mark.parametrize(
    ("zone", "window", "first"),
    [
        (BERLIN, utc_days("2026-03-27", "2026-03-30"), "2026-03-01 9:00-17:00"),
        (BERLIN, utc_days("2026-10-23", "2026-10-26"), "2026-10-01 22:00-2026-10-02 6:00"),
        (NEW_YORK, utc_days("2026-03-06", "2026-03-09"), "2026-03-01 22:00-2026-03-02 6:00"),
        (NEW_YORK, utc_days("2026-10-30", "2026-11-02"), "2026-10-01 9:00-17:00"),
    ],
)
def test_a_second_expander_agrees_on_the_days_of_a_change_of_clocks(zone: str, window: Interval, first: str) -> None:
    event = replace(a_meeting(when=first, zone=zone), recurrence=("RRULE:FREQ=DAILY",))
    assert our_opinion(event, window, zone) == second_opinion(event, window, zone)


def day_by_day(first: date, months: set[int], plain: set[int], numbered: set[tuple[int, int]]) -> list[date]:
    """The days of some months that are one of the weekdays, or one of the counted ones.

    Both libraries read such rules with dateutil, which takes weekdays with and without a number for the days that
    are both; so that here they are looked for in the standard's words.
    """
    found = {first}
    for ahead in range(430):
        day = first + timedelta(days=ahead)
        behind = monthrange(day.year, day.month)[1] - day.day
        named = {(ordinal, day.weekday()) for ordinal in ((day.day - 1) // 7 + 1, -(behind // 7) - 1)}
        if day.month in months and (day.weekday() in plain or named & numbered):
            found.add(day)
    return sorted(found)


# fault 44
@pytest.mark.slow
@given(
    first=FIRSTS,
    months=st.none() | st.sets(st.integers(1, 12), min_size=1, max_size=4),
    plain=st.sets(st.integers(0, 6), min_size=1, max_size=3),
    numbered=st.sets(st.tuples(st.sampled_from([1, 2, 5, -1, -2]), st.integers(0, 6)), min_size=1, max_size=3),
    is_counted=st.booleans(),
)
def test_weekdays_with_and_without_a_number_are_all_of_them(
    first: date, months: set[int] | None, plain: set[int], numbered: set[tuple[int, int]], is_counted: bool
) -> None:
    weekdays = [_WEEKDAYS[day] for day in plain] + [f"{ordinal}{_WEEKDAYS[day]}" for ordinal, day in numbered]
    rule = f"RRULE:FREQ=MONTHLY;BYDAY={','.join(weekdays)}"
    if months:
        rule = f"RRULE:FREQ=YEARLY;BYMONTH={','.join(map(str, sorted(months)))};BYDAY={','.join(weekdays)}"
    expected = day_by_day(first, months or set(range(1, 13)), plain, numbered)
    event = replace(a_day_off(first=first.isoformat()), recurrence=(rule + (";COUNT=2000" if is_counted else ""),))
    window = utc_days(first.isoformat(), (first + timedelta(days=429)).isoformat())
    ours = our_opinion(event, window, "UTC")
    assert [datetime.fromtimestamp(start, UTC).date() for start, _ in ours] == expected


# fault 44
@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=MO,1FR;COUNT=6", ["1102", "1106", "1109", "1116", "1123", "1130"]),
        ("FREQ=MONTHLY;BYDAY=MO,1FR;BYSETPOS=-1;COUNT=2", ["1102", "1130", "1228"]),
        ("FREQ=YEARLY;BYDAY=FR,-1TH;COUNT=3;BYMONTH=12", ["1102", "1204", "1211", "1218"]),
        ("FREQ=YEARLY;BYDAY=52SU,1MO,53SU,53FR,MO;COUNT=2", ["1102", "1109"]),
    ],
)
def test_weekdays_with_and_without_a_number_are_counted(rule: str, expected: list[str]) -> None:
    event = replace(a_day_off(first="2026-11-02"), recurrence=(f"RRULE:{rule}",))
    ours = our_opinion(event, utc_days("2026-01-01", "2027-12-31"), "UTC")
    assert [f"{datetime.fromtimestamp(start, UTC):%m%d}" for start, _ in ours] == expected
