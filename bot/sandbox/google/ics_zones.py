"""Finds the IANA zone behind a zone of an iCalendar file: by its name, or by when its clock changes."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from dateutil.rrule import rrulestr
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from bot.sandbox.google.ics_lines import Part

_WANTED = frozenset({"TZID", "X-LIC-LOCATION", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"})
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?")
_LOCAL = re.compile(r"\d{8}T\d{6}")
# A change of clocks in one month of every year; whatever else a rule may say, it would have to be kept from hanging.
_YEARLY = re.compile(
    r"FREQ=YEARLY(;(INTERVAL=1|BYMONTH=\d{1,2}|BYDAY=[+-]?\d?[A-Z]{2}|WKST=[A-Z]{2}|UNTIL=\d{8}(T\d{6}Z?)?"
    r"|BYMONTHDAY=(-?([1-9]|1\d|2[0-8]),?)+))*"
)
# To tell a zone by its clock takes a look at all zones of the world for each of its changes, of which an honest one
# has ten in five years. Together these come to some two seconds.
_MOST_CHANGES = 25
_MOST_COMPARED = 50
_MOST_PARTS = 200
_UNTIL = re.compile(r"UNTIL=(\d{8})(T\d{6})?Z?")
_UTC = frozenset({"UTC", "Z", "GMT", "ETC/UTC", "MICROSOFT/UTC"})
_OF_WINDOWS = {name.upper(): zone for name, zone in WINDOWS_TO_OLSON.items()}


class Change(NamedTuple):
    """An instant from which the clock is `ahead` of UTC; `at` is naive UTC."""

    at: datetime
    ahead: timedelta


# What was found for a zone by its changes, and what was home then.
Compared = dict[tuple[str, tuple[Change, ...]], tuple[str, bool]]


class Zones:
    """The zones of one calendar. `guesses` says of which names the zone was not certain."""

    def __init__(self, home: str, definitions: Mapping[str, Part], year: int, compared: Compared | None = None) -> None:
        """Take what a name can mean.

        Args:
            home: IANA name of the zone that is taken where nothing is known.
            definitions: the file's VTIMEZONEs by their TZID.
            year: about which the definitions are compared with the zones of the world.
            compared: what was found so far for the same file.
        """
        self.home = home
        self.guesses: list[str] = []
        self._definitions = definitions
        self._year = year
        self._known: dict[str, str] = {}
        self._compared: Compared = {} if compared is None else compared

    def named(self, name: str) -> str:
        """The IANA name of a zone of the file; the home zone, and a guess, if nothing is known of it."""
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> str:
        if (known := iana(name)) is not None:
            return known
        definition = self._definitions.get(name)
        if definition is None:
            self.guesses.append(f"The time zone '{name}' is not known and not explained; {self.home} was taken.")
            return self.home
        properties, _ = definition.properties(_WANTED)
        for line in properties.get("X-LIC-LOCATION", []):
            if (known := iana(line.value)) is not None:
                return known
        changes = changes_of(definition, self._year)
        if changes is None:
            self.guesses.append(f"The time zone '{name}' cannot be read; {self.home} was taken.")
            return self.home
        if len(changes) > _MOST_CHANGES:
            self.guesses.append(f"The time zone '{name}' changes its clock too often; {self.home} was taken.")
            return self.home
        key = (self.home, tuple(changes))
        if key not in self._compared and len(self._compared) >= _MOST_COMPARED:
            self.guesses.append(f"The file has too many zones of its own; {self.home} was taken for '{name}'.")
            return self.home
        if key not in self._compared:
            self._compared[key] = _alike(changes, self.home)
        zone, is_exact = self._compared[key]
        if not is_exact:
            self.guesses.append(f"The time zone '{name}' is like none in the world; {zone} was taken.")
        return zone


def iana(name: str) -> str | None:
    """The IANA name that a name stands for: itself, one of Windows, or with somebody's address before it."""
    plain = name.strip().strip("/")
    if plain.upper().removeprefix("TZONE://") in _UTC:
        return "UTC"
    if found := _OF_WINDOWS.get(plain.upper()):
        return found
    parts = plain.split("/")
    for first in range(len(parts)):
        if found := _by_lower_case().get("/".join(parts[first:]).replace(" ", "_").lower()):
            return found
        if len(parts) - first <= 2:  # no zone is known by the last part of its name
            break
    return None


def changes_of(definition: Part, year: int) -> list[Change] | None:
    """When the clock of a VTIMEZONE changes from two years before `year` to two years after; None: unreadable."""
    changes: list[Change] = []
    if len(definition.parts) > _MOST_PARTS:
        return None
    for part in definition.parts:
        try:
            changes += _changes_of(part, year)
        except (ValueError, KeyError, OverflowError):
            return None
    changes.sort()
    begin = datetime(year - 2, 1, 1)  # noqa: DTZ001  # naive UTC, as all of them
    last_before = [change for change in changes if change.at <= begin][-1:]
    after = [change for change in changes if change.at > begin]
    if not last_before and after:
        return after
    return [Change(begin, last_before[0].ahead), *after] if last_before else None


def _changes_of(part: Part, year: int) -> Iterator[Change]:
    if part.name not in ("STANDARD", "DAYLIGHT"):
        return
    found, broken = part.properties(_WANTED)
    if broken:
        raise ValueError(broken[0])
    before, ahead = (_offset(found[name][0].value) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
    start = _local(found["DTSTART"][0].value)
    walls = [start, *(_local(text) for line in found.get("RDATE", []) for text in line.value.split(","))]
    for line in found.get("RRULE", []):
        rule = line.value.upper().strip(";")
        if not _YEARLY.fullmatch(rule):
            raise ValueError(rule)
        # Its end is in UTC and its start is not; the day decides.
        rule = _UNTIL.sub(lambda match: f"UNTIL={match[1]}T235959", rule)
        # From a leap year not long ago, because two thousand years of a rule take their time.
        lately = (year - 8) // 4 * 4
        begin = start.replace(year=lately) if start.year < lately else start
        edges = (datetime(year - 3, 1, 1), datetime(year + 3, 1, 1))  # noqa: DTZ001  # by the wall
        walls += rrulestr(rule, dtstart=begin).between(*edges)
    yield from (Change(wall - before, ahead) for wall in walls if wall.year < year + 3)


def _offset(text: str) -> timedelta:
    match = _OFFSET.fullmatch(text)
    if match is None:
        raise ValueError(text)
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    if ahead >= timedelta(days=1):
        raise ValueError(text)
    return -ahead if match[1] == "-" else ahead


def _local(text: str) -> datetime:
    if not _LOCAL.fullmatch(text.removesuffix("Z")):
        raise ValueError(text)
    wall = datetime.fromisoformat(text.removesuffix("Z"))
    return wall.replace(year=max(wall.year, 2))  # room for the offset


def _alike(changes: list[Change], home: str) -> tuple[str, bool]:
    """The zone whose clock agrees with the changes at most of the instants around them, and whether at all."""
    asked = [(at.replace(tzinfo=UTC), ahead) for at, ahead in _asked(changes)]
    best, most = home, -1
    for zone in dict.fromkeys([home, *_of_the_world()]):
        info = ZoneInfo(zone)
        agreeing = sum(at.astimezone(info).utcoffset() == ahead for at, ahead in asked)
        if agreeing == len(asked):
            return zone, True
        if agreeing > most:
            best, most = zone, agreeing
    return best, False


def _asked(changes: list[Change]) -> Iterator[Change]:
    """Instants with the offset that there should be: shortly after each change, and shortly before the next."""
    second = timedelta(seconds=1)
    for change, following in pairwise(changes):
        yield Change(change.at + second, change.ahead)
        yield Change(following.at - second, change.ahead)
    last = changes[-1]
    yield Change(last.at + second, last.ahead)
    if len(changes) == 1:
        # It never changes again, which half a year from now must be so too.
        yield from (Change(last.at + timedelta(days=days), last.ahead) for days in range(0, 1461, 30))


@cache
def _of_the_world() -> tuple[str, ...]:
    """Every zone, well-known ones first; to list them takes a walk through all their files."""
    return (*WINDOWS_TO_OLSON.values(), *sorted(available_timezones()))


@cache
def _by_lower_case() -> Mapping[str, str]:
    return {name.lower(): name for name in available_timezones()} | {"utc": "UTC"}


def known_zone(name: str) -> bool:
    """Whether this is the name of a zone, exactly."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
