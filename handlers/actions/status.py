"""*Sync now*: says what is read, and shows the state again as soon as it was."""

from collections.abc import Sequence

from bot.domain.connections import Status
from bot.domain.people import Actor
from bot.rendering.diagnosis import diagnosis_message
from bot.rendering.names import ActionId
from bot.rendering.status import reading_note, status_message, still_reading_note
from handlers.home import RefreshHome
from handlers.interaction import Action
from handlers.registry import Handler, on_action
from handlers.reply import Reply
from handlers.trouble_cases import TroubleCases
from handlers.waiting import WaitForSync


def handlers(cases: TroubleCases, refresh_home: RefreshHome, wait_for_sync: WaitForSync) -> Sequence[Handler]:
    """*Sync now*. What stands in the way is looked at once reading has ended, because that may change it."""

    def sync_now(actor: Actor, _pressed: Action, reply: Reply) -> None:
        number = cases.request_sync(actor)
        asked = cases.show_status(actor)

        def show(latest: Status, is_reading: bool) -> None:
            if is_reading:
                reply.replace(status_message(latest, actor.zone, note=still_reading_note()))
            else:
                reply.replace(diagnosis_message(cases.diagnose(actor), actor.zone))
            refresh_home(actor)

        note = reading_note(number, is_paused=asked.paused_until() is not None)
        reply.replace(status_message(asked, actor.zone, note=note))
        if number:
            wait_for_sync(actor, asked, show)

    return (on_action(ActionId.SYNC_NOW, sync_now, is_dear=True),)
