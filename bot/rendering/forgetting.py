"""`/daybook forget`: whom, and of a contact what it means and what was done."""

from bot.domain.contact_views import DeleteShown
from bot.domain.contacts import BadAddress, Contact, normalised_email
from bot.domain.erasure import ContactForgotten
from bot.rendering.blocks import OPTION_VALUE, actions, button, context, divider, section
from bot.rendering.contacts.forms import other_options
from bot.rendering.contacts.words import contact_address, contact_name, meeting_rows
from bot.rendering.form_blocks import Choice, external_select, option
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, CallbackId, numbered
from bot.rendering.standing import WHAT_CANCELLING_MEANS, are_the_readers, named
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import user_text
from bot.rendering.wording import counted, listed, were

TITLE = "Forget"
ME, WHO = "me", "who"
CONTACT = "contact"
ADDRESS = "address"
"""The words that buttons carry; the contact's id follows where one is concerned."""

NOT_ERASED = (
    "Not erased: events in anybody's Google calendar, meetings in Zoom, messages sent before, what triggers sent "
    "elsewhere, and backups."
)
EXPORT_SENT = "The export is in your direct messages with Daybook."
EXPORT_CUT = "The first part of the export is in your direct messages with Daybook; all of it was too long for Slack."


def opening_forget() -> Modal:
    """What is on the screen while it is put together, or while a contact is forgotten."""
    return loading(TITLE)


def forget_modal() -> Modal:
    """Whom to forget."""
    return Modal(
        TITLE,
        (
            section("*Forget me*\nErase what Daybook stores of you, and give your permissions back."),
            actions(button("Forget me…", numbered(ActionId.FORGET, ME), value=ME)),
            divider(),
            section("*Forget a contact*\nErase a person outside your team, for your whole workspace."),
            actions(external_select(ActionId.FORGET_WHOM, chosen=None, placeholder="Name or e-mail")),
            context("An address that is nobody's in the list is offered once you typed all of it."),
            context("Nothing is erased before you confirm it. You can have what is stored sent to you first."),
        ),
    )


def address_option(typed: str) -> list[Block]:
    """The address that was typed, where nobody in the list has it."""
    try:
        email = normalised_email(typed)
    except BadAddress:
        return other_options((), typed)
    value = f"{ADDRESS} {email}"
    # A longer one is taken behind the command.
    return [option(Choice(email, value, "nobody in the list"))] if len(value) <= OPTION_VALUE else []


def forget_contact_form(shown: DeleteShown, *, note: str = "", mistake: str = "") -> Modal:
    """What it means, or what stands in the way."""
    contact = shown.contact
    lead = noted(f":warning: {user_text(mistake, limit=500)}" if mistake else note)
    ways = actions(*ways_on(f"{CONTACT} {contact.id}"))
    if shown.standing and not are_the_readers(shown.standing):
        told = (
            f"*{contact_name(contact)}* cannot be forgotten yet: these appointments are to come. Cancel them first, or "
            "ask the host to."
        )
        return Modal(TITLE, (*lead, section(told), *meeting_rows(shown.standing, shown.zone), ways))
    standing: list[Block] = []
    if shown.standing:
        told = f"*These appointments with {contact_name(contact)} are to come.* {WHAT_CANCELLING_MEANS}"
        standing = [section(told), *meeting_rows(shown.standing, shown.zone)]
    lines = [
        (
            f"Forget *{contact_name(contact)}* ({contact_address(contact.email)}) for your whole workspace? It cannot "
            "be undone."
        ),
        (
            "· Name, addresses, phone, time zone, tags and note are erased, also where past appointments, the history, "
            "triggers' entries and stored events hold them."
        ),
        '· Past appointments stay, with "a deleted contact" and without their note; their cards change too.',
        "· Google brings the person back no more. Whoever books or adds this address on purpose makes a new contact.",
        f"· {NOT_ERASED}",
    ]
    return Modal(
        TITLE,
        (*lead, *standing, section("\n".join(lines)), ways),
        callback_id=CallbackId.FORGET_CONTACT,
        submit="Cancel and forget" if shown.standing else "Forget",
        close="Keep",
        private_metadata=f"{contact.id} {contact.version} {named(shown.standing)}".rstrip(),
    )


def forget_address_form(email: str) -> Modal:
    """The same about one who is no contact, of whom nothing but the address is known."""
    lines = [
        f"Forget *{contact_address(email)}* for your whole workspace? Nobody in the list has this address.",
        (
            "· Erased are questions about it, what Slack said of it, the entry under *Left out*, and the invitee in "
            "stored events, with the names that invitations give."
        ),
        "· Past appointments keep a name that only stands in their titles: without a contact nobody knows it.",
        "· Google brings the person back no more. Whoever books or adds this address on purpose makes a new contact.",
    ]
    return Modal(
        TITLE,
        (section("\n".join(lines)), actions(_back())),
        callback_id=CallbackId.FORGET_CONTACT,
        submit="Forget",
        close="Keep",
        private_metadata=f"{ADDRESS} {email}",
    )


def bad_address(typed: str) -> Modal:
    """What was typed is neither *me* nor an address."""
    told = f"{user_text(typed, limit=100)} is no e-mail address. Choose whom to forget."
    return Modal(TITLE, (section(told), *forget_modal().blocks))


def address_forgotten(email: str, done: ContactForgotten) -> Modal:
    """The report."""
    return Modal(TITLE, (section("\n".join([f"*{contact_address(email)}* is forgotten.", *_told(done)])),))


def contact_forgotten(contact: Contact, done: ContactForgotten, *, cancelled: int = 0) -> Modal:
    """The report; the last time that the name is shown."""
    lines = [f"*{contact_name(contact)}* is forgotten."]
    if cancelled:
        lines.append(f"· {were(cancelled, 'appointment')} cancelled")
    lines += [f"· {were(done.appointments, 'past appointment')} changed", *_told(done)]
    return Modal(TITLE, (section("\n".join(lines)),))


def _told(done: ContactForgotten) -> list[str]:
    lines = []
    if done.events:
        verb = "names" if done.events == 1 else "name"
        lines.append(f"· {counted(done.events, 'event')} read from Google {verb} the person no more")
    remains = []
    if done.in_google:
        remains.append(f"{counted(done.in_google, 'event')} in Google")
    if done.in_zoom:
        remains.append(f"{counted(done.in_zoom, 'meeting')} in Zoom")
    known = f" Daybook wrote {listed(remains)}." if remains else ""
    lines.append(f"{NOT_ERASED}{known}")
    return lines


def contact_gone() -> Modal:
    """Somebody was quicker, or it was done already."""
    return Modal(TITLE, (section("That contact is not there any more. Nothing is left to forget."),))


def ways_on(mark: str) -> list[Block]:
    """The buttons below the question; `mark` is whom it is about."""
    return [
        button("Export first", numbered(ActionId.FORGET, "export"), value=f"export {mark}"),
        _back(),
    ]


def _back() -> Block:
    return button("Back", numbered(ActionId.FORGET, WHO), value=WHO)


def noted(note: str) -> list[Block]:
    """What was just done, on top."""
    return [section(note)] if note else []
