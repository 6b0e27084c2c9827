"""Times as people read them, in one zone or told for several, by the clock of whoever reads.

Dates are told in two ways. Headings, and sentences that stand by themselves, say `Tuesday 24 November` (`spoken`);
lines below them, buttons and quiet notes say `Tue 24 Nov` (`short_day`). The year stands behind either where it is not
this one, or the day is half a year away (`short_date`), and always in what leaves Slack or lasts: a text to send, dates
in settings. A whole week, whose weekdays go without saying, is `23 to 29 November`.

Slack's date tokens write otherwise, and have no short form with a weekday. They stand only where each reader has to
see his own clock: in a message that several read, or where it is not known who reads (`told_moment`, `told_day`).
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from bot.domain.day_words import MONTHS, WEEKDAYS, year_of
from bot.domain.intervals import Interval
from bot.domain.people import Member
from bot.domain.reading_habits import HourCycle, clock_text, range_text, time_text
from bot.domain.schedule import DAY_MINUTES
from bot.domain.wall_time import DAY, MINUTE, epoch, local_day, moment, wall_clock, zone_named
from bot.domain.when import When
from bot.rendering.reader import hour_cycle
from bot.rendering.text import slack_date
from bot.rendering.wording import listed, name_of

# A change of clocks is told a week ahead and for a week after it: meetings then lie elsewhere than people think.
CHANGE_MATTERS = timedelta(days=7)
_OTHER_SIGN = str.maketrans("+-", "-+")


def city(zone: str) -> str:
    """What people call a zone: `Berlin`, `New York`, `UTC`, and `UTC-3` for `Etc/GMT+3`, whose sign is turned."""
    area, _, place = zone.rpartition("/")
    if area == "Etc":
        return place.translate(_OTHER_SIGN).replace("GMT", "UTC")
    return place.replace("_", " ")


def clock_time(second: int, zone: str) -> str:
    """What the wall of `zone` shows at an epoch second: `9:00`, or `9:00 AM`."""
    return clock_text(_minutes(second, zone), hour_cycle())


def told_clock(at: time) -> str:
    """The same of a time of day that is no moment: `9:00`, or `9:00 AM`."""
    return time_text(at, hour_cycle())


def picker_time(second: int, zone: str) -> str:
    """The same as a time picker takes it, which shows it by its reader's clock by itself: `09:00`."""
    return f"{clock_text(_minutes(second, zone), HourCycle.TWENTY_FOUR):0>5}"


def told_when(when: When, zone: str) -> str:
    """What was asked about, as an absolute date: `Tuesday 24 November, 15:00`."""
    return when.date_text if when.at is None else f"{when.date_text}, {clock_time(epoch(when.at), zone)}"


def short_day(day: date) -> str:
    """`Tue 24 Nov`."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def short_date(day: date, today: date) -> str:
    """`Tue 24 Nov`, or `Thu 4 Nov 2027`: the same with the year, where it goes without saying no more."""
    return f"{short_day(day)}{year_of(day, today)}"


def day_of(second: int, zone: str) -> date:
    """The date in `zone` at an epoch second."""
    return local_day(second, zone_named(zone))


def told_moment(at: datetime, zone: str) -> str:
    """An aware moment within a sentence: by each reader's own clock, or by that of `zone`, named, without Slack."""
    second = epoch(at)
    fallback = f"{short_day(day_of(second, zone))}, {clock_time(second, zone)} {city(zone)}"
    # Slack's words for the days around today begin with a capital, which looks wrong within a sentence.
    return slack_date(at, form="{date_short}, {time}", fallback=fallback)


def told_time(at: datetime, zone: str, *, now: datetime) -> str:
    """The same without the day, where it is the day of `now` in `zone`."""
    second = epoch(at)
    if day_of(second, zone) != day_of(epoch(now), zone):
        return told_moment(at, zone)
    return slack_date(at, form="{time}", fallback=f"{clock_time(second, zone)} {city(zone)}")


def told_day(at: datetime) -> str:
    """The date of an aware moment within a sentence: by each reader's own calendar, or in UTC without Slack."""
    day = day_of(epoch(at), "UTC")
    return slack_date(at, form="{date_short}", fallback=f"{short_day(day)} {day.year} (UTC)")


def iso_day(at: datetime, zone: str) -> str:
    """The date in `zone` at an aware moment, as a date picker takes it."""
    return at.astimezone(zone_named(zone)).date().isoformat()


def from_to(start: int, end: int, zone: str, *, near: date) -> str:
    """`9:00-9:30` or `all day`, with its dates where they are not `near`; epoch seconds, half-open."""
    first, last = day_of(start, zone), day_of(max(start, end - 1), zone)
    begins, ends = _minutes(start, zone), _minutes(end, zone)
    if begins == ends == 0 and start < end:
        days = short_day(first) if first == last else f"{short_day(first)} to {short_day(last)}"
        return "all day" if first == last == near else f"{days}, all day"
    if first != last:
        if ends == 0 and hour_cycle() is HourCycle.TWENTY_FOUR:
            ends = DAY_MINUTES
        elif ends == 0:
            # By twelve hours nothing tells the midnight that ends a day from the one that begins it, but the date.
            last += timedelta(days=1)
        told = [clock_text(minutes, hour_cycle()) for minutes in (begins, ends)]
        return f"{short_day(first)} {told[0]} to {short_day(last)} {told[1]}"
    times = range_text(begins, ends or DAY_MINUTES, hour_cycle())
    return times if first == near else f"{short_day(first)}, {times}"


def begins(second: int, zone: str, *, near: date) -> str:
    """`9:00`, or `Wed 25 Nov, 9:00` where the day is not `near`."""
    day, time = day_of(second, zone), clock_time(second, zone)
    return time if day == near else f"{short_day(day)}, {time}"


def elsewhere(members: Sequence[Member], zone: str, span: Interval, *, with_cities: bool = False) -> str:
    """The span by the clocks of members who are not on the time of `zone`; empty where all are on it.

    `9:00-11:00 for Ben`, or `9:00-11:00 for Ben in New York`.
    """
    near = day_of(span.start, zone)
    here = from_to(*span, zone, near=near)
    told: dict[tuple[str, str], list[str]] = {}
    for member in members:
        there = from_to(*span, member.zone, near=near)
        if there != here:
            place = f" in {city(member.zone)}" if with_cities else ""
            told.setdefault((there, place), []).append(name_of(member))
    return "; ".join(f"{there} for {listed(names)}{place}" for (there, place), names in told.items())


def clock_change_lines(zones: Sequence[str], window: Interval, *, today: date, zone: str) -> list[str]:
    """A `clock_change_line` for each change near the days of `window`.

    Empty where all of `zones` are on the same time all along: nobody has to reckon then.
    """
    changes = clock_changes(zones, window, zone=zone)
    return [clock_change_line(day, cities, today=today) for day, cities in changes]


def clock_change_line(day: date, cities: Sequence[str], *, today: date) -> str:
    """`Clocks change on Sun 29 Mar in Berlin.`"""
    return f"Clocks {'change' if day >= today else 'changed'} on {short_date(day, today)} in {listed(cities)}."


def clock_changes(zones: Sequence[str], window: Interval, *, zone: str) -> list[tuple[date, list[str]]]:
    """The same changes by their days, each with the cities where it is."""
    first = day_of(window.start, zone) - CHANGE_MATTERS
    last = day_of(max(window.start, window.end - 1), zone) + CHANGE_MATTERS
    changes = {name: tuple(_changes(name, first, last)) for name in dict.fromkeys(zones)}
    if len({(_offset(name, window.start), when) for name, when in changes.items()}) < 2:
        return []
    days: dict[date, dict[str, None]] = {}
    for name, when in changes.items():
        for second in when:
            days.setdefault(day_of(second, name), {})[city(name)] = None
    return [(day, list(cities)) for day, cities in sorted(days.items())]


def hours_of(seconds: int) -> str:
    """How long a day is: `25`, or `23:30`."""
    hours, minutes = divmod(seconds // MINUTE, 60)
    return f"{hours}{f':{minutes:02}' if minutes else ''}"


def way_of(seconds: int) -> str:
    """Which way the clocks go on a day of that length, which is not a usual one: `forward` or `back`."""
    return "forward" if seconds < DAY else "back"


def _minutes(second: int, zone: str) -> int:
    """Minutes after midnight on the wall of `zone`."""
    shown = moment(second).astimezone(zone_named(zone))
    return 60 * shown.hour + shown.minute


def _changes(zone: str, first: date, last: date) -> Iterator[int]:
    """The epoch seconds at which the clocks of a zone jump, from date `first` to date `last`."""
    stretches = wall_clock(zone_named(zone), first, last).stretches
    for before in stretches[:-1]:
        second = before.end - before.offset
        if first <= day_of(second, zone) <= last:
            yield second


def _offset(zone: str, second: int) -> timedelta | None:
    return moment(second).astimezone(zone_named(zone)).utcoffset()
