"""An appointment's life: which change leads where, and which is refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.appointments import (
    UNDO,
    Appointment,
    AppointmentStatus,
    NotPossible,
    Question,
    QuestionKind,
    Venue,
    Where,
)
from bot.domain.intervals import Interval
from tests.builders import ANA, BEN, BERLIN, at, span

NOON = at("12:00")
HELD, CONFIRMED, CANCELLED, SHOWED, NO_SHOW = AppointmentStatus
AFTER = at("15:30")


def an_appointment(
    status: AppointmentStatus = CONFIRMED,
    *,
    times: str = "15:00-15:30",
    version: int = 1,
    question: Question | None = None,
    before_move: Interval | None = None,
) -> Appointment:
    """Half an hour with nobody, booked at noon."""
    return Appointment(
        id=UUID(int=1000),
        workspace_id=UUID(int=100),
        hosts=(ANA,),
        booker_id=BEN,
        contact=None,
        title="Fitting",
        span=span(times),
        zone=BERLIN,
        venue=Venue(),
        note="",
        status=status,
        invites=False,
        created_at=NOON,
        changed_at=NOON,
        version=version,
        expires_at=at("12:30") if status is HELD else None,
        question=question,
        before_move=before_move,
    )


def test_an_appointment_tells_its_times_and_length() -> None:
    one = an_appointment(times="2026-10-25 1:30-4:00")
    # The clock goes back in between: two and a half hours on the wall last an hour more.
    assert (one.starts_at, one.ends_at) == (at("2026-10-25 1:30"), at("2026-10-25 4:00"))
    assert one.minutes == 210


CHANGES: dict[str, Callable[[Appointment, datetime], Appointment]] = {
    "confirmed": lambda one, now: one.confirmed(now),
    "moved": lambda one, now: one.moved(span("16:00-16:30"), now),
    "renamed": lambda one, now: one.renamed("Talk", now),
    "at venue": lambda one, now: one.at_venue(Venue(Where.PHONE, "+49"), now),
    "cancelled": lambda one, now: one.cancelled("", now),
    "showed": lambda one, now: one.settled(SHOWED, now),
    "no show": lambda one, now: one.settled(NO_SHOW, now),
    "asking": lambda one, now: one.asking(Question(QuestionKind.DELETED), now),
}
ALLOWED = {
    HELD: {"confirmed", "moved", "renamed", "at venue", "cancelled", "asking"},
    CONFIRMED: {"moved", "renamed", "at venue", "cancelled", "asking", "showed", "no show"},
    CANCELLED: set[str](),
    SHOWED: set[str](),
    NO_SHOW: set[str](),
}


@pytest.mark.parametrize("status", list(AppointmentStatus))
@pytest.mark.parametrize("change", list(CHANGES))
def test_every_change_leads_on_or_is_refused(status: AppointmentStatus, change: str) -> None:
    now = AFTER if change in ("showed", "no show") else NOON
    if change in ALLOWED[status]:
        changed = CHANGES[change](an_appointment(status), now)
        assert (changed.version, changed.changed_at) == (2, now)
    else:
        with pytest.raises(NotPossible):
            CHANGES[change](an_appointment(status), now)


@given(st.lists(st.tuples(st.sampled_from(list(CHANGES)), st.integers(0, 5 * 60)), max_size=8))
def test_whatever_is_tried_a_final_status_stays_and_versions_count_up(tries: list[tuple[str, int]]) -> None:
    one, now = an_appointment(HELD), NOON
    for change, minutes in tries:
        now += timedelta(minutes=minutes)
        try:
            changed = CHANGES[change](one, now)
        except NotPossible:
            continue
        assert one.is_live
        assert changed.version == one.version + 1
        one = changed


def test_a_hold_is_confirmed_only_until_it_ends() -> None:
    held = an_appointment(HELD)
    assert held.confirmed(at("12:29")).expires_at is None
    with pytest.raises(NotPossible, match="The hold has ended"):
        held.confirmed(at("12:30"))


def test_what_came_of_it_is_known_when_it_is_over() -> None:
    with pytest.raises(NotPossible, match="not over yet"):
        an_appointment().settled(SHOWED, AFTER - timedelta(seconds=1))
    with pytest.raises(ValueError, match="not what came of a meeting"):
        an_appointment().settled(CANCELLED, AFTER)


# fault 9
def test_no_appointment_ends_before_it_begins() -> None:
    for backwards in (Interval(100, 100), Interval(100, 40)):
        with pytest.raises(NotPossible):
            an_appointment().moved(backwards, NOON)


def test_a_move_remembers_where_it_stood_until_something_else_changes() -> None:
    moved = an_appointment().moved(span("16:00-16:30"), NOON)
    assert moved.before_move == span("15:00-15:30")
    assert moved.renamed("Talk", NOON).before_move is None
    back = moved.moved_back(NOON)
    assert (back.span, back.before_move, back.version) == (span("15:00-15:30"), None, 3)
    with pytest.raises(NotPossible, match="no move to undo"):
        back.moved_back(NOON)


def test_a_move_answers_what_was_asked() -> None:
    asking = an_appointment(question=Question(QuestionKind.COLLIDES, span("16:00-16:30")))
    assert asking.moved(span("17:00-17:30"), NOON).question is None
    assert asking.cancelled("", NOON).question is None
    assert asking.renamed("Talk", NOON).question is not None


def test_a_booking_and_a_move_can_be_undone_for_ten_minutes_before_the_start() -> None:
    booked = an_appointment()
    assert booked.may_be_undone(NOON + UNDO - timedelta(seconds=1))
    assert not booked.may_be_undone(NOON + UNDO)
    assert an_appointment(version=3, before_move=span("14:00-14:30")).may_be_undone(NOON)
    assert not an_appointment(version=3).may_be_undone(NOON)
    assert not an_appointment(CANCELLED).may_be_undone(NOON)
    assert not an_appointment(times="12:05-12:30").may_be_undone(at("12:05"))


@pytest.mark.parametrize(
    ("status", "told"), [(CANCELLED, "cancelled"), (SHOWED, "marked as showed"), (NO_SHOW, "marked as a no-show")]
)
def test_what_has_ended_says_how(status: AppointmentStatus, told: str) -> None:
    with pytest.raises(NotPossible, match=f"^It is {told}, so it cannot be moved any more.$"):
        an_appointment(status).require_live("moved")


def test_a_booking_that_only_was_met_elsewhere_can_still_be_undone_but_not_for_longer() -> None:
    elsewhere = an_appointment().at_venue(Venue(Where.MEET), NOON + timedelta(minutes=9))
    assert elsewhere.may_be_undone(NOON + UNDO - timedelta(seconds=1))
    assert not elsewhere.may_be_undone(NOON + UNDO)
    twice = elsewhere.at_venue(Venue(Where.PHONE, "1"), NOON + timedelta(minutes=9))
    assert twice.may_be_undone(NOON + UNDO - timedelta(seconds=1))


def test_what_was_moved_and_then_met_elsewhere_is_not_called_off_by_undo() -> None:
    moved = an_appointment().moved(span("16:00-16:30"), NOON)
    assert not moved.at_venue(Venue(Where.MEET), NOON).may_be_undone(NOON)
