"""What the card of an appointment and its thread say alike: when it is, and who it is with."""

from bot.domain.appointments import Appointment, AppointmentStatus, QuestionKind
from bot.domain.contacts import Contact
from bot.domain.intervals import Interval
from bot.domain.people import Member
from bot.domain.ties import ALL_WORKS, Tie, Ties
from bot.domain.wall_time import moment
from bot.rendering.text import slack_date, user_text
from bot.rendering.tie_words import told_by_hand
from bot.rendering.wording import NAME_LENGTH, name_of
from bot.rendering.zones import city, clock_time, day_of, from_to, short_day

TITLE_SHOWN = 200
STATUS = {
    AppointmentStatus.HELD: "on hold",
    AppointmentStatus.CONFIRMED: "confirmed",
    AppointmentStatus.CANCELLED: "cancelled",
    AppointmentStatus.SHOWED: "showed",
    AppointmentStatus.NO_SHOW: "no-show",
}


def status_of(appointment: Appointment) -> str:
    """How it stands; what was only held is let go or has ended, and was never cancelled on anybody."""
    if appointment.status is AppointmentStatus.CANCELLED and appointment.expires_at is not None:
        return "let go" if appointment.changed_at < appointment.expires_at else "hold ended"
    return STATUS[appointment.status]


def title_of(appointment: Appointment) -> str:
    """What it is called, ready for mrkdwn."""
    return user_text(appointment.title, limit=TITLE_SHOWN, empty="(no title)")


def contact_of(contact: Contact) -> str:
    """A contact's name, ready for mrkdwn."""
    return user_text(contact.name, limit=NAME_LENGTH, empty="Somebody")


def told_of_move(appointment: Appointment, ties: Ties = ALL_WORKS, *, time: str = "new time") -> str:
    """Who hears of another time, in a sentence; `time` is what it is called."""
    if appointment.contact is None:
        return "Nobody is e-mailed."
    who = contact_of(appointment.contact)
    if not appointment.invites or appointment.status is AppointmentStatus.HELD:
        return f"Nothing is e-mailed: tell {who} yourself."
    if ties.google is Tie.REMOVED and ties.takes_events:
        return f"Google e-mails {who} a new invitation."
    if ties.google is not Tie.WORKS:
        return told_by_hand(who, ties.google)
    return f"Google e-mails {who} the {time}."


def told_of_cancellation(appointment: Appointment, ties: Ties = ALL_WORKS) -> str:
    """Who hears that it is called off, in a sentence, before and after it was."""
    if appointment.contact is None:
        return "Nobody is e-mailed."
    who = contact_of(appointment.contact)
    if appointment.question is not None and appointment.question.kind is QuestionKind.DELETED:
        return f"Its event is gone in Google already, so nothing is e-mailed now: tell {who} yourself."
    # What was only held still has its end, though it was cancelled; its contact never heard of it.
    was_held = appointment.status is AppointmentStatus.HELD or appointment.expires_at is not None
    if not appointment.invites or was_held:
        return f"Nothing is e-mailed: tell {who} yourself."
    if ties.google is Tie.REMOVED:
        return f"Google told {who} already that it is cancelled, so nothing is e-mailed now."
    if ties.google is not Tie.WORKS:
        return told_by_hand(who, ties.google)
    return f"Google e-mails {who} a cancellation."


def undo_name(appointment: Appointment) -> str:
    """What the button to take back the last change is called."""
    return "Undo booking" if appointment.before_move is None else "Undo move"


def told_of_undo(appointment: Appointment, ties: Ties = ALL_WORKS) -> str:
    """Who hears of it when the last change is taken back, in a sentence."""
    if appointment.before_move is None:
        return told_of_cancellation(appointment, ties)
    return told_of_move(appointment, ties, time="old time")


def told_of_undone(undone: Appointment, ties: Ties = ALL_WORKS) -> str:
    """The same afterwards."""
    return told_of_move(undone, ties, time="old time") if undone.is_live else told_of_cancellation(undone, ties)


def reader_times(span: Interval, zone: str) -> str:
    """`Tue 24 Nov 15:00 - 15:30` on each reader's own clock; without Slack on that of `zone`, named."""
    start = f"{short_day(day_of(span.start, zone))} {clock_time(span.start, zone)} {city(zone)}"
    end = f"{clock_time(span.end, zone)} {city(zone)}"
    begins = slack_date(moment(span.start), form="{date_short_pretty} {time}", fallback=start)
    return f"{begins} - {slack_date(moment(span.end), form='{time}', fallback=end)}"


def reader_start(span: Interval, zone: str) -> str:
    """The start alone, the same way, within a sentence."""
    fallback = f"{short_day(day_of(span.start, zone))} {clock_time(span.start, zone)} {city(zone)}"
    return slack_date(moment(span.start), form="{date_short} {time}", fallback=fallback)


def times_there(span: Interval, host: Member, zone: str, reader_zone: str) -> str:
    """`15:00-15:30 for Ana in Berlin`; empty where the reader's clock shows the same."""
    day = day_of(span.start, reader_zone)
    there = from_to(*span, zone, near=day)
    if there == from_to(*span, reader_zone, near=day):
        return ""
    return f"{there} for {name_of(host)} in {city(zone)}"


def host_times(span: Interval, zone: str) -> str:
    """`Tue 24 Nov, 15:00-15:30 Berlin`: the same for every reader."""
    day = day_of(span.start, zone)
    return f"{short_day(day)}, {from_to(*span, zone, near=day)} {city(zone)}"
