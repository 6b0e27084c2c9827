"""The member's word on an account that came back from the browser."""

from collections.abc import Sequence

from bot.domain.people import Actor
from bot.rendering.connect import confirmed, rejected
from bot.rendering.names import ActionId
from bot.rendering.set_up import loading_calendars, set_up_modal
from bot.usecases.choose_calendars import OfferCalendars
from bot.usecases.confirm_account import ConfirmAccount, RejectAccount
from handlers.home import RefreshHome
from handlers.identifiers import id_in
from handlers.interaction import Action, Surface
from handlers.registry import Handler, on_action
from handlers.reply import Reply


def handlers(
    confirm: ConfirmAccount, reject: RejectAccount, offer: OfferCalendars, refresh_home: RefreshHome
) -> Sequence[Handler]:
    """*Yes, connect* leads straight to setting up; *No* gives the permission back."""

    def yes(actor: Actor, pressed: Action, reply: Reply) -> None:
        account = confirm(actor, id_in(pressed.value))
        if pressed.surface is Surface.CHANNEL:
            reply.replace(confirmed(account))
        reply.update(set_up_modal(offer(actor)))
        refresh_home(actor, reply)

    def no(actor: Actor, pressed: Action, reply: Reply) -> None:
        reply.replace(rejected(reject(actor, id_in(pressed.value))))
        refresh_home(actor, reply)

    return (
        on_action(ActionId.CONFIRM_ACCOUNT, yes, loading=loading_calendars()),
        on_action(ActionId.REJECT_ACCOUNT, no),
    )
