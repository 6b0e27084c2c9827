"""The form on which a member decides about reminders: its fields, and what they ask for."""

import re
from collections.abc import Collection
from enum import StrEnum

from bot.domain.preference_changes import FieldMistakes
from bot.domain.reminders import BadReminders, ReminderChoice

ASKS_AFTER = "asks_after"
"""The value of the one box that can be ticked."""

_UNITS = {
    "": 1,
    "m": 1,
    "min": 1,
    "minute": 1,
    "h": 60,
    "hour": 60,
    "d": 24 * 60,
    "day": 24 * 60,
}
_MOST_DIGITS = 4
_NAMED = re.compile(r"([0-9]+) *(minutes?|mins?|m|hours?|h|days?|d)(?![a-z])")
_HOW = "Write minutes before the start, like 10, or several, like 60, 10. Leave it empty for none."


class ReminderField(StrEnum):
    """The fields, as block ids."""

    MINUTES = "reminder_minutes"
    CHANNEL = "reminder_channel"
    SHOWS = "reminder_shows"
    AFTER = "reminder_after"


class ChannelLevel(StrEnum):
    """How much a channel reads."""

    BUSY = "busy"
    TITLES = "titles"


def choice_wished(minutes: str, channel_id: str, level: str, ticked: Collection[str]) -> ReminderChoice:
    """What the fields ask for; raises `FieldMistakes`."""
    try:
        told = minutes_in(minutes)
        choice = ReminderChoice(
            told,
            channel_id=channel_id,
            shows_titles=level == ChannelLevel.TITLES,
            asks_after=ASKS_AFTER in ticked,
        )
    except BadReminders as refused:
        raise FieldMistakes({ReminderField.MINUTES: str(refused)}) from refused
    if channel_id and not told:
        raise FieldMistakes({ReminderField.MINUTES: "Write when the channel is to be reminded, or choose no channel."})
    return choice


def minutes_in(text: str) -> tuple[int, ...]:
    """The minutes of `60, 10` or `1 day, 2 hours, 10`, the longest first; nothing is none. Raises `BadReminders`."""
    told = [part.strip().casefold() for part in text.replace(";", ",").split(",") if part.strip()]
    if told in (["off"], ["none"], ["0"]):
        return ()
    return tuple(sorted({_minutes(part) for part in told}, reverse=True))


def minutes_named(text: str) -> tuple[int, ...]:
    """The minutes of `me 20 minutes before`, of `1 hour and 10 minutes` or of `60, 10`; none where words name none."""
    told = [f"{digits} {unit}" for digits, unit in _NAMED.findall(text.casefold())]
    try:
        return minutes_in(", ".join(told) or text)
    except BadReminders:
        return ()


def _minutes(part: str) -> int:
    digits = part[: len(part) - len(part.lstrip("0123456789"))]
    unit = part.removeprefix(digits).strip()
    singular = unit.removesuffix("s") if len(unit) > 1 else unit
    if not digits or len(digits) > _MOST_DIGITS or singular not in _UNITS:
        raise BadReminders(_HOW)
    return int(digits) * _UNITS[singular]
