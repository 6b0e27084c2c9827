"""Reads the dates, times and durations of iCalendar, and writes them as Google does."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.sandbox.google.errors import Resource
from bot.sandbox.google.ics_lines import Line
from bot.sandbox.google.ics_zones import Zones

# Some programs write dashes and colons, some an offset, and some leave the seconds out.
_MOMENT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d))?(Z|[+-]\d\d:?\d\d)?)?", re.IGNORECASE)
_DURATION = re.compile(r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?")
FIRST_YEAR, LAST_YEAR = 1600, 2400
"""Beyond these nothing can be seen of an event, and zones overflow at the ends of time."""


class BadTime(ValueError):
    """A date, time or duration that cannot be read; the text says so, as the end of a sentence."""


class Day(NamedTuple):
    """A whole day, of whatever zone the calendar has."""

    day: date


class Wall(NamedTuple):
    """A local time, naive, by the clock of an IANA zone."""

    at: datetime
    zone: str

    @property
    def instant(self) -> datetime:
        """When it is, in UTC: a skipped time is as much later, of a repeated one it is the first."""
        return self.at.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


When = Day | Wall


class Length(NamedTuple):
    """A duration: days by the calendar, then time as it passes."""

    days: timedelta
    rest: timedelta


def whens(line: Line, zones: Zones) -> list[When]:
    """The dates or times of a line, separated by commas; raises `BadTime`."""
    return [when_of(text, line, zones) for text in line.value.split(",") if text.strip()]


def when_of(text: str, line: Line, zones: Zones) -> When:
    """One date or time of a line, by whose parameters it is meant; raises `BadTime`."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise BadTime(f"'{text[:40]}' is no date or time")
    try:
        day = date(*map(int, match.groups()[:3]))
        if match[4] is None or line.parameters.get("VALUE", "").upper() == "DATE":
            return Day(day)
        # A leap second is the one before it.
        clock = time(int(match[4]), int(match[5]), min(int(match[6] or 0), 59))
        return _placed(datetime.combine(day, clock), match[7], line.parameters.get("TZID", ""), zones)
    except ValueError as problem:
        raise BadTime(f"'{text[:40]}' is no date or time") from problem


def _placed(at: datetime, offset: str | None, name: str, zones: Zones) -> Wall:
    if offset is None:
        return Wall(at, zones.named(name) if name else zones.home)
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        return Wall(at, "UTC")
    if offset.upper() != "Z":
        at = datetime.fromisoformat(f"{at.isoformat()}{offset}").astimezone(UTC).replace(tzinfo=None)
    if not name:
        return Wall(at, "UTC")
    # Told twice: the instant is certain, and the zone is the one that it repeats in.
    zone = zones.named(name)
    return Wall(at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None), zone)


def length_of(text: str) -> Length:
    """The duration that `text` tells; raises `BadTime`."""
    match = _DURATION.fullmatch(text.strip().upper())
    if match is None or not any(match.groups()[1:]):
        raise BadTime(f"'{text[:40]}' is no duration")
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in match.groups()[1:])
    sign = -1 if match[1] == "-" else 1
    try:
        rest = sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)
        return Length(sign * timedelta(weeks=weeks, days=days), rest)
    except OverflowError as problem:
        raise BadTime(f"'{text[:40]}' is no duration") from problem


def after(start: When, length: Length) -> When:
    """The end of what begins at `start`; raises `BadTime` if it lies beyond the end of time."""
    try:
        if isinstance(start, Day):
            # Hours of a day make no sense, but there are programs that write PT24H.
            return Day(start.day + length.days + timedelta(days=-(-length.rest // timedelta(days=1))))
        ends = Wall(start.at + length.days, start.zone)
        if not length.rest:
            return ends
        if not FIRST_YEAR < ends.at.year < LAST_YEAR:
            return Wall(ends.at + length.rest, start.zone)
        at = (ends.instant + length.rest).astimezone(ZoneInfo(start.zone))
        return Wall(at.replace(tzinfo=None, fold=0), start.zone) if not at.fold else Wall(_utc(at), "UTC")
    except OverflowError as problem:
        raise BadTime("it ends beyond the end of time") from problem


def moved(when: When, days: timedelta, rest: timedelta = timedelta()) -> When:
    """The same date or time so much later, by the wall."""
    if isinstance(when, Day):
        return Day(when.day + days)
    return Wall(when.at + days + rest, when.zone)


def within_reach(when: When) -> When:
    """The time itself, or the first or last one that can be seen."""
    first, last = datetime(FIRST_YEAR, 1, 3), datetime(LAST_YEAR, 1, 1)  # noqa: DTZ001  # by the wall, as it is
    if isinstance(when, Day):
        return Day(min(max(when.day, first.date()), last.date()))
    return Wall(min(max(when.at, first), last), when.zone)


def is_before(one: When, other: When) -> bool:
    """Whether one comes before the other, both being days or both being times."""
    if isinstance(one, Day) or isinstance(other, Day):
        return one[0] < other[0] if isinstance(one, Day) and isinstance(other, Day) else False
    return one.instant < other.instant


def day_of(when: When) -> date:
    """The date on which it is."""
    return when.day if isinstance(when, Day) else when.at.date()


def point(when: When) -> Resource:
    """A start or end as Google takes it."""
    if isinstance(when, Day):
        return {"date": when.day.isoformat()}
    offset = when.instant.astimezone(ZoneInfo(when.zone)).utcoffset() or timedelta()
    if offset % timedelta(minutes=1):
        # Local mean time, to the second: RFC 3339 cannot write that offset.
        return {"dateTime": f"{_utc(when.instant).isoformat()}Z", "timeZone": "UTC"}
    return {"dateTime": when.at.isoformat(), "timeZone": when.zone}


def suffix(when: When) -> str:
    """What the id of an instance ends with."""
    return f"{when.day:%Y%m%d}" if isinstance(when, Day) else f"{when.instant:%Y%m%dT%H%M%SZ}"


def dates_line(name: str, whens_: list[When]) -> list[str]:
    """Lines such as `EXDATE` for these dates and times, in UTC."""
    days = ",".join(f"{when.day:%Y%m%d}" for when in whens_ if isinstance(when, Day))
    times = ",".join(suffix(when) for when in whens_ if isinstance(when, Wall))
    return [*([f"{name};VALUE=DATE:{days}"] if days else []), *([f"{name}:{times}"] if times else [])]


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)
