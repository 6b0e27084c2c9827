"""The modal *Why not?*: whose time, which day, which time; answered with every reason."""

from bot.domain.slots_request import SlotsRequest
from bot.rendering.blocks import section
from bot.rendering.form_blocks import day_picker, field, people_select, time_picker
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.question import words_of
from bot.rendering.surfaces import Block, Message, Modal
from bot.rendering.text import user_text

TITLE = "Why not?"


def why_form(request: SlotsRequest, *, time: str = "", mistake: str = "") -> Modal:
    """The form, holding a request whose `when` is an ISO date.

    Args:
        time: `15:00`, where one was chosen already.
        mistake: says on top what was wrong with the last try.
    """
    told: list[Block] = [section(user_text(mistake, limit=500))] if mistake else []
    fields = [
        field("Whose time", people_select(ActionId.PEOPLE, chosen=request.members), block_id=ActionId.PEOPLE),
        field("Day", day_picker(ActionId.DAY, initial=request.when), block_id=ActionId.DAY),
        field("Time", time_picker(ActionId.TIME, initial=time), block_id=ActionId.TIME),
    ]
    # How long, and whether one of them is enough, was written or is as usual.
    kept = words_of(SlotsRequest(mode=request.mode, minutes=request.minutes))
    return Modal(
        TITLE, (*told, *fields), callback_id=CallbackId.WHY, submit="Look", close="Cancel", private_metadata=kept
    )


def opening_why() -> Modal:
    """What is on the screen while the form is made."""
    return loading(TITLE)


def answered(answer: Message) -> Modal:
    """An answer that is no explanation, in the place of the form."""
    return Modal(TITLE, answer.blocks)
