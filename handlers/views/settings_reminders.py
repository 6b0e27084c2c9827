"""The form of reminders: its channel is asked about while the person sees that it is being saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.errors import DaybookError
from bot.domain.people import Actor
from bot.domain.reminder_form import ReminderField, choice_wished
from bot.domain.reminders import ReminderChoice
from bot.rendering.names import ActionId, CallbackId, SettingsTab
from bot.rendering.settings.reminders import reminders_form, reminders_saved, saving_reminders
from bot.usecases.choose_reminders import ChooseReminders
from handlers.interaction import Submission
from handlers.registry import Handler, on_submission
from handlers.reply import Reply
from handlers.views.settings_below import Refresh
from handlers.views.settings_forms import mistakes_of


@dataclass(frozen=True, slots=True)
class ReminderCases:
    """What the form calls."""

    choose: ChooseReminders


def handlers(cases: ReminderCases, refresh: Refresh) -> Sequence[Handler]:
    """*Save*."""

    def save(actor: Actor, submitted: Submission, reply: Reply) -> None:
        wished, below = _wished(submitted), submitted.private_metadata
        try:
            kept = cases.choose(actor, wished)
        except DaybookError as refused:
            reply.update(reminders_form(wished, below, mistake=str(refused)))
            return
        reply.update(reminders_saved(kept))
        refresh(actor, submitted, reply, below, SettingsTab.AVAILABILITY)

    return (
        on_submission(CallbackId.SETTINGS_REMINDERS, save, loading=saving_reminders(), validate=mistakes_of(_wished)),
    )


def _wished(submitted: Submission) -> ReminderChoice:
    """Raises `FormOutdated` where a field is not there, and `FieldMistakes`."""
    minutes, channel, level = (
        next(iter(submitted.values.given(ActionId.SETTING, block_id=name)), "")
        for name in (ReminderField.MINUTES, ReminderField.CHANNEL, ReminderField.SHOWS)
    )
    ticked = submitted.values.given(ActionId.SETTING, block_id=ReminderField.AFTER)
    return choice_wished(minutes, channel, level, ticked)
