"""The short forms on top of Calendar Settings, each holding what is set now."""

from collections.abc import Sequence

from bot.domain.day_words import WEEKDAYS
from bot.domain.horizon import DAYS_AHEAD
from bot.domain.hours_text import hours_example, hours_text
from bot.domain.number_text import notice_text
from bot.domain.preference_changes import WEEKDAY_FIELDS, PreferenceField, Uncertain
from bot.domain.preferences import Audience, Preferences, WhenStale
from bot.rendering.blocks import section
from bot.rendering.form_blocks import Choice, checkboxes, field, people_select, radio_buttons, text_input
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.reader import hour_cycle
from bot.rendering.surfaces import Block, Modal


def hours_form(preferences: Preferences, below: str) -> Modal:
    """The hours of each weekday in words. `below` is the id of the view that the form is on top of, as for all."""
    hours = preferences.schedule.hours
    fields = [
        _text(name, weekday, hours_text(hours.get(number, ()), hour_cycle()), placeholder="off", optional=True)
        for number, (name, weekday) in enumerate(zip(WEEKDAYS, WEEKDAY_FIELDS, strict=True))
    ]
    lead = section(f"Write hours like `{hours_example(hour_cycle())}`; leave a day off empty.")
    return _form("Weekly hours", CallbackId.SETTINGS_HOURS, [lead, *fields], below)


def meetings_form(preferences: Preferences, below: str) -> Modal:
    """How long meetings are, and what is kept free around them."""
    schedule = preferences.schedule
    fields = [
        _text("Usual length in minutes", PreferenceField.LENGTH, str(schedule.slot_minutes), hint="When nobody says."),
        _text(
            "May start every so many minutes",
            PreferenceField.STEP,
            str(schedule.step_minutes),
            hint="15 offers 9:00, 9:15, 9:30 and so on, counted from where your hours begin.",
        ),
        _text("Minutes to keep free before", PreferenceField.BEFORE, str(schedule.before_minutes)),
        _text("Minutes to keep free after", PreferenceField.AFTER, str(schedule.after_minutes)),
    ]
    return _form("Meetings", CallbackId.SETTINGS_MEETINGS, fields, below)


def limits_form(preferences: Preferences, below: str) -> Modal:
    """How soon, how far ahead and how often one can be booked."""
    schedule = preferences.schedule
    fields = [
        _text(
            "Minimum notice",
            PreferenceField.NOTICE,
            notice_text(schedule.notice_minutes),
            hint="How long ahead, like 2 hours or 1 day; 0 is none.",
        ),
        _text(
            "How many days ahead",
            PreferenceField.HORIZON,
            str(schedule.horizon_days),
            hint=f"From 0, which is today alone, to {DAYS_AHEAD}.",
        ),
        _text(
            "Most appointments in a day",
            PreferenceField.DAILY_CAP,
            str(schedule.daily_cap or ""),
            hint="Counts what is booked in Daybook.",
            placeholder="no limit",
            optional=True,
        ),
    ]
    return _form("Limits", CallbackId.SETTINGS_LIMITS, fields, below)


def audience_form(preferences: Preferences, below: str) -> Modal:
    """Who may see when one is free, and book."""
    choices = [
        Choice("Everyone in this workspace", Audience.EVERYONE, "guests and other organisations never may"),
        Choice("These people", Audience.INVITED, "named below"),
        Choice("Only me", Audience.NOBODY),
    ]
    fields = [
        field(
            "Who may see when I am free, and book me",
            radio_buttons(ActionId.SETTING, choices, chosen=preferences.audience),
            block_id=PreferenceField.AUDIENCE,
        ),
        field(
            "These people",
            people_select(ActionId.SETTING, chosen=preferences.invited, placeholder="Nobody yet"),
            block_id=PreferenceField.INVITED,
            optional=True,
        ),
    ]
    return _form("Who may book me", CallbackId.SETTINGS_AUDIENCE, fields, below)


def blocking_form(preferences: Preferences, below: str) -> Modal:
    """Which uncertain invitations take time, and what a stale calendar means."""
    schedule = preferences.schedule
    switches = {Uncertain.TENTATIVE: schedule.tentative_blocks, Uncertain.UNANSWERED: schedule.unanswered_blocks}
    invitations = [
        Choice("Invitations that I answered with maybe", Uncertain.TENTATIVE),
        Choice("Invitations that I have not answered", Uncertain.UNANSWERED),
    ]
    stale = [
        Choice("Warn, and offer what is known", WhenStale.WARN, "what was read last still blocks"),
        Choice("Offer nothing", WhenStale.OFFER_NOTHING, "until it can be read again"),
    ]
    fields = [
        field(
            "Block my time",
            checkboxes(ActionId.SETTING, invitations, chosen=[kind for kind, blocks in switches.items() if blocks]),
            block_id=PreferenceField.BLOCKING,
            optional=True,
            hint="What is Free in Google, and what you declined, never does. This takes effect at once.",
        ),
        field(
            "While a calendar is not up to date",
            radio_buttons(ActionId.SETTING, stale, chosen=preferences.when_stale),
            block_id=PreferenceField.WHEN_STALE,
        ),
    ]
    return _form("What takes time", CallbackId.SETTINGS_BLOCKING, fields, below)


def _text(
    label: str, name: PreferenceField, initial: str, *, hint: str = "", placeholder: str = "", optional: bool = False
) -> Block:
    element = text_input(ActionId.SETTING, initial=initial, placeholder=placeholder)
    return field(label, element, block_id=name, hint=hint, optional=optional)


def _form(title: str, callback_id: CallbackId, fields: Sequence[Block], below: str) -> Modal:
    return Modal(title, tuple(fields), callback_id=callback_id, submit="Save", close="Cancel", private_metadata=below)
