"""What a round trip check is about to find, and what it found."""

from datetime import datetime, timedelta

from bot.domain.calendars import Calendar
from bot.domain.round_trips import RoundTrip, Way, until_next
from bot.rendering.text import user_text
from bot.rendering.wording import counted, lasting

_TOLD = {Way.PUSH: "Google sent word of it", Way.POLL: "a regular reading found it"}
_TWO_MINUTES = timedelta(minutes=2)
_LEFT = "Google did not let Daybook remove its event: delete *Daybook check* in your calendar."


def writing_note() -> str:
    """While the event is being written."""
    return "Writing a check event to Google: private, Free, with nobody on it."


def round_trip_note(trip: RoundTrip, calendar: Calendar | None, now: datetime) -> str:
    """How the check stands, on top of the status."""
    if trip.problem:
        why = user_text(trip.problem, limit=300).rstrip(".")
        return f"The check could not be written: {why}. Your calendar is as it was.{_cleaning(trip)}"
    if trip.lag is not None:
        return f"*The check came back in {took(trip.lag)}*: {_found_by(trip)}. {_removed(trip, 'It')}"
    if trip.is_over(now):
        waited = lasting(trip.waits_until - trip.began_at)
        told = f"*The check did not come back within {waited}.* Changes in Google do not arrive just now."
        return f"{told} {_removed(trip, 'The event')}"
    return f"A check event is in Google. {_next(calendar, now)} The result shows here by itself."


def last_round_trip(trip: RoundTrip, now: datetime) -> str:
    """The last check, in a quiet line; empty where it says nothing."""
    ago, left = lasting(now - trip.began_at), f" {_LEFT}" if trip.is_left else ""
    if trip.problem:
        return f"Round trip check {ago} ago.{left}" if left else ""
    if trip.lag is not None:
        return f"Round trip check {ago} ago: a change came back in {took(trip.lag)}; {_found_by(trip)}.{left}"
    if trip.is_over(now):
        waited = lasting(trip.waits_until - trip.began_at)
        return f"Round trip check {ago} ago: it did not come back within {waited}.{left}"
    return f"A round trip check has been running for {ago}."


def took(lag: timedelta) -> str:
    """`less than a second`, `4 seconds`, `3 minutes`."""
    if lag >= _TWO_MINUTES:
        return lasting(lag)
    seconds = int(lag.total_seconds())
    return counted(seconds, "second") if seconds else "less than a second"


def _removed(trip: RoundTrip, what: str) -> str:
    if trip.is_left:
        return _LEFT
    return f"{what} is removed again." if trip.tidy_at is None else f"{what} is being removed."


def _found_by(trip: RoundTrip) -> str:
    return _TOLD[Way.POLL if trip.way is None else trip.way]


def _next(calendar: Calendar | None, now: datetime) -> str:
    if calendar is None:
        return "Its calendar is not in use any more."
    wait = until_next(calendar, now)
    when = f"in {lasting(wait)}" if wait else "now"
    if calendar.told_for(now):
        return f"Google usually tells of changes in seconds; the next regular reading is {when}."
    return f"The next regular reading is {when}."


def _cleaning(trip: RoundTrip) -> str:
    return "" if trip.tidy_at is None else " If the event arrived all the same, it is removed in a minute."
