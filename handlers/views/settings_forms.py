"""The short forms of Calendar Settings: what is wrong stands on its field, and what is right is kept at once."""

from collections.abc import Callable, Sequence

from bot.domain.people import Actor
from bot.domain.preference_changes import (
    WEEKDAY_FIELDS,
    Change,
    FieldMistakes,
    PreferenceField,
    audience,
    blocking,
    limits,
    meetings,
    own_zone,
    usual_venue,
    weekly_hours,
)
from bot.rendering.names import ActionId, CallbackId, SettingsTab
from bot.usecases.change_schedule import ChangeSchedule
from handlers.interaction import Submission
from handlers.registry import Handler, on_submission
from handlers.reply import Reply
from handlers.views.settings_below import Refresh

Read = Callable[[Submission], Change]
"""What a submitted form asks to change; raises `FieldMistakes`."""


def handlers(change_schedule: ChangeSchedule, refresh: Refresh) -> Sequence[Handler]:
    """*Save* on each of them. There is no loading view: the form closes, and shows what is under it."""
    return tuple(_form(callback_id, read, change_schedule, refresh) for callback_id, read in _FORMS.items())


def mistakes_of(read: Callable[[Submission], object]) -> Callable[[Submission], dict[str, str]]:
    """What `read` finds wrong with a form, by block id."""

    def mistakes(submitted: Submission) -> dict[str, str]:
        try:
            read(submitted)
        except FieldMistakes as found:
            return found.by_field
        return {}

    return mistakes


def typed(submitted: Submission, name: PreferenceField) -> str:
    """What the field holds; raises `FormOutdated` where the form has none of that name."""
    return next(iter(submitted.values.given(ActionId.SETTING, block_id=name)), "")


def _form(callback_id: CallbackId, read: Read, change_schedule: ChangeSchedule, refresh: Refresh) -> Handler:
    tab = SettingsTab.VIDEO if callback_id is CallbackId.SETTINGS_VENUE else SettingsTab.AVAILABILITY

    def save(actor: Actor, submitted: Submission, reply: Reply) -> None:
        change_schedule(actor, read(submitted))
        refresh(actor, submitted, reply, submitted.private_metadata, tab)

    return on_submission(callback_id, save, validate=mistakes_of(read))


def _hours(submitted: Submission) -> Change:
    return weekly_hours([typed(submitted, name) for name in WEEKDAY_FIELDS])


def _zone(submitted: Submission) -> Change:
    return own_zone(next(iter(submitted.values.given(ActionId.ZONE, block_id=PreferenceField.ZONE)), ""))


def _meetings(submitted: Submission) -> Change:
    return meetings(
        typed(submitted, PreferenceField.LENGTH),
        typed(submitted, PreferenceField.STEP),
        typed(submitted, PreferenceField.BEFORE),
        typed(submitted, PreferenceField.AFTER),
    )


def _limits(submitted: Submission) -> Change:
    return limits(
        typed(submitted, PreferenceField.NOTICE),
        typed(submitted, PreferenceField.HORIZON),
        typed(submitted, PreferenceField.DAILY_CAP),
    )


def _audience(submitted: Submission) -> Change:
    invited = submitted.values.given(ActionId.SETTING, block_id=PreferenceField.INVITED)
    return audience(typed(submitted, PreferenceField.AUDIENCE), invited)


def _blocking(submitted: Submission) -> Change:
    uncertain = submitted.values.given(ActionId.SETTING, block_id=PreferenceField.BLOCKING)
    return blocking(uncertain, typed(submitted, PreferenceField.WHEN_STALE))


def _venue(submitted: Submission) -> Change:
    return usual_venue(typed(submitted, PreferenceField.VENUE), typed(submitted, PreferenceField.VENUE_DETAILS))


_FORMS: dict[CallbackId, Read] = {
    CallbackId.SETTINGS_HOURS: _hours,
    CallbackId.SETTINGS_ZONE: _zone,
    CallbackId.SETTINGS_MEETINGS: _meetings,
    CallbackId.SETTINGS_LIMITS: _limits,
    CallbackId.SETTINGS_AUDIENCE: _audience,
    CallbackId.SETTINGS_BLOCKING: _blocking,
    CallbackId.SETTINGS_VENUE: _venue,
}
