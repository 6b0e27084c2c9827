"""Events that repeat, and what they become."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.events import EventTime, RemoteEvent, Series
from bot.domain.intervals import Interval
from bot.domain.recurrence import Expansion, expand
from tests.builders import BERLIN
from tests.event_builders import a_meeting, timed, told

WEEKLY = ("RRULE:FREQ=WEEKLY",)


def expanded(
    event: RemoteEvent,
    window: Interval,
    *lines: str,
    zone: str = BERLIN,
    exceptions: Mapping[EventTime, RemoteEvent] | None = None,
) -> Expansion:
    """The event, repeating as `lines` say, over a window."""
    return expand(Series(replace(event, recurrence=lines), exceptions or {}), zone=zone, window=window)


def starts(expansion: Expansion, zone: str = BERLIN) -> list[str]:
    """The occurrences in words, of an expansion without problem."""
    assert expansion.problem is None
    return told(expansion.occurrences, zone)


def an_exception(original: str, when: str, event_id: str = "x") -> tuple[EventTime, RemoteEvent]:
    """An instance of the series `m` that was changed, by its original start."""
    key = timed(original)
    return key, replace(a_meeting(event_id, when), series_id="m", original_start=key)
