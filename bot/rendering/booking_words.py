"""Words and values that the screens of booking share: ways to meet, contacts, and what is e-mailed."""

from uuid import UUID

from bot.domain.appointments import Venue, Where
from bot.domain.booking_form import ContactsFound
from bot.domain.contacts import BadAddress, Contact, NewContact, new_contact
from bot.domain.errors import NotFound
from bot.rendering.blocks import OPTION_TEXT, OPTION_VALUE, OPTIONS, button
from bot.rendering.form_blocks import Choice, option
from bot.rendering.names import ActionId, numbered
from bot.rendering.surfaces import Block
from bot.rendering.text import clean, user_text

WHERE = {
    Where.ZOOM: "Zoom",
    Where.MEET: "Google Meet",
    Where.PHONE: "Phone",
    Where.PLACE: "A place",
    Where.NOWHERE: "Nowhere in particular",
}
NO_CONTACT = "none"
"""The value of the line that only says that nobody was found."""
NEW_CONTACT = "New contact"
NO_TIME_TO_TAKE = "Your own time is not taken: you have no calendar that appointments can be written to."
_NEW = "new "
_LONGEST_URL = 3000
_LEADS_OUT = "https://"


def contact_value(contact: Contact | NewContact) -> str:
    """What the choice of a contact carries."""
    return str(contact.id) if isinstance(contact, Contact) else f"{_NEW}{contact.email}"


def contact_in(value: str, name: str) -> UUID | NewContact | None:
    """The contact that a choice carries, a new one by the typed `name`; raises `NotFound` for no choice of ours."""
    if value in ("", NO_CONTACT):
        return None
    try:
        return new_contact(value.removeprefix(_NEW), name) if value.startswith(_NEW) else UUID(value)
    except (BadAddress, ValueError) as error:
        raise NotFound from error


def contact_options(found: ContactsFound, typed: str) -> list[Block]:
    """Who fits what was typed; an address that nobody has yet can be taken as it is."""
    choices = []
    if found.new is not None and len(value := contact_value(found.new)) <= OPTION_VALUE:
        choices.append(Choice(clean(found.new.email, limit=OPTION_TEXT), value, NEW_CONTACT))
    choices += [
        Choice(clean(one.name, limit=OPTION_TEXT), contact_value(one), clean(one.email, limit=OPTION_TEXT))
        for one in found.contacts
    ]
    if not choices:
        told = "No match: type the whole e-mail address" if typed else "No contacts yet: type an e-mail address"
        choices.append(Choice(told, NO_CONTACT))
    return [option(choice) for choice in choices[:OPTIONS]]


def venue_text(venue: Venue) -> str:
    """Where people meet, ready for mrkdwn; empty where nothing was said."""
    if venue.where is Where.NOWHERE:
        return ""
    details = user_text(venue.details, limit=200, empty="")
    if venue.where is Where.PLACE and details:
        return details
    return f"{WHERE[venue.where]}{f' {details}' if details else ''}"


def invitation_line(contact: Contact | NewContact | None, *, is_invited: bool, is_held: bool) -> str:
    """What will be e-mailed to the contact, as the form stands."""
    if contact is None:
        return "Nothing is e-mailed."
    address = user_text(contact.email, limit=260)
    if not is_invited:
        return "Nothing is e-mailed; the card has a text to send."
    if is_held:
        return f"Google e-mails {address} once it is confirmed."
    return f"Google e-mails {address} the invitation, changes and a cancellation."


def join_button(url: str, where: Where, mark: object, *, label: str = "", spoken: str = "") -> Block | None:
    """The way into the video call; nothing for what is no address of one."""
    if not url.startswith(_LEADS_OUT) or len(url) > _LONGEST_URL:
        return None
    named = label or {Where.ZOOM: "Join Zoom", Where.MEET: "Join Meet"}.get(where, "Join")
    return button(named, numbered(ActionId.OPEN_LINK, mark), url=url, spoken=spoken)
