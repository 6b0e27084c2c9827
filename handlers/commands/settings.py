"""`/daybook settings`: Calendar Settings, or the first step towards them."""

from bot.domain.people import Actor
from bot.rendering.connect import connect_modal
from bot.rendering.names import SettingsTab
from bot.rendering.set_up import set_up_modal
from bot.rendering.settings.frame import settings_modal
from bot.usecases.choose_calendars import OfferCalendars
from bot.usecases.offer_connections import OfferConnections
from bot.usecases.show_settings import ShowSettings
from handlers.interaction import Interaction
from handlers.registry import Work
from handlers.reply import Reply


def settings_work(show: ShowSettings, offer: OfferCalendars, connections: OfferConnections) -> Work[Interaction]:
    """The settings; where no calendar is in use the form to choose some, and where none can be, what to connect."""

    def settings(actor: Actor, _asked: Interaction, reply: Reply) -> None:
        shown = show(actor)
        if not shown.status.accounts:
            reply.open(connect_modal(connections(actor)))
        elif not shown.status.is_connected:
            reply.open(settings_modal(shown, SettingsTab.VIDEO))
        elif not shown.status.calendars:
            reply.open(set_up_modal(offer(actor)))
        else:
            reply.open(settings_modal(shown, SettingsTab.CALENDARS))

    return settings
