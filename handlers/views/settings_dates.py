"""Dates with hours of their own: added by the form, removed by a button, both staying in the view."""

from collections.abc import Sequence
from datetime import date

from bot.domain.date_overrides import earliest_today, without_dates
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.preference_changes import Change, PreferenceField, added_dates
from bot.domain.schedule import BadSchedule
from bot.ports import Clock
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, CallbackId, SettingsTab
from bot.rendering.settings.dates import TITLE, TypedDates, dates_form
from bot.usecases.change_schedule import ChangeSchedule
from bot.usecases.show_settings import ShowSettings
from handlers.interaction import Action, Submission
from handlers.registry import Handler, on_action, on_submission
from handlers.reply import Reply
from handlers.views.settings_below import Refresh
from handlers.views.settings_forms import mistakes_of, typed


def handlers(show: ShowSettings, change_schedule: ChangeSchedule, refresh: Refresh, clock: Clock) -> Sequence[Handler]:
    """*Add* and *Remove*."""

    def read(submitted: Submission) -> Change:
        return added_dates(*_typed(submitted), today=earliest_today(clock.now()))

    def add(actor: Actor, submitted: Submission, reply: Reply) -> None:
        below = submitted.private_metadata
        try:
            change_schedule(actor, read(submitted))
        except BadSchedule as refused:
            reply.update(dates_form(show(actor), below, mistake=str(refused), typed=_typed(submitted)))
        else:
            reply.update(dates_form(show(actor), below))
            refresh(actor, submitted, reply, below, SettingsTab.AVAILABILITY)

    def remove(actor: Actor, pressed: Action, reply: Reply) -> None:
        first, last = _dates_in(pressed.value)
        below = pressed.view.private_metadata if pressed.view else ""
        change_schedule(actor, lambda preferences: without_dates(preferences, first, last))
        reply.update(dates_form(show(actor), below))
        refresh(actor, pressed, reply, below, SettingsTab.AVAILABILITY)

    return (
        on_submission(CallbackId.SETTINGS_DATES, add, loading=loading(TITLE, "Adding…"), validate=mistakes_of(read)),
        on_action(ActionId.REMOVE_DATES, remove),
    )


def _typed(submitted: Submission) -> TypedDates:
    return TypedDates(
        typed(submitted, PreferenceField.FIRST_DATE),
        typed(submitted, PreferenceField.LAST_DATE),
        typed(submitted, PreferenceField.DATE_HOURS),
    )


def _dates_in(value: str) -> tuple[date, date]:
    """The dates that a button carries; raises `NotFound` for anything else."""
    try:
        first, last = map(date.fromisoformat, value.split(" "))
    except ValueError as error:
        raise NotFound from error
    return first, last
