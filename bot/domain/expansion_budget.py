"""Bounds what the repetitions of one calendar may cost in one sync: each may be cheap enough, and all together not."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.events import Series
from bot.domain.intervals import Interval
from bot.domain.recurrence import Expansion, expand

MOST_OCCURRENCES = 100_000
MOST_SECONDS = 20.0
_TOO_MUCH = "It repeats, as does so much else in this calendar that only its first time was worked out."


class BudgetedExpansion:
    """Expands the events of a calendar, a repetition that is asked for again without working it out again."""

    def __init__(
        self,
        zone: str,
        window: Interval,
        effort: Callable[[], float],
        *,
        occurrences: int = MOST_OCCURRENCES,
        seconds: float = MOST_SECONDS,
    ) -> None:
        """Take what to expand for, and what may be spent on it.

        Args:
            zone: IANA name of the calendar's zone.
            window: epoch seconds.
            effort: seconds worked so far, counted from anywhere.
            occurrences: of repeating events, together.
            seconds: of work for repeating events, together.
        """
        self._zone = zone
        self._window = window
        self._effort = effort
        self._occurrences = occurrences
        self._seconds = seconds
        self._known: dict[str, tuple[Series, Expansion]] = {}

    def __call__(self, series: Series) -> Expansion:
        """The occurrences; where the budget is used up, only the first of a repetition, its changed ones, and why."""
        if not series.master.recurrence:
            return expand(series, zone=self._zone, window=self._window)
        known = self._known.get(series.master.id)
        if known is not None and known[0] == series:
            return known[1]
        expansion = self._paid_for(series) if self._occurrences > 0 and self._seconds > 0 else self._first_of(series)
        self._known[series.master.id] = series, expansion
        return expansion

    def _paid_for(self, series: Series) -> Expansion:
        began = self._effort()
        expansion = expand(series, zone=self._zone, window=self._window)
        self._seconds -= self._effort() - began
        self._occurrences -= len(expansion.occurrences)
        return expansion

    def _first_of(self, series: Series) -> Expansion:
        once = replace(series, master=replace(series.master, recurrence=()))
        occurrences, problem = expand(once, zone=self._zone, window=self._window)
        return Expansion(occurrences, problem or _TOO_MUCH)
