"""The stand-in for Google takes broken and hostile iCalendar files: what is sound is kept, the rest is named."""

import pytest

from tests.contracts.google_desk import Desk
from tests.contracts.ics_files import AT_TEN, MEETING, a_file, an_event, listed, load, parsed, times


@pytest.mark.parametrize(
    ("lines", "expected", "why"),
    [
        pytest.param(
            (MEETING[0], "DTEND;TZID=Europe/Berlin:20261125T093000"),
            ("2026-11-25T09:30:00+01:00", "2026-11-25T10:00:00+01:00"),
            "of 2026-11-25: it ends before it starts: what lies between is blocked",
            id="the wrong way round",
        ),
        pytest.param(
            (MEETING[0], "DTEND:20251125T100000Z"),
            AT_TEN,
            "of 2026-11-25: it ends before it starts: an hour is blocked",
            id="long over before it starts",
        ),
        pytest.param(
            (MEETING[0], "DURATION:an hour"),
            AT_TEN,
            "of 2026-11-25: its DURATION 'an hour' is no duration",
            id="a duration in words",
        ),
        pytest.param(
            (*MEETING, "EXDATE:someday", "RRULE:FREQ=DAILY;COUNT=1"),
            AT_TEN,
            "of 2026-11-25: its EXDATE 'someday' is no date or time",
            id="an unreadable exception",
        ),
        pytest.param(
            ("DTSTART;VALUE=DATE:20261125", "DTEND:20261125T100000Z"),
            ("2026-11-25T00:00:00+01:00", "2026-11-25T11:00:00+01:00"),
            "of 2026-11-25: it begins with a whole day and ends with a time, or the reverse",
            id="half a day",
        ),
    ],
)
def test_a_broken_event_is_named_and_blocks_what_is_known_of_it(
    desk: Desk, lines: tuple[str, ...], expected: tuple[str, str], why: str
) -> None:
    problems = load(desk, a_file(an_event(*lines), an_event(uid="2")))
    assert problems[0] == f"Event 'Review' {why}."
    assert [times(event) for event in listed(desk)] == [expected, AT_TEN]


def test_an_event_without_a_readable_start_is_named_and_the_others_are_kept(desk: Desk) -> None:
    content = a_file(an_event("DTSTART:20261131T100000", title="31 November"), an_event(uid="2"))
    why = "its DTSTART '20261131T100000' is no date or time; it is left out, and blocks no time"
    assert load(desk, content) == [f"Event '31 November' of an unknown date: {why}."]
    assert [times(event) for event in listed(desk)] == [AT_TEN]


def test_a_title_in_a_problem_is_cut_and_shows_nothing_hidden() -> None:
    title = "a\u202eb\\n" + "x" * 100
    (problem,) = parsed(a_file(an_event("DTSTART:?", title=title))).problems
    assert problem.startswith(f"Event 'a b {'x' * 55}…' of an unknown date: ")


@pytest.mark.parametrize("at", range(1, len(a_file(an_event())) - 1, 7))
def test_a_file_that_breaks_off_says_so(at: int) -> None:
    content = a_file(an_event())
    assert parsed(content[:at]).problems


def test_a_half_written_event_blocks_an_hour_and_is_named(desk: Desk) -> None:
    whole = a_file(an_event(uid="0"), an_event("DESCRIPTION:long"))
    broken = whole[: whole.rindex("DTEND")]
    assert load(desk, broken) == [
        "The file breaks off before its end: what came after is not known.",
        "Event 'Review' of 2026-11-25: the file breaks off within it, or its end is missing.",
        "Event 'Review' of 2026-11-25: when it ends is not known: an hour is blocked.",
    ]
    assert [times(event) for event in listed(desk)] == [AT_TEN, AT_TEN]


@pytest.mark.parametrize("content", [b"", b"<html>Sign in</html>", b"\x00\xff\xfe", b"PK\x03\x04"])
def test_a_file_that_is_no_calendar_says_so(content: bytes) -> None:
    assert parsed(content).problems == ["There is no calendar in this file."]


# fault 50
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=9", "no rule at all",
        "FREQ=DAILY;UNTIL=2026XX01", "FREQ=WEEKLY;BYDAY=XX", "FREQ=MONTHLY;BYDAY=6MO;COUNT=3",
    ],
)  # fmt: skip
def test_a_hostile_rule_is_kept_at_its_word_for_the_bot_to_refuse(desk: Desk, rule: str) -> None:
    assert load(desk, a_file(an_event(f"RRULE:{rule}"))) == []
    assert [event["recurrence"] for event in listed(desk)] == [[f"RRULE:{rule.upper().replace(' ', '')}"]]


# fault 50
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART;VALUE=DATE:00010309", "RRULE:FREQ=YEARLY"), [("2001-03-09", "2001-03-10")]),
        (("DTSTART;VALUE=DATE:16040229", "RRULE:FREQ=YEARLY"), [("1604-02-29", "1604-03-01")]),
        (("DTSTART;VALUE=DATE:99991231",), []),
        (
            ("DTSTART:00010101T000000Z", "DTEND:99991231T235959Z"),
            [("1600-01-03T00:53:28+00:53", "2400-01-01T01:00:00+01:00")],
        ),
    ],
)
def test_the_ends_of_time_do_no_harm(desk: Desk, lines: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert load(desk, a_file(an_event(*lines))) == []
    found = [times(event) for event in listed(desk)]
    assert [(start[:10], end[:10]) for start, end in found] == [(start[:10], end[:10]) for start, end in expected]
