"""Single values of Google's JSON: texts, times, tokens and zones, of which nothing is trusted to be what it should."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.events import AllDay, EventTime, Timed

_TEXT_LENGTH = 2048


def time_of(value: Any) -> EventTime | None:
    """None where there is none or it cannot be read: 31 November, a year of five digits, no offset."""
    if value is None:
        return None
    try:
        if written := value.get("dateTime"):
            at = datetime.fromisoformat(written)
            return Timed(at.astimezone(UTC), text_of(value.get("timeZone")) or None) if at.tzinfo else None
        return AllDay(date.fromisoformat(value["date"]))
    except (ValueError, OverflowError, TypeError, LookupError, AttributeError):
        return None


def rfc3339(at: datetime) -> str:
    """An aware moment as Google takes it, in UTC and whole seconds."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def text_of(value: object, length: int = _TEXT_LENGTH) -> str:
    """Cut to `length`, without what no database takes: NUL, and halves of surrogate pairs, which JSON can spell."""
    if not isinstance(value, str):
        return ""
    if not value.isascii() or "\x00" in value:
        value = value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return value[:length]


def token_of(answer: Mapping[str, Any], name: str) -> str | None:
    """What asks for more, or nothing."""
    value = answer.get(name)
    return value if isinstance(value, str) and value else None


def is_known_zone(zone: str) -> bool:
    """Whether this machine can tell the times of a zone."""
    try:
        ZoneInfo(zone)
    except (LookupError, ValueError, OSError):
        return False
    return True
