"""A start as forms give it: a date, and what the wall shows."""

import re
from datetime import date

from bot.domain.wall_time import DAY, MINUTE, midnight, moment, wall_clock, zone_named

_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")


def start_on(day: date, clock: str, zone: str) -> int | None:
    """The epoch second at which the wall of `zone` first shows `clock`, like `9:00`, on that date.

    None for what the wall skips on it, and for what is no time.
    """
    found = _CLOCK.fullmatch(clock)
    if found is None:
        return None
    seconds = (int(found[1]) * 60 + int(found[2])) * MINUTE
    if seconds >= DAY:
        return None
    local = midnight(day) + seconds
    wall = wall_clock(zone_named(zone), day, day)
    return wall.instant(local) if wall.shows(local) else None


def same_clock(start: int, day: date, zone: str) -> int | None:
    """The start on another date at which the wall shows the same as at `start`; None where it skips that."""
    shown = moment(start).astimezone(zone_named(zone))
    return start_on(day, f"{shown.hour}:{shown.minute:02}", zone)
