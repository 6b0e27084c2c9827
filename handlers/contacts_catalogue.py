"""Every handler of contacts, put together from the use-cases that they call."""

from collections.abc import Sequence

from bot.rendering.contacts.listing import opening_contacts
from bot.rendering.help import HelpEntry
from bot.usecases.find_contacts import FindContacts
from handlers.actions import contacts as contact_actions
from handlers.actions import invitees
from handlers.actions.booking import OpenForm
from handlers.actions.contacts import ContactCases
from handlers.commands.contacts import contacts_work
from handlers.commands.daybook import Subcommand
from handlers.options import known_contacts
from handlers.registry import Handler
from handlers.views import contacts as contact_views


def contact_handlers(cases: ContactCases, find_contacts: FindContacts, open_booking: OpenForm) -> Sequence[Handler]:
    """The list, the card, its forms, and the questions about invitees."""
    return (
        *contact_actions.handlers(cases, open_booking),
        *contact_views.handlers(cases),
        *invitees.handlers(cases.answer_invitee),
        *known_contacts.handlers(find_contacts),
    )


def contacts_subcommand(cases: ContactCases) -> Subcommand:
    """The word after `/daybook`."""
    return Subcommand(
        "contacts",
        contacts_work(cases.list),
        HelpEntry("contacts", "Contacts", "contacts maya", "the people outside your team, and what you have with them"),
        aliases=("people", "clients"),
        loading=opening_contacts(),
    )
