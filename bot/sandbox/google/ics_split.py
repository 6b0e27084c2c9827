"""Divides a series where it was changed for "this and all following", as Google does it."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from bot.sandbox.google.ics_events import Entry
from bot.sandbox.google.ics_times import Day, Wall, When, day_of, is_before, moved, suffix
from bot.sandbox.google.recurrence import is_safe

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# With these a rule does not move with its start, or has to be walked for longer than it counts.
_FIXED = ("BYHOUR", "BYMINUTE", "BYSECOND", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
_MOST_COUNTED = 5000


class CannotSplit(Exception):
    """A series whose second part cannot be written as a rule."""


def split(master: Entry, change: Entry) -> tuple[Entry, Entry]:
    """The series up to the change, and the one from it on; raises `CannotSplit`."""
    at = original_of(master, change.replaces)
    if len(master.rules) != 1 or master.added or master.lines or not is_safe([f"RRULE:{master.rules[0]}"]):
        raise CannotSplit
    parts = dict(part.partition("=")[::2] for part in master.rules[0].split(";"))
    start = _like(change.start, at)
    days, rest = _shift(at, start)
    if "COUNT" in parts:
        parts["COUNT"] = str(int(parts["COUNT"]) - _count_before(master, parts, at))
    if any(name in parts for name in _FIXED) and (days or rest):
        raise CannotSplit
    if days:
        _move_weekdays(parts, days)
    if until := parts.get("UNTIL"):
        if _is_over(until, at):
            raise CannotSplit
        parts["UNTIL"] = _moved_until(until, days + rest)
    before = {name: value for name, value in _rule(master).items() if name not in ("COUNT", "UNTIL")}
    before["UNTIL"] = _just_before(at)
    removed = [original_of(master, when) for when in master.removed]
    return (
        replace(master, rules=(_written(before),)),
        replace(
            change,
            start=start,
            end=_like(change.end, at),
            replaces=None,
            and_following=False,
            rules=(_written(parts),),
            removed=tuple(moved(when, days, rest) for when in removed if is_before(at, when)),
        ),
    )


def shifted(master: Entry, change: Entry, exception: Entry) -> Entry:
    """An exception of the first part as one of the second."""
    at = original_of(master, change.replaces)
    days, rest = _shift(at, _like(change.start, at))
    return replace(exception, replaces=moved(original_of(master, exception.replaces), days, rest))


def original_of(master: Entry, told: When | None) -> When:
    """When an instance would have been, told as a day or as a time in any zone, in the way of its master."""
    if told is None:
        return master.start
    if isinstance(master.start, Day):
        return Day(day_of(told))
    if isinstance(told, Day):
        return Wall(datetime.combine(told.day, master.start.at.time()), master.start.zone)
    return _like(told, master.start)


def _like(when: When, other: When) -> When:
    """The same instant by the clock of the other's zone; raises `CannotSplit` where one is a day."""
    if isinstance(when, Day) or isinstance(other, Day):
        if type(when) is not type(other):
            raise CannotSplit
        return when
    if when.zone == other.zone:
        return when
    return Wall(when.instant.astimezone(ZoneInfo(other.zone)).replace(tzinfo=None, fold=0), other.zone)


def _shift(at: When, start: When) -> tuple[timedelta, timedelta]:
    days = day_of(start) - day_of(at)
    if isinstance(at, Wall) and isinstance(start, Wall):
        return days, start.at - at.at - days
    return days, timedelta()


def _rule(entry: Entry) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in entry.rules[0].split(";"))


def _written(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _move_weekdays(parts: dict[str, str], days: timedelta) -> None:
    weekdays = [day for day in parts.get("BYDAY", "").split(",") if day]
    if parts["FREQ"] not in ("DAILY", "WEEKLY") or len(weekdays) > 1 or not set(weekdays) <= set(_WEEKDAYS):
        raise CannotSplit
    if weekdays:
        parts["BYDAY"] = _WEEKDAYS[(_WEEKDAYS.index(weekdays[0]) + days.days) % 7]


def _moved_until(text: str, by: timedelta) -> str:
    try:
        until = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError as problem:
        raise CannotSplit from problem
    if "T" not in text:
        return f"{until + timedelta(days=by.days):%Y%m%d}"
    return f"{until + by:%Y%m%dT%H%M%S}{'Z' if text.endswith('Z') else ''}"


def _is_over(until: str, at: When) -> bool:
    """Whether a rule with this end does not reach so far."""
    if isinstance(at, Day) or "T" not in until:
        return until[:8] < f"{day_of(at):%Y%m%d}"
    return until < (suffix(at) if until.endswith("Z") else f"{at.at:%Y%m%dT%H%M%S}")


def _just_before(at: When) -> str:
    if isinstance(at, Day):
        return f"{at.day - timedelta(days=1):%Y%m%d}"
    return suffix(Wall((at.instant - timedelta(seconds=1)).replace(tzinfo=None), "UTC"))


def _count_before(master: Entry, parts: dict[str, str], at: When) -> int:
    if any(name in parts for name in _FIXED) or not parts["COUNT"].isdigit() or int(parts["COUNT"]) > _MOST_COUNTED:
        raise CannotSplit
    first, end = (
        when.at if isinstance(when, Wall) else datetime.combine(when.day, time()) for when in (master.start, at)
    )
    walls = islice(rrulestr(master.rules[0], dtstart=first), int(parts["COUNT"]))
    before = sum(1 for _ in takewhile(lambda wall: wall < end, walls))
    if before >= int(parts["COUNT"]):
        raise CannotSplit
    return before
