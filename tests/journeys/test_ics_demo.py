"""Real calendars on the real bot: files in, and out comes when they leave their owner free."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app, manifest_source, run_bot
from bot.sandbox.ics_demo import CannotLoad, Wish, play_ics, wish

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 1, tzinfo=UTC)
WORK = """\
BEGIN:VCALENDAR
X-WR-CALNAME:ana@example.com
X-WR-TIMEZONE:Europe/Berlin
BEGIN:VEVENT
UID:all-day-long
DTSTART;TZID=Europe/Berlin:20251027T090000
DTEND;TZID=Europe/Berlin:20251027T163000
RRULE:FREQ=DAILY
EXDATE;TZID=Europe/Berlin:20261023T090000
SUMMARY:Shift
END:VEVENT
BEGIN:VEVENT
UID:all-day-long
RECURRENCE-ID;TZID=Europe/Berlin:20261027T090000
DTSTART;TZID=Europe/Berlin:20261027T120000
DTEND;TZID=Europe/Berlin:20261027T170000
SUMMARY:Late shift
END:VEVENT
BEGIN:VEVENT
UID:declined
DTSTART:20261023T070000Z
DTEND:20261023T080000Z
ATTENDEE;PARTSTAT=DECLINED:mailto:ana@example.com
SUMMARY:Declined
END:VEVENT
BEGIN:VEVENT
UID:broken
DTSTART:20261099T090000Z
SUMMARY:Broken
END:VEVENT
BEGIN:VEVENT
UID:hostile
DTSTART:20261024T100000Z
DTEND:20261024T103000Z
RRULE:FREQ=SECONDLY
SUMMARY:Hostile
END:VEVENT
END:VCALENDAR
"""
FAMILY = """\
BEGIN:VCALENDAR
X-WR-CALNAME:ana@example.com
BEGIN:VEVENT
UID:off
DTSTART;VALUE=DATE:20261023
SUMMARY:Day off
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:sunday
DTSTART;VALUE=DATE:20261025
SUMMARY:The day of 25 hours
END:VEVENT
BEGIN:VEVENT
UID:school
DTSTART:20261023T130000
DURATION:PT1H15M
SUMMARY:School, in whatever zone
END:VEVENT
END:VCALENDAR
"""


def files(folder: Path, *contents: str) -> list[Path]:
    paths = [folder / f"{number}.ics" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_text(content, encoding="utf-8")
    return paths


def played(folder: Path, paths: Sequence[Path], at: str) -> dict[str, Any]:
    """The report on these files."""
    report = folder / "report.json"
    wanted = wish(paths, "", at, report, NOW)
    assert play_ics(run_bot, manifest_source(), wanted, stay=False) == 0
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return told


def every_half_hour(first: str, last: str) -> list[str]:
    """The starts from one to the other, both included."""
    start, end = datetime.fromisoformat(first), datetime.fromisoformat(last)
    steps = (end - start) // timedelta(minutes=30)
    return [f"{start + timedelta(minutes=30) * step:%Y-%m-%dT%H:%M:%SZ}" for step in range(steps + 1)]


# faults 42, 44, 45
def test_files_become_calendars_whose_free_times_the_bot_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = played(tmp_path, files(tmp_path, WORK, FAMILY), "2026-10-22T14:00Z")
    work, family = told["calendars"]
    assert (told["zone"], work["name"], work["role"]) == ("Europe/Berlin", "ana@example.com", "linked")
    assert (family["name"], family["role"], family["problems"]) == ("ana@example.com (2)", "conflict", [])
    assert family["busy"] == [
        ["2026-10-23T11:00:00Z", "2026-10-23T12:15:00Z"],
        ["2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"],
    ]
    # 14:00 to 14:30 of the first day is what the shift leaves of it; the clocks change on the 25th.
    assert work["busy"][:5] == [
        ["2026-10-22T14:00:00Z", "2026-10-22T14:30:00Z"],
        ["2026-10-24T07:00:00Z", "2026-10-24T14:30:00Z"],
        ["2026-10-25T08:00:00Z", "2026-10-25T15:30:00Z"],
        ["2026-10-26T08:00:00Z", "2026-10-26T15:30:00Z"],
        ["2026-10-27T11:00:00Z", "2026-10-27T16:00:00Z"],
    ]
    assert work["busy"][-1] == ["2026-11-05T08:00:00Z", "2026-11-05T14:00:00Z"]
    why = "its DTSTART '20261099T090000Z' is no date or time; it is left out, and blocks no time"
    assert work["problems"] == [
        f"Event 'Broken' of an unknown date: {why}.",
        "Event 'Hostile' of 2026-10-24: It repeats every second or minute, which no calendar can show.",
    ]
    assert told["slots"] == [
        "2026-10-22T14:30:00Z",
        *every_half_hour("2026-10-23T07:00:00", "2026-10-23T10:30:00"),
        *every_half_hour("2026-10-23T12:30:00", "2026-10-23T14:30:00"),
        "2026-10-26T15:30:00Z",
        *every_half_hour("2026-10-27T08:00:00", "2026-10-27T10:30:00"),
        *(f"2026-{day}T15:30:00Z" for day in ("10-28", "10-29", "10-30", "11-02", "11-03", "11-04")),
    ]
    seen = capsys.readouterr().out
    assert "Ana types /daybook status" in seen
    assert "  Fri 23 Oct  09:00 09:30" in seen


def test_a_calendar_that_holds_nothing_leaves_everything_free(tmp_path: Path) -> None:
    told = played(tmp_path, files(tmp_path, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), "2026-11-28T00:00")
    assert told["calendars"] == [{"name": "0", "role": "linked", "busy": [], "problems": []}]
    assert told["slots"][:2] == ["2026-11-30T08:00:00Z", "2026-11-30T08:30:00Z"]
    assert len(told["slots"]) == 10 * 16


def test_a_file_without_a_calendar_ends_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.ics").write_text("Milk, bread")
    wanted = wish([tmp_path / "notes.ics"], "", "", None, NOW)
    assert play_ics(run_bot, manifest_source(), wanted, stay=False) == 1
    assert capsys.readouterr().out == f"There is no calendar in {tmp_path}/notes.ics.\n"


def test_a_file_that_is_not_there_ends_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = wish([tmp_path / "none.ics"], "", "", None, NOW)
    assert play_ics(run_bot, manifest_source(), wanted, stay=False) == 1
    assert capsys.readouterr().out == f"{tmp_path}/none.ics cannot be read: No such file or directory.\n"


def test_a_wish_is_read_with_its_zone() -> None:
    asked = wish([Path("a.ics")], "America/New_York", "2026-11-25T09:00", None, NOW)
    assert asked == Wish((Path("a.ics"),), "America/New_York", datetime(2026, 11, 25, 14, tzinfo=UTC), None)
    assert wish([], "", "2026-11-25T09:00:00.5Z", None, NOW).at == datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert wish([], "", "", None, NOW).at == NOW


@pytest.mark.parametrize(("zone", "at"), [("Berlin", ""), ("", "tomorrow"), ("", "0001-01-01"), ("", "9999-12-31")])
def test_a_wish_that_makes_no_sense_is_refused(zone: str, at: str) -> None:
    with pytest.raises(CannotLoad):
        wish([], zone, at, None, NOW)


def test_a_zone_in_other_letters_is_suggested() -> None:
    with pytest.raises(CannotLoad, match=r"There is no time zone 'europe/berlin'\. Do you mean Europe/Berlin\?"):
        wish([], "europe/berlin", "", None, NOW)


@pytest.mark.parametrize("words", [["--zone", "Europe/Berlin"], ["--at", "2026-11-25"], ["--ics", "x", "--at", "soon"]])
def test_options_that_make_no_sense_end_the_command_at_once(words: list[str]) -> None:
    assert CliRunner().invoke(app, ["demo", "--once", *words]).exit_code == 2
