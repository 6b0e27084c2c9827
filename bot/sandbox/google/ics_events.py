"""Reads one VEVENT: when it is, how it repeats, and what of it Google would keep."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.sandbox.google.errors import Resource
from bot.sandbox.google.ics_lines import Line, Part
from bot.sandbox.google.ics_spans import Reading, added_of, span_of
from bot.sandbox.google.ics_times import When, day_of, within_reach
from bot.sandbox.google.ics_zones import Zones

WANTED = frozenset(
    {
        "UID", "SUMMARY", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID",
        "RRULE", "EXRULE", "RDATE", "EXDATE", "STATUS", "TRANSP", "CLASS", "ORGANIZER", "ATTENDEE",
        "X-MICROSOFT-CDO-BUSYSTATUS",
    }
)  # fmt: skip
_TIMES = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "EXRULE", "RDATE", "EXDATE")
# What does not show, or makes its surroundings show the wrong way round.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_RESPONSES = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
_ADDRESS = re.compile(r"(?:mailto:)?([^@\s:]+@[^@\s]+)", re.IGNORECASE)
_LONGEST_TITLE = 1000


class Trouble(NamedTuple):
    """Something of a file that could not be taken as it is: the event's title, its date, and why."""

    title: str
    on: date | None
    why: str

    def __str__(self) -> str:
        return f"Event '{self.title}' of {self.on or 'an unknown date'}: {self.why}."


@dataclass(frozen=True, slots=True)
class Entry:
    """A VEVENT, read. Its `end` is exclusive; `lines` are its rules as they are written.

    `rank` says which of two with the same name is newer. Times of `added` that last another time than the event
    itself come with their end. `body` is what Google keeps besides times and people; `guests` are addresses with
    their answers.
    """

    uid: str
    title: str
    rank: tuple[int, str, str]
    start: When
    end: When
    is_cancelled: bool
    body: Resource
    organizer: str | None
    guests: Mapping[str, str]
    replaces: When | None = None
    and_following: bool = False
    rules: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    added: tuple[tuple[When, When | None], ...] = ()
    removed: tuple[When, ...] = ()

    @property
    def repeats(self) -> bool:
        """Whether it is more than one."""
        return bool(self.rules or self.lines or self.added or self.removed)

    @property
    def people(self) -> set[str]:
        """Everyone who is named in it."""
        return {*self.guests, *([self.organizer] if self.organizer else [])}


def entry_of(part: Part, zones: Zones, number: int) -> tuple[Entry | None, list[Trouble]]:
    """The event, None where not even its start is known, and what was wrong with it.

    What is wrong with an event never makes its time free in silence: where it cannot be kept, it is told.

    Args:
        part: the VEVENT.
        zones: of its calendar.
        number: its place in the file, by which an event without a name is known.
    """
    found, broken = part.properties(WANTED)
    reading = Reading(found, zones, not part.is_whole or not {"DTEND", "DURATION"}.isdisjoint(broken))
    reading.whys += [f"its {name} cannot be read" for name in dict.fromkeys(broken) if name in _TIMES]
    if not part.is_whole:
        reading.whys.append("the file breaks off within it, or its end is missing")
    title = clean(_text(reading.first("SUMMARY"))) or "(no title)"
    start = reading.when("DTSTART")
    if start is None:
        why = "; ".join(reading.whys) or "it has no start"
        return None, [Trouble(title, None, f"{why}; it is left out, and blocks no time")]
    entry = _entry(reading, title, start, number)
    return entry, [Trouble(title, day_of(start), why) for why in reading.whys]


def clean(text: str, length: int = 60) -> str:
    """A foreign text on one line, without what does not show, cut to a length."""
    plain = " ".join(_UNSEEN.sub(" ", text).split())
    return plain if len(plain) <= length else f"{plain[: length - 1]}…"


def address_of(text: str) -> str | None:
    """The address in `mailto:ana@acme.test` or the like, in small letters."""
    match = _ADDRESS.fullmatch(text.strip())
    return match[1].lower() if match else None


def _entry(reading: Reading, title: str, start: When, number: int) -> Entry:
    start, end = span_of(reading, start)
    recurrence_id = reading.first("RECURRENCE-ID")
    replaces = reading.when("RECURRENCE-ID")
    uid = _text(reading.first("UID"))
    if not uid or (recurrence_id is not None and replaces is None):
        # It belongs to nothing else then.
        uid = f"{uid} #{number}"
    return Entry(
        uid=uid,
        title=title,
        rank=(_whole(reading.value("SEQUENCE")), reading.value("DTSTAMP"), reading.value("LAST-MODIFIED")),
        start=start,
        end=end,
        is_cancelled=reading.value("STATUS") == "CANCELLED",
        body=_body(reading),
        organizer=address_of(organizer.value) if (organizer := reading.first("ORGANIZER")) else None,
        guests=_guests(reading.found.get("ATTENDEE", [])),
        replaces=within_reach(replaces) if replaces else None,
        and_following=recurrence_id is not None
        and recurrence_id.parameters.get("RANGE", "").upper() == "THISANDFUTURE",
        rules=tuple(line.value.upper().strip(";").replace(" ", "") for line in reading.found.get("RRULE", [])),
        lines=tuple(f"EXRULE:{line.value.upper()}" for line in reading.found.get("EXRULE", [])),
        added=tuple(added_of(reading)),
        removed=tuple(reading.whens("EXDATE")),
    )


def _body(reading: Reading) -> Resource:
    shown = reading.value("X-MICROSOFT-CDO-BUSYSTATUS")
    status, secrecy = reading.value("STATUS"), reading.value("CLASS")
    body: Resource = {"summary": clean(_text(reading.first("SUMMARY")), _LONGEST_TITLE)}
    if reading.value("TRANSP") == "TRANSPARENT" or shown == "FREE":
        body["transparency"] = "transparent"
    if secrecy in ("PRIVATE", "CONFIDENTIAL"):
        body["visibility"] = secrecy.lower()
    if status == "TENTATIVE" or shown == "TENTATIVE":
        body["status"] = "tentative"
    if shown == "OOF":
        body["eventType"] = "outOfOffice"
    return body


def _guests(lines: Sequence[Line]) -> dict[str, str]:
    guests: dict[str, str] = {}
    for line in lines:
        address = address_of(line.value) or address_of(line.parameters.get("EMAIL", ""))
        if address is not None:
            guests[address] = _RESPONSES.get(line.parameters.get("PARTSTAT", "").upper(), "needsAction")
    return guests


def _text(line: Line | None) -> str:
    return line.text if line else ""


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
