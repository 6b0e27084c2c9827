"""The stand-in for Google takes iCalendar files as an import would: what is sound is kept, the rest is named."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.google.ics import IcsFile, distinct, fill, owners_of, parse_ics, read_ics
from bot.sandbox.google.ics_times import Wall
from tests.contracts.google_desk import Desk, DeskFactory, desks, events_of

ANA = "ana@acme.test"
BERLIN = "Europe/Berlin"
_MEETING = ("DTSTART;TZID=Europe/Berlin:20261125T100000", "DTEND;TZID=Europe/Berlin:20261125T110000")
_AT_TEN = ("2026-11-25T10:00:00+01:00", "2026-11-25T11:00:00+01:00")
_W_EUROPE = """\
BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


@pytest.fixture(scope="module")
def new_desk() -> Iterator[DeskFactory]:
    with desks() as factory:
        yield factory


@pytest.fixture
def desk(new_desk: DeskFactory) -> Iterator[Desk]:
    with new_desk() as desk:
        yield desk


def an_event(*lines: str, uid: str = "1@acme.test", title: str = "Review") -> str:
    """A VEVENT, at ten in Berlin on 25 November 2026 unless its lines say otherwise."""
    when = () if any(line.startswith("DTSTART") for line in lines) else _MEETING
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", *when, *lines, "END:VEVENT"))


def a_file(*parts: str) -> str:
    """A VCALENDAR of these parts."""
    return "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""))


def parsed(content: str | bytes, stem: str = "work") -> IcsFile:
    data = content if isinstance(content, bytes) else content.encode()
    return parse_ics(data, stem=stem, zone=BERLIN, year=2026)


def load(desk: Desk, content: str | bytes) -> list[str]:
    """Load a file into Ana's calendar; returns the problems."""
    file = parsed(content)
    return fill(desk.world, ANA, file, owners_of([file]))


def listed(desk: Desk) -> list[dict[str, Any]]:
    """The events as the bot asks for them."""
    return events_of(desk.calendar(), singleEvents=False, timeMin="2026-10-26T00:00:00Z")


def times(event: dict[str, Any]) -> tuple[str, str]:
    start, end = event["start"], event["end"]
    return start.get("dateTime", start.get("date")), end.get("dateTime", end.get("date"))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(_MEETING, _AT_TEN, id="in a zone"),
        pytest.param(("DTSTART:20261125T090000Z", "DTEND:20261125T100000Z"), _AT_TEN, id="in UTC"),
        pytest.param(("DTSTART:20261125T100000", "DTEND:20261125T110000"), _AT_TEN, id="floating"),
        pytest.param(("DTSTART:2026-11-25T10:00:00+01:00", "DURATION:PT1H"), _AT_TEN, id="with an offset"),
        pytest.param(("DTSTART;TZID=W. Europe Standard Time:20261125T100000", "DURATION:PT60M"), _AT_TEN, id="Windows"),
        pytest.param(("DTSTART;TZID=/x.org/2_1/Europe/Berlin:20261125T100000", "DURATION:PT1H"), _AT_TEN, id="prefix"),
        pytest.param(
            ("DTSTART;TZID=America/New_York:20261125T040000", "DTEND;TZID=Asia/Kathmandu:20261125T154500"),
            _AT_TEN,
            id="in two zones",
        ),
        pytest.param(
            ("DTSTART;VALUE=DATE:20261125", "DTEND;VALUE=DATE:20261127"), ("2026-11-25", "2026-11-27"), id="days"
        ),
        pytest.param(("DTSTART;VALUE=DATE:20261125",), ("2026-11-25", "2026-11-26"), id="a day without an end"),
        pytest.param(("DTSTART:20261125", "DTEND:20261125"), ("2026-11-25", "2026-11-26"), id="a day to itself"),
        pytest.param(("DTSTART;VALUE=DATE:20261125", "DURATION:P1W"), ("2026-11-25", "2026-12-02"), id="a week"),
        pytest.param((_MEETING[0],), (_AT_TEN[0], _AT_TEN[0]), id="no length"),
        # By the clock a day later, and then as much time as it says.
        pytest.param(
            ("DTSTART;TZID=America/New_York:20261031T220000", "DURATION:P1DT1H"),
            ("2026-11-01T03:00:00+01:00", "2026-11-02T05:00:00+01:00"),
            id="a day of 25 hours",
        ),
    ],
)
def test_a_time_however_written_is_the_same_in_google(
    desk: Desk, lines: tuple[str, ...], expected: tuple[str, str]
) -> None:
    assert load(desk, a_file(an_event(*lines))) == []
    assert [times(event) for event in listed(desk)] == [expected]


@pytest.mark.parametrize("name", ["Customized Time Zone", "(UTC+01:00) Amsterdam, Berlin, Bern", "My/Zone 1"])
def test_a_zone_that_the_file_explains_is_found_by_its_clock(desk: Desk, name: str) -> None:
    event = an_event(f'DTSTART;TZID="{name}":20261125T100000', "DURATION:PT1H", "RRULE:FREQ=DAILY")
    assert load(desk, a_file(_W_EUROPE.format(name=name), event)) == []
    (master,) = listed(desk)
    assert (times(master), master["start"]["timeZone"]) == (_AT_TEN, BERLIN)


def test_a_zone_that_nobody_knows_is_named_and_the_event_stands_in_the_calendars() -> None:
    file = parsed(a_file(an_event("DTSTART;TZID=Atlantis:20261125T100000", "DURATION:PT1H")))
    assert file.problems == ["The time zone 'Atlantis' is not known and not explained; Europe/Berlin was taken."]
    assert file.entries[0].start == Wall(datetime(2026, 11, 25, 10), BERLIN)  # noqa: DTZ001  # by the wall


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((), {}),
        (("TRANSP:OPAQUE",), {}),
        (("TRANSP:TRANSPARENT",), {"transparency": "transparent"}),
        (("X-MICROSOFT-CDO-BUSYSTATUS:FREE",), {"transparency": "transparent"}),
        (("X-MICROSOFT-CDO-BUSYSTATUS:OOF",), {"eventType": "outOfOffice"}),
        (("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",), {"status": "tentative"}),
        (("STATUS:TENTATIVE",), {"status": "tentative"}),
        (("CLASS:PRIVATE",), {"visibility": "private"}),
        (("CLASS:CONFIDENTIAL",), {"visibility": "confidential"}),
    ],
)
def test_what_decides_whether_an_event_blocks_is_kept(
    desk: Desk, lines: tuple[str, ...], expected: dict[str, str]
) -> None:
    assert load(desk, a_file(an_event(*lines))) == []
    (event,) = listed(desk)
    usual = {"status": "confirmed", "eventType": "default"}
    told = {name: event.get(name) for name in ("transparency", "visibility", "status", "eventType")}
    assert {name: value for name, value in told.items() if value is not None} == usual | expected


def test_a_cancelled_event_is_not_there(desk: Desk) -> None:
    assert load(desk, a_file(an_event("STATUS:CANCELLED"))) == []
    assert listed(desk) == []


def test_the_owners_answer_is_known_where_the_file_says_whose_it_is(desk: Desk) -> None:
    guests = ("ATTENDEE;PARTSTAT=DECLINED:mailto:Me@Example.com", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.com")
    boss = "ORGANIZER;CN=Boss:mailto:boss@example.com"
    assert load(desk, a_file("X-WR-CALNAME:me@example.com", an_event(boss, *guests))) == []
    (event,) = listed(desk)
    assert [(one["responseStatus"], one.get("self", False)) for one in event["attendees"]] == [
        ("declined", True),
        ("accepted", False),
    ]
    assert event["organizer"] == {"email": "boss@example.com"}


def test_the_owner_is_the_one_who_takes_part_in_everything() -> None:
    me, other = "ATTENDEE:mailto:me@example.com", "ATTENDEE:mailto:other@example.com"
    boss = "ORGANIZER:mailto:boss@example.com"
    both = a_file(an_event(me, boss, uid="1"), an_event(me, other, uid="2"))
    assert owners_of([parsed(both)]) == ["me@example.com"]
    assert owners_of([parsed(a_file(an_event(me, boss)))]) == []


# fault 44
def test_a_series_is_a_master_with_its_changed_and_cancelled_instances(desk: Desk) -> None:
    berlin = "RECURRENCE-ID;TZID=Europe/Berlin"
    content = a_file(
        an_event("RRULE:FREQ=WEEKLY;BYDAY=WE", "EXDATE;TZID=Europe/Berlin:20261209T100000"),
        an_event(f"{berlin}:20261202T100000", "DTSTART:20261203T130000Z", "DTEND:20261203T140000Z", title="Moved"),
        an_event(f"{berlin}:20261216T100000", "STATUS:CANCELLED"),
    )
    assert load(desk, content) == []
    master, *exceptions = events_of(desk.calendar(), singleEvents=False, showDeleted=True)
    assert (times(master), master["recurrence"]) == (
        _AT_TEN,
        ["RRULE:FREQ=WEEKLY;BYDAY=WE", "EXDATE:20261209T090000Z"],
    )
    assert [(one["id"], one["recurringEventId"], one["status"]) for one in exceptions] == [
        (f"{master['id']}_20261202T090000Z", master["id"], "confirmed"),
        (f"{master['id']}_20261216T090000Z", master["id"], "cancelled"),
    ]
    assert times(exceptions[0]) == ("2026-12-03T14:00:00+01:00", "2026-12-03T15:00:00+01:00")
    assert exceptions[0]["originalStartTime"]["dateTime"] == "2026-12-02T10:00:00+01:00"


# fault 44
def test_a_change_of_this_and_all_following_divides_the_series(desk: Desk) -> None:
    content = a_file(
        an_event("RRULE:FREQ=WEEKLY;COUNT=6"),
        an_event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261209T100000",
            "DTSTART;TZID=Europe/Berlin:20261210T140000",
            "DTEND;TZID=Europe/Berlin:20261210T150000",
        ),
    )
    assert load(desk, content) == []
    assert [(times(event)[0], event["recurrence"]) for event in listed(desk)] == [
        ("2026-11-25T10:00:00+01:00", ["RRULE:FREQ=WEEKLY;UNTIL=20261209T085959Z"]),
        ("2026-12-10T14:00:00+01:00", ["RRULE:FREQ=WEEKLY;COUNT=4"]),
    ]


# fault 44
def test_a_change_of_all_following_that_has_no_rule_is_named_and_both_times_stay(desk: Desk) -> None:
    content = a_file(
        an_event("RRULE:FREQ=MONTHLY;BYDAY=4WE"),
        an_event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261223T100000",
            "DTSTART;TZID=Europe/Berlin:20261224T100000",
            "DTEND;TZID=Europe/Berlin:20261224T110000",
        ),
    )
    why = "it changes all that follow in a way that has no rule: they are as before"
    assert load(desk, content) == [f"Event 'Review' of 2026-12-24: {why}."]
    assert [times(event)[0][:10] for event in listed(desk)] == ["2026-11-25", "2026-12-24"]


# fault 44
def test_a_period_among_the_dates_is_an_instance_of_its_own_length(desk: Desk) -> None:
    dates = "RDATE;VALUE=PERIOD:20261126T090000Z/PT3H,20261127T090000Z/20261127T093000Z"
    assert load(desk, a_file(an_event(dates))) == []
    master, *longer = listed(desk)
    assert master["recurrence"] == ["RDATE:20261126T090000Z,20261127T090000Z"]
    assert [times(one) for one in longer] == [
        ("2026-11-26T10:00:00+01:00", "2026-11-26T13:00:00+01:00"),
        ("2026-11-27T10:00:00+01:00", "2026-11-27T10:30:00+01:00"),
    ]


def test_a_changed_instance_without_its_series_stands_alone(desk: Desk) -> None:
    assert load(desk, a_file(an_event("RECURRENCE-ID:20261202T090000Z"))) == []
    assert [("recurringEventId" in event, times(event)) for event in listed(desk)] == [(False, _AT_TEN)]


def test_of_two_with_one_uid_the_newer_counts(desk: Desk) -> None:
    old = an_event("SEQUENCE:1", "DTSTART:20261126T090000Z", "DTEND:20261126T100000Z")
    assert load(desk, a_file(an_event("SEQUENCE:2"), old)) == []
    assert [times(event) for event in listed(desk)] == [_AT_TEN]


def test_of_two_with_one_uid_and_nothing_to_tell_them_apart_both_block(desk: Desk) -> None:
    other = an_event("DTSTART:20261126T090000Z", "DTEND:20261126T100000Z", title="Other")
    assert load(desk, a_file(an_event(), an_event(), other)) == [
        "Event 'Review' of 2026-11-25: several events have its UID: all are kept.",
        "Event 'Other' of 2026-11-26: several events have its UID: all are kept.",
    ]
    assert [times(event)[0][:10] for event in listed(desk)] == ["2026-11-25", "2026-11-26"]


def test_events_without_a_uid_are_all_kept(desk: Desk) -> None:
    nameless = an_event().replace("UID:1@acme.test\n", "")
    other = nameless.replace("20261125T1", "20261126T1")
    assert load(desk, a_file(nameless, other)) == []
    assert len(listed(desk)) == 2


@pytest.mark.parametrize(
    "encoded",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(lambda text: text.encode("utf-8-sig"), id="with a byte order mark"),
        pytest.param(lambda text: text.encode("utf-16"), id="UTF-16"),
        pytest.param(lambda text: text.encode("latin-1"), id="Latin-1"),
        pytest.param(lambda text: text.replace("Ü", "Ü\n ").encode(), id="folded"),
        pytest.param(lambda text: text.encode().replace(b"\xc3\x9c", b"\xc3\r\n \x9c"), id="folded within a letter"),
        pytest.param(lambda text: text.replace("BEGIN:VEVENT", "Begin:vEvent").encode(), id="small letters"),
        pytest.param(lambda text: text.replace("\n", "\n\n").encode(), id="empty lines"),
    ],
)
def test_a_file_in_any_coding_is_read(desk: Desk, encoded: Any) -> None:
    assert load(desk, encoded(a_file(an_event(title="Übung")))) == []
    assert [event["summary"] for event in listed(desk)] == ["Übung"]


def test_alarms_tasks_and_busy_lists_are_no_events(desk: Desk) -> None:
    alarm = "BEGIN:VALARM\nTRIGGER:-PT15M\nDTSTART:20200101T000000Z\nSUMMARY:Ring\nEND:VALARM"
    task = "BEGIN:VTODO\nUID:t\nSUMMARY:Do it\nDTSTART:20261125T090000Z\nEND:VTODO"
    busy = "BEGIN:VFREEBUSY\nFREEBUSY:20261125T090000Z/PT1H\nEND:VFREEBUSY"
    assert load(desk, a_file(an_event(alarm), task, busy)) == [
        "The file has a list of busy times without events, which is left out."
    ]
    assert [(event["summary"], times(event)) for event in listed(desk)] == [("Review", _AT_TEN)]


def test_several_calendars_in_one_file_are_one_with_each_its_zone(desk: Desk) -> None:
    floating = ("DTSTART:20261125T100000", "DURATION:PT1H")
    content = a_file("X-WR-TIMEZONE:Europe/Berlin", an_event(*floating, uid="1")) + a_file(
        "X-WR-TIMEZONE:America/New_York", an_event(*floating, uid="2")
    )
    assert load(desk, content) == []
    assert [times(event)[0] for event in listed(desk)] == ["2026-11-25T10:00:00+01:00", "2026-11-25T16:00:00+01:00"]


@pytest.mark.parametrize(
    ("lines", "expected", "why"),
    [
        pytest.param(
            (_MEETING[0], "DTEND;TZID=Europe/Berlin:20261125T093000"),
            ("2026-11-25T09:30:00+01:00", "2026-11-25T10:00:00+01:00"),
            "of 2026-11-25: it ends before it starts: what lies between is blocked",
            id="the wrong way round",
        ),
        pytest.param(
            (_MEETING[0], "DTEND:20251125T100000Z"),
            _AT_TEN,
            "of 2026-11-25: it ends before it starts: an hour is blocked",
            id="long over before it starts",
        ),
        pytest.param(
            (_MEETING[0], "DURATION:an hour"),
            _AT_TEN,
            "of 2026-11-25: its DURATION 'an hour' is no duration",
            id="a duration in words",
        ),
        pytest.param(
            (*_MEETING, "EXDATE:someday", "RRULE:FREQ=DAILY;COUNT=1"),
            _AT_TEN,
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
    assert [times(event) for event in listed(desk)] == [expected, _AT_TEN]


def test_an_event_without_a_readable_start_is_named_and_the_others_are_kept(desk: Desk) -> None:
    content = a_file(an_event("DTSTART:20261131T100000", title="31 November"), an_event(uid="2"))
    why = "its DTSTART '20261131T100000' is no date or time; it is left out, and blocks no time"
    assert load(desk, content) == [f"Event '31 November' of an unknown date: {why}."]
    assert [times(event) for event in listed(desk)] == [_AT_TEN]


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
    assert [times(event) for event in listed(desk)] == [_AT_TEN, _AT_TEN]


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


def test_calendars_of_one_name_get_distinct_ones(tmp_path: Path) -> None:
    path = tmp_path / "home.ics"
    path.write_text(a_file(an_event()))
    assert read_ics(path, zone=BERLIN, year=2026).name == "home"
    assert parsed(a_file("X-WR-CALNAME:Team\\, all", an_event())).name == "Team, all"
    assert distinct(["home", "home", "home (2)", "home"]) == ["home", "home (2)", "home (2) (2)", "home (3)"]
