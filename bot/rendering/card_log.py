"""The history of an appointment in words, line by line, as it stands in the thread under its card."""

from bot.domain.appointment_log import Deed
from bot.domain.appointments import Appointment, Where
from bot.domain.cards import CardLine
from bot.domain.intervals import Interval
from bot.rendering.blocks import section
from bot.rendering.booking_words import WHERE
from bot.rendering.card_words import reader_start
from bot.rendering.reader import for_everybody
from bot.rendering.surfaces import Message
from bot.rendering.text import user_text
from bot.rendering.wording import name_of

_DETAIL = 500
_SENTENCES = {
    Deed.BOOKED: "Booked{by}.",
    Deed.HELD: "Put on hold{by}.",
    Deed.CONFIRMED: "Confirmed{by}.",
    Deed.MOVED: "Moved{by}{times}.",
    Deed.MOVED_IN_GOOGLE: "Moved{by} in Google{times}{zoom}.",
    Deed.RENAMED_IN_GOOGLE: "Renamed in Google{detail}.",
    Deed.CANCELLED: "Cancelled{by}{detail}.",
    Deed.CANCELLED_IN_GOOGLE: "Cancelled, as its event was deleted in Google.",
    Deed.EXPIRED: "The hold has ended, and the time is free again.",
    Deed.DELETED_IN_GOOGLE: "Its event was deleted in Google. The appointment stands until its host decides.",
    Deed.COLLIDES_IN_GOOGLE: "Moved in Google to where it cannot be{to}. It stays where it was until its host decides.",
    Deed.SHOWED: "Marked as showed{by}.",
    Deed.NO_SHOW: "Marked as a no-show{by}.",
    Deed.DECLINED: "Declined in Google{detail}.",
    Deed.LINK_ADDED: "The video link was added.",
    Deed.LINK_MISSING: "There is no video link yet.",
    Deed.LINK_CHECKED: "Video link checked.",
    Deed.LINK_REPAIRED: "The video call was gone or not as it should be; it is repaired.",
}


@for_everybody
def log_message(line: CardLine) -> Message:
    """A line as a message of the thread."""
    text = log_line(line)
    return Message(text, (section(text),))


def log_line(line: CardLine) -> str:
    """One sentence, ready for mrkdwn; times are on each reader's own clock."""
    entry, appointment = line.entry, line.appointment
    by = f" by {name_of(line.who)}" if line.who is not None else ""
    match entry.deed:
        case Deed.UNDONE:
            return _undone(entry.after, by, appointment)
        case Deed.PUT_BACK:
            kept = " at our time" if entry.after is not None else ""
            return f"Put back in Google{kept}{by}."
        case Deed.VENUE_CHANGED:
            return f"Where people meet was changed{by}{_where(entry.detail)}."
        case Deed.CANCELLED if appointment.expires_at is not None:
            return f"Let go{by}."
        case deed:
            detail = f": {user_text(entry.detail, limit=_DETAIL)}" if entry.detail else ""
            zoom = "; Zoom moves with it" if appointment.venue.where is Where.ZOOM else ""
            times = _times(entry.before, entry.after, appointment.zone)
            to = f", {reader_start(entry.after, appointment.zone)}" if entry.after else ""
            told = _SENTENCES[deed].format(by=by, detail=detail, times=times, zoom=zoom, to=to)
            return told.replace("..", ".") if detail.endswith(".") else told


def _times(before: Interval | None, after: Interval | None, zone: str) -> str:
    if before is None or after is None:
        return ""
    return f", {reader_start(before, zone)} to {reader_start(after, zone)}"


def _undone(after: Interval | None, by: str, appointment: Appointment) -> str:
    if after is None:
        return f"The booking was undone{by}; the time is free again."
    return f"The move was undone{by}; it is back at {reader_start(after, appointment.zone)}."


def _where(detail: str) -> str:
    try:
        return f", to {WHERE[Where(detail)]}"
    except ValueError:
        return ""
