"""What strangers could send to Calendar Settings: forms that name what is Ana's, and the ids of her calendars."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.habit_form import HabitField
from bot.domain.preference_changes import WEEKDAY_FIELDS, PreferenceField
from bot.domain.reminder_form import ReminderField
from bot.rendering.names import ActionId, CallbackId
from tests.form_fields import day, option, people, typed
from tests.integration import deliveries
from tests.integration.deliveries import Who

Held = dict[str, Any]
Fields = Mapping[PreferenceField, Held] | Mapping[ReminderField, Held] | Mapping[HabitField, Held]
_NO_CHANNEL: dict[str, Any] = {ActionId.SETTING: {"type": "conversations_select", "selected_conversation": None}}
_NOT_TICKED: dict[str, Any] = {ActionId.SETTING: {"type": "checkboxes", "selected_options": []}}


def submitted(who: Who, form: CallbackId, fields: Fields, below: str) -> tuple[bytes, str]:
    """The form with these fields, said to be on top of the view `below`."""
    return deliveries.submission(who, form, {str(name): held for name, held in fields.items()}, private_metadata=below)


FORMS: dict[CallbackId, Callable[[str, str], Fields]] = {
    CallbackId.SETTINGS_HOURS: lambda _slack_id, _day: dict.fromkeys(WEEKDAY_FIELDS, typed("0:00-24:00")),
    CallbackId.SETTINGS_DATES: lambda _slack_id, on: {
        PreferenceField.FIRST_DATE: day(on),
        PreferenceField.DATE_HOURS: typed("0:00-24:00"),
    },
    CallbackId.SETTINGS_ZONE: lambda _slack_id, _day: {PreferenceField.ZONE: option("Asia/Tokyo", ActionId.ZONE)},
    CallbackId.SETTINGS_MEETINGS: lambda _slack_id, _day: {
        PreferenceField.LENGTH: typed("5"),
        PreferenceField.STEP: typed("5"),
    },
    CallbackId.SETTINGS_LIMITS: lambda _slack_id, _day: {PreferenceField.HORIZON: typed("1")},
    CallbackId.SETTINGS_AUDIENCE: lambda slack_id, _day: {
        PreferenceField.AUDIENCE: option("invited"),
        PreferenceField.INVITED: people(slack_id),
    },
    CallbackId.SETTINGS_BLOCKING: lambda _slack_id, _day: {PreferenceField.WHEN_STALE: option("offer_nothing")},
    CallbackId.SETTINGS_VENUE: lambda _slack_id, _day: {
        PreferenceField.VENUE: option("phone"),
        PreferenceField.VENUE_DETAILS: typed("+49 30 123"),
    },
    CallbackId.SETTINGS_HABITS: lambda _slack_id, _day: {
        HabitField.HOUR_CYCLE: option("12"),
        HabitField.FIRST_DAY: option("6"),
    },
    CallbackId.SETTINGS_REMINDERS: lambda _slack_id, _day: {
        ReminderField.MINUTES: typed("5"),
        ReminderField.CHANNEL: _NO_CHANNEL,
        ReminderField.SHOWS: option("titles"),
        ReminderField.AFTER: _NOT_TICKED,
    },
}
"""The fields of each form, by the Slack id of whom it is about and a day to come."""
