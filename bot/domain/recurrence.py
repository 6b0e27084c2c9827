"""Turns remote events into the occurrences that they are on the time line, over a window.

Exceptions are laid over the instances of their master by the start they had before they were changed: one may
have moved into the window from outside, or out of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from bot.domain.event_spans import Span, repeated_spans, single_span
from bot.domain.events import AllDay, EventStatus, EventTime, Occurrence, RemoteEvent, Series, Timed
from bot.domain.intervals import Interval
from bot.domain.recurrence_rule import UnsupportedRecurrence
from bot.domain.sync_policy import blocks, certainty
from bot.domain.wall_time import UnknownZone, epoch, local_day, zone_named

# Else each of a thousand changed times might bring a rule of its own to work out.
_REPEATS_IN_TURN = "One of its changed times repeats in turn."


class Expansion(NamedTuple):
    """What became of an event; with a `problem`, `occurrences` is only what is certain of it."""

    occurrences: tuple[Occurrence, ...]
    problem: str | None = None


def expand(series: Series, *, zone: str, window: Interval) -> Expansion:
    """The occurrences of an event that touch the window, by start.

    FREE and declined ones are kept, with `blocks` false; cancelled ones are not. Where a repetition cannot be
    worked out, its first occurrence and the changed ones are told all the same, so that they do not look free.

    Args:
        series: an event with its exceptions, of which a single event has none.
        zone: IANA name of the calendar's zone, in which all-day events begin and end.
        window: epoch seconds.
    """
    master = series.master
    if master.status is EventStatus.CANCELLED:
        return Expansion(())
    spans, problem = _spans(master, zone, window)
    replaced: list[EventTime] = []
    changed: list[Occurrence] = []
    for original, change in series.exceptions.items():
        if change.status is not EventStatus.CANCELLED:
            its_spans, its_problem = _spans(replace(change, recurrence=()), zone, window)
            problem = problem or its_problem or (_REPEATS_IN_TURN if change.recurrence else None)
            changed += _touching(change, master.id, its_spans, window)
            if change.start is None:
                # Where it went is not known, so its old place stays taken.
                continue
        replaced.append(original)
    kept = _without(spans, replaced, master, zone)
    found = sorted([*_touching(master, master.id, kept, window), *changed])
    # Two that the clock's jump brings to the same start become one, the longer.
    return Expansion(tuple({(one.start, one.event_id): one for one in found}.values()), problem)


def _spans(event: RemoteEvent, zone: str, window: Interval) -> tuple[list[Span], str | None]:
    if event.start is None:
        return [], event.problem or "It came without a time that can be read."
    try:
        if not event.recurrence:
            return [single_span(event.start, event.end, zone)], event.problem
        return repeated_spans(event.start, event.end, event.recurrence, zone, window), event.problem
    except (UnsupportedRecurrence, UnknownZone) as refused:
        return _certain(event.start, event.end, zone), str(refused)


def _certain(start: EventTime, end: EventTime | None, zone: str) -> list[Span]:
    try:
        return [single_span(start, end, zone)]
    except UnknownZone:
        return []


def _without(spans: list[Span], replaced: list[EventTime], master: RemoteEvent, zone: str) -> Iterable[Span]:
    """The spans but for those that an exception took the place of."""
    if not spans or not replaced:
        return spans
    # Google forgets the changed times of a series that turns from days to hours or back. One that is still known here
    # names no time of the series as it is now, and what is taken must not look free.
    if isinstance(master.start, Timed):
        instants = {epoch(original.at) for original in replaced if isinstance(original, Timed)}
        return [span for span in spans if span.start not in instants]
    days = {original.day for original in replaced if isinstance(original, AllDay)}
    home = zone_named(zone)
    return [span for span in spans if local_day(span.start, home) not in days]


def _touching(event: RemoteEvent, series_id: str, spans: Iterable[Span], window: Interval) -> Iterator[Occurrence]:
    taken, certain = blocks(event), certainty(event)
    for start, end in spans:
        # One without length touches where it is.
        if start < window.end and (end > window.start or start == end == window.start):
            yield Occurrence(start, end, event.id, series_id, taken, certain)
