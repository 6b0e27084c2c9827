"""Finds the instances of a recurring event, by the wall clock of the zone in which it was made."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rruleset, rrulestr

from bot.sandbox.google.errors import Resource, invalid
from bot.sandbox.google.times import instant, length_of, moment_of, written

_LINE = re.compile(r"(RRULE|EXRULE|RDATE|EXDATE)((?:;[^:]*)?):(.+)")
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
# More values than this in the lists of one rule, multiplied, make an expansion that does not end.
_MOST_COMBINATIONS = 1000
_RARE = frozenset({"BYYEARDAY", "BYWEEKNO", "BYSETPOS"})
_MOST_OF_A_MONTH, _MOST_OF_A_YEAR = 5, 53
# No month has a sixth Monday.
_FAR_WEEKDAY = re.compile(r"[6-9][A-Z]|\d\d")
_PERIOD_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
_MOST_PERIODS = 5000
_LAST_YEAR_WALKED = "2200"


def check_recurrence(lines: object) -> None:
    """Refuse what is no recurrence.

    Raises:
        ApiError: a line is no rule or date list that Google would take.
    """
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise invalid("Invalid recurrence rule.")
    try:
        _rules(lines, datetime.combine(date(2026, 1, 1), time()), ZoneInfo("UTC"))
    except (ValueError, TypeError, KeyError):
        raise invalid("Invalid recurrence rule.") from None
    if not is_safe(lines):
        raise invalid("Invalid recurrence rule.")


def is_safe(lines: Sequence[str]) -> bool:
    """Whether an expansion of these lines comes to an end."""
    return all(_is_safe(line) for line in lines)


def _is_safe(line: str) -> bool:
    match = _LINE.fullmatch(line)
    if match is None:
        return False
    if not match[1].endswith("RULE"):
        return True
    parts = dict(part.partition("=")[::2] for part in match[3].upper().split(";"))
    combinations = 1
    for name, values in parts.items():
        if name in {"BYHOUR", "BYMINUTE", "BYSECOND"}:
            combinations *= values.count(",") + 1
    return (
        parts.get("FREQ") in _FREQUENCIES
        and parts.get("INTERVAL", "1").strip("0") != ""
        and combinations <= _MOST_COMBINATIONS
    )


def instances(master: Resource, after: datetime | None, before: datetime | None, zone: str) -> Iterator[Resource]:
    """The instances of `master` as its rule has them, without regard to exceptions, in order.

    Args:
        master: a recurring event as it is kept.
        after: leave out what has ended by then.
        before: leave out what does not start before then; without it the instances may be endless.
        zone: the calendar's, where days begin.
    """
    if not is_safe(master["recurrence"]):
        return
    length = length_of(master["start"], master["end"])
    named = master["start"].get("timeZone", zone)
    first = _wall_clock(master["start"], named)
    # A day on each side, for what the wall clock does not tell.
    margin = timedelta(days=1)
    from_wall = first if after is None else after.astimezone(ZoneInfo(named)).replace(tzinfo=None) - length - margin
    walls = _rules(master["recurrence"], first, ZoneInfo(named)).xafter(from_wall, inc=True)
    for wall in takewhile(lambda wall: before is None or _aware(wall, named) < before + margin, walls):
        start, end = _ends(wall, length, master["start"], named)
        if before is not None and moment_of(start, zone) >= before:
            continue
        if after is not None and moment_of(end, zone) <= after:
            continue
        yield _instance(master, start, end)


def happens_within(master: Resource, after: datetime | None, before: datetime | None, zone: str) -> bool:
    """Whether a series has an instance there, as `instances` has it; if that cannot be told quickly, it has.

    Who synchronises asks about every series at once, and some have to be walked through all of their past.
    """
    lines = master["recurrence"]
    if not is_safe(lines):
        return True
    try:
        if after is not None and before is None:
            first = _wall_clock(master["start"], master["start"].get("timeZone", zone))
            days = (after.replace(tzinfo=None) - first).days
            if any(_goes_on(line, days) for line in lines):
                return True
        return any(True for _ in instances(master, after, before, zone))
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return True  # it was kept at its word, and makes no sense


def may_pass_over(line: str) -> bool:
    """Whether a rule may never come true again (30 February), which is found out at the end of time only."""
    parts = _parts(line)
    has_interval = parts.get("INTERVAL", "1") != "1"
    return (
        not _RARE.isdisjoint(parts)
        or ("BYMONTHDAY" in parts and ("BYMONTH" in parts or has_interval))
        or (parts.get("FREQ") == "DAILY" and has_interval and any(name.startswith("BY") for name in parts))
        or _FAR_WEEKDAY.search(parts.get("BYDAY", "")) is not None
    )


def _goes_on(line: str, days: int) -> bool:
    """Whether a rule has no end, or `days` hold too many of its periods, or those that count may be far apart."""
    if not line.startswith("RRULE"):
        return False
    parts = _parts(line)
    if "COUNT" not in parts and "UNTIL" not in parts:
        return True
    if may_pass_over(line) and ("COUNT" in parts or parts["UNTIL"] > _LAST_YEAR_WALKED):
        return True
    return days // _PERIOD_DAYS[parts["FREQ"]] > _MOST_PERIODS


def _parts(line: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in line.partition(":")[2].upper().split(";"))


def instance_of(master: Resource, instance_id: str, zone: str) -> Resource | None:
    """The instance of `master` with this id, if its rule has one."""
    suffix = instance_id.rpartition("_")[2]
    try:
        day = len(suffix) == len("20261122")
        wall = datetime.strptime(suffix, "%Y%m%d" if day else "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    margin = timedelta(days=2)
    near = instances(master, wall - margin, wall + margin, zone)
    return next((instance for instance in near if instance["id"] == instance_id), None)


def _instance(master: Resource, start: Resource, end: Resource) -> Resource:
    fields = {name: value for name, value in master.items() if name != "recurrence"}
    return fields | {
        "id": f"{master['id']}_{_suffix(start)}",
        "start": start,
        "end": end,
        "recurringEventId": master["id"],
        "originalStartTime": start,
    }


def _suffix(start: Resource) -> str:
    if "date" in start:
        return str(start["date"]).replace("-", "")
    return instant(start["dateTime"]).strftime("%Y%m%dT%H%M%SZ")


def _ends(wall: datetime, length: timedelta, like: Resource, zone: str) -> tuple[Resource, Resource]:
    if "date" in like:
        return {"date": wall.date().isoformat()}, {"date": (wall.date() + length).isoformat()}
    start = _aware(wall, zone)
    return _timed(start, zone), _timed(start + length, zone)


def _timed(moment: datetime, zone: str) -> Resource:
    return {"dateTime": written(moment.astimezone(ZoneInfo(zone))), "timeZone": zone}


def _aware(wall: datetime, zone: str) -> datetime:
    # By way of UTC, so that a time that the clock skips becomes the one that it shows instead.
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _wall_clock(start: Resource, zone: str) -> datetime:
    if "date" in start:
        return datetime.combine(date.fromisoformat(start["date"]), time())
    return instant(start["dateTime"]).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _rules(lines: Sequence[str], first: datetime, zone: ZoneInfo) -> rruleset:
    rules = rruleset()
    # The start is always one of them, even where the rule does not name it.
    rules.rdate(first)
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(line)
        name, parameters, value = match.groups()
        if name.endswith("RULE"):
            rule = rrulestr(_with_weekdays_alike(_with_local_until(value, zone)), dtstart=first)
            if isinstance(rule, rruleset):
                raise ValueError(line)
            (rules.rrule if name == "RRULE" else rules.exrule)(rule)
            continue
        named = re.search(r"TZID=([^;]+)", parameters)
        for text in value.split(","):
            wall = _local(text, zone, ZoneInfo(named[1]) if named else zone)
            (rules.rdate if name == "RDATE" else rules.exdate)(wall)
    return rules


def _with_local_until(rule: str, zone: ZoneInfo) -> str:
    """The rule with an UNTIL by the wall clock, as the rest is; a bare date means the whole of that day."""
    until = re.search(r"UNTIL=([0-9TZ]+)", rule)
    if until is None:
        return rule
    text = until[1] if "T" in until[1] else f"{until[1]}T235959"
    return rule.replace(until[1], _local(text, zone, zone).strftime("%Y%m%dT%H%M%S"))


def _with_weekdays_alike(rule: str) -> str:
    """The rule with an ordinal before each weekday where one has it.

    `BYDAY=MO,1FR` is every Monday and the first Friday, but dateutil makes of it the days that are both.
    """
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
    days = parts.get("BYDAY", "").split(",")
    if parts.get("FREQ") not in {"MONTHLY", "YEARLY"} or not parts.get("BYDAY") or all(map(str.isalpha, days)):
        return rule
    most = _MOST_OF_A_MONTH if parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts else _MOST_OF_A_YEAR
    each = [f"{ordinal}{day}" for day in days if day.isalpha() for ordinal in range(1, most + 1)]
    parts["BYDAY"] = ",".join([*(day for day in days if not day.isalpha()), *each])
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _local(text: str, zone: ZoneInfo, named: ZoneInfo) -> datetime:
    """A date or time of iCalendar by the wall clock of `zone`; `named` is the zone of one without `Z`."""
    if "T" not in text:
        return datetime.combine(date.fromisoformat(text), time())
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=named)
    return moment.astimezone(zone).replace(tzinfo=None)
