"""Every kind of event with what it takes of its owner's time: one table."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.events import AllDay, EventKind, EventStatus, RemoteEvent, Response, Series, ShowsAs, Timed
from bot.domain.intervals import Interval
from bot.domain.recurrence import expand
from tests.builders import BERLIN, LORD_HOWE, NEW_YORK
from tests.event_builders import a_day_off, a_meeting, cancelled, timed, told, utc_days

WEEK = utc_days("2026-11-23", "2026-11-29")
AUTUMN, SPRING = utc_days("2026-10-23", "2026-10-26"), utc_days("2026-03-27", "2026-03-30")
TUESDAY = "2026-11-24T09:00+01:00 1h"
MEETING, DAY = a_meeting(), a_day_off()
THURSDAY = "RDATE:20261126T080000Z"
DAILY = replace(MEETING, recurrence=("RRULE:FREQ=DAILY;COUNT=3",))


def repeating(*lines: str, event: RemoteEvent = MEETING) -> RemoteEvent:
    return replace(event, recurrence=lines)


def series(master: RemoteEvent, *exceptions: RemoteEvent) -> Series:
    """A master with its exceptions, each of which knows what it replaces."""
    return Series(master, {one.original_start: one for one in exceptions if one.original_start})


def instead(original: str, when: str) -> RemoteEvent:
    """The instance of that start, changed."""
    return replace(a_meeting("x", when), series_id="m", original_start=timed(original))


def taken(of: Series, window: Interval = WEEK, zone: str = BERLIN) -> list[str]:
    """What blocks, in words, of a series without problem."""
    expansion = expand(of, zone=zone, window=window)
    assert expansion.problem is None
    return told((one for one in expansion.occurrences if one.blocks), zone)


# faults 44, 45
@pytest.mark.parametrize(
    ("event", "blocking"),
    [
        pytest.param(MEETING, [TUESDAY], id="a meeting"),
        pytest.param(replace(MEETING, shows_as=ShowsAs.FREE), [], id="FREE"),
        pytest.param(replace(MEETING, status=EventStatus.CANCELLED), [], id="cancelled"),
        pytest.param(replace(MEETING, status=EventStatus.TENTATIVE), [TUESDAY], id="tentative"),
        pytest.param(replace(MEETING, is_private=True), [TUESDAY], id="private"),
        pytest.param(replace(MEETING, response=Response.ACCEPTED), [TUESDAY], id="accepted"),
        pytest.param(replace(MEETING, response=Response.DECLINED), [], id="declined"),
        pytest.param(replace(MEETING, response=Response.TENTATIVE), [TUESDAY], id="answered with maybe"),
        pytest.param(replace(MEETING, response=Response.NEEDS_ACTION), [TUESDAY], id="unanswered"),
        pytest.param(replace(MEETING, kind=EventKind.OUT_OF_OFFICE), [TUESDAY], id="out of office"),
        pytest.param(replace(MEETING, kind=EventKind.FOCUS_TIME), [TUESDAY], id="focus time"),
        pytest.param(replace(MEETING, kind=EventKind.FROM_GMAIL), [TUESDAY], id="from a mail"),
        pytest.param(replace(MEETING, kind=EventKind.WORKING_LOCATION), [], id="working location"),
        pytest.param(replace(DAY, kind=EventKind.BIRTHDAY), [], id="birthday"),
        pytest.param(replace(DAY, kind=EventKind.OUT_OF_OFFICE), ["2026-11-24T00:00+01:00 24h"], id="a day away"),
        pytest.param(replace(MEETING, end=MEETING.start), ["2026-11-24T09:00+01:00 0h"], id="no length"),
    ],
)
def test_an_event_blocks_by_its_kind(event: RemoteEvent, blocking: list[str]) -> None:
    assert taken(Series(event)) == blocking
    # All of its times do, as often as it happens.
    assert len(taken(Series(replace(event, recurrence=("RRULE:FREQ=DAILY;COUNT=3",))))) == 3 * len(blocking)


HOUR_BEFORE = timed("2026-11-24 8:00")


# fault 9
@pytest.mark.parametrize(
    ("event", "blocking"),
    [
        pytest.param(replace(MEETING, end=None), [TUESDAY], id="an unreadable end: an hour"),
        pytest.param(replace(MEETING, end=HOUR_BEFORE), ["2026-11-24T08:00+01:00 1h"], id="reversed: between"),
        pytest.param(replace(MEETING, end=timed("2025-11-24 8:00")), [TUESDAY], id="reversed by a year: an hour"),
        pytest.param(
            replace(MEETING, end=AllDay(date(2026, 11, 25))), ["2026-11-24T09:00+01:00 15h"], id="up to a day"
        ),
        pytest.param(replace(MEETING, end=AllDay(date(9999, 12, 31))), [TUESDAY], id="up to a day out of reach"),
        pytest.param(replace(DAY, end=None), ["2026-11-24T00:00+01:00 24h"], id="a day without an end"),
        pytest.param(replace(DAY, end=AllDay(date(2026, 11, 20))), ["2026-11-24T00:00+01:00 24h"], id="reversed days"),
        pytest.param(
            replace(DAY, end=timed("2026-11-25 10:00")), ["2026-11-24T00:00+01:00 48h"], id="from a day to a time"
        ),
        pytest.param(replace(DAY, end=timed("2026-11-26 0:00")), ["2026-11-24T00:00+01:00 48h"], id="to a midnight"),
        pytest.param(
            replace(DAY, end=Timed(datetime(1, 1, 1, tzinfo=UTC), None)),
            ["2026-11-24T00:00+01:00 24h"],
            id="from a day to a time out of reach",
        ),
    ],
)
def test_an_event_whose_end_makes_no_sense_is_named_and_blocks_all_the_same(
    event: RemoteEvent, blocking: list[str]
) -> None:
    named = replace(event, problem="Its end cannot be read.")
    expansion = expand(Series(named), zone=BERLIN, window=WEEK)
    assert (told(expansion.occurrences), expansion.problem) == (blocking, "Its end cannot be read.")
    assert all(one.blocks for one in expansion.occurrences)


# fault 9
@pytest.mark.parametrize(
    ("end", "blocking"),
    [
        (None, [TUESDAY, "2026-11-25T09:00+01:00 1h"]),
        (HOUR_BEFORE, ["2026-11-24T08:00+01:00 1h", "2026-11-25T08:00+01:00 1h"]),
    ],
)
def test_every_time_of_a_series_whose_end_makes_no_sense_blocks(end: Timed | None, blocking: list[str]) -> None:
    event = repeating("RRULE:FREQ=DAILY;COUNT=2", event=replace(MEETING, end=end))
    assert taken(Series(event)) == blocking


# fault 44
@pytest.mark.parametrize(
    ("of", "expected"),
    [
        pytest.param(series(DAILY), ["24T09", "25T09", "26T09"], id="a master"),
        pytest.param(
            series(DAILY, instead("2026-11-25 9:00", "2026-11-27 14:00-15:00")), ["24T09", "26T09", "27T14"], id="moved"
        ),
        pytest.param(
            series(DAILY, replace(cancelled("x"), series_id="m", original_start=timed("2026-11-25 9:00"))),
            ["24T09", "26T09"],
            id="one cancelled",
        ),
        pytest.param(
            series(DAILY, replace(instead("2026-11-25 9:00", "2026-11-25 9:00-10:00"), shows_as=ShowsAs.FREE)),
            ["24T09", "26T09"],
            id="one made free",
        ),
        pytest.param(
            series(replace(DAILY, shows_as=ShowsAs.FREE), instead("2026-11-25 9:00", "2026-11-25 9:00-10:00")),
            ["25T09"],
            id="one made busy",
        ),
        pytest.param(
            series(repeating(*DAILY.recurrence, "EXDATE;TZID=Europe/Berlin:20261125T090000")),
            ["24T09", "26T09"],
            id="EXDATE",
        ),
        pytest.param(
            series(repeating("RDATE;TZID=Europe/Berlin:20261126T150000", "RDATE:20261127T080000Z")),
            ["24T09", "26T15", "27T09"],
            id="RDATE",
        ),
        pytest.param(
            series(
                repeating("RRULE:FREQ=DAILY;UNTIL=20260102", THURSDAY, event=a_meeting(when="2026-01-01 9:00-10:00"))
            ),
            ["26T09"],
            id="RDATE long after its rule ended",
        ),
        pytest.param(
            series(repeating("RRULE:FREQ=DAILY", THURSDAY, event=a_meeting(when="2027-01-01 9:00-10:00"))),
            ["26T09"],
            id="RDATE before its rule begins",
        ),
        # "This and all following" are two series to Google: the old one ends, the new one begins.
        pytest.param(
            series(repeating("RRULE:FREQ=DAILY;UNTIL=20261125T075959Z")),
            ["24T09"],
            id="up to a change of all following",
        ),
        pytest.param(
            series(repeating("RRULE:FREQ=DAILY;COUNT=2", event=a_meeting("n", "2026-11-25 11:00-12:00"))),
            ["25T11", "26T11"],
            id="from a change of all following",
        ),
    ],
)
def test_a_series_blocks_as_often_as_it_happens(of: Series, expected: list[str]) -> None:
    assert [line[len("2026-11-") :][:5] for line in taken(of)] == expected


# fault 42
@pytest.mark.parametrize(
    ("event", "zone", "window", "expected"),
    [
        pytest.param(
            repeating("RRULE:FREQ=DAILY", event=a_meeting(when="2026-10-24 22:00-2026-10-25 6:00")),
            BERLIN,
            AUTUMN,
            ["2026-10-24T22:00+02:00 9h", "2026-10-25T22:00+01:00 8h", "2026-10-26T22:00+01:00 8h"],
            id="a night shift over the repeated hour in Berlin",
        ),
        pytest.param(
            repeating("RRULE:FREQ=DAILY;COUNT=2", event=a_meeting(when="2026-03-28 9:00-10:00")),
            BERLIN,
            SPRING,
            ["2026-03-28T09:00+01:00 1h", "2026-03-29T09:00+02:00 1h"],
            id="mornings around the skipped hour in Berlin",
        ),
        pytest.param(
            repeating("RRULE:FREQ=WEEKLY;COUNT=2", event=a_meeting(when="2026-10-25 9:00-10:00", zone=NEW_YORK)),
            NEW_YORK,
            utc_days("2026-10-25", "2026-11-01"),
            ["2026-10-25T09:00-04:00 1h", "2026-11-01T09:00-05:00 1h"],
            id="Sundays around the repeated hour in New York",
        ),
        pytest.param(
            repeating("RRULE:FREQ=WEEKLY;COUNT=2", event=a_meeting(when="2026-10-26 9:00-10:00", zone=NEW_YORK)),
            BERLIN,
            utc_days("2026-10-26", "2026-11-02"),
            ["2026-10-26T14:00+01:00 1h", "2026-11-02T15:00+01:00 1h"],
            id="a call with New York, as Berlin sees it",
        ),
        pytest.param(
            a_day_off(first="2026-10-25"), BERLIN, AUTUMN, ["2026-10-25T00:00+02:00 25h"], id="a day of 25 hours"
        ),
        pytest.param(
            a_day_off(first="2026-03-29"), BERLIN, SPRING, ["2026-03-29T00:00+01:00 23h"], id="a day of 23 hours"
        ),
        pytest.param(
            a_day_off(), LORD_HOWE, WEEK, ["2026-11-24T00:00+11:00 24h"], id="a day of the calendar's own zone"
        ),
        pytest.param(
            RemoteEvent(
                id="f",
                status=EventStatus.CONFIRMED,
                start=Timed(datetime(2026, 10, 24, 7, tzinfo=UTC), None),
                end=Timed(datetime(2026, 10, 24, 8, tzinfo=UTC), None),
                recurrence=("RRULE:FREQ=DAILY;COUNT=2",),
            ),
            BERLIN,
            AUTUMN,
            ["2026-10-24T09:00+02:00 1h", "2026-10-25T09:00+01:00 1h"],
            id="a floating time, which goes by the calendar's zone",
        ),
    ],
)
def test_an_event_follows_the_clock_of_its_zone(
    event: RemoteEvent, zone: str, window: Interval, expected: list[str]
) -> None:
    assert taken(Series(event), window, zone) == expected


# fault 50
@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (("RRULE:FREQ=DAILY;COUNT=3;UNTIL=20261127",), "Its rule says both how often and until when."),
        (("RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY"), "Its repetition has a line that cannot be read."),
        (("RDATE;VALUE=PERIOD:20261126T090000Z/PT1H",), "Its repetition has dates that cannot be read."),
        (("RRULE:FREQ=MINUTELY",), "It repeats every second or minute, which no calendar can show."),
        (("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",), "Its rule never comes true, or hardly ever."),
    ],
)
def test_a_repetition_that_cannot_be_followed_is_named_and_its_first_time_blocks(
    lines: tuple[str, ...], problem: str
) -> None:
    expansion = expand(Series(repeating(*lines)), zone=BERLIN, window=WEEK)
    assert (told(expansion.occurrences), expansion.problem) == ([TUESDAY], problem)
    assert all(one.blocks for one in expansion.occurrences)


def test_a_changed_day_of_repeating_days_blocks_when_it_is_now() -> None:
    off = repeating("RRULE:FREQ=DAILY;COUNT=3", event=DAY)
    changed = replace(a_meeting("x", "2026-11-25 9:00-12:00"), series_id="d", original_start=AllDay(date(2026, 11, 25)))
    assert taken(series(off, changed)) == [
        "2026-11-24T00:00+01:00 24h",
        "2026-11-25T09:00+01:00 3h",
        "2026-11-26T00:00+01:00 24h",
    ]
