"""One contact: what is known of him, what is to come and what was, and what can be done."""

from bot.domain.contact_views import ContactMeeting, ContactShown
from bot.domain.contacts import Contact
from bot.rendering.blocks import actions, context, divider, lines, section
from bot.rendering.contacts.left_out import left_out_name
from bot.rendering.contacts.mark import LONGEST_WORDS, ContactDeed, ContactMark
from bot.rendering.contacts.words import TITLE, back, contact_address, contact_name, go, meeting_rows, tags_text
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import user_text
from bot.rendering.zones import city

_NOTE_SHOWN = 2500


def contact_card(shown: ContactShown, mark: ContactMark, *, note: str = "", left_out: str = "") -> Modal:
    """The card.

    Args:
        shown: the contact.
        mark: holds the way back.
        note: what was just done, ready for mrkdwn.
        left_out: the address, or the domain with an "@" in front, by which invitations from the contact count for
            nothing.
    """
    contact = shown.contact
    here = ContactMark(ContactDeed.OPEN, contact.id, contact.version, first=mark.first, words=mark.words)
    blocks: list[Block] = [
        *([section(note)] if note else []),
        *([_left_out(left_out, contact, mark)] if left_out else []),
        section(_about(shown)),
        *([section(_quoted(contact.note))] if contact.note else []),
        actions(
            go("Book", here.to(ContactDeed.BOOK), primary=True),
            go("Edit", here.to(ContactDeed.EDIT)),
            go("Merge", here.to(ContactDeed.MERGE)),
            go("Delete", here.to(ContactDeed.DELETE)),
            back(here),
        ),
        divider(),
        *_meetings("To come", shown.to_come, shown, more=shown.more_to_come),
        *_meetings("So far", shown.past, shown, more=shown.more_past),
    ]
    if not shown.to_come and not shown.past:
        google = "Meetings in a two-way calendar appear here a moment after it was read."
        blocks.append(section(f"Nothing yet. *Book* makes the first appointment. {google}"))
    elif any(not meeting.title for meeting in (*shown.to_come, *shown.past)):
        blocks.append(context("What colleagues' appointments are called is shown to them alone."))
    return Modal(TITLE, tuple(blocks), private_metadata=here.value())


def _left_out(pattern: str, contact: Contact, mark: ContactMark) -> Block:
    told = (
        f"Invitations from {contact_name(contact)} make no appointment, because {left_out_name(pattern)} is *left out*."
    )
    allowing = ContactMark(ContactDeed.ALLOW, first=mark.first, words=pattern)
    return section(told, accessory=go("Allow again", allowing) if len(pattern) <= LONGEST_WORDS else None)


def gone_card(mark: ContactMark) -> Modal:
    """In the place of a contact who is not there any more."""
    told = section("This contact is not there any more. It may have been merged or deleted.")
    return Modal(TITLE, (told, actions(back(mark))))


def _about(shown: ContactShown) -> str:
    contact = shown.contact
    addresses = contact_address(contact.email)
    if shown.others:
        addresses += f" · also {', '.join(map(contact_address, shown.others[:10]))}"
        addresses += f" and {len(shown.others) - 10} more" if len(shown.others) > 10 else ""
    return "\n".join([f"*{contact_name(contact)}*", addresses, *_facts(contact)])


def _facts(contact: Contact) -> list[str]:
    told = [
        ("Phone", user_text(contact.phone, limit=100, empty="")),
        ("Time zone", f"{city(contact.zone)} ({contact.zone})" if contact.zone not in ("", "UTC") else contact.zone),
        ("Tags", tags_text(contact.tags)),
    ]
    return [f"{label}: {value}" for label, value in told if value]


def _quoted(note: str) -> str:
    return lines([f">{user_text(line, limit=_NOTE_SHOWN, empty='')}" for line in note.splitlines()], limit=_NOTE_SHOWN)


def _meetings(title: str, meetings: tuple[ContactMeeting, ...], shown: ContactShown, *, more: bool) -> list[Block]:
    if not meetings:
        return []
    rows = meeting_rows(meetings, shown.zone)
    return [section(f"*{title}*"), *rows, *([context("and more")] if more else [])]
