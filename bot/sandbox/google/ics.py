"""Loads iCalendar files into the stand-in for Google, one calendar each, as an import would."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.sandbox.google.errors import ApiError, Resource
from bot.sandbox.google.ics_events import Entry, Trouble, address_of, clean, entry_of
from bot.sandbox.google.ics_lines import Part, calendars_of
from bot.sandbox.google.ics_series import Owner, resources_of
from bot.sandbox.google.ics_zones import Compared, Zones, iana
from bot.sandbox.google.resources import new_event
from bot.sandbox.google.state import Calendar
from bot.sandbox.google.times import checked_point
from bot.sandbox.google.world import GoogleWorld

_WANTED = frozenset({"X-WR-CALNAME", "NAME", "X-WR-TIMEZONE"})
_TZID = frozenset({"TZID"})
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class IcsFile:
    """An iCalendar file, read.

    Args:
        name: the calendar's own, or else the file's.
        zone: IANA name of the calendar's zone, in which its days begin.
        address: whose it is, where the file says so.
        entries: its events.
        problems: what of it could not be taken as it is, a sentence each.
        has_calendar: there is one in it, with events or without.
    """

    name: str
    zone: str
    address: str | None
    entries: Sequence[Entry]
    problems: Sequence[str]
    has_calendar: bool = True


def read_ics(path: Path, *, zone: str, year: int) -> IcsFile:
    """Read a file; what is sound of it is kept, and the rest is named. Raises `OSError`.

    Args:
        path: where it is.
        zone: IANA name, for a calendar that names none.
        year: the one of interest, for zones that are known only by when their clocks change.
    """
    return parse_ics(path.read_bytes(), stem=path.stem, zone=zone, year=year)


def parse_ics(data: bytes, *, stem: str, zone: str, year: int) -> IcsFile:
    """The same for the content of a file; `stem` is its name, without the end."""
    calendars, is_whole = calendars_of(data)
    entries: list[Entry] = []
    problems: list[str] = []
    if not calendars:
        problems.append("There is no calendar in this file.")
    elif not is_whole:
        problems.append("The file breaks off before its end: what came after is not known.")
    told = [calendar.properties(_WANTED)[0] for calendar in calendars]
    names = [line.text for name in ("X-WR-CALNAME", "NAME") for one in told for line in one.get(name, [])]
    homes = [_home([line.text for line in one.get("X-WR-TIMEZONE", [])], zone, problems) for one in told]
    compared: Compared = {}
    definitions = {name: part for calendar in calendars for name, part in _definitions(calendar).items()}
    for calendar, home in zip(calendars, homes, strict=True):
        zones = Zones(home, {**definitions, **_definitions(calendar)}, year, compared)
        for part in calendar.parts:
            if part.name == "VEVENT":
                entry, troubles = entry_of(part, zones, len(entries))
                entries += [entry] if entry else []
                problems += map(str, troubles)
            elif part.name == "VFREEBUSY":
                problems.append("The file has a list of busy times without events, which is left out.")
        problems += zones.guesses
    return IcsFile(
        name=clean(next(iter(names), "") or stem, _LONGEST_NAME) or "Calendar",
        zone=next(iter(homes), zone),
        address=next((found for text in (*names, stem) if (found := address_of(text))), None),
        entries=entries,
        problems=problems,
        has_calendar=bool(calendars),
    )


def owners_of(files: Iterable[IcsFile]) -> list[str]:
    """The addresses of the one whose calendars these are, for his answers to invitations.

    Either the files say it, or there is one person, and one only, in everything that several people take part in.
    """
    known = list(files)
    if told := list(dict.fromkeys(file.address for file in known if file.address)):
        return told
    meetings = [entry.people for file in known for entry in file.entries if entry.people]
    seen = Counter(person for people in meetings for person in people)
    everywhere = [person for person, times in seen.items() if times == len(meetings)]
    return everywhere if len(everywhere) == 1 and len(meetings) > 1 else []


def fill(world: GoogleWorld, calendar_id: str, file: IcsFile, owners: Sequence[str]) -> list[str]:
    """Put the events of a file into a calendar; returns the file's problems, and those that came up on the way.

    Args:
        world: where the calendar is.
        calendar_id: it should be empty.
        file: read before.
        owners: the addresses by which its owner stands in the events.
    """
    troubles: list[Trouble] = []
    with world.lock:
        calendar = world.calendars[calendar_id]
        for resource in resources_of(file.entries, Owner(owners, calendar_id), troubles):
            try:
                calendar.put(_event(world, calendar, resource), world.now())
            except ApiError as refusal:
                message = refusal.body["error"]["message"]
                title = clean(str(resource["summary"])) or "(no title)"
                on = date.fromisoformat(str(next(iter(resource["start"].values())))[:10])
                troubles.append(Trouble(title, on, f"Google does not take it: {message.rstrip('.')}"))
    return [*file.problems, *map(str, troubles)]


def distinct(names: Sequence[str]) -> list[str]:
    """The names, later ones numbered where they come again."""
    taken: dict[str, str] = {}
    for place, name in enumerate(names):
        free, number = name, 2
        while free in taken.values():
            free, number = f"{name} ({number})", number + 1
        taken[str(place)] = free
    return list(taken.values())


def _event(world: GoogleWorld, calendar: Calendar, resource: Resource) -> Resource:
    # Its recurrence is taken at its word, however wild: what comes of that is up to whoever reads it.
    body = {name: value for name, value in resource.items() if name != "recurrence"}
    if calendar.id != calendar.owner:
        body.pop("eventType", None)  # out of office is a kind of events in primary calendars alone
    event = new_event(body, resource["id"], calendar, creator=calendar.owner, now=world.now())
    for name in ("recurrence", "recurringEventId"):
        if name in resource:
            event[name] = resource[name]
    if "originalStartTime" in resource:
        event["originalStartTime"] = checked_point(resource["originalStartTime"], "original start", calendar.zone)
    if resource["organizer"]:
        event["organizer"] = {"email": resource["organizer"]}
    return event


def _home(names: Sequence[str], zone: str, problems: list[str]) -> str:
    name = next(iter(names), "")
    if not name or (known := iana(name)) is None:
        if name:
            problems.append(f"The calendar's time zone '{clean(name)}' is not known; {zone} was taken.")
        return zone
    return known


def _definitions(calendar: Part) -> Mapping[str, Part]:
    found: dict[str, Part] = {}
    for part in calendar.parts:
        if part.name == "VTIMEZONE":
            for line in part.properties(_TZID)[0].get("TZID", []):
                found[line.value] = part
    return found
