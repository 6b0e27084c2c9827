"""A workspace's contacts, a page at a time, with a field to search by."""

from bot.domain.contact_edits import ContactField
from bot.domain.contact_views import CONTACTS_A_PAGE, ContactsPage
from bot.domain.contacts import Contact
from bot.rendering.blocks import actions, button, context, divider, section
from bot.rendering.contacts.mark import LONGEST_WORDS, ContactDeed, ContactMark
from bot.rendering.contacts.words import TITLE, contact_address, contact_name, go, tags_text
from bot.rendering.form_blocks import field, text_input
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, CallbackId, numbered
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import user_text
from bot.rendering.wording import counted


def opening_contacts() -> Modal:
    """What is on the screen while they are looked up."""
    return loading(TITLE, "Looking them up…")


def contacts_modal(page: ContactsPage, *, note: str = "") -> Modal:
    """The list; `note` says on top what was just done, ready for mrkdwn."""
    here = ContactMark(ContactDeed.LIST, first=page.first, words=page.words)
    rows = [_row(contact, here) for contact in page.contacts]
    blocks: list[Block] = [
        *([section(note)] if note else []),
        *_waiting(page, here),
        field(
            "Search",
            text_input(
                ActionId.CONTACTS_SEARCH,
                initial=page.words,
                placeholder="A name, an address or a tag",
                most=LONGEST_WORDS,
            ),
            block_id=ContactField.WORDS,
            optional=True,
            tells=True,
        ),
        *(rows or [section(_nobody(page))]),
        *_pages(page, here),
        divider(),
        actions(go("New contact", here.to(ContactDeed.NEW)), go("Left out", here.to(ContactDeed.LEFT_OUT))),
        context("Contacts are your whole workspace's. Other workspaces and guests never see them."),
    ]
    return Modal(TITLE, tuple(blocks), callback_id=CallbackId.CONTACTS, submit="Search", private_metadata=here.value())


def _row(contact: Contact, here: ContactMark) -> Block:
    tags = f" · _{tags_text(contact.tags)}_" if contact.tags else ""
    opening = ContactMark(ContactDeed.OPEN, contact.id, contact.version, first=here.first, words=here.words)
    name = f"*{contact_name(contact)}* · {contact_address(contact.email)}{tags}"
    return section(name, accessory=go("Open", opening))


def _waiting(page: ContactsPage, here: ContactMark) -> list[Block]:
    if not page.waiting:
        return []
    waits = "waits" if page.waiting == 1 else "wait"
    told = f"*{counted(page.waiting, 'invitee')} from your calendar* {waits} for your word."
    return [section(told, accessory=go("Decide", here.to(ContactDeed.QUESTIONS), primary=True))]


def _nobody(page: ContactsPage) -> str:
    if page.words:
        asked = user_text(page.words, limit=LONGEST_WORDS)
        return (
            f"Nobody is found by *{asked}*. Search for part of a name, an address or a tag, or for nothing to see all."
        )
    return (
        "No contacts yet. Whoever you book with becomes one, and so do outside invitees of a two-way calendar. "
        "*New contact* adds somebody by hand."
    )


def _pages(page: ContactsPage, here: ContactMark) -> list[Block]:
    if not page.contacts:
        return []
    last = page.first + len(page.contacts)
    shown = (
        f"{page.first + 1}-{last} of {page.total:,}" if page.total > CONTACTS_A_PAGE else counted(page.total, "contact")
    )
    buttons = [
        button(label, numbered(ActionId.CONTACTS, label), value=_at(here, first).value())
        for label, first, is_there in (
            ("Previous", page.first - CONTACTS_A_PAGE, page.first > 0),
            ("Next", page.first + CONTACTS_A_PAGE, last < page.total),
        )
        if is_there
    ]
    return [context(shown), *([actions(*buttons)] if buttons else [])]


def _at(here: ContactMark, first: int) -> ContactMark:
    return ContactMark(ContactDeed.LIST, first=max(0, first), words=here.words)
