"""What the repetitions of one calendar may cost together."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.events import Series
from bot.domain.expansion_budget import BudgetedExpansion
from bot.domain.recurrence import Expansion
from tests.builders import BERLIN
from tests.event_builders import a_meeting, timed, told, utc_days

_WEEK = utc_days("2026-11-23", "2026-11-29")
_TOO_MUCH = "It repeats, as does so much else in this calendar that only its first time was worked out."
_FIRST = ["2026-11-24T09:00+01:00 1h"]
_DAILY = [f"2026-11-{day}T09:00+01:00 1h" for day in range(24, 30)]


def working(seconds_each: float) -> Callable[[], float]:
    """Looked at twice for each expansion: before it, and so many seconds later."""
    looks = iter(range(1_000))
    return lambda: (next(looks) + 1) // 2 * seconds_each


def a_series(event_id: str) -> Series:
    return Series(replace(a_meeting(event_id), recurrence=("RRULE:FREQ=DAILY",)))


def what(expansion: Expansion) -> tuple[list[str], str | None]:
    return told(expansion.occurrences), expansion.problem


def test_occurrences_beyond_the_budget_are_not_worked_out() -> None:
    expand = BudgetedExpansion(BERLIN, _WEEK, working(0), occurrences=7)
    assert [what(expand(a_series(name))) for name in "abc"] == [(_DAILY, None), (_DAILY, None), (_FIRST, _TOO_MUCH)]


def test_work_beyond_the_budget_is_not_done() -> None:
    expand = BudgetedExpansion(BERLIN, _WEEK, working(6), seconds=10)
    assert [what(expand(a_series(name))) for name in "abc"] == [(_DAILY, None), (_DAILY, None), (_FIRST, _TOO_MUCH)]


def test_single_events_cost_nothing_and_are_never_refused() -> None:
    expand = BudgetedExpansion(BERLIN, _WEEK, working(6), occurrences=0)
    assert what(expand(Series(a_meeting()))) == (_FIRST, None)


def test_beyond_the_budget_the_changed_times_of_a_series_are_told_all_the_same() -> None:
    key = timed("2026-11-25 9:00")
    moved = replace(a_meeting("x", "2026-11-25 14:00-15:00"), series_id="s", original_start=key)
    expand = BudgetedExpansion(BERLIN, _WEEK, working(0), occurrences=0)
    series = replace(a_series("s"), exceptions={key: moved})
    assert what(expand(series)) == ([*_FIRST, "2026-11-25T14:00+01:00 1h"], _TOO_MUCH)


def test_what_is_asked_for_again_is_not_worked_out_again() -> None:
    expand = BudgetedExpansion(BERLIN, _WEEK, working(6), seconds=10)
    once, again, other = expand(a_series("a")), expand(a_series("a")), expand(a_series("b"))
    assert again is once
    assert what(other) == (_DAILY, None)


def test_a_series_that_changed_in_between_is_worked_out_anew() -> None:
    expand = BudgetedExpansion(BERLIN, _WEEK, working(0))
    expand(a_series("a"))
    later = a_series("a")
    changed = replace(later, master=replace(later.master, recurrence=("RRULE:FREQ=DAILY;COUNT=1",)))
    assert what(expand(changed)) == (_FIRST, None)
