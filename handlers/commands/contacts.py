"""`/daybook contacts`: the workspace's contacts, or those that some words find."""

import re
from html import unescape

from bot.domain.people import Actor
from bot.rendering.contacts.listing import contacts_modal
from bot.usecases.list_contacts import ListContacts
from handlers.interaction import Command
from handlers.registry import Work
from handlers.reply import Reply

# An address as Slack marks it up.
_ADDRESS = re.compile(r"<mailto:[^<>|]*\|([^<>]*)>")


def contacts_work(list_contacts: ListContacts) -> Work[Command]:
    """The list, searched by what was typed."""

    def contacts(actor: Actor, command: Command, reply: Reply) -> None:
        words = unescape(_ADDRESS.sub(r"\1", command.text))
        reply.open(contacts_modal(list_contacts(actor, words)))

    return contacts
