"""Reads and writes times as Zoom does: UTC with a Z, or the clock of a named zone without one."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?", re.ASCII)


def is_time(value: object) -> bool:
    """Whether `value` is a time in one of the two forms: no fractions, no offsets."""
    if not isinstance(value, str) or not _FORM.fullmatch(value):
        return False
    try:
        return _FIRST_YEAR <= datetime.fromisoformat(value).year <= _LAST_YEAR
    except ValueError:
        return False


def is_day(text: str) -> bool:
    """Whether a text is a date such as `2026-12-01`."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_zone(value: object) -> bool:
    """Whether `value` names a zone."""
    try:
        return isinstance(value, str) and bool(ZoneInfo(value))
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False


def moment(text: str, zone: str) -> datetime:
    """The time in UTC; `zone` counts where `text` has no Z. A skipped time is read as before the clocks changed."""
    read = datetime.fromisoformat(text)
    return (read if read.tzinfo else read.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def zulu(at: datetime) -> str:
    """The time in UTC, in whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
