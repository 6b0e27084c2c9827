"""The member's word on an account that came back from the browser."""

from collections.abc import Sequence

from bot.domain.people import Actor
from bot.rendering.connect import confirmed, has_calendars_behind, rejected
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, SettingsTab
from bot.rendering.set_up import loading_calendars, set_up_modal
from bot.rendering.settings.frame import TITLE, settings_modal
from bot.rendering.settings.video import ZOOM_CONNECTED
from bot.rendering.surfaces import Modal
from bot.usecases.choose_calendars import OfferCalendars
from bot.usecases.confirm_account import ConfirmAccount, RejectAccount
from bot.usecases.show_settings import ShowSettings
from handlers.home import RefreshHome
from handlers.identifiers import id_in
from handlers.interaction import Action, Surface
from handlers.registry import Handler, on_action
from handlers.reply import Reply


def handlers(
    confirm: ConfirmAccount,
    reject: RejectAccount,
    offer: OfferCalendars,
    show_settings: ShowSettings,
    refresh_home: RefreshHome,
) -> Sequence[Handler]:
    """*Yes, connect* leads straight to setting up, if there is anything to; *No* gives the permission back."""

    def yes(actor: Actor, pressed: Action, reply: Reply) -> None:
        account = confirm(actor, id_in(pressed.value))
        try:
            if pressed.surface is Surface.CHANNEL:
                reply.replace(confirmed(account))
            if account.provider.has_calendars:
                reply.update(set_up_modal(offer(actor)))
            else:
                reply.update(settings_modal(show_settings(actor), SettingsTab.VIDEO, note=ZOOM_CONNECTED))
        finally:  # it is connected, whether or not Google lists its calendars just now
            refresh_home(actor)

    def no(actor: Actor, pressed: Action, reply: Reply) -> None:
        reply.replace(rejected(reject(actor, id_in(pressed.value))))
        refresh_home(actor)

    return (
        on_action(ActionId.CONFIRM_ACCOUNT, yes, loading=_opening),
        on_action(ActionId.REJECT_ACCOUNT, no),
    )


def _opening(pressed: Action) -> Modal:
    return loading_calendars() if has_calendars_behind(pressed.action_id) else loading(TITLE)
