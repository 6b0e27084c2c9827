"""What an appointment's copy in Google says: to its host, and to those who are invited by it."""

from collections.abc import Iterable
from html import escape

from bot.domain.appointments import Appointment, AppointmentStatus, Venue, Where
from bot.domain.event_copies import CopyPlan, Guest
from bot.domain.owned_fields import OwnedFields

_SIGNATURE = "Booked with Daybook."


def copy_plan(appointment: Appointment, join_url: str, colleagues: Iterable[Guest]) -> CopyPlan:
    """The event as it should be, when it is made.

    The contact is invited by a confirmed appointment alone, the other hosts by a held one as well: it takes their
    time.

    Args:
        appointment: in its latest version.
        join_url: by which one joins its Zoom meeting; empty where there is none, or none yet.
        colleagues: the hosts besides the first one.
    """
    is_held = appointment.status is AppointmentStatus.HELD
    contact = appointment.contact
    is_invited = contact is not None and contact.email != "" and appointment.invites and not is_held
    invited = [Guest(contact.email, contact.name)] if contact is not None and is_invited else []
    return CopyPlan(
        reference=appointment.id,
        fields=OwnedFields(
            span=appointment.span,
            zone=appointment.zone,
            title=appointment.title,
            place=_place(appointment.venue, join_url),
            description=_description(appointment, join_url),
        ),
        guests=(*invited, *colleagues),
        mails=is_invited,
        wants_meet=appointment.venue.where is Where.MEET and not is_held,
        is_tentative=is_held,
    )


def _place(venue: Venue, join_url: str) -> str:
    match venue.where:
        case Where.ZOOM:
            return join_url
        case Where.PHONE | Where.PLACE:
            return venue.details
    return ""


def _description(appointment: Appointment, join_url: str) -> str:
    parts = [_how_to_meet(appointment, join_url), appointment.note, _SIGNATURE]
    text = "\n\n".join(part for part in parts if part)
    # Google reads it as HTML, so that what looks like a tag would vanish.
    return escape(text, quote=False) if "<" in text else text


def _how_to_meet(appointment: Appointment, join_url: str) -> str:
    venue = appointment.venue
    match venue.where:
        case Where.ZOOM if join_url:
            return f"Join Zoom: {join_url}"
        case Where.ZOOM if appointment.status is not AppointmentStatus.HELD:
            return "The link to the Zoom meeting follows."
        case Where.PHONE:
            return f"Phone: {venue.details}" if venue.details else "By phone."
    return ""
