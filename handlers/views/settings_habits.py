"""The form of clock and week: what it changes is seen at once, in what is under it."""

from collections.abc import Sequence

from bot.domain.habit_form import HabitField, habits_wished
from bot.domain.people import Actor
from bot.domain.reading_habits import OwnHabits
from bot.rendering.names import ActionId, CallbackId, SettingsTab
from bot.usecases.choose_habits import ChooseHabits
from handlers.interaction import Submission
from handlers.registry import Handler, on_submission, read_by_actor
from handlers.reply import Reply
from handlers.views.settings_below import Refresh
from handlers.views.settings_forms import mistakes_of


def handlers(choose: ChooseHabits, refresh: Refresh) -> Sequence[Handler]:
    """*Save*. There is no loading view: the form closes, and shows what is under it."""

    def save(actor: Actor, submitted: Submission, reply: Reply) -> None:
        reader = choose(actor, _wished(submitted))
        read_by_actor(refresh, reader, submitted, reply, submitted.private_metadata, SettingsTab.AVAILABILITY)

    return (on_submission(CallbackId.SETTINGS_HABITS, save, validate=mistakes_of(_wished)),)


def _wished(submitted: Submission) -> OwnHabits:
    """Raises `FormOutdated` where a field is not there, and `FieldMistakes`."""
    hour_cycle, first_day = (
        next(iter(submitted.values.given(ActionId.SETTING, block_id=name)), "")
        for name in (HabitField.HOUR_CYCLE, HabitField.FIRST_DAY)
    )
    return habits_wished(hour_cycle, first_day)
