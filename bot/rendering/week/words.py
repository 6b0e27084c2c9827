"""What stands on the picture of a week and what is said instead of it, as plain text."""

from collections.abc import Iterator
from datetime import date

from bot.domain.agenda import window_of
from bot.domain.day_words import MONTHS
from bot.domain.intervals import Interval
from bot.domain.wall_time import DAY, MINUTE, epoch
from bot.domain.week import Week
from bot.rendering.blocks import ALT_TEXT
from bot.rendering.reader import read_by
from bot.rendering.text import CUT, clean
from bot.rendering.week.axis import seconds_ahead
from bot.rendering.week.told import Thing, things_of
from bot.rendering.wording import NAME_LENGTH, listed, meeting_length
from bot.rendering.zones import city, clock_time, day_of, from_to, hours_of, short_day, way_of

MOST_TOLD = 150
"""Of one day: as many as no text of a picture has room for, and more than anybody reads on a page."""

_TITLE = 40


def told_days(week: Week) -> str:
    """`23 to 29 November`, with the year where it is not this one."""
    first, last = week.days[0], week.days[-1]
    year = f" {last.year}" if last.year != week.today.year else ""
    begins = f"{first.day}" if first.month == last.month else f"{first.day} {MONTHS[first.month - 1]}"
    if first.year != last.year:
        begins += f" {first.year}"
        year = f" {last.year}"
    return f"{begins} to {last.day} {MONTHS[last.month - 1]}{year}"


def heading(week: Week) -> str:
    """`Ben's week, 23 to 29 November`."""
    name = clean(week.member.name, limit=NAME_LENGTH, empty="Somebody")
    whose = "Your" if week.is_own else f"{name}'s"
    return f"{whose} week, {told_days(week)}"


def subheading(week: Week) -> str:
    """Whose clock it goes by, and when it was drawn."""
    other = second_zone(week)
    beside = f"; {city(other)} time in the second column" if other else ""
    second = epoch(week.now)
    drawn = f"{short_day(day_of(second, week.zone))}, {clock_time(second, week.zone)}"
    return f"{city(week.zone)} time{beside} · as of {drawn}"


def second_zone(week: Week) -> str:
    """The zone of the member, where its clocks show another time than the reader's on any day of the week."""
    other = week.member.zone
    if week.is_own or not any(seconds_ahead(day, week.zone, other) for day in week.days):
        return ""
    return other


def notes_of(week: Week) -> list[str]:
    """What has to be known besides; each is a sentence or two."""
    notes = [*clock_lines(week), *_column_note(week)]
    if week.chosen is not None:
        name = next((clean(one.name, limit=_TITLE) for one in week.calendars if one.id == week.chosen), "")
        notes.append(f"Only {name} is shown.")
    if any(time.stale for time in week.gathered.times):
        notes.append("Not every calendar is up to date: newer events may be missing. The text says which.")
    return notes


def clock_lines(week: Week) -> Iterator[str]:
    """`Sun 25 Oct has 25 hours: the clocks go back in Berlin.`, for each day that does not have 24.

    Where they change on that day for the member too, his city is named beside the reader's.
    """
    for day, seconds in changed_days(week):
        zones = [zone for zone in (week.zone, second_zone(week)) if zone and _seconds(day, zone) == seconds]
        places = listed([city(zone) for zone in zones])
        yield f"{short_day(day)} has {hours_of(seconds)} hours: the clocks go {way_of(seconds)} in {places}."


def changed_days(week: Week) -> list[tuple[date, int]]:
    """The days of the week that do not have 24 hours for the reader, each with its seconds."""
    return [(day, seconds) for day in week.days if (seconds := _seconds(day, week.zone)) != DAY]


def _seconds(day: date, zone: str) -> int:
    start, end = window_of(day, zone)
    return end - start


def _column_note(week: Week) -> list[str]:
    """Told where the difference between the two clocks changes within the week."""
    other = second_zone(week)
    if not other:
        return []
    usual = seconds_ahead(week.first, week.zone, other)
    for day in week.days:
        changed = seconds_ahead(day, week.zone, other) - usual
        if changed:
            length, way = meeting_length(abs(changed) // MINUTE), "later" if changed > 0 else "earlier"
            return [f"From {short_day(day)} on {city(other)} is {length} {way} than its column says."]
    return []


def days_told(week: Week, *, is_brief: bool = False) -> Iterator[tuple[str, list[str]]]:
    """Each day with what is on, a line each: `9:00-9:30 Kick-off (grey)`; nothing but `not known` where it is not.

    It names what the message names, or where `is_brief` titles alone. More than `MOST_TOLD` of a day are counted.
    """
    things = things_of(week)
    for day in week.days:
        window = window_of(day, week.zone)
        of_day = [one for one in things if _touches(one.span, window)]
        told = [_told(week, one, day, window, is_brief=is_brief) for one in of_day[:MOST_TOLD]]
        if len(of_day) > MOST_TOLD:
            told.append(f"+{len(of_day) - MOST_TOLD} more")
        yield short_day(day), told if week.is_known(day) else ["not known"]


def alt_text(week: Week) -> str:
    """The whole picture in words, for those who do not see it: as much of each thing as leaves room for all of them.

    What is too much for Slack's limit even in brief is cut.
    """
    for is_brief in (False, True):
        with read_by(week.habits):
            of_days = list(days_told(week, is_brief=is_brief))
        days = " ".join(f"{day}: {'; '.join(told) if told else 'nothing'}." for day, told in of_days)
        said = f"{heading(week)}, {city(week.zone)} time, as a picture. {days}"
        if len(said) <= ALT_TEXT:
            return said
    return said[: ALT_TEXT - len(CUT)] + CUT


def _touches(span: Interval, window: Interval) -> bool:
    """What has no length at all is at its moment."""
    return span.start < window.end and window.start < max(span.end, span.start + 1)


def _told(week: Week, thing: Thing, day: date, window: Interval, *, is_brief: bool) -> str:
    start, end = thing.span
    is_whole = start <= window.start and window.end <= end
    time = "all day" if is_whole else from_to(start, end, week.zone, near=day)
    what = thing.told(is_brief=is_brief)
    return f"{time} {what}" if what else f"busy {time}"
