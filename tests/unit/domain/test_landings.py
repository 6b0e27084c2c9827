"""What became of an event that landed on an appointment."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.domain.availability import Slot
from bot.domain.intervals import Interval
from bot.domain.landings import (
    Landing,
    LandingNow,
    LandingShown,
    LandingState,
    accepted,
    distinct,
    lands_unasked,
    other_starts,
    state_now,
)
from tests.builders import ANA, BERLIN, at, second, span
from tests.unit.rendering.bookings import an_appointment

CALL = Landing(
    appointment_id=UUID(int=1),
    workspace_id=UUID(int=2),
    member_id=ANA,
    calendar_id=UUID(int=3),
    series_id="call",
    event_id="call",
    span=span("14:30-15:30"),
    version=1,
    state=LandingState.TOLD,
    ical_uid="call@google",
)
TWIN = replace(CALL, calendar_id=UUID(int=4), series_id="as invited", state=LandingState.WAITING)
NAMELESS = replace(TWIN, series_id="x", ical_uid="")
LATER = replace(TWIN, series_id="y", span=Interval(CALL.span.start + 60, CALL.span.end))


@pytest.mark.parametrize(
    ("appointment", "event", "now", "state"),
    [
        ("15:00-15:30", "14:30-15:30", "12:00", LandingState.TOLD),
        ("15:15-15:45", "14:30-15:30", "12:00", LandingState.TOLD),
        ("15:30-16:00", "14:30-15:30", "12:00", LandingState.MOVED),
        ("14:00-14:30", "14:30-15:30", "12:00", LandingState.MOVED),
        ("15:00-15:30", None, "12:00", LandingState.GONE),
        ("15:00-15:30", "14:30-15:00", "12:00", LandingState.GONE),
        ("15:00-15:30", "14:30-17:00", "15:29", LandingState.TOLD),
        ("15:00-15:30", "14:30-17:00", "15:30", LandingState.OVER),
        ("15:00-18:00", "14:30-15:30", "15:30", LandingState.OVER),
    ],
)
def test_either_side_may_end_it(appointment: str, event: str | None, now: str, state: LandingState) -> None:
    standing = LandingNow(span(appointment), is_live=True, event=span(event) if event else None)
    assert state_now(CALL, standing, at(now)) is state


def test_what_does_not_take_place_overlaps_nothing() -> None:
    standing = LandingNow(span("15:00-15:30"), is_live=False, event=span("14:30-15:30"))
    assert state_now(CALL, standing, at("12:00")) is LandingState.CALLED_OFF


def test_the_same_meeting_in_two_calendars_is_one_and_others_are_not() -> None:
    told, repeated = distinct([CALL, TWIN, NAMELESS, LATER], [])
    assert (told, repeated) == ([CALL, NAMELESS, LATER], [TWIN])


def test_what_he_was_told_of_in_one_calendar_is_repeated_in_another() -> None:
    assert distinct([TWIN, NAMELESS, LATER], [CALL]) == ([NAMELESS, LATER], [TWIN])
    assert distinct([NAMELESS], [replace(CALL, ical_uid="")]) == ([NAMELESS], [])


@pytest.mark.parametrize(
    ("before", "reaches", "after", "for_one_unasked"),
    [
        (LandingState.KNOWN, True, LandingState.KNOWN, False),
        (LandingState.KNOWN, False, LandingState.KNOWN, True),
        (LandingState.WAITING, True, LandingState.WAITING, False),
        (LandingState.WAITING, False, LandingState.KNOWN, True),
        (LandingState.TOLD, True, LandingState.TOLD, False),
        (LandingState.TOLD, False, LandingState.KEPT, True),
        (LandingState.KEPT, True, LandingState.KEPT, False),
        (LandingState.KEPT, False, LandingState.KEPT, True),
        (LandingState.MOVED, True, LandingState.KEPT, True),
        (LandingState.GONE, True, LandingState.KEPT, True),
        (LandingState.CALLED_OFF, True, LandingState.KEPT, True),
        (LandingState.OVER, True, LandingState.KEPT, True),
    ],
)
def test_an_appointment_that_is_put_on_it(
    before: LandingState, reaches: bool, after: LandingState, for_one_unasked: bool
) -> None:
    appointment = span("15:00-15:30" if reaches else "16:00-16:30")
    known = replace(CALL, state=before)
    assert (accepted(known, appointment), lands_unasked(known, appointment)) == (after, for_one_unasked)


def test_what_was_kept_and_made_way_for_counts_as_moved() -> None:
    kept = replace(CALL, state=LandingState.KEPT)
    there, elsewhere = (replace(an_appointment(), span=span(when)) for when in ("15:00-15:30", "15:30-16:00"))
    assert [LandingShown(kept, one, None).state for one in (there, elsewhere)] == [
        LandingState.KEPT,
        LandingState.MOVED,
    ]


def starts(*times: str) -> list[Slot]:
    return [Slot(second(time), (ANA,)) for time in times]


def test_other_times_leave_a_choice() -> None:
    free = starts("14:00", "14:15", "14:30", "16:00", "16:15", "2026-11-25 9:00", "2026-11-25 9:15")
    assert other_starts(free, second("15:00"), BERLIN) == tuple(starts("14:30", "16:00", "2026-11-25 9:00"))


def test_where_little_is_free_little_is_offered() -> None:
    assert other_starts(starts("15:00"), second("15:00"), BERLIN) == ()
    assert other_starts(starts("14:30", "14:45"), second("15:00"), BERLIN) == tuple(starts("14:45"))


def test_nothing_is_offered_on_an_earlier_day() -> None:
    free = starts("2026-11-23 16:30", "9:30", "2026-11-25 9:00")
    assert other_starts(free, second("9:00"), BERLIN) == tuple(starts("9:30", "2026-11-25 9:00"))
