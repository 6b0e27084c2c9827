"""`/daybook book`: the booking form, with what the words say already in it."""

import re

from bot.domain.booking import MOST_HOSTS
from bot.domain.booking_form import FormAsked
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
# As Slack marks it up, and as it was typed.
_ADDRESS = re.compile(r"<mailto:[^<>]*>|(?<!\S)[^\s<>@]+@[^\s<>@]+")


def book_work(open_form: OpenForm) -> Work[Command]:
    """The form, or what the time that was written could mean."""

    def book(actor: Actor, command: Command, reply: Reply) -> None:
        if _ADDRESS.search(command.text):
            raise UnclearRequest("Choose the contact in the form: open it with /daybook book.")
        request = parse_slots_request(command.text)
        if len(request.members) > MOST_HOSTS:
            raise UnclearRequest(f"Book with {MOST_HOSTS} people at most.")
        try:
            open_form(actor, command, reply, FormAsked(request.members, minutes=request.minutes, when=request.when))
        except UnclearWhen as unclear:
            reply.say(unclear_message(request, unclear, ActionId.RUN, word=WORD))

    return book
