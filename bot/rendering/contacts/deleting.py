"""The question before a contact is deleted: what it means, or what stands in the way."""

from bot.domain.contact_edits import ContactField
from bot.domain.contact_views import DeleteShown
from bot.rendering.blocks import actions, context, section
from bot.rendering.contacts.mark import ContactDeed, ContactMark
from bot.rendering.contacts.words import back, contact_address, contact_name, meeting_rows
from bot.rendering.form_blocks import Choice, checkboxes, field
from bot.rendering.names import ActionId, CallbackId, numbered
from bot.rendering.standing import WHAT_CANCELLING_MEANS, are_the_readers, named
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import user_text

NEVER_AGAIN = "never"
"""The value of the box that keeps somebody from coming back."""


def delete_form(shown: DeleteShown, mark: ContactMark, *, mistake: str = "") -> Modal:
    """What deleting means; where appointments are to come, what to do about them instead."""
    contact = shown.contact
    here = ContactMark(ContactDeed.DELETE, contact.id, contact.version, first=mark.first, words=mark.words)
    lead = [section(f":warning: {user_text(mistake, limit=500)}")] if mistake else []
    way_back = actions(back(here, to_card=True))
    if shown.standing and not are_the_readers(shown.standing):
        return Modal("Delete contact", (*lead, *_standing(shown), way_back), private_metadata=here.value())
    return Modal(
        "Delete contact",
        (*lead, *_to_cancel(shown), *_what_deleting_means(shown), way_back),
        callback_id=CallbackId.CONTACT_DELETE,
        submit="Cancel and delete" if shown.standing else "Delete",
        private_metadata=f"{here.value()}\n{named(shown.standing)}".rstrip("\n"),
    )


def _to_cancel(shown: DeleteShown) -> list[Block]:
    if not shown.standing:
        return []
    told = (
        f"*These appointments with {contact_name(shown.contact)} are to come.* {WHAT_CANCELLING_MEANS} To have another "
        "contact take them over, go back and use *Merge*."
    )
    return [section(told), *meeting_rows(shown.standing, shown.zone)]


def _standing(shown: DeleteShown) -> list[Block]:
    told = (
        f"*{contact_name(shown.contact)}* cannot be deleted yet: these appointments are to come. Cancel them first, "
        "or use *Merge* to have another contact take them over."
    )
    rows = meeting_rows(shown.standing, shown.zone)
    others = any(meeting.appointment is None for meeting in shown.standing)
    return [section(told), *rows, *([context("Ask the host to cancel what is not yours.")] if others else [])]


def _what_deleting_means(shown: DeleteShown) -> list[Block]:
    contact = shown.contact
    lines = [
        f"Delete *{contact_name(contact)}* ({contact_address(contact.email)}) for your whole workspace?",
        "· Name, addresses, phone, time zone, tags and note are erased. It cannot be undone.",
        '· Past appointments stay, with "a deleted contact". Their titles, notes and Google events stay as they are.',
        "· To have the name taken out of those too, go back and use */daybook forget*. After *Delete* it is too late.",
        "· Nothing is e-mailed, and no trigger fires.",
    ]
    if shown.in_google:
        lines.append(
            "· Meetings with this person are to come in Google. Where a two-way calendar adds or asks about invitees, "
            "they bring the contact back; the box below keeps them out."
        )
    box = checkboxes(
        numbered(ActionId.SETTING, contact.id),
        [Choice("Never add again", NEVER_AGAIN, "keeps the address, for this alone")],
        chosen=[NEVER_AGAIN] if shown.in_google else [],
    )
    return [section("\n".join(lines)), field("From now on", box, block_id=ContactField.NEVER, optional=True)]
