"""The buttons of Calendar Settings: its tabs, and [Change] on each row."""

from collections.abc import Callable, Sequence

from bot.domain.calendar_settings import CalendarSettings
from bot.domain.calendars import Role
from bot.domain.errors import NotConnected, NotFound
from bot.domain.people import Actor
from bot.domain.preferences import Preferences
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, CallbackId, SettingsTab
from bot.rendering.set_up import loading_calendars, set_up_modal
from bot.rendering.settings.dates import dates_form
from bot.rendering.settings.forms import audience_form, blocking_form, hours_form, limits_form, meetings_form
from bot.rendering.settings.frame import TITLE, settings_modal
from bot.rendering.settings.habits import habits_form
from bot.rendering.settings.reminders import reminders_form
from bot.rendering.settings.sync_option import option_form
from bot.rendering.settings.video import venue_form
from bot.rendering.settings.zone import zone_form
from bot.rendering.surfaces import Modal
from bot.usecases.choose_calendars import OfferCalendars
from bot.usecases.preview_option import NO_LINKED
from bot.usecases.show_settings import ShowSettings
from handlers.interaction import Action
from handlers.registry import Handler, on_action
from handlers.reply import Reply

MakeForm = Callable[[CalendarSettings, str], Modal]
"""A form with what is set now, on top of the view with that id."""


def handlers(show: ShowSettings, offer: OfferCalendars) -> Sequence[Handler]:
    """The tabs, and the forms."""

    def turn(actor: Actor, pressed: Action, reply: Reply) -> None:
        reply.update(settings_modal(show(actor), _tab(pressed.value)))

    def change(actor: Actor, pressed: Action, reply: Reply) -> None:
        below = pressed.view.id if pressed.view else ""
        if pressed.value == CallbackId.SET_UP:
            reply.update(set_up_modal(offer(actor), below=below))
            return
        form = _FORMS.get(pressed.value)
        if form is None:
            raise NotFound
        reply.update(form(show(actor), below))

    return (
        on_action(ActionId.SETTINGS_TAB, turn),
        on_action(ActionId.SETTINGS_CHANGE, change, loading=_opening),
    )


def _opening(pressed: Action) -> Modal:
    return loading_calendars() if pressed.value == CallbackId.SET_UP else loading(TITLE)


def _tab(value: str) -> SettingsTab:
    """The tab that a button carries; raises `NotFound` for anything else."""
    try:
        return SettingsTab(value)
    except ValueError as error:
        raise NotFound from error


def _of_preferences(form: Callable[[Preferences, str], Modal]) -> MakeForm:
    return lambda settings, below: form(settings.preferences, below)


def _option_form(settings: CalendarSettings, below: str) -> Modal:
    linked = settings.in_role(Role.LINKED)
    if not linked:
        raise NotConnected(NO_LINKED)
    return option_form(linked[0].option, below)


_FORMS: dict[str, MakeForm] = {
    CallbackId.SETTINGS_HOURS: _of_preferences(hours_form),
    CallbackId.SETTINGS_DATES: dates_form,
    CallbackId.SETTINGS_ZONE: lambda settings, below: zone_form(settings.preferences, settings.slack_zone, below),
    CallbackId.SETTINGS_HABITS: habits_form,
    CallbackId.SETTINGS_MEETINGS: _of_preferences(meetings_form),
    CallbackId.SETTINGS_LIMITS: _of_preferences(limits_form),
    CallbackId.SETTINGS_AUDIENCE: _of_preferences(audience_form),
    CallbackId.SETTINGS_BLOCKING: _of_preferences(blocking_form),
    CallbackId.SETTINGS_VENUE: venue_form,
    CallbackId.SETTINGS_REMINDERS: lambda settings, below: reminders_form(settings.reminders, below),
    CallbackId.SYNC_OPTION: _option_form,
}
