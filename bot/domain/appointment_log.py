"""The history of an appointment, for the thread under its card."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.intervals import Interval


class Deed(StrEnum):
    """What happened to an appointment, for the thread under its card."""

    BOOKED = "booked"
    HELD = "held"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    MOVED_IN_GOOGLE = "moved_in_google"
    RENAMED_IN_GOOGLE = "renamed_in_google"
    CANCELLED = "cancelled"
    CANCELLED_IN_GOOGLE = "cancelled_in_google"
    EXPIRED = "expired"
    UNDONE = "undone"
    DELETED_IN_GOOGLE = "deleted_in_google"
    COLLIDES_IN_GOOGLE = "collides_in_google"
    PUT_BACK = "put_back"
    SHOWED = "showed"
    NO_SHOW = "no_show"
    DECLINED = "declined"
    VENUE_CHANGED = "venue_changed"
    LINK_ADDED = "link_added"
    LINK_MISSING = "link_missing"
    LINK_CHECKED = "link_checked"
    LINK_REPAIRED = "link_repaired"


MOVES_HERE = (Deed.MOVED,)
"""By which an appointment gets another start in Daybook."""

MOVES = (*MOVES_HERE, Deed.MOVED_IN_GOOGLE)
"""By which it gets one at all; of those in Google nobody here knows before they are read."""

REVIVALS = (Deed.CONFIRMED, Deed.UNDONE)
"""By which one that was none stands at a start again, or for the first time."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of an appointment's history.

    Args:
        who: the member who did it; None for Daybook itself, for Google, and for time passing.
        before: where it stood, if it was moved.
        after: where it stands since.
        detail: foreign text that belongs to it: a reason, a title.
    """

    at: datetime
    deed: Deed
    who: UUID | None = None
    before: Interval | None = None
    after: Interval | None = None
    detail: str = ""
