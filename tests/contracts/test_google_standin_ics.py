"""The stand-in for Google takes iCalendar files as an import would: what is sound is kept, the rest is named."""

from datetime import datetime
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from bot.sandbox.google.ics import distinct, owners_of, read_ics
from bot.sandbox.google.ics_times import Wall
from tests.contracts.google_desk import Desk
from tests.contracts.ics_files import AT_TEN, BERLIN, MEETING, a_file, an_event, listed, load, parsed, times

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


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(MEETING, AT_TEN, id="in a zone"),
        pytest.param(("DTSTART:20261125T090000Z", "DTEND:20261125T100000Z"), AT_TEN, id="in UTC"),
        pytest.param(("DTSTART:20261125T100000", "DTEND:20261125T110000"), AT_TEN, id="floating"),
        pytest.param(("DTSTART:2026-11-25T10:00:00+01:00", "DURATION:PT1H"), AT_TEN, id="with an offset"),
        pytest.param(("DTSTART;TZID=W. Europe Standard Time:20261125T100000", "DURATION:PT60M"), AT_TEN, id="Windows"),
        pytest.param(("DTSTART;TZID=/x.org/2_1/Europe/Berlin:20261125T100000", "DURATION:PT1H"), AT_TEN, id="prefix"),
        pytest.param(
            ("DTSTART;TZID=America/New_York:20261125T040000", "DTEND;TZID=Asia/Kathmandu:20261125T154500"),
            AT_TEN,
            id="in two zones",
        ),
        pytest.param(
            ("DTSTART;VALUE=DATE:20261125", "DTEND;VALUE=DATE:20261127"), ("2026-11-25", "2026-11-27"), id="days"
        ),
        pytest.param(("DTSTART;VALUE=DATE:20261125",), ("2026-11-25", "2026-11-26"), id="a day without an end"),
        pytest.param(("DTSTART:20261125", "DTEND:20261125"), ("2026-11-25", "2026-11-26"), id="a day to itself"),
        pytest.param(("DTSTART;VALUE=DATE:20261125", "DURATION:P1W"), ("2026-11-25", "2026-12-02"), id="a week"),
        pytest.param((MEETING[0],), (AT_TEN[0], AT_TEN[0]), id="no length"),
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
    assert (times(master), master["start"]["timeZone"]) == (AT_TEN, BERLIN)


def a_zone(name: str, minutes: int, changes: int = 0) -> str:
    """A VTIMEZONE that no place on Earth has, with changes of its clock that change nothing."""
    dates = [f"2026{1 + n % 12:02}{1 + n // 12 % 28:02}T{n // 336 % 24:02}0000" for n in range(changes)]
    return "\n".join(
        (
            "BEGIN:VTIMEZONE",
            f"TZID:{name}",
            "BEGIN:STANDARD",
            "DTSTART:19700101T000000",
            f"TZOFFSETFROM:+01{minutes:02}",
            f"TZOFFSETTO:+01{minutes:02}",
            *([f"RDATE:{','.join(dates)}"] if dates else []),
            "END:STANDARD",
            "END:VTIMEZONE",
        )
    )


# fault 49
def test_a_file_of_parts_that_never_end_is_read_in_good_time() -> None:
    began = process_time()
    file = parsed("BEGIN:VCALENDAR\n" + "BEGIN:A\n" * 20_000 + "END:B\n" * 20_000)
    assert process_time() - began < 2
    assert file.problems == ["The file breaks off before its end: what came after is not known."]


# fault 49
def test_a_zone_that_changes_its_clock_all_the_time_is_not_looked_for() -> None:
    began = process_time()
    event = an_event("DTSTART;TZID=Odd:20261125T100000", "DURATION:PT1H")
    file = parsed(a_file(a_zone("Odd", 23, changes=8_000), event))
    assert process_time() - began < 2
    assert file.problems == ["The time zone 'Odd' changes its clock too often; Europe/Berlin was taken."]


# fault 49
@pytest.mark.slow
def test_of_many_zones_that_no_place_has_the_first_fifty_are_looked_for() -> None:
    names = [f"Odd{minute}" for minute in range(1, 54)]
    events = [an_event(f"DTSTART;TZID={name}:20261125T100000", "DURATION:PT1H", uid=name) for name in names]
    file = parsed(a_file(*(a_zone(name, int(name[3:])) for name in names), *events))
    too_many = "The file has too many zones of its own; Europe/Berlin was taken for '{}'."
    assert [text for text in file.problems if text.startswith("The file")] == [
        too_many.format(name) for name in names[-3:] if name != "Odd30"
    ]


# fault 49
def test_a_zone_by_a_rule_since_the_beginning_of_time_is_found_in_good_time() -> None:
    began = process_time()
    old = _W_EUROPE.format(name="Old").replace("DTSTART:1601", "DTSTART:0002")
    file = parsed(a_file(old, an_event("DTSTART;TZID=Old:20261125T100000", "DURATION:PT1H")))
    assert process_time() - began < 1
    assert (file.problems, file.entries[0].start) == ([], Wall(datetime(2026, 11, 25, 10), BERLIN))  # noqa: DTZ001


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
    assert [(event["summary"], times(event)) for event in listed(desk)] == [("Review", AT_TEN)]


def test_several_calendars_in_one_file_are_one_with_each_its_zone(desk: Desk) -> None:
    floating = ("DTSTART:20261125T100000", "DURATION:PT1H")
    content = a_file("X-WR-TIMEZONE:Europe/Berlin", an_event(*floating, uid="1")) + a_file(
        "X-WR-TIMEZONE:America/New_York", an_event(*floating, uid="2")
    )
    assert load(desk, content) == []
    assert [times(event)[0] for event in listed(desk)] == ["2026-11-25T10:00:00+01:00", "2026-11-25T16:00:00+01:00"]


def test_calendars_of_one_name_get_distinct_ones(tmp_path: Path) -> None:
    path = tmp_path / "home.ics"
    path.write_text(a_file(an_event()))
    assert read_ics(path, zone=BERLIN, year=2026).name == "home"
    assert parsed(a_file("X-WR-CALNAME:Team\\, all", an_event())).name == "Team, all"
    assert distinct(["home", "home", "home (2)", "home"]) == ["home", "home (2)", "home (2) (2)", "home (3)"]
