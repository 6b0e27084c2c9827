"""What the form of a digest asks for, and what is wrong with it on the face of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from uuid import UUID

from bot.domain.digests import MOST_PEOPLE, Level, Rhythm

WORKING_WEEK = frozenset(range(5))
_MONDAY = frozenset({0})
USUAL_TIME = time(8, 30)


class DigestField(StrEnum):
    """The fields of the form, as block ids."""

    CHANNEL = "channel"
    RHYTHM = "rhythm"
    WEEKDAYS = "weekdays"
    TIME = "time"
    ZONE = "zone"
    PEOPLE = "people"
    LEVEL = "level"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class DigestWish:
    """What the form asks for; `people` are Slack ids, `at` is None where no time was chosen."""

    zone: str
    channel_id: str = ""
    rhythm: Rhythm = Rhythm.DAILY
    weekdays: frozenset[int] = WORKING_WEEK
    at: time | None = USUAL_TIME
    people: tuple[str, ...] = ()
    level: Level = Level.BUSY
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class DigestForm:
    """The form as it is shown.

    Args:
        digest_id: what is changed; None for a new one.
        channel_name: where it goes; empty where that is still to be chosen.
    """

    wish: DigestWish
    digest_id: UUID | None
    channel_name: str = ""


def weekdays_of(wish: DigestWish) -> frozenset[int]:
    """On which it comes: a weekly one of which nobody chose the day, on Mondays."""
    is_untouched = wish.rhythm is Rhythm.WEEKLY and wish.weekdays == WORKING_WEEK
    return _MONDAY if is_untouched else wish.weekdays


def mistakes_in(wish: DigestWish) -> Mapping[DigestField, str]:
    """What is wrong with the form, as far as one can see without asking anybody."""
    found: dict[DigestField, str] = {}
    if not wish.weekdays:
        found[DigestField.WEEKDAYS] = "Choose at least one day."
    elif wish.rhythm is Rhythm.WEEKLY and len(weekdays_of(wish)) > 1:
        found[DigestField.WEEKDAYS] = "A weekly digest comes on one day: choose that one alone."
    if wish.at is None:
        found[DigestField.TIME] = "Choose a time."
    if not wish.people:
        found[DigestField.PEOPLE] = "Choose at least one person."
    elif len(wish.people) > MOST_PEOPLE:
        found[DigestField.PEOPLE] = f"Choose {MOST_PEOPLE} people at most."
    return found
