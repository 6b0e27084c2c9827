"""The form on which a member decides by which clock he reads times and when his weeks begin."""

from enum import StrEnum

from bot.domain.preference_changes import FieldMistakes
from bot.domain.reading_habits import HourCycle, OwnHabits

AS_IN_SLACK = "slack"
"""Stands for what is usual in the language that somebody has Slack speak."""

FIRST_DAYS = (0, 6, 5)
"""The weekdays with which weeks begin in some place, those of most people first; 0 is Monday."""

_HOUR_CYCLES: dict[str, HourCycle | None] = {AS_IN_SLACK: None, **{str(one): one for one in HourCycle}}
_FIRST_DAYS: dict[str, int | None] = {AS_IN_SLACK: None, **{str(day): day for day in FIRST_DAYS}}


class HabitField(StrEnum):
    """The fields, as block ids."""

    HOUR_CYCLE = "hour_cycle"
    FIRST_DAY = "first_day"


def habits_wished(hour_cycle: str, first_day: str) -> OwnHabits:
    """What the fields ask for; raises `FieldMistakes`."""
    chosen = {HabitField.HOUR_CYCLE: hour_cycle in _HOUR_CYCLES, HabitField.FIRST_DAY: first_day in _FIRST_DAYS}
    mistakes = {str(field): "Choose one of these." for field, is_known in chosen.items() if not is_known}
    if mistakes:
        raise FieldMistakes(mistakes)
    return OwnHabits(_HOUR_CYCLES[hour_cycle], _FIRST_DAYS[first_day])
