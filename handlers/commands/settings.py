"""`/daybook settings` and `/daybook reminders`: Calendar Settings, or the first step towards them."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.calendar_settings import CalendarSettings
from bot.domain.people import Actor
from bot.domain.reminder_form import minutes_named
from bot.domain.reminders import BadReminders
from bot.rendering.connect import connect_modal
from bot.rendering.names import SettingsTab
from bot.rendering.set_up import set_up_modal
from bot.rendering.settings.frame import settings_modal
from bot.rendering.settings.reminders import reminders_form
from bot.rendering.surfaces import Modal
from bot.usecases.choose_calendars import OfferCalendars
from bot.usecases.offer_connections import OfferConnections
from bot.usecases.show_settings import ShowSettings
from handlers.interaction import Command, Interaction
from handlers.registry import Work
from handlers.reply import Reply

NO_REMINDERS = "You are reminded of what you host, which needs a calendar of yours. Connect Google Calendar first."

NO_SETTINGS = "Calendar Settings are about a calendar of yours. Connect Google Calendar first."


def reminders_work(show: ShowSettings, offer: OfferCalendars, connections: OfferConnections) -> Work[Interaction]:
    """The form of reminders, with what was asked for in words; or the step that comes before it."""

    def form(shown: CalendarSettings, asked: Interaction) -> Modal:
        minutes = minutes_named(_typed(asked))
        if not minutes or minutes == shown.reminders.minutes:
            return reminders_form(shown.reminders)
        try:
            return reminders_form(replace(shown.reminders, minutes=minutes), is_new=True)
        except BadReminders as refused:
            return reminders_form(shown.reminders, mistake=str(refused))

    return _work(show, offer, connections, form, first=NO_REMINDERS)


def settings_work(show: ShowSettings, offer: OfferCalendars, connections: OfferConnections) -> Work[Interaction]:
    """The settings, at the tab that was typed, or the step that comes before them."""
    return _work(
        show, offer, connections, lambda shown, asked: settings_modal(shown, _tab_in(asked)), first=NO_SETTINGS
    )


def _work(
    show: ShowSettings,
    offer: OfferCalendars,
    connections: OfferConnections,
    make: Callable[[CalendarSettings, Interaction], Modal],
    *,
    first: str = "",
) -> Work[Interaction]:
    """Opens what `make` makes.

    Where no calendar is in use it is the form to choose some, and where none can be, what to connect: then `first`
    says why.
    """

    def settings(actor: Actor, asked: Interaction, reply: Reply) -> None:
        shown = show(actor)
        if not shown.status.accounts:
            reply.open(connect_modal(connections(actor), note=first))
        elif not shown.status.is_connected:
            reply.open(settings_modal(shown, SettingsTab.VIDEO))
        elif not shown.status.calendars:
            reply.open(set_up_modal(offer(actor)))
        else:
            reply.open(make(shown, asked))

    return settings


def _typed(asked: Interaction) -> str:
    return asked.text if isinstance(asked, Command) else ""


def _tab_in(asked: Interaction) -> SettingsTab:
    """The tab that was typed, or the first."""
    typed = _typed(asked).strip().lower()
    return SettingsTab(typed) if typed in set(SettingsTab) else SettingsTab.CALENDARS
