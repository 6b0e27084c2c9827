"""The row *Clock and week* of Calendar Settings, and the form behind it."""

from bot.domain.calendar_settings import CalendarSettings
from bot.domain.day_words import WEEKDAYS
from bot.domain.habit_form import AS_IN_SLACK, FIRST_DAYS, HabitField
from bot.domain.reading_habits import HourCycle, clock_text
from bot.rendering.blocks import context
from bot.rendering.form_blocks import Choice, field, radio_buttons
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Modal

TITLE = "Clock and week"
_HOUR_CYCLES = {HourCycle.TWENTY_FOUR: "24-hour clock", HourCycle.TWELVE: "12-hour clock"}
_HOURS = {HourCycle.TWENTY_FOUR: "24 hours", HourCycle.TWELVE: "12 hours"}
_SHOWN = 15 * 60 + 30
_FROM_SLACK = "from your Slack language"


def habits_text(settings: CalendarSettings) -> str:
    """`24-hour clock · weeks start on Monday · from your Slack language`, or what of it was chosen otherwise."""
    own, usual = settings.own_habits, settings.slack_habits
    clock = _HOUR_CYCLES[usual.hour_cycle if own.hour_cycle is None else own.hour_cycle]
    week = f"weeks start on {WEEKDAYS[usual.first_day if own.first_day is None else own.first_day]}"
    if own.hour_cycle is None and own.first_day is None:
        return f"{clock} · {week} · {_FROM_SLACK}"
    clock += f", {_FROM_SLACK}" if own.hour_cycle is None else ""
    week += f", {_FROM_SLACK}" if own.first_day is None else ""
    return f"{clock} · {week}"


def habits_form(settings: CalendarSettings, below: str) -> Modal:
    """How he reads times. `below` is the id of the view that the form is on top of."""
    own, usual = settings.own_habits, settings.slack_habits
    clocks = [
        Choice(f"Same as my Slack language ({_HOURS[usual.hour_cycle]})", AS_IN_SLACK),
        *(Choice(name, str(one), f"such as {clock_text(_SHOWN, one)}") for one, name in _HOUR_CYCLES.items()),
    ]
    days = [
        Choice(f"Same as my Slack language ({WEEKDAYS[usual.first_day]})", AS_IN_SLACK),
        *(Choice(WEEKDAYS[day], str(day)) for day in FIRST_DAYS),
    ]
    return Modal(
        TITLE,
        (
            field(
                "Clock",
                radio_buttons(ActionId.SETTING, clocks, chosen=own.hour_cycle or AS_IN_SLACK),
                block_id=HabitField.HOUR_CYCLE,
            ),
            field(
                "Week starts on",
                radio_buttons(
                    ActionId.SETTING, days, chosen=AS_IN_SLACK if own.first_day is None else str(own.first_day)
                ),
                block_id=HabitField.FIRST_DAY,
            ),
            context(
                "This is for what only you read; messages to several people use 24 hours. Slack does not tell apps "
                "about its own 24-hour switch, so choose here if it differs."
            ),
        ),
        callback_id=CallbackId.SETTINGS_HABITS,
        submit="Save",
        close="Cancel",
        private_metadata=below,
    )
