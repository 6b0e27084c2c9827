"""What became of an event that landed on an appointment."""

from uuid import UUID

import pytest

from bot.domain.availability import Slot
from bot.domain.intervals import Interval
from bot.domain.landings import Landing, LandingNow, LandingState, distinct, other_starts, state_now
from tests.builders import ANA, BERLIN, at, second, span

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
)


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
    twin = Landing(
        CALL.appointment_id, CALL.workspace_id, ANA, UUID(int=4), "as invited", "as invited", CALL.span, version=1
    )
    nameless = Landing(CALL.appointment_id, CALL.workspace_id, ANA, UUID(int=4), "x", "x", CALL.span, version=1)
    later = Landing(
        CALL.appointment_id, CALL.workspace_id, ANA, UUID(int=4), "y", "y", Interval(CALL.span.start + 60, 0), version=1
    )
    told, repeated = distinct([CALL, twin, nameless, later], ["uid", "uid", "", "uid"])
    assert (told, repeated) == ([CALL, nameless, later], [twin])


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
