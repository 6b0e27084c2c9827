"""The row *Clock and week* of Calendar Settings, and the form behind it."""

from bot.domain.calendar_settings import CalendarSettings
from bot.domain.day_words import WEEKDAYS
from bot.domain.habit_form import AS_IN_SLACK, FIRST_DAYS, HabitField
from bot.domain.reading_habits import Dial, clock_text
from bot.rendering.blocks import context
from bot.rendering.form_blocks import Choice, field, radio_buttons
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Modal

TITLE = "Clock and week"
_DIALS = {Dial.TWENTY_FOUR: "24-hour clock", Dial.TWELVE: "12-hour clock"}
_HOURS = {Dial.TWENTY_FOUR: "24 hours", Dial.TWELVE: "12 hours"}
_SHOWN = 15 * 60 + 30
_FROM_SLACK = "from your Slack language"


def habits_text(settings: CalendarSettings) -> str:
    """`24-hour clock · weeks start on Monday · from your Slack language`, or what of it was chosen otherwise."""
    own, usual = settings.own_habits, settings.slack_habits
    dial = _DIALS[usual.dial if own.dial is None else own.dial]
    week = f"weeks start on {WEEKDAYS[usual.week_begins if own.week_begins is None else own.week_begins]}"
    if own.dial is None and own.week_begins is None:
        return f"{dial} · {week} · {_FROM_SLACK}"
    dial += f", {_FROM_SLACK}" if own.dial is None else ""
    week += f", {_FROM_SLACK}" if own.week_begins is None else ""
    return f"{dial} · {week}"


def habits_form(settings: CalendarSettings, below: str) -> Modal:
    """How he reads times. `below` is the id of the view that the form is on top of."""
    own, usual = settings.own_habits, settings.slack_habits
    dials = [
        Choice(f"Same as my Slack language ({_HOURS[usual.dial]})", AS_IN_SLACK),
        *(Choice(name, str(dial), f"such as {clock_text(_SHOWN, dial)}") for dial, name in _DIALS.items()),
    ]
    days = [
        Choice(f"Same as my Slack language ({WEEKDAYS[usual.week_begins]})", AS_IN_SLACK),
        *(Choice(WEEKDAYS[day], str(day)) for day in FIRST_DAYS),
    ]
    return Modal(
        TITLE,
        (
            field(
                "Clock",
                radio_buttons(ActionId.SETTING, dials, chosen=AS_IN_SLACK if own.dial is None else own.dial),
                block_id=HabitField.DIAL,
            ),
            field(
                "Week starts on",
                radio_buttons(
                    ActionId.SETTING, days, chosen=AS_IN_SLACK if own.week_begins is None else str(own.week_begins)
                ),
                block_id=HabitField.WEEK_BEGINS,
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
