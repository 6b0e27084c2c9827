"""`/daybook disconnect`: which account to leave, and leaving it."""

from collections.abc import Sequence

from bot.domain.people import Actor
from bot.rendering.disconnect import disconnect_message, disconnected
from bot.rendering.names import ActionId, SettingsTab
from bot.rendering.settings.frame import settings_modal
from bot.rendering.settings.leaving import ended_text
from bot.usecases.disconnect_account import DisconnectAccount
from bot.usecases.show_settings import ShowSettings
from handlers.home import RefreshHome
from handlers.identifiers import id_in
from handlers.interaction import Action, Interaction, Surface
from handlers.registry import Handler, Work, on_action
from handlers.reply import Reply


def disconnect_work(show_settings: ShowSettings) -> Work[Interaction]:
    """The accounts, each with its button."""

    def disconnect(actor: Actor, _asked: Interaction, reply: Reply) -> None:
        reply.say(disconnect_message(show_settings(actor)))

    return disconnect


def handlers(
    disconnect_account: DisconnectAccount, show_settings: ShowSettings, refresh_home: RefreshHome
) -> Sequence[Handler]:
    """*Disconnect*, confirmed in its dialog; in Calendar Settings what is left of them stays on the screen."""

    def leave(actor: Actor, pressed: Action, reply: Reply) -> None:
        ended = disconnect_account(actor, id_in(pressed.value))
        if pressed.surface is Surface.MODAL:
            tab = SettingsTab.CALENDARS if ended.account.provider.has_calendars else SettingsTab.VIDEO
            reply.update(settings_modal(show_settings(actor), tab, note=ended_text(ended)))
        else:
            reply.replace(disconnected(ended))
        refresh_home(actor, reply)

    return (on_action(ActionId.DISCONNECT_ACCOUNT, leave),)
