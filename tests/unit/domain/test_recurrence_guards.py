"""Repetitions that would take for ever are refused at once, with a reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.events import AllDay, EventTime, RemoteEvent, Series, Timed
from bot.domain.intervals import Interval
from bot.domain.recurrence import Expansion, expand
from tests.builders import BERLIN
from tests.event_builders import a_meeting

NOW = datetime(2026, 11, 24, tzinfo=UTC)
WINDOW = Interval(int((NOW - timedelta(days=30)).timestamp()), int((NOW + timedelta(days=400)).timestamp()))
MOST_SECONDS = 0.1
_EVERY_HOUR = ",".join(map(str, range(24)))
_SIXTY = ",".join(map(str, range(60)))

TOO_OFTEN = "It happens too often: more than 3,000 times within the time looked at."
NEVER = "Its rule never comes true, or hardly ever."
UNREADABLE = "Its repetition has a line that cannot be read."


def repeated(*lines: str, event: RemoteEvent | None = None) -> tuple[Expansion, float]:
    """The expansion, and what it cost in seconds of this thread: the least of three, for a busy machine."""
    series = Series(replace(event or a_meeting(), recurrence=lines))
    expand(Series(replace(a_meeting(), recurrence=("RDATE:20261125T080000Z",))), zone=BERLIN, window=WINDOW)
    seconds = float("inf")
    for _ in range(3):
        before = thread_time()
        expansion = expand(series, zone=BERLIN, window=WINDOW)
        seconds = min(seconds, thread_time() - before)
        if seconds < MOST_SECONDS:
            break
    return expansion, seconds


def starting(year: int) -> RemoteEvent:
    """An all-day event of the first of March of a year."""
    day = date(year, 3, 1)
    return replace(a_meeting(), start=AllDay(day), end=AllDay(day + timedelta(days=1)))


# fault 50
@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["RRULE:FREQ=SECONDLY"], "It repeats every second or minute, which no calendar can show."),
        (["RRULE:FREQ=MINUTELY;COUNT=3"], "It repeats every second or minute, which no calendar can show."),
        (["RRULE:FREQ=DAILY;INTERVAL=0"], "The interval in its rule is not from 1 to 10,000."),
        (["RRULE:FREQ=DAILY;INTERVAL=-1"], "The interval in its rule is not from 1 to 10,000."),
        (["RRULE:FREQ=DAILY;INTERVAL=1000000000000"], "The interval in its rule is not from 1 to 10,000."),
        (["RRULE:FREQ=DAILY;COUNT=99999999"], "The number of times in its rule is not from 1 to 5,000."),
        (["RRULE:FREQ=DAILY;COUNT=0"], "The number of times in its rule is not from 1 to 5,000."),
        (["RRULE:FREQ=HOURLY"], TOO_OFTEN),
        (["RRULE:FREQ=HOURLY;COUNT=4000"], TOO_OFTEN),
        (["RRULE:FREQ=HOURLY;UNTIL=20270601"], TOO_OFTEN),
        (["RRULE:FREQ=HOURLY;BYMONTH=2"], "It repeats hourly, with more conditions than can be worked out."),
        (
            [f"RRULE:FREQ=DAILY;BYHOUR={_EVERY_HOUR};BYMINUTE={_SIXTY};BYSECOND={_SIXTY}"],
            "It happens at too many times of a day.",
        ),
        (
            [f"RRULE:FREQ=DAILY;BYHOUR={_EVERY_HOUR}"],
            "It happens more than 3,000 times within the time looked at.",
        ),
        (["RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"], NEVER),
        (["RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31"], NEVER),
        (["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20270101"], NEVER),
        (["RRULE:FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6"], NEVER),
        (["RRULE:FREQ=WEEKLY;BYDAY=MO;BYSETPOS=5"], NEVER),
        (["RRULE:FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=1;BYSETPOS=2"], NEVER),
        (["RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=WE"], NEVER),
        (["RRULE:FREQ=DAILY;BYMONTH=13"], "The BYMONTH in its rule is not from 1 to 12."),
        (["RRULE:FREQ=DAILY;BYMONTHDAY=0"], "Its rule counts from zero."),
        ([f"RRULE:FREQ=DAILY;BYMONTHDAY={','.join(['1'] * 65)}"], "Its rule has too long a list."),
        (["RRULE:FREQ=DAILY;BYDAY=XX"], "Its rule names a weekday that does not exist."),
        (["RRULE:FREQ=DAILY;BYEASTER=1"], "Its rule has a part that is not known."),
        (["RRULE:FREQ=DAILY;FREQ=DAILY"], "Its rule cannot be read."),
        (["RRULE:COUNT=3"], "Its rule does not say how often it repeats."),
        (["RRULE:FREQ=DAILY;COUNT=3;UNTIL=20261224"], "Its rule says both how often and until when."),
        (["RRULE:FREQ=DAILY;UNTIL=20261399"], "The end in its rule is no date."),
        (["RRULE:FREQ=DAILY;UNTIL=00010101T000000Z"], "The end in its rule is too long ago."),
        (["RRULE:FREQ=HOURLY;UNTIL=99991231"], TOO_OFTEN),
        (["RRULE:FREQ=DAILY;WKST=8"], "Its rule starts the week on no weekday."),
        (["RRULE:FREQ=DAILY"] * 3, "It has more than two rules."),
        (["EXRULE:FREQ=DAILY"], UNREADABLE),
        (["RRULE:FREQ=DAILY\r\nRRULE:FREQ=SECONDLY"], UNREADABLE),
        (["RRULE:FREQ=DAILY\x00"], UNREADABLE),
        (["RDATE;VALUE=PERIOD:20261124T090000Z/PT1H"], "Its repetition has dates that cannot be read."),
        (["EXDATE:20261340T090000Z", "RRULE:FREQ=DAILY"], "Its repetition has dates that cannot be read."),
        (["RDATE:" + ",".join(["20261124"] * 1_001)], "It lists too many single dates."),
        (["RDATE:" + "2" * 20_000], "Its repetition is written at too great a length."),
        (["RDATE:20261124"] * 401, "Its repetition is written at too great a length."),
    ],
)
def test_a_hostile_repetition_is_refused_at_once(lines: list[str], reason: str) -> None:
    expansion, seconds = repeated(*lines)
    # Refused or not, the first time is certain and blocks.
    assert (expansion.problem, len(expansion.occurrences)) == (reason, 1)
    assert seconds < MOST_SECONDS


# fault 50
@pytest.mark.parametrize(
    ("year", "rule", "reason"),
    [
        (1, "FREQ=DAILY", "It happens before the year 1600 or after 9000."),
        (9999, "FREQ=DAILY", "It happens before the year 1600 or after 9000."),
        (1700, "FREQ=DAILY;COUNT=5000;BYMONTH=2", "It counts its repetitions from too long ago."),
    ],
)
def test_a_series_from_the_ends_of_time_is_refused(year: int, rule: str, reason: str) -> None:
    expansion, seconds = repeated(f"RRULE:{rule}", event=starting(year))
    assert expansion == Expansion((), reason)
    assert seconds < MOST_SECONDS


# fault 50
@pytest.mark.parametrize(
    ("year", "rule", "count"),
    [
        pytest.param(1604, "FREQ=YEARLY", 1, id="a birthday without a year"),
        pytest.param(1604, "FREQ=DAILY", 431, id="every day for four centuries"),
        pytest.param(1900, "FREQ=WEEKLY;BYDAY=MO,FR", 123, id="twice a week for a century"),
        pytest.param(1900, "FREQ=MONTHLY;BYDAY=-1FR", 14, id="once a month for a century"),
        pytest.param(1700, "FREQ=DAILY;COUNT=5000", 0, id="counted out long ago"),
        pytest.param(2026, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", 0, id="a leap day on a Monday"),
        pytest.param(2026, "FREQ=YEARLY;INTERVAL=1000", 0, id="once in a thousand years"),
        pytest.param(2026, "FREQ=DAILY;UNTIL=99991231", 431, id="until the end of time"),
        pytest.param(2026, "FREQ=DAILY;COUNT=5000", 431, id="as often as may be counted"),
    ],
)
def test_an_odd_but_honest_series_is_expanded_at_once(year: int, rule: str, count: int) -> None:
    expansion, seconds = repeated(f"RRULE:{rule}", event=starting(year))
    assert (len(expansion.occurrences), expansion.problem) == (count, None)
    assert seconds < MOST_SECONDS


_POSITIONS = ",".join(map(str, range(304, 366)))
_WEEKS = ",".join(map(str, range(1, 54)))
_ALL_DAYS = "MO,TU,WE,TH,FR,SA,SU"
TOO_MANY = "Its rule has too many conditions to be worked out."


# fault 50
@pytest.mark.parametrize(
    ("year", "rule", "reason"),
    [
        (1970, f"FREQ=MONTHLY;BYMONTH=1,2;BYDAY=1FR,SA,5SU,1WE,5MO,TH,TU;BYSETPOS={_POSITIONS}", NEVER),
        (2014, f"FREQ=WEEKLY;BYYEARDAY=366;BYDAY=SU;BYSETPOS=1,{_POSITIONS};COUNT=5000", TOO_MANY),
        (1604, f"FREQ=YEARLY;BYDAY={_ALL_DAYS};BYSETPOS=1,{_POSITIONS};COUNT=5000", TOO_MANY),
        (1604, f"FREQ=MONTHLY;BYDAY={_ALL_DAYS};BYSETPOS=1,{_POSITIONS};COUNT=5000", TOO_MANY),
    ],
)
def test_a_rule_that_looks_at_too_much_for_too_long_is_refused(year: int, rule: str, reason: str) -> None:
    expansion, seconds = repeated(f"RRULE:{rule}", event=starting(year))
    assert expansion.problem == reason
    assert seconds < MOST_SECONDS


# fault 50
@pytest.mark.parametrize(
    ("rule", "count"),
    [
        (f"FREQ=YEARLY;BYWEEKNO={_WEEKS};BYDAY={_ALL_DAYS}", 431),
        (f"FREQ=YEARLY;BYDAY={_ALL_DAYS};BYSETPOS=1,-1", 2),
        (f"FREQ=MONTHLY;BYDAY={_ALL_DAYS};BYSETPOS=-1", 14),
    ],
)
def test_many_conditions_from_a_leap_day_of_long_ago_are_worked_out_near_the_window(rule: str, count: int) -> None:
    leap_day = replace(a_meeting(), start=AllDay(date(1604, 2, 29)), end=AllDay(date(1604, 3, 1)))
    expansion, seconds = repeated(f"RRULE:{rule}", event=leap_day)
    assert (len(expansion.occurrences), expansion.problem) == (count, None)
    assert seconds < 2 * MOST_SECONDS


# fault 50
def test_an_hourly_series_with_an_end_is_expanded() -> None:
    expansion, seconds = repeated("RRULE:FREQ=HOURLY;COUNT=48")
    assert (len(expansion.occurrences), expansion.problem) == (48, None)
    assert seconds < MOST_SECONDS


# fault 50
def test_a_repetition_that_takes_longer_than_a_year_each_time_is_refused() -> None:
    expansion, _ = repeated("RRULE:FREQ=DAILY", event=a_meeting(when="2026-11-24 9:00-2028-11-24 9:00"))
    assert expansion.problem == "It repeats, and each time takes more than a year."


_PARTS = st.sampled_from(
    [
        "INTERVAL=2", "INTERVAL=0", "INTERVAL=9999", "COUNT=1", "COUNT=5000", "UNTIL=20270101", "UNTIL=00010101",
        "UNTIL=99991231T235959Z", "WKST=SU", "BYDAY=MO", "BYDAY=5FR,-5SA", "BYDAY=MO,TU,WE,TH,FR",
        "BYDAY=MO,5FR", "BYMONTH=2",
        "BYMONTH=1,2,3,4,5,6", "BYMONTHDAY=30", "BYMONTHDAY=-31", "BYMONTHDAY=29", "BYYEARDAY=366", "BYYEARDAY=-1,100",
        "BYWEEKNO=53", "BYSETPOS=-1", "BYSETPOS=200", "BYHOUR=0,6,12,18", "BYMINUTE=0,30", "BYSECOND=59",
    ]
)  # fmt: skip
_STARTS = st.sampled_from(
    [
        Timed(datetime(1604, 2, 29, 12, tzinfo=UTC), BERLIN),
        Timed(datetime(1970, 1, 1, tzinfo=UTC), "America/New_York"),
        Timed(datetime(2026, 11, 24, 8, tzinfo=UTC), BERLIN),
        Timed(datetime(9999, 12, 31, 23, tzinfo=UTC), "Pacific/Auckland"),
        Timed(datetime(1, 1, 1, tzinfo=UTC), "America/New_York"),
        AllDay(date(1, 1, 1)),
        AllDay(date(1972, 2, 29)),
        AllDay(date(2026, 11, 24)),
    ]
)


# fault 50
@pytest.mark.slow
@settings(max_examples=150)
@given(
    start=_STARTS,
    frequency=st.sampled_from(["SECONDLY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    parts=st.lists(_PARTS, max_size=4),
    lines=st.lists(st.sampled_from(["EXDATE:20261124T080000Z", "RDATE;VALUE=DATE:00010101", "EXDATE:99991231"])),
)
def test_no_combination_costs_more_than_it_may(
    start: EventTime, frequency: str, parts: list[str], lines: list[str]
) -> None:
    rule = ";".join([f"RRULE:FREQ={frequency}", *parts])
    _, seconds = repeated(rule, *lines, event=replace(a_meeting(), start=start, end=start))
    # Twice of what a single hostile rule may cost: two of the costs may add up, and the machine may be busy.
    assert seconds < 2 * MOST_SECONDS


# fault 50
@given(line=st.text(max_size=60) | st.text("RULEDATX:;=,-0123456789TZ", max_size=60))
def test_a_line_of_anything_is_refused_or_read_and_never_an_error(line: str) -> None:
    expansion, seconds = repeated(line)
    assert expansion.problem is not None or expansion.occurrences
    assert seconds < MOST_SECONDS
