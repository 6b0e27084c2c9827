"""*Sync now*: says what is read, and shows the state again as soon as it was."""

from collections.abc import Sequence

from bot.domain.connections import Status
from bot.domain.people import Actor
from bot.rendering.names import ActionId
from bot.rendering.status import reading_note, status_message, still_reading_note
from bot.usecases.show_status import RequestSync, ShowStatus
from handlers.home import RefreshHome
from handlers.interaction import Action
from handlers.registry import Handler, on_action
from handlers.reply import Reply
from handlers.waiting import WaitForSync


def handlers(
    show_status: ShowStatus, request_sync: RequestSync, refresh_home: RefreshHome, wait_for_sync: WaitForSync
) -> Sequence[Handler]:
    """*Sync now*."""

    def sync_now(actor: Actor, _pressed: Action, reply: Reply) -> None:
        number = request_sync(actor)
        asked = show_status(actor)

        def show(latest: Status, is_reading: bool) -> None:
            note = still_reading_note() if is_reading else ""
            reply.replace(status_message(latest, actor.zone, note=note))
            refresh_home(actor, reply)

        note = reading_note(number, is_paused=asked.paused_until() is not None)
        reply.replace(status_message(asked, actor.zone, note=note))
        if number:
            wait_for_sync(actor, asked, show)

    return (on_action(ActionId.SYNC_NOW, sync_now),)
