"""The permissions that Daybook asks Google for."""

from bot.domain.accounts import Access

_PREFIX = "https://www.googleapis.com/auth/"

# Read access is `events.readonly`, not `events.freebusy`, which would hide the titles from their own owner too.
_NEEDED = {
    Access.FULL: ("calendar.events", "calendar.calendarlist.readonly", "calendar.events.freebusy"),
    Access.CONFLICT_ONLY: ("calendar.calendarlist.readonly", "calendar.events.readonly"),
}


def requested(access: Access) -> str:
    """What to ask for, as OAuth writes it: full addresses with spaces between."""
    return " ".join(_PREFIX + name for name in _NEEDED[access])


def missing(granted: frozenset[str], access: Access) -> tuple[str, ...]:
    """The short names, such as `calendar.events`, of what `access` needs and `granted` (full addresses) lacks."""
    return tuple(name for name in _NEEDED[access] if _PREFIX + name not in granted)
