"""What the views of contacts say alike: a contact on one line, and one time with him."""

from collections.abc import Sequence

from bot.domain.appointments import AppointmentStatus
from bot.domain.contact_views import ContactMeeting
from bot.domain.contacts import Contact
from bot.rendering.blocks import button, section
from bot.rendering.card_ref import change_choices
from bot.rendering.card_words import STATUS, TITLE_SHOWN, reader_times
from bot.rendering.contacts.mark import ContactDeed, ContactMark
from bot.rendering.form_blocks import menu
from bot.rendering.names import ActionId, numbered
from bot.rendering.surfaces import Block
from bot.rendering.text import user_text
from bot.rendering.wording import ANSWERS, listed, name_of

TITLE = "Contacts"
ADDRESS_SHOWN = 260


def contact_name(contact: Contact) -> str:
    """His name, ready for mrkdwn."""
    return user_text(contact.name, limit=120, empty="Somebody")


def contact_address(email: str) -> str:
    """An address, ready for mrkdwn."""
    return user_text(email, limit=ADDRESS_SHOWN)


def tags_text(tags: Sequence[str]) -> str:
    """Tags, ready for mrkdwn."""
    return ", ".join(user_text(tag, limit=60) for tag in tags)


def go(label: str, mark: ContactMark, *, primary: bool = False) -> Block:
    """A button of the views of contacts."""
    name = numbered(ActionId.CONTACTS, f"{mark.deed}.{mark.contact_id or ''}{mark.first}")
    return button(label, name, value=mark.value(), primary=primary)


def back(mark: ContactMark, *, to_card: bool = False) -> Block:
    """The way back to the card, or to the page of the list that it was opened from."""
    return go("Back", mark.to(ContactDeed.OPEN if to_card else ContactDeed.LIST))


def meeting_rows(meetings: Sequence[ContactMeeting], zone: str) -> list[Block]:
    """One row for each time, with what its reader may do to it."""
    return [_row(meeting, zone) for meeting in meetings]


def _row(meeting: ContactMeeting, zone: str) -> Block:
    hosts = listed([name_of(host) for host in meeting.hosts])
    parts = [reader_times(meeting.span, zone), f"with {hosts}" if hosts else ""]
    if meeting.title:
        parts.append(user_text(meeting.title, limit=TITLE_SHOWN))
    parts.append(_state(meeting))
    return section("· " + " · ".join(part for part in parts if part), accessory=_menu(meeting))


def _state(meeting: ContactMeeting) -> str:
    if meeting.status is None:
        answered = f", {ANSWERS[meeting.response]}" if meeting.response is not None else ""
        return f"in Google{answered}"
    return "" if meeting.status is AppointmentStatus.CONFIRMED else STATUS[meeting.status]


def _menu(meeting: ContactMeeting) -> Block | None:
    appointment = meeting.appointment
    if appointment is None or not appointment.is_live:
        return None
    return menu(numbered(ActionId.CARD_MENU, appointment.id), change_choices(appointment))
