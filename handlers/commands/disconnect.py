"""`/daybook disconnect`: which account to leave, and leaving it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.domain.people import Actor
from bot.rendering.disconnect import being_left, copies_question, disconnect_message, disconnected
from bot.rendering.names import ActionId, SettingsTab
from bot.rendering.settings.frame import settings_modal
from bot.rendering.settings.leaving import KEEP, REMOVE, being_left_text, ended_text
from bot.rendering.surfaces import Message, modal_of
from bot.usecases.disconnect_account import DisconnectAccount
from bot.usecases.leave_account import LeaveAccount, LookAtCopies
from bot.usecases.show_settings import ShowSettings
from handlers.home import RefreshHome
from handlers.identifiers import id_in
from handlers.interaction import Action, Interaction, Surface
from handlers.registry import Handler, Work, on_action
from handlers.reply import Reply

_WORDS = frozenset({KEEP, REMOVE})


def disconnect_work(show_settings: ShowSettings) -> Work[Interaction]:
    """The accounts, each with its button."""

    def disconnect(actor: Actor, _asked: Interaction, reply: Reply) -> None:
        reply.say(disconnect_message(show_settings(actor)))

    return disconnect


@dataclass(frozen=True, slots=True)
class LeavingCases:
    """What is done with events that Daybook wrote."""

    look: LookAtCopies
    leave: LeaveAccount


def handlers(
    disconnect_account: DisconnectAccount, leaving: LeavingCases, show_settings: ShowSettings, refresh_home: RefreshHome
) -> Sequence[Handler]:
    """*Disconnect*, confirmed in its dialog; in Calendar Settings what is left of them stays on the screen.

    Where it would leave events of appointments to come behind, their owner says first what becomes of them.
    """

    def leave(actor: Actor, pressed: Action, reply: Reply) -> None:
        told, _, word = pressed.value.partition(" ")
        account_id = id_in(told)
        there = leaving.look(actor, account_id)
        if there.copies.number and word not in _WORDS:
            question = copies_question(there.account, there.copies)
            if pressed.surface is Surface.MODAL:
                reply.update(modal_of(question, title="Disconnect"))
            else:
                reply.replace(question)
            return
        if there.copies.number and word == REMOVE:
            note, message = _remove(actor, account_id)
            has_calendars = True
        else:
            ended = disconnect_account(actor, account_id)
            note, message = ended_text(ended), disconnected(ended)
            has_calendars = ended.account.provider.has_calendars
        if pressed.surface is Surface.MODAL:
            tab = SettingsTab.CALENDARS if has_calendars else SettingsTab.VIDEO
            reply.update(settings_modal(show_settings(actor), tab, note=note))
        else:
            reply.replace(message)
        refresh_home(actor)

    def _remove(actor: Actor, account_id: UUID) -> tuple[str, Message]:
        left = leaving.leave(actor, account_id)
        return being_left_text(left.account.address, left.copies), being_left(left.account, left.copies)

    return (on_action(ActionId.DISCONNECT_ACCOUNT, leave),)
