"""An event that landed on an appointment, as its host is told."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.availability import Slot
from bot.domain.errors import NotFound
from bot.domain.intervals import Interval
from bot.domain.landings import BatchShown, LandedEvent, Landing, LandingBatch, LandingShown, LandingState
from bot.domain.ties import Tie, Ties
from bot.rendering.landing_ref import LandingDeed, LandingRef, landing_ref
from bot.rendering.landings import landing_message
from tests.builders import ANA, BERLIN, second, span
from tests.unit.rendering.answers import ACME, ana
from tests.unit.rendering.bookings import an_appointment
from tests.unit.rendering.screen import buttons_of, read_message

BATCH = UUID(int=900)
LINK = "https://calendar.google.com/event?eid=1"
HOSTILE = "<!channel> *Board* <https://evil.test|call> \u202e _x_"


def a_landing(
    state: LandingState = LandingState.TOLD, *, title: str = "Board call", number: int = 1, day: str = "2026-11-24"
) -> LandingShown:
    """A call from half past two to half past three on Maya's appointment at three."""
    appointment = replace(an_appointment(), span=span(f"{day} 15:00-15:30"))
    landing = Landing(
        appointment_id=appointment.id,
        workspace_id=ACME.id,
        member_id=ANA,
        calendar_id=UUID(int=3),
        series_id="call",
        event_id="call",
        span=span(f"{day} 14:30-15:30"),
        version=1,
        state=state,
        number=number,
    )
    moves = tuple(Slot(second(time), (ANA,)) for time in (f"{day} 15:30", f"{day} 16:30", "2026-12-30 9:00"))
    return LandingShown(landing, appointment, LandedEvent(title, landing.span, LINK), moves)


def a_batch(*landings: LandingShown) -> BatchShown:
    batch = LandingBatch(BATCH, ACME.id, ANA, tuple(one.landing for one in landings))
    return BatchShown(batch, ana, BERLIN, landings)


def told(text: str) -> str:
    return f"<!date^{second(text)}^{{date_short_pretty}} {{time}}|Tue 24 Nov {text} Berlin>"


def until(text: str) -> str:
    return f"<!date^{second(text)}^{{time}}|{text} Berlin>"


def test_both_stand_side_by_side_over_three_other_times() -> None:
    message = landing_message(a_batch(a_landing()))
    assert message.text == "Board call now overlaps Maya Ortiz and Ana."
    assert read_message(message) == [
        "*Board call* now overlaps *Maya Ortiz and Ana*.",
        f"· Board call, {told('14:30')} - {until('15:30')}, in Google",
        f"· Maya Ortiz and Ana, {told('15:00')} - {until('15:30')}",
        "[Move to 15:30] [Move to 16:30] [Move to Wed 30 Dec, 9:00]",
        "[Choose another time] [Keep both] [Open Board call in Google]",
    ]
    carried = buttons_of(message)
    assert landing_ref(carried["Move to 16:30"]) == LandingRef(LandingDeed.MOVE, BATCH, 1, 1, second("16:30"))
    assert landing_ref(carried["Keep both"]) == LandingRef(LandingDeed.KEEP, BATCH, 1)


def test_before_a_move_it_is_said_who_hears_of_it() -> None:
    blocks = json.dumps(landing_message(a_batch(a_landing())).blocks)
    assert "*Maya Ortiz and Ana* moves to Tue 24 Nov, 15:30 (Berlin). Google e-mails Maya Ortiz the new time." in blocks
    cut_off = replace(a_landing(), ties=Ties(google=Tie.BROKEN))
    assert "better tell Maya Ortiz yourself." in json.dumps(landing_message(a_batch(cut_off)).blocks)


def test_where_nothing_is_free_that_is_said() -> None:
    assert read_message(landing_message(a_batch(replace(a_landing(), moves=()))))[3:] == [
        "No other time was found in the days around it.",
        "[Choose another time] [Keep both] [Open Board call in Google]",
    ]


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (
            LandingState.MOVED,
            f"*Maya Ortiz and Ana* is at {told('15:00')} - {until('15:30')} now, clear of Board call.",
        ),
        (
            LandingState.KEPT,
            f"You keep both: *Maya Ortiz and Ana* and Board call, {told('14:30')} - {until('15:30')}.",
        ),
        (
            LandingState.GONE,
            "Board call does not take the time of *Maya Ortiz and Ana* any more. Nothing is to be done.",
        ),
        (
            LandingState.CALLED_OFF,
            "*Maya Ortiz and Ana* does not take place any more, so nothing overlaps Board call.",
        ),
        (
            LandingState.OVER,
            f"*Maya Ortiz and Ana* and Board call overlapped, {told('14:30')} - {until('15:30')}. That is over.",
        ),
    ],
)
def test_what_is_settled_has_one_line_and_no_buttons(state: LandingState, line: str) -> None:
    message = landing_message(a_batch(a_landing(state)))
    assert read_message(message) == [line]
    assert message.text == "Board call overlapped Maya Ortiz and Ana."


def test_an_event_that_is_not_there_any_more_has_no_title_to_tell() -> None:
    gone = replace(a_landing(LandingState.GONE), event=None)
    assert read_message(landing_message(a_batch(gone))) == [
        "An event of yours does not take the time of *Maya Ortiz and Ana* any more. Nothing is to be done."
    ]


def test_of_a_calendar_that_is_not_read_any_more_nobody_says_that_it_is_clear() -> None:
    unread = replace(a_landing(LandingState.GONE), event=None, is_read=False)
    [line] = read_message(landing_message(a_batch(unread)))
    assert line == (
        "An event of yours overlapped *Maya Ortiz and Ana*. "
        "Daybook does not read its calendar any more, and cannot tell whether it still does."
    )


def test_several_are_one_message_and_can_be_kept_together() -> None:
    landings = [a_landing(number=number, day=f"2026-12-0{number}") for number in (1, 2)]
    settled = a_landing(LandingState.KEPT, number=3, day="2026-12-03")
    message = landing_message(a_batch(*landings, settled))
    lines = read_message(message)
    assert message.text == "3 outside events now overlap your appointments."
    assert lines[0] == "*3 outside events now overlap your appointments.* 2 of them wait for your word."
    assert lines[-1] == "[Keep all 2]"
    # They stand on different days, so each time is told with its own.
    assert "[Move to Tue 1 Dec, 15:30] [Move to Tue 1 Dec, 16:30] [Move to Wed 30 Dec, 9:00]" in lines


def test_what_was_kept_and_moved_later_says_where_it_is() -> None:
    kept = a_landing(LandingState.KEPT)
    later = replace(kept, appointment=replace(kept.appointment, span=span("16:00-16:30")))
    assert "now, clear of Board call." in read_message(landing_message(a_batch(later)))[0]


def test_once_all_are_settled_that_is_said() -> None:
    landings = [a_landing(LandingState.KEPT, number=number) for number in (1, 2)]
    assert read_message(landing_message(a_batch(*landings)))[0] == (
        "*2 outside events overlapped your appointments: all of them are settled.*"
    )


# fault 47
def test_of_many_as_many_stand_there_as_one_message_holds() -> None:
    message = landing_message(a_batch(*(a_landing(number=number) for number in range(1, 201))))
    lines = read_message(message)
    assert [line for line in lines if line.startswith("*Board call*")] == [
        "*Board call* now overlaps *Maya Ortiz and Ana*."
    ] * 4
    assert lines[-3:] == [
        "_ +196 more. Your agenda shows each of them on its day.",
        "[Show my agenda]",
        "[Keep all 200]",
    ]


def test_of_many_those_come_first_that_wait() -> None:
    settled = [a_landing(LandingState.KEPT, number=number) for number in range(1, 9)]
    waiting = [a_landing(number=number) for number in (9, 10)]
    lines = read_message(landing_message(a_batch(*settled, *waiting)))
    assert lines[1].startswith("*Board call* now overlaps")
    assert len([line for line in lines if "Keep both" in line]) == 2
    assert "_ +2 more. Your agenda shows each of them on its day." in lines


# fault 46
def test_a_hostile_title_is_told_literally() -> None:
    message = landing_message(a_batch(a_landing(title=HOSTILE)))
    shown = json.dumps([message.text, *(block for block in message.blocks if block["type"] == "section")])
    for mark in ("<!channel", "<https", "*Board*", "\\u202e"):
        assert mark not in shown


# faults 46 and 47
@given(st.text(max_size=10_000), st.sampled_from(LandingState), st.integers(1, 40))
def test_whatever_stands_in_a_title_slack_takes_the_message(title: str, state: LandingState, number: int) -> None:
    landings = [a_landing(state, title=title, number=place) for place in range(1, number + 1)]
    assert read_message(landing_message(a_batch(*landings)))


@pytest.mark.parametrize(
    "value", ["", "move", f"move {BATCH} 1 1", f"drop {BATCH} 1 1 1", f"keep {'0' * 36} 1 1 1", f"keep {BATCH} -1 1 1"]
)
def test_a_button_that_is_not_ours_is_not_found(value: str) -> None:
    with pytest.raises(NotFound):
        landing_ref(value)


def test_an_empty_span_is_no_crash() -> None:
    landing = a_landing()
    empty = replace(landing, landing=replace(landing.landing, span=Interval(0, 0)))
    assert read_message(landing_message(a_batch(empty)))
