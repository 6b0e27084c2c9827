"""`/daybook book`: the booking form, with what the words say already in it."""

import re

from bot.domain.booking import MOST_HOSTS
from bot.domain.booking_form import FormAsked
from bot.domain.contacts import new_contact
from bot.domain.day_words import UnclearWhen
from bot.domain.people import Actor
from bot.domain.slots_request import UnclearRequest, parse_slots_request
from bot.rendering.names import ActionId
from bot.rendering.slots import unclear_message
from handlers.actions.booking import OpenForm
from handlers.interaction import Command
from handlers.registry import Work
from handlers.reply import Reply

WORD = "book"
_ADDRESS = re.compile(r"(?<!\S)[^\s<>@]+@[^\s<>@]+")


def book_work(open_form: OpenForm) -> Work[Command]:
    """The form, or what the time that was written could mean."""

    def book(actor: Actor, command: Command, reply: Reply) -> None:
        addresses = list(dict.fromkeys(_ADDRESS.findall(command.text)))
        if len(addresses) > 1:
            raise UnclearRequest("Write one contact's address at most; colleagues are named with @.")
        address = new_contact(addresses[0], "").email if addresses else ""
        request = parse_slots_request(_ADDRESS.sub(" ", command.text))
        if len(request.members) > MOST_HOSTS:
            raise UnclearRequest(f"Book with {MOST_HOSTS} people at most.")
        try:
            asked = FormAsked(request.members, minutes=request.minutes, when=request.when, address=address, joins=True)
            open_form(actor, command, reply, asked)
        except UnclearWhen as unclear:
            reply.say(unclear_message(request, unclear, ActionId.RUN, word=f"{WORD} {address}".rstrip()))

    return book
