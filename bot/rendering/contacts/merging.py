"""The question before two contacts become one: who is the same person, and who stays."""

from bot.domain.contact_edits import ContactField
from bot.domain.contact_views import MergeShown
from bot.domain.contacts import Contact
from bot.rendering.blocks import OPTION_TEXT, actions, section
from bot.rendering.contacts.forms import contact_choice
from bot.rendering.contacts.mark import ContactDeed, ContactMark
from bot.rendering.contacts.words import back, contact_address, contact_name
from bot.rendering.form_blocks import Choice, external_select, field, radio_buttons
from bot.rendering.names import ActionId, CallbackId, numbered
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import clean, user_text

_MAILED = (
    "· Invitations that were sent stay with the address they went to. When such an appointment changes, Google also "
    "invites the address of the one that stays."
)


def merge_form(shown: MergeShown, mark: ContactMark, *, stays: str = "", mistake: str = "") -> Modal:
    """With whom a contact is merged, and once that is chosen which of them stays and what becomes of the other."""
    asked, other = shown.asked, shown.other
    here = ContactMark(ContactDeed.MERGE, asked.id, asked.version, first=mark.first, words=mark.words)
    if other is not None:
        here = ContactMark(here.deed, asked.id, asked.version, other.id, other.version, here.first, here.words)
    choosing = field(
        "The same person as",
        external_select(
            numbered(ActionId.CONTACT_OTHER, asked.id),
            chosen=contact_choice(other) if other is not None else None,
            placeholder="Type a name or an address",
        ),
        block_id=ContactField.OTHER,
        tells=True,
    )
    blocks: list[Block] = [
        *([section(f":warning: {user_text(mistake, limit=500)}")] if mistake else []),
        section(f"*{contact_name(asked)}* · {contact_address(asked.email)}"),
        choosing,
        *(_what_merging_means(shown, asked, other, stays) if other is not None else []),
        actions(back(here, to_card=True)),
    ]
    return Modal(
        "Merge contacts",
        tuple(blocks),
        callback_id=CallbackId.CONTACT_MERGE,
        submit="Merge" if other is not None else "Go on",
        private_metadata=here.value(),
    )


def _what_merging_means(shown: MergeShown, asked: Contact, other: Contact, stays: str) -> list[Block]:
    choices = [
        Choice(clean(one.name, limit=OPTION_TEXT), str(one.id), clean(one.email, limit=OPTION_TEXT))
        for one in (asked, other)
    ]
    lines = [
        "· Appointments, meetings from Google, tags and notes of both go to the one that stays.",
        "· The other address is remembered: an invitation from it finds the one that stays.",
        *([_MAILED] if shown.is_mailed else []),
        "· It cannot be undone.",
    ]
    return [
        field(
            "Who stays",
            radio_buttons(numbered(ActionId.SETTING, other.id), choices, chosen=stays or str(asked.id)),
            block_id=ContactField.STAYS,
        ),
        section("\n".join(lines)),
    ]
