"""Finds time zones by what people type: a city, a part of the world, or the name itself."""

from functools import cache
from zoneinfo import available_timezones

# The rest of the database are old names for these, and offsets that know no summer.
_AREAS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
_UTC = "UTC"


def zones_like(typed: str, *, limit: int) -> tuple[str, ...]:
    """The IANA names that hold every word of `typed`, those whose city begins with it first, at most `limit`."""
    wanted = " ".join(typed.lower().replace("_", " ").replace("/", " ").split())
    words = wanted.split()
    found = [(not _city(name).startswith(wanted), name) for name in _names() if _holds(name, words)]
    return tuple(name for _, name in sorted(found)[:limit])


def _holds(name: str, words: list[str]) -> bool:
    spoken = _spoken(name)
    return all(word in spoken for word in words)


def _city(name: str) -> str:
    return _spoken(name.rpartition("/")[2])


def _spoken(name: str) -> str:
    return name.lower().replace("_", " ").replace("/", " ")


@cache
def _names() -> tuple[str, ...]:
    """Read once, from some six hundred files."""
    return tuple(sorted(name for name in available_timezones() if name == _UTC or name.startswith(_AREAS)))
