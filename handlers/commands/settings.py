"""`/daybook settings`: Calendar Settings, or the first step towards them."""

from bot.domain.people import Actor
from bot.rendering.connect import connect_modal
from bot.rendering.names import SettingsTab
from bot.rendering.set_up import set_up_modal
from bot.rendering.settings.frame import settings_modal
from bot.usecases.choose_calendars import OfferCalendars
from bot.usecases.offer_connections import OfferConnections
from bot.usecases.show_settings import ShowSettings
from handlers.interaction import Command, Interaction
from handlers.registry import Work
from handlers.reply import Reply

NO_REMINDERS = "Reminders need a calendar or a booking. Connect Google Calendar first."


def reminders_work(show: ShowSettings, offer: OfferCalendars, connections: OfferConnections) -> Work[Interaction]:
    """The settings, at the tab with the reminders."""
    return settings_work(show, offer, connections, tab=SettingsTab.AVAILABILITY, first=NO_REMINDERS)


def settings_work(
    show: ShowSettings,
    offer: OfferCalendars,
    connections: OfferConnections,
    *,
    tab: SettingsTab | None = None,
    first: str = "",
) -> Work[Interaction]:
    """The settings, at `tab`, or at the one that was typed.

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
            reply.open(settings_modal(shown, tab or _tab_in(asked)))

    return settings


def _tab_in(asked: Interaction) -> SettingsTab:
    """The tab that was typed, or the first."""
    typed = asked.text.strip().lower() if isinstance(asked, Command) else ""
    return SettingsTab(typed) if typed in set(SettingsTab) else SettingsTab.CALENDARS
