"""The form of a contact: what is known of him; and what its fields offer."""

from collections.abc import Mapping, Sequence

from bot.domain.contact_edits import ContactField, ContactTyped, differing
from bot.domain.contacts import LONGEST_ADDRESS, LONGEST_NAME, LONGEST_NOTE, LONGEST_PHONE, MOST_TAGS, Contact
from bot.domain.zone_search import zones_like
from bot.rendering.blocks import OPTION_TEXT, OPTIONS, actions, section
from bot.rendering.contacts.mark import LONGEST_WORDS, ContactDeed, ContactMark
from bot.rendering.contacts.words import back, contact_address, contact_name, go, tags_text
from bot.rendering.form_blocks import Choice, external_select, field, option, text_input
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, CallbackId, numbered
from bot.rendering.settings.zone import zone_choice
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import clean, user_text
from bot.rendering.zones import city

NO_ZONE = "none"
"""The value of the line that says that nobody knows a contact's zone."""
NOBODY = "nobody"
_NOT_KNOWN = Choice("Not known", NO_ZONE)
_MOST_TAGS_TYPED = MOST_TAGS * 42
_SHOWN_OF_NOTE = 300
_OTHERS_SHOWN = 20
_LABELS = {
    ContactField.NAME: "name",
    ContactField.PHONE: "phone",
    ContactField.ZONE: "time zone",
    ContactField.TAGS: "tags",
    ContactField.NOTE: "note",
}


def typed_of(contact: Contact) -> ContactTyped:
    """What stands in the form of a contact as he is."""
    return ContactTyped(contact.name, contact.phone, contact.zone, ", ".join(contact.tags), contact.note)


def saving() -> Modal:
    """What is on the screen while a form is saved."""
    return loading("Contacts", "Saving…")


def edit_form(
    mark: ContactMark,
    typed: ContactTyped,
    *,
    is_new: bool = False,
    mistakes: Mapping[str, str] | None = None,
    now: Contact | None = None,
    others: Sequence[str] = (),
) -> Modal:
    """What is known of a contact, to be changed.

    Args:
        mark: whom it is about, in the version that saving replaces.
        typed: what stands in the fields.
        is_new: he is to be added, so that his address is asked for.
        mistakes: what was wrong with the last try.
        now: how he stands, where somebody else changed him meanwhile.
        others: the addresses beside his own, each of which can be taken off.
    """
    blocks = [*_trouble(mistakes or {}), *(_meanwhile(typed, now) if now is not None else [])]
    blocks += _fields(mark, typed, is_new=is_new)
    blocks += [_other(email, mark) for email in others[:_OTHERS_SHOWN]]
    return Modal(
        "New contact" if is_new else "Edit contact",
        (*blocks, actions(back(mark, to_card=not is_new))),
        callback_id=CallbackId.CONTACT_NEW if is_new else CallbackId.CONTACT_EDIT,
        submit="Add" if is_new else "Save",
        private_metadata=mark.value(),
    )


def _other(email: str, mark: ContactMark) -> Block:
    told = f"Also found by {contact_address(email)}"
    if len(email) > LONGEST_WORDS:
        return section(told)
    here = ContactMark(ContactDeed.TAKE_OFF, mark.contact_id, mark.version, first=mark.first, words=email)
    return section(told, accessory=go("Take off", here))


def _fields(mark: ContactMark, typed: ContactTyped, *, is_new: bool) -> list[Block]:
    # Slack keeps what stands in a field under its ids, so that another contact's fields need others.
    own = numbered(ActionId.SETTING, mark.contact_id or "new")
    zone = zone_choice(typed.zone) if typed.zone else _NOT_KNOWN
    address = field(
        "E-mail address",
        text_input(own, initial=typed.email, placeholder="maya@ortiz.test", most=LONGEST_ADDRESS),
        block_id=ContactField.EMAIL,
    )
    return [
        *([address] if is_new else []),
        field(
            "Name",
            text_input(own, initial=typed.name, most=LONGEST_NAME),
            block_id=ContactField.NAME,
            optional=is_new,
        ),
        field(
            "Phone",
            text_input(own, initial=typed.phone, most=LONGEST_PHONE),
            block_id=ContactField.PHONE,
            optional=True,
        ),
        field(
            "Time zone",
            external_select(
                numbered(ActionId.CONTACT_ZONE, mark.contact_id or "new"), chosen=zone, placeholder="Type a city"
            ),
            block_id=ContactField.ZONE,
            hint="Where it differs from yours, the booking form shows both times.",
            optional=True,
        ),
        field(
            "Tags",
            text_input(own, initial=typed.tags, placeholder="client, vip", most=_MOST_TAGS_TYPED),
            block_id=ContactField.TAGS,
            hint="Words with commas between.",
            optional=True,
        ),
        field(
            "Note",
            text_input(own, initial=typed.note, most=LONGEST_NOTE, multiline=True),
            block_id=ContactField.NOTE,
            hint="Everybody in your workspace can read it.",
            optional=True,
        ),
    ]


def _trouble(mistakes: Mapping[str, str]) -> list[Block]:
    return [section(f":warning: {user_text(told, limit=500)}") for told in mistakes.values()]


def _meanwhile(typed: ContactTyped, now: Contact) -> list[Block]:
    stored = {
        ContactField.NAME: contact_name(now),
        ContactField.PHONE: user_text(now.phone, limit=100, empty="nothing"),
        ContactField.ZONE: city(now.zone) if now.zone else "not known",
        ContactField.TAGS: tags_text(now.tags) or "none",
        ContactField.NOTE: user_text(now.note, limit=_SHOWN_OF_NOTE, empty="nothing"),
    }
    lines = [f"· {_LABELS[name]}: {stored[name]}" for name in differing(typed, now)]
    told = ":warning: *Somebody changed this contact while you were typing.* Yours is not saved yet; it stands below."
    return [section("\n".join([told, "Now it says:", *lines, "*Save* again keeps yours instead."]))]


def zone_options(typed: str) -> list[Block]:
    """What is offered for a contact's zone."""
    found = zones_like(typed, limit=OPTIONS - 1)
    return [option(choice) for choice in (_NOT_KNOWN, *map(zone_choice, found))]


def other_options(found: Sequence[Contact], typed: str) -> list[Block]:
    """The contacts who fit what was typed."""
    if not found:
        return [option(Choice("No match" if typed else "No contacts yet", NOBODY))]
    return [option(contact_choice(contact)) for contact in found[:OPTIONS]]


def contact_choice(contact: Contact) -> Choice:
    """A contact as he is offered."""
    return Choice(clean(contact.name, limit=OPTION_TEXT), str(contact.id), clean(contact.email, limit=OPTION_TEXT))
