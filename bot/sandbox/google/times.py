"""Reads and writes times as Google does: RFC 3339 with an offset, or days in a calendar's zone."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.sandbox.google.errors import Resource, invalid, required

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def instant(text: str) -> datetime:
    """The moment that `text` names; its offset is mandatory, and parts of a second are ignored.

    Raises:
        ValueError: it is no RFC 3339 timestamp, or has no offset.
    """
    if not _INSTANT.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text).astimezone(UTC).replace(microsecond=0)


def stamp(moment: datetime) -> str:
    """`moment` to the millisecond in UTC, as `created` and `updated` have it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def zone_named(name: str) -> ZoneInfo:
    """The zone of that IANA name.

    Raises:
        ApiError: there is none.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise invalid("Invalid time zone definition.") from None


def checked_point(point: object, which: str, zone: str) -> Resource:
    """A start or end as a client sends it, as it is kept: a date, or a time with its offset and zone.

    Args:
        point: the `start` or `end` of a body.
        which: `start` or `end`, for the refusal.
        zone: the calendar's, for a time that names none.

    Raises:
        ApiError: it is missing or unreadable, says both, or leaves open where it is meant.
    """
    if not isinstance(point, dict) or not (point.get("date") or point.get("dateTime")):
        raise required(f"Missing {which} time.")
    if point.get("date") and point.get("dateTime"):
        raise invalid(f"Invalid {which} time.")
    try:
        if point.get("date"):
            return {"date": _day(point["date"]).isoformat()}
        return _timed(point, which, zone)
    except (ValueError, TypeError):
        raise invalid(f"Invalid {which} time.") from None


def _timed(point: Resource, which: str, zone: str) -> Resource:
    text, named = point["dateTime"], point.get("timeZone")
    tz = zone_named(named or zone)
    if _INSTANT.fullmatch(text):
        moment = instant(text).astimezone(tz)
    elif named is None:
        raise required(f"Missing time zone definition for {which} time.")
    elif _LOCAL.fullmatch(text):
        moment = datetime.fromisoformat(text).replace(microsecond=0, tzinfo=tz)
    else:
        raise ValueError(text)
    return {"dateTime": written(moment), "timeZone": named or zone}


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def moment_of(point: Resource, zone: str) -> datetime:
    """When a kept start or end is, in UTC; a date begins at midnight of `zone`."""
    if "date" in point:
        midnight = datetime.combine(date.fromisoformat(point["date"]), time(), ZoneInfo(zone))
        return midnight.astimezone(UTC)
    return instant(point["dateTime"])


def shown_point(point: Resource, zone: str) -> Resource:
    """A kept start or end as it is answered: the same moment, with the offset that it has in `zone`."""
    if "date" in point:
        return dict(point)
    return {**point, "dateTime": written(instant(point["dateTime"]).astimezone(ZoneInfo(zone)))}


def length_of(start: Resource, end: Resource) -> timedelta:
    """How long an event lasts: elapsed time, or whole days."""
    if "date" in start:
        return date.fromisoformat(end["date"]) - date.fromisoformat(start["date"])
    return instant(end["dateTime"]) - instant(start["dateTime"])


def written(moment: datetime) -> str:
    """`moment` in its own offset, `Z` for none."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
