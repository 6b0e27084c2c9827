"""What the bot makes of loaded calendars, as a report for programs and for people."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple, Protocol, TypedDict
from zoneinfo import ZoneInfo

_PROBLEMS_SHOWN = 20
_STARTS_A_LINE = 16


class SeenCalendar(Protocol):
    """A calendar as the bot sees it: busy stretches in epoch seconds, merged and cut to what was asked."""

    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def busy(self) -> Sequence[tuple[int, int]]: ...
    @property
    def problems(self) -> Sequence[str]: ...
    @property
    def is_failing(self) -> bool: ...


class Seen(Protocol):
    """What the bot makes of a member's calendars; free starts in epoch seconds, None where it cannot say."""

    @property
    def calendars(self) -> Sequence[SeenCalendar]: ...
    @property
    def slots(self) -> Sequence[int] | None: ...


class Loaded(NamedTuple):
    """A calendar as it was loaded, with what the loader says of it."""

    name: str
    role: str
    problems: Sequence[str]


class CalendarReport(TypedDict):
    """A calendar; times are UTC, ISO 8601."""

    name: str
    role: str
    busy: list[list[str]]
    problems: list[str]


class Report(TypedDict):
    """All of it."""

    zone: str
    calendars: list[CalendarReport]
    slots: list[str]


def report_of(zone: str, loaded: Iterable[Loaded], seen: Seen) -> Report:
    """The calendars in the order in which they were loaded, with the problems of both sides."""
    known = {calendar.name: calendar for calendar in seen.calendars}
    return {
        "zone": zone,
        "calendars": [_calendar(one, known.get(one.name)) for one in loaded],
        "slots": [_utc(start) for start in seen.slots or ()],
    }


def printed(report: Report, can_say: bool) -> str:
    """The report as people read it; `can_say`: the bot knows all the calendars."""
    zone = ZoneInfo(report["zone"])
    parts = [_told(calendar) for calendar in report["calendars"]]
    if not can_say:
        parts.append("Nobody can say what is free: not every calendar could be read.")
    elif not report["slots"]:
        parts.append("Nothing is free.")
    else:
        parts.append(f"Free for 30 minutes, in {report['zone']}:")
        local = [datetime.fromisoformat(start).astimezone(zone) for start in report["slots"]]
        for day, starts in groupby(local, key=lambda start: start.date()):
            times = [f"{start:%H:%M}" for start in starts]
            lines = [" ".join(times[at : at + _STARTS_A_LINE]) for at in range(0, len(times), _STARTS_A_LINE)]
            parts.append(f"  {day:%a %d %b}  " + "\n              ".join(lines))
    return "\n".join(parts)


def _calendar(loaded: Loaded, seen: SeenCalendar | None) -> CalendarReport:
    found = ["The bot does not have this calendar."] if seen is None else list(seen.problems)
    return {
        "name": loaded.name,
        "role": loaded.role if seen is None else str(seen.role),
        "busy": [] if seen is None else [[_utc(start), _utc(end)] for start, end in seen.busy],
        "problems": list(dict.fromkeys([*loaded.problems, *found])),
    }


def _told(calendar: CalendarReport) -> str:
    problems = calendar["problems"]
    lines = [f"{calendar['name']} ({calendar['role']}): busy {len(calendar['busy'])} times."]
    lines += [f"  ! {problem}" for problem in problems[:_PROBLEMS_SHOWN]]
    if len(problems) > _PROBLEMS_SHOWN:
        lines.append(f"  ! and {len(problems) - _PROBLEMS_SHOWN} more")
    return "\n".join(lines)


def _utc(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).isoformat().replace("+00:00", "Z")
