"""What a booking has to be like, and which reasons against its time can be passed over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from unicodedata import category
from uuid import UUID

from bot.domain.answers import Gathered
from bot.domain.appointments import Venue, Where
from bot.domain.booking import (
    LONGEST_DETAILS,
    LONGEST_NOTE,
    LONGEST_TITLE,
    MOST_HOSTS,
    BadBooking,
    BookingRequest,
    NeedsAnyway,
    NotOffered,
    SlotTaken,
)
from bot.domain.explanation import Reason, ReasonKind
from bot.domain.intervals import Interval
from bot.domain.member_time import BusyReason
from bot.domain.slots_request import LONGEST_MINUTES, SHORTEST_MINUTES
from bot.domain.wall_time import MINUTE, epoch

LONGEST_REASON = 300
_WITH_DETAILS = (Where.PHONE, Where.PLACE)
_TAKES_TIME = (BusyReason.APPOINTMENT, BusyReason.HOLD)
_LATEST = 4_102_444_800  # the year 2100: nobody plans further, and every calendar can still write it


def tidied(request: BookingRequest, now: datetime) -> BookingRequest:
    """The request with its texts on one line where they have one, and without what does not belong together.

    Raises `BadBooking` for what no appointment can be.
    """
    if len(request.hosts) > MOST_HOSTS:
        raise BadBooking("hosts", f"Choose {MOST_HOSTS} people at most.")
    require_length(request.minutes)
    require_to_come(request.start, now)
    title = _one_line(request.title)
    if len(title) > LONGEST_TITLE:
        raise BadBooking("title", f"Write at most {LONGEST_TITLE} characters; these are {len(title)}.")
    note = request.note.strip()
    if len(note) > LONGEST_NOTE:
        raise BadBooking("note", f"Write at most {LONGEST_NOTE} characters; these are {len(note)}.")
    return replace(
        request,
        title=title,
        note=note,
        venue=tidied_venue(request.venue),
        invites=request.invites and request.contact is not None,
    )


def tidied_venue(venue: Venue) -> Venue:
    """The venue without details that it has no use for; raises `BadBooking`."""
    details = _one_line(venue.details) if venue.where in _WITH_DETAILS else ""
    if len(details) > LONGEST_DETAILS:
        raise BadBooking("venue", f"Write at most {LONGEST_DETAILS} characters; these are {len(details)}.")
    if venue.where is Where.PLACE and not details:
        raise BadBooking("venue", "Write which place, like a street or a room.")
    return Venue(venue.where, details)


def tidied_reason(reason: str) -> str:
    """Why something was cancelled, on one line; raises `BadBooking`."""
    told = _one_line(reason)
    if len(told) > LONGEST_REASON:
        raise BadBooking("reason", f"Write at most {LONGEST_REASON} characters; these are {len(told)}.")
    return told


def require_length(minutes: int) -> None:
    """Raises `BadBooking`."""
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise BadBooking(
            "minutes", f"A meeting takes from {SHORTEST_MINUTES} minutes to {LONGEST_MINUTES // 60} hours."
        )


def require_to_come(start: int, now: datetime) -> None:
    """Raises `BadBooking` for a start that has passed, or lies too far off, or within a minute."""
    if start <= epoch(now):
        raise BadBooking("start", "That time has passed. Choose a later one.")
    if start % MINUTE:
        raise BadBooking("start", "A meeting starts on a whole minute.")
    if start > _LATEST:
        raise BadBooking("start", "That is too far ahead. Choose an earlier day.")


def require_free(reasons: Sequence[Reason], own_id: UUID, *, overrides: bool) -> None:
    """Raises `SlotTaken` and `NotOffered`, both without starts to take instead.

    Args:
        reasons: all that stands in the way of the start; soft ones do not.
        own_id: the member who books.
        overrides: he passes over what stands in the way of his own time alone, except live appointments.
    """
    hard = [reason for reason in reasons if not reason.is_soft]
    if any(is_taken(reason) for reason in hard):
        raise SlotTaken
    left = [reason for reason in hard if not (overrides and _may_be_passed_over(reason, own_id))]
    if left:
        may_override = all(_may_be_passed_over(reason, own_id) for reason in left)
        raise NotOffered(tuple(left), (), may_override=may_override)


def require_fresh(gathered: Gathered, unanswered: frozenset[UUID], *, anyway: frozenset[str]) -> None:
    """Raises `NeedsAnyway` where a calendar of theirs is stale, or one of them has none.

    Not where all of that is passed over: `anyway` are its marks.

    `unanswered` are the calendars that could not be read just now.
    """
    late = tuple(calendar for time in gathered.times for calendar in time.stale)
    needed = NeedsAnyway(late, unanswered, gathered.silent)
    if not needed.unknown <= anyway:
        raise needed


def is_taken(reason: Reason) -> bool:
    """A live appointment is there at that very time."""
    return reason.kind is ReasonKind.BUSY and reason.source is not None and reason.source.reason in _TAKES_TIME


def _may_be_passed_over(reason: Reason, own_id: UUID) -> bool:
    return reason.member_id == own_id and reason.kind is not ReasonKind.PAST


def _one_line(text: str) -> str:
    """The words of a text with single spaces between; nothing that cannot be seen, as what turns the direction."""
    visible = (letter for letter in text if category(letter) != "Cf")
    return " ".join("".join(" " if category(letter) == "Cc" else letter for letter in visible).split())


def is_possible(span: Interval) -> bool:
    """Whether an appointment can take that time: of whole minutes, neither too short nor too long."""
    length = span.end - span.start
    return (
        SHORTEST_MINUTES * MINUTE <= length <= LONGEST_MINUTES * MINUTE
        and span.start % MINUTE == 0
        and length % MINUTE == 0
    )
