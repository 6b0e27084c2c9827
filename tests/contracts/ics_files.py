"""iCalendar files to load into the stand-in for Google, and what it made of them."""

from typing import Any

from bot.sandbox.google.ics import IcsFile, fill, owners_of, parse_ics
from tests.contracts.google_desk import Desk, events_of

ANA = "ana@acme.test"
BERLIN = "Europe/Berlin"
MEETING = ("DTSTART;TZID=Europe/Berlin:20261125T100000", "DTEND;TZID=Europe/Berlin:20261125T110000")
AT_TEN = ("2026-11-25T10:00:00+01:00", "2026-11-25T11:00:00+01:00")


def an_event(*lines: str, uid: str = "1@acme.test", title: str = "Review") -> str:
    """A VEVENT, at ten in Berlin on 25 November 2026 unless its lines say otherwise."""
    when = () if any(line.startswith("DTSTART") for line in lines) else MEETING
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
