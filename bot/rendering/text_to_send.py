"""A text about an appointment, ready to paste into a message to whoever got no invitation."""

from bot.domain.appointments import AppointmentStatus, Where
from bot.domain.booking_form import AppointmentShown
from bot.domain.wall_time import MINUTE
from bot.rendering.blocks import divider, literal, section
from bot.rendering.booking_words import WHERE
from bot.rendering.loading import loading
from bot.rendering.reader import for_everybody
from bot.rendering.surfaces import Modal
from bot.rendering.text import clean
from bot.rendering.zones import begins, city, day_of, from_to, short_day

TITLE = "Text to send"
_PASTED = 1000


def opening_text() -> Modal:
    """What is on the screen while the text is written."""
    return loading(TITLE)


def text_to_send(shown: AppointmentShown) -> Modal:
    """The text as it is to be copied; there is nothing to submit."""
    told = section("Copy it into an e-mail or a chat. Daybook sends nothing itself.")
    return Modal(TITLE, (told, divider(), literal(plain_text(shown))))


@for_everybody
def plain_text(shown: AppointmentShown) -> str:
    """What, when on both sides' clocks, and where, in lines without any formatting."""
    appointment = shown.appointment
    start, zone = appointment.span.start, appointment.zone
    day = day_of(start, zone)
    times = from_to(start, start + appointment.minutes * MINUTE, zone, near=day)
    when = f"{short_day(day)} {day.year}, {times} {city(zone)} time"
    lines = [clean(appointment.title, limit=200), when]
    if appointment.status is AppointmentStatus.HELD:
        lines.append("Not confirmed yet.")
    contact = appointment.contact
    if contact is not None and contact.zone and contact.zone != zone:
        lines.append(f"({begins(start, contact.zone, near=day)} in {city(contact.zone)})")
    lines += [line for line in (_where(shown), clean(appointment.note, limit=_PASTED, empty="")) if line]
    return "\n".join(lines)


def _where(shown: AppointmentShown) -> str:
    venue = shown.appointment.venue
    if venue.where is Where.NOWHERE:
        return ""
    if venue.where in (Where.ZOOM, Where.MEET):
        return f"{WHERE[venue.where]}: {shown.join_url or 'the link follows'}"
    return f"{WHERE[venue.where]}: {clean(venue.details, limit=200)}" if venue.details else WHERE[venue.where]
