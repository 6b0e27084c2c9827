"""The tab *Availability*: when one can be booked, by whom, and what counts as taken."""

from bot.domain.calendar_settings import CalendarSettings
from bot.domain.date_overrides import date_spans
from bot.rendering.names import CallbackId
from bot.rendering.settings.habits import habits_text
from bot.rendering.settings.reminders import reminders_text
from bot.rendering.settings.row import row
from bot.rendering.settings.words import (
    audience_text,
    blocking_text,
    dates_text,
    limits_text,
    meetings_text,
    week_text,
    zone_text,
)
from bot.rendering.surfaces import Block

DATES_SHOWN = 3


def availability_rows(settings: CalendarSettings) -> list[Block]:
    """The rows of the tab."""
    preferences = settings.preferences
    schedule = preferences.schedule
    return [
        row("Weekly hours", week_text(schedule.hours), CallbackId.SETTINGS_HOURS),
        row("Other hours on a date", _dates(settings), CallbackId.SETTINGS_DATES),
        row("Time zone of these hours", zone_text(preferences), CallbackId.SETTINGS_ZONE),
        row("Clock and week", habits_text(settings), CallbackId.SETTINGS_HABITS),
        row("Meetings", meetings_text(schedule), CallbackId.SETTINGS_MEETINGS),
        row("Limits", limits_text(schedule), CallbackId.SETTINGS_LIMITS),
        row("Who may book me", audience_text(preferences), CallbackId.SETTINGS_AUDIENCE),
        row("What takes time", blocking_text(preferences), CallbackId.SETTINGS_BLOCKING),
        row("Reminders", reminders_text(settings.reminders), CallbackId.SETTINGS_REMINDERS),
    ]


def _dates(settings: CalendarSettings) -> str:
    spans = date_spans(settings.preferences.schedule.overrides, settings.today)
    if not spans:
        return "none"
    more = len(spans) - DATES_SHOWN
    return " · ".join([*map(dates_text, spans[:DATES_SHOWN]), *([f"+{more} more"] if more > 0 else [])])
