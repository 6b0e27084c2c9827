"""`/daybook forget`: whom, what it means, and what was done."""

from collections.abc import Sequence
from uuid import UUID

from bot.domain.accounts import Provider
from bot.domain.appointments import Appointment
from bot.domain.connections import Revocation
from bot.domain.contact_views import MEETINGS_SHOWN, ContactMeeting, DeleteShown
from bot.domain.contacts import Contact
from bot.domain.erasure import ContactForgotten, EndedGrant, Forgetting, MemberHeld
from bot.rendering.blocks import actions, button, context, divider, external_select, section
from bot.rendering.contacts.words import contact_address, contact_name, meeting_rows
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, CallbackId, numbered
from bot.rendering.providers import COMPANY
from bot.rendering.surfaces import Block, Message, Modal
from bot.rendering.text import user_text
from bot.rendering.wording import counted, listed

TITLE = "Forget"
ME, WHO = "me", "who"
CONTACT = "contact"
"""The words that buttons carry; the contact's id follows where one is concerned."""

EXPORT_SENT = "The export is in your direct messages with Daybook."
EXPORT_CUT = "The first part of the export is in your direct messages with Daybook; all of it was too long for Slack."
_ADDRESSES_SHOWN = 4


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
            context("Nothing is erased before you confirm it. You can have what is stored sent to you first."),
        ),
    )


# --- Oneself


def forget_me_form(held: MemberHeld, member_id: UUID, *, note: str = "") -> Modal:
    """What it means, or what stands in the way."""
    if held.under_way:
        return begun()
    if held.standing:
        return Modal(TITLE, (*_noted(note), *_standing(held), actions(*_ways(ME))))
    return Modal(
        TITLE,
        (*_noted(note), section(_what_it_means(held)), section(_what_stays()), actions(*_ways(ME))),
        callback_id=CallbackId.FORGET_ME,
        submit="Forget me",
        close="Keep",
        private_metadata=str(member_id),
    )


def begun() -> Modal:
    """It goes on in the background."""
    told = (
        "*You are being forgotten.*\nNobody can book you any more. Daybook finishes what is on its way to Google and "
        "Zoom, gives your permissions back, and erases the rest. That takes a minute, an hour at most. A message "
        "follows when it is done."
    )
    return Modal(TITLE, (section(told),))


def member_forgotten(forgetting: Forgetting) -> Message:
    """The report."""
    lines = [
        "*You are forgotten.* Erased are your name, calendars and their events, hours, offers, triggers and accounts.",
        *_permissions(forgetting.ended),
        '· Past appointments stay for the others in them, with "somebody who left".',
        "· Google, Zoom and Slack keep what was written there: events, meetings, messages. Erase these yourself there.",
        "· Your colleagues' calendars may name you: what Daybook reads there is theirs.",
        "· Backups of Daybook's database keep what they hold until whoever runs Daybook deletes them.",
    ]
    last = "If you use Daybook again, or open its Home, it knows your name, zone and role from Slack anew."
    return Message("You are forgotten.", (section("\n".join(lines)), context(last)))


def _standing(held: MemberHeld) -> list[Block]:
    told = "*You cannot be forgotten yet:* these appointments are to come. Cancel them first: who was invited is told."
    meetings = [_meeting(one) for one in held.standing[:MEETINGS_SHOWN]]
    more = len(held.standing) - len(meetings)
    rest = [context(f"+{more} more")] if more else []
    return [section(told), *meeting_rows(meetings, held.zone), *rest]


def _meeting(appointment: Appointment) -> ContactMeeting:
    return ContactMeeting(appointment.span, (), appointment.title, status=appointment.status, appointment=appointment)


def _what_it_means(held: MemberHeld) -> str:
    shown = [f"*{user_text(address, limit=100)}*" for address in held.addresses[:_ADDRESSES_SHOWN]]
    more = len(held.addresses) - len(shown)
    accounts = listed([*shown, f"{more} more"] if more else shown) or "no account"
    lines = [
        "Erase *you* from Daybook? It cannot be undone.",
        (
            f"· Connected: {accounts}. Each permission is given back to Google or Zoom, unless another member's or "
            "workspace's connection of the same account needs it."
        ),
        (
            f"· {counted(held.calendars, 'calendar')} and {counted(held.events, 'event')} read from there, your hours, "
            "settings, offers and triggers are erased."
        ),
        '· Past appointments stay for the others in them, with "somebody who left"; your notes in them go.',
        "· Nobody is told.",
    ]
    return "\n".join(lines)


def _what_stays() -> str:
    return (
        "Daybook does not erase what stands in Google, Zoom and Slack, such as past events and messages, nor what "
        "backups of its database hold."
    )


def _permissions(ended: Sequence[EndedGrant]) -> list[str]:
    lines = []
    for provider in Provider:
        told = [one.revocation for one in ended if one.provider is provider]
        company = COMPANY[provider]
        if Revocation.FAILED in told:
            lines.append(
                f"· {company} did not take a permission back just now: remove Daybook in your {company} account."
            )
        elif Revocation.NEEDED_ELSEWHERE in told:
            lines.append(f"· A permission at {company} stays, because another connection of the same account needs it.")
        elif told:
            lines.append(f"· {company}: {counted(len(told), 'permission')} given back.")
    return lines


# --- A contact


def forget_contact_form(shown: DeleteShown, *, note: str = "", mistake: str = "") -> Modal:
    """What it means, or what stands in the way."""
    contact = shown.contact
    lead = _noted(f":warning: {user_text(mistake, limit=500)}" if mistake else note)
    ways = actions(*_ways(f"{CONTACT} {contact.id}"))
    if shown.standing:
        told = (
            f"*{contact_name(contact)}* cannot be forgotten yet: these appointments are to come. Cancel them first, or "
            "ask the host to."
        )
        return Modal(TITLE, (*lead, section(told), *meeting_rows(shown.standing, shown.zone), ways))
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
        (
            "· Not erased: events in anybody's Google calendar, meetings in Zoom, messages sent before, "
            "what triggers sent elsewhere, and backups."
        ),
    ]
    return Modal(
        TITLE,
        (*lead, section("\n".join(lines)), ways),
        callback_id=CallbackId.FORGET_CONTACT,
        submit="Forget",
        close="Keep",
        private_metadata=f"{contact.id} {contact.version}",
    )


def contact_forgotten(contact: Contact, done: ContactForgotten) -> Modal:
    """The report; the last time that the name is shown."""
    changed = counted(done.appointments, "past appointment")
    lines = [f"*{contact_name(contact)}* is forgotten.", f"· {changed} changed"]
    if done.events:
        verb = "names" if done.events == 1 else "name"
        lines.append(f"· {counted(done.events, 'event')} read from Google {verb} the person no more")
    remains = []
    if done.in_google:
        remains.append(f"{counted(done.in_google, 'event')} in Google")
    if done.in_zoom:
        remains.append(f"{counted(done.in_zoom, 'meeting')} in Zoom")
    lines.append(f"Not erased: {listed([*remains, 'messages sent before', 'backups'])}.")
    return Modal(TITLE, (section("\n".join(lines)),))


def contact_gone() -> Modal:
    """Somebody was quicker, or it was done already."""
    return Modal(TITLE, (section("That contact is not there any more. Nothing is left to forget."),))


def _ways(mark: str) -> list[Block]:
    return [
        button("Export first", numbered(ActionId.FORGET, "export"), value=f"export {mark}"),
        button("Back", numbered(ActionId.FORGET, WHO), value=WHO),
    ]


def _noted(note: str) -> list[Block]:
    return [section(note)] if note else []
