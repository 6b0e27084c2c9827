"""The grammar of days and times, asked on Tuesday 24 November 2026 at 10:00 in Berlin."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reading_habits import EVERYBODYS, Habits, HourCycle
from bot.domain.when import UnclearWhen, When, joined_halves, parse_when, time_in, unknown_word
from tests.builders import BERLIN, LORD_HOWE, NEW_YORK, at, days

NOW = at("10:00")
SUNDAY, SATURDAY = 6, 5


def read(words: str, now: datetime = NOW, zone: str = BERLIN, habits: Habits = EVERYBODYS) -> When:
    return parse_when(words, now=now, zone=ZoneInfo(zone), habits=habits)


def refused(words: str, now: datetime = NOW, zone: str = BERLIN) -> UnclearWhen:
    with pytest.raises(UnclearWhen) as caught:
        read(words, now, zone)
    return caught.value


@pytest.mark.parametrize(
    ("words", "first", "last", "text"),
    [
        ("today", "2026-11-24", "2026-11-24", "Tuesday 24 November"),
        ("Tomorrow", "2026-11-25", "2026-11-25", "Wednesday 25 November"),
        ("fri", "2026-11-27", "2026-11-27", "Friday 27 November"),
        ("  on   FRIDAY ", "2026-11-27", "2026-11-27", "Friday 27 November"),
        ("this thurs", "2026-11-26", "2026-11-26", "Thursday 26 November"),
        ("tue", "2026-11-24", "2026-11-24", "Tuesday 24 November"),
        ("mon", "2026-11-30", "2026-11-30", "Monday 30 November"),
        ("2026-12-01", "2026-12-01", "2026-12-01", "Tuesday 1 December"),
        ("2027-1-4", "2027-01-04", "2027-01-04", "Monday 4 January 2027"),
        ("1 dec", "2026-12-01", "2026-12-01", "Tuesday 1 December"),
        ("dec 1st", "2026-12-01", "2026-12-01", "Tuesday 1 December"),
        ("4 jan", "2027-01-04", "2027-01-04", "Monday 4 January 2027"),
        ("1 dec 2027", "2027-12-01", "2027-12-01", "Wednesday 1 December 2027"),
        ("Tuesday 24 November", "2026-11-24", "2026-11-24", "Tuesday 24 November"),
        ("this week", "2026-11-24", "2026-11-29", "Tuesday 24 November to Sunday 29 November"),
        ("next week", "2026-11-30", "2026-12-06", "Monday 30 November to Sunday 6 December"),
        ("2026-12-01..2026-12-05", "2026-12-01", "2026-12-05", "Tuesday 1 December to Saturday 5 December"),
        ("2026-12-01 .. 2026-12-01", "2026-12-01", "2026-12-01", "Tuesday 1 December"),
        ("mon..fri", "2026-11-30", "2026-12-04", "Monday 30 November to Friday 4 December"),
        ("today to fri", "2026-11-24", "2026-11-27", "Tuesday 24 November to Friday 27 November"),
        ("28 dec..3 jan", "2026-12-28", "2027-01-03", "Monday 28 December to Sunday 3 January 2027"),
    ],
)
def test_words_for_days_become_those_days_and_an_absolute_date(words: str, first: str, last: str, text: str) -> None:
    when = read(words)
    assert (when.window, when.at, when.date_text) == (days(first, last), None, text)


@pytest.mark.parametrize(
    ("words", "start", "text"),
    [
        ("15:00", "15:00", "Tuesday 24 November"),
        ("3pm", "15:00", "Tuesday 24 November"),
        ("3:30 PM", "15:30", "Tuesday 24 November"),
        ("tue 15:00", "15:00", "Tuesday 24 November"),
        ("15:00 tue", "15:00", "Tuesday 24 November"),
        ("tuesday at 9:00", "2026-12-01 9:00", "Tuesday 1 December"),  # today's 9:00 has passed
        ("tomorrow 9:30", "2026-11-25 9:30", "Wednesday 25 November"),
        ("tomorrow 12am", "2026-11-25 0:00", "Wednesday 25 November"),
        ("tomorrow 12pm", "2026-11-25 12:00", "Wednesday 25 November"),
        ("2026-12-01 8:05", "2026-12-01 8:05", "Tuesday 1 December"),
        ("Tuesday 24 November, 15:00", "15:00", "Tuesday 24 November"),
        ("10:00", "10:00", "Tuesday 24 November"),  # this very moment
    ],
)
def test_words_with_a_time_ask_about_that_start(words: str, start: str, text: str) -> None:
    when = read(words)
    assert (when.at, when.date_text) == (at(start), text)
    assert when.window == days(at(start).date().isoformat())


def test_days_are_the_askers_own() -> None:
    late_in_berlin = at("2026-11-24 23:30")
    assert read("today", late_in_berlin, NEW_YORK).window == days("2026-11-24", zone=NEW_YORK)
    assert read("today", late_in_berlin.astimezone(UTC)).date_text == "Tuesday 24 November"
    assert read("today", late_in_berlin, LORD_HOWE).date_text == "Wednesday 25 November"


# fault 42
@pytest.mark.parametrize(
    ("zone", "day", "hours"), [(BERLIN, "2027-03-28", 23), (BERLIN, "2027-10-31", 25), (LORD_HOWE, "2027-04-04", 24.5)]
)
def test_a_day_of_a_clock_change_is_asked_about_whole(zone: str, day: str, hours: float) -> None:
    when = read(day, zone=zone)
    assert when.end - when.start == timedelta(hours=hours)


# fault 42
def test_a_time_that_the_clock_skips_asks_for_the_next_one() -> None:
    error = refused("2027-03-28 2:30")
    assert str(error) == ("On Sunday 28 March 2027 the clock skips 2:30 in Europe/Berlin. Write 2027-03-28 3:00.")
    assert error.options == ("2027-03-28 3:00",)


# fault 42
def test_a_time_that_the_clock_shows_twice_is_the_first() -> None:
    assert read("2027-10-31 2:30").at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("12/1", "12/1 could be 12 January or 1 December. Write 2027-01-12 or 2026-12-01."),
        ("01.02.", "01.02. could be 1 February or 2 January. Write 2027-02-01 or 2027-01-02."),
        ("1.2.27", "1.2.27 could be 1 February or 2 January. Write 2027-02-01 or 2027-01-02."),
        ("2027/02/01", "2027/02/01 could be 2 January or 1 February. Write 2027-01-02 or 2027-02-01."),
        ("25/12", "Do you mean 25 December? Write 2026-12-25."),
        ("next fri", "Next Friday could be 27 November or 4 December. Write 2026-11-27 or 2026-12-04."),
        ("next tuesday", "Next Tuesday could be 1 December or 8 December. Write 2026-12-01 or 2026-12-08."),
        ("9", "9 alone is no day and no time. Write 9:00 or 21:00."),
        ("tomorrow 9", "9 alone is no day and no time. Write tomorrow 9:00 or tomorrow 21:00."),
        ("fri 15", "15 alone is no day and no time. Write fri 15:00."),
        ("20 nov", "Do you mean 20 November 2027? Write 2027-11-20."),
        ("mon 24 nov", "24 November 2026 is a Tuesday, not a Monday. Write 2026-11-24 or monday."),
    ],
)
def test_what_could_be_two_things_is_asked_about(words: str, question: str) -> None:
    assert str(refused(words)) == question


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("2026-11-23", "Monday 23 November has passed. Choose another one."),
        ("this mon", "Monday 23 November has passed. Choose another one."),
        ("9:00", "9:00 today has passed. Write 2026-11-25 9:00."),
        ("today 9:59", "9:59 today has passed. Write 2026-11-25 9:59."),
        ("2026-02-30", "There is no 2026-02-30 in the calendar."),
        ("31 nov", "There is no 31 November."),
        ("29 feb", "There is no 29 February in the year ahead."),
        ("0001-01-01", "Monday 1 January 1 has passed. Choose another one."),
        (
            "9999-12-31",
            "Friday 31 December 9999 is more than two years ahead. Choose a day before Saturday 25 November 2028.",
        ),
        ("25:00", "No clock shows 25:00. Write a time like 9:30, 15:00 or 3pm."),
        ("9:60", "No clock shows 9:60. Write a time like 9:30, 15:00 or 3pm."),
        ("13pm", "No clock shows 13pm. Write a time like 9:30, 15:00 or 3pm."),
        ("9:00 10:00", "Write one time, not 9:00 and 10:00."),
        (
            "2026-12-05..2026-12-01",
            "Tuesday 1 December comes before Saturday 5 December. Write 2026-12-01..2026-12-05.",
        ),
        ("2026-12-01..2027-02-01", "That is 63 days; 62 at once is the most. Write a shorter range."),
        ("2026-12-01..", "A range has two ends, like 2026-12-01..2026-12-05."),
        ("mon 9:00..fri", "A range goes from day to day, like 2026-12-01..2026-12-05, without times."),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(words: str, question: str) -> None:
    assert str(refused(words)) == question


def test_a_part_of_a_day_is_refused_with_what_may_be_written() -> None:
    assert str(refused("tomorrow morning")) == (
        "Daybook knows no parts of a day, such as “morning”. Leave it out, or write a time, such as tue 15:00."
    )


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("blorb", "blorb"),
        ("tomorrow mornings", "mornings"),
        ("next month", "month"),
        ("9:00-10:00", "9:00-10:00"),
        ("12/32", "12/32"),
        ("24", "24"),
        ("٣:٠٠", "٣:٠٠"),
        ("x" * 100, "x" * 40),
    ],
)
def test_a_word_outside_the_grammar_is_named(words: str, named: str) -> None:
    assert str(refused(words)) == (
        f"Daybook does not understand “{named}” as a day or time. Write for example today, tomorrow, fri, next week, "
        "2026-12-01, tue 15:00 or 2026-12-01..2026-12-05."
    )


@pytest.mark.parametrize("words", ["", "   ", ",", "at"])
def test_no_words_are_asked_for(words: str) -> None:
    assert str(refused(words)).startswith("When? Write for example today")


def test_a_range_of_two_months_is_the_longest() -> None:
    assert read("2026-12-01..2027-01-31").window == days("2026-12-01", "2027-01-31")


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        ("fri 3 pm", None),
        ("2026-12-01..2026-12-05", None),
        ("12/1", None),  # known, and asked about when it is read
        ("", None),
        ("tomorrow or friday", "or"),
        ("foo bar", "foo"),
    ],
)
def test_a_word_is_unknown_when_no_sentence_could_hold_it(words: str, unknown: str | None) -> None:
    assert unknown_word(words) == unknown


# fmt: off
_pieces = st.sampled_from(
    ["today", "tomorrow", "this", "next", "week", "fri", "tue", "dec",
     "1", "29", "31", "2026", "2026-12-01", "..", "to", "at",
     "9:00", "3pm", "0", "24", "12/1", "1.2.", ",", "99:99"]
)
# fmt: on


@given(st.one_of(st.text(max_size=220), st.lists(_pieces, max_size=6).map(" ".join)))
def test_any_words_are_read_or_asked_about(words: str) -> None:
    with suppress(UnclearWhen):
        when = read(words)
        assert NOW - timedelta(days=1) < when.start < when.end
        assert when.at is None or NOW <= when.at < when.end


@given(st.dates(NOW.date(), NOW.date() + timedelta(days=170)), st.sampled_from([BERLIN, NEW_YORK, LORD_HOWE]))
def test_what_is_told_back_can_be_written_and_means_the_same(day: object, zone: str) -> None:
    when = read(str(day), zone=zone)
    assert read(when.date_text, zone=zone) == when


@pytest.mark.parametrize(
    ("words", "today", "first_day", "first", "last"),
    [
        ("this week", "2026-11-24", SUNDAY, "2026-11-24", "2026-11-28"),
        ("next week", "2026-11-24", SUNDAY, "2026-11-29", "2026-12-05"),  # across the end of a month
        ("this week", "2026-11-29", SUNDAY, "2026-11-29", "2026-12-05"),  # a Sunday, with which it begins
        ("this week", "2026-11-28", SUNDAY, "2026-11-28", "2026-11-28"),
        ("next week", "2026-12-26", SUNDAY, "2026-12-27", "2027-01-02"),
        ("next week", "2026-11-24", SATURDAY, "2026-11-28", "2026-12-04"),
        ("this fri", "2026-11-24", SUNDAY, "2026-11-27", "2026-11-27"),
        ("this fri", "2026-11-29", SUNDAY, "2026-12-04", "2026-12-04"),
        ("this sun", "2026-11-24", SUNDAY, "2026-11-29", "2026-11-29"),  # the one that comes
        ("this sun", "2026-11-29", SUNDAY, "2026-11-29", "2026-11-29"),
    ],
)
def test_words_about_weeks_go_by_the_first_day_of_the_askers(
    words: str, today: str, first_day: int, first: str, last: str
) -> None:
    when = read(words, at(f"{today} 10:00"), habits=Habits(first_day=first_day))
    assert when.window == days(first, last)


@pytest.mark.parametrize(
    ("zone", "today", "first", "last", "hours"),
    [
        (NEW_YORK, "2026-10-27", "2026-11-01", "2026-11-07", 169),  # its clocks go back on the first day
        (NEW_YORK, "2027-03-09", "2027-03-14", "2027-03-20", 167),
        (BERLIN, "2026-10-20", "2026-10-25", "2026-10-31", 169),
        (BERLIN, "2027-03-23", "2027-03-28", "2027-04-03", 167),
    ],
)
def test_a_week_from_sunday_begins_with_the_day_on_which_clocks_change(
    zone: str, today: str, first: str, last: str, hours: int
) -> None:  # fault 42
    when = read("next week", at(f"{today} 10:00", zone), zone, Habits(first_day=SUNDAY))
    assert when.window == days(first, last, zone)
    assert when.window.end - when.window.start == hours * 3600


def test_a_question_offers_times_by_the_askers_clock_and_reads_them_again() -> None:
    american = Habits(HourCycle.TWELVE, SUNDAY)
    with pytest.raises(UnclearWhen) as half:
        read("3", habits=american)
    assert half.value.options == ("3:00 AM", "3:00 PM")
    assert read("3:00 PM", habits=american).at == at("15:00")
    with pytest.raises(UnclearWhen) as passed:
        read("9am", habits=american)
    assert str(passed.value) == "9:00 AM today has passed. Write 2026-11-25 9:00 AM."
    assert read("2026-11-25 9:00 AM", habits=american).at == at("2026-11-25 9:00")
    with pytest.raises(UnclearWhen) as skipped:
        read("2027-03-28 2:30am", habits=american)
    assert skipped.value.options == ("2027-03-28 3:00 AM",)


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ("maya tomorrow 3:30 PM", "maya tomorrow 3:30pm"),
        ("3 p.m. maya", "3pm maya"),
        ("12:30 a.m, maya", "12:30am, maya"),
        ("11 am-12 pm", "11am-12pm"),
        ("30 amy", "30 amy"),
        ("@ana 3 apr pm", "@ana 3 apr pm"),
    ],
)
def test_the_half_of_a_day_is_joined_to_its_time(words: str, joined: str) -> None:
    assert joined_halves(words) == joined


@pytest.mark.parametrize(
    ("words", "minutes"), [("my 10am with maya", 600), ("tomorrow 4:30 p.m.", 990), ("my 25:00", None), ("maya", None)]
)
def test_a_time_of_day_is_found_among_other_words(words: str, minutes: int | None) -> None:
    assert time_in(words) == minutes
