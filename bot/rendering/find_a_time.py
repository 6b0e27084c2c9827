"""The modal *Find a time*: who, everyone or anyone, how long, which day."""

from bot.domain.availability import Mode
from bot.domain.slots_request import SlotsRequest
from bot.rendering.blocks import section
from bot.rendering.form_blocks import Choice, day_picker, field, people_select, radio_buttons, select
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Block, Message, Modal
from bot.rendering.text import user_text
from bot.rendering.wording import meeting_length

TITLE = "Find a time"
LENGTHS = (15, 30, 45, 60, 90, 120)
USUAL = "usual"
"""Stands for the length that the first of the people asked about usually meets for."""


def find_a_time(request: SlotsRequest, *, mistake: str = "") -> Modal:
    """The form, holding a request whose `when` is an ISO date.

    `mistake` says on top what was wrong with the last try.
    """
    minutes = [request.minutes] if request.minutes else []
    lengths = [Choice(meeting_length(each), str(each)) for each in sorted({*LENGTHS, *minutes})]
    length = str(request.minutes or USUAL)
    modes = [Choice("Everyone has to be free", Mode.ALL), Choice("Any one of them is enough", Mode.ANY)]
    told: list[Block] = [section(user_text(mistake, limit=500))] if mistake else []
    fields = [
        field("Who", people_select(ActionId.PEOPLE, chosen=request.members), block_id=ActionId.PEOPLE),
        field("Everyone or anyone", radio_buttons(ActionId.MODE, modes, chosen=request.mode), block_id=ActionId.MODE),
        field(
            "Length",
            select(ActionId.LENGTH, [Choice("As long as usual", USUAL), *lengths], chosen=length),
            block_id=ActionId.LENGTH,
        ),
        field("Day", day_picker(ActionId.DAY, initial=request.when), block_id=ActionId.DAY),
    ]
    return Modal(TITLE, (*told, *fields), callback_id=CallbackId.FIND_A_TIME, submit="Find", close="Cancel")


def opening() -> Modal:
    """What is on the screen while the form is made."""
    return loading(TITLE)


def looking() -> Modal:
    """What is on the screen while calendars are compared."""
    return loading(TITLE, "Comparing calendars…")


def found_modal(answer: Message) -> Modal:
    """The answer in the place of the form."""
    return Modal(TITLE, answer.blocks)
