"""What is not as it should be about an appointment, and what waits for its host, in lines of its card."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.appointments import AppointmentStatus, QuestionKind
from bot.domain.cards import Card, Delivery, Progress
from bot.domain.overlaps import Overlap
from bot.rendering.card_words import contact_of, reader_start, reader_times
from bot.rendering.text import user_text
from bot.rendering.tie_words import cut_off_lines
from bot.rendering.wording import NAME_LENGTH, listed, name_of
from bot.rendering.zones import told_moment

_PROBLEM = 400


def card_lines(card: Card) -> list[str]:
    """What is not as it should be, and what waits for the host."""
    appointment = card.appointment
    told = [_question(card)] if appointment.question is not None and appointment.is_live else []
    if appointment.status is AppointmentStatus.CANCELLED and appointment.reason:
        told.append(f"Reason: {user_text(appointment.reason, limit=500)}")
    told += cut_off_lines(card)
    if not card.needs_zoom:
        told += _delivery_lines(card, "Zoom", card.meeting, _zoom_stands(card))
    if not card.needs_google:
        told += _delivery_lines(card, "Google", card.event, _google_stands(card))
    return told


def _question(card: Card) -> str:
    appointment = card.appointment
    question = appointment.question
    ours = reader_times(appointment.span, appointment.zone)
    who = f" with {contact_of(appointment.contact)}" if appointment.contact else ""
    host = "" if card.is_hosts else name_of(card.hosts[0])
    until = f"nothing is written to Google until {f'{host} chooses' if host else 'you choose'}"
    if question is None or question.kind is QuestionKind.DELETED:
        ask = f"{host} is asked what is to become of it." if host else "Put it back, or cancel it too?"
        return f"Its event was *deleted in Google*. The appointment{who} still stands. {ask}"
    if question.theirs is None:
        return (
            "In Google it was made into something that *no appointment can be*, like an all-day event. "
            f"Here it stays at {ours}; {until}."
        )
    theirs = reader_times(question.theirs, appointment.zone)
    taken = f"There it now overlaps {overlapped(card.overlaps, appointment.zone)}."
    why = taken if card.overlaps else "It cannot be there: that time is taken or not possible."
    return f"In Google it was *moved to {theirs}*. {why} Here it stays at {ours}; {until}."


def overlapped(overlaps: Sequence[Overlap], zone: str) -> str:
    """`*Lee Chen*, 15:00`: what stands there, each with its start; nothing of what is not the reader's to know."""
    return listed([f"{_named(one)}, {reader_start(one.span, zone)}" for one in overlaps])


def _named(overlap: Overlap) -> str:
    if not overlap.name:
        return f"an appointment of {name_of(overlap.host)}'s"
    return f"*{user_text(overlap.name, limit=NAME_LENGTH)}*"


def _delivery_lines(card: Card, who: str, delivery: Delivery | None, stands: str) -> list[str]:
    if delivery is None or delivery.progress in (Progress.DONE, Progress.UNDER_WAY):
        return []
    since = f" since {_clock(delivery.since)}" if delivery.since is not None else ""
    # It may name an account or a calendar, which is its owner's to know.
    problem = user_text(delivery.problem, limit=_PROBLEM, empty="") if card.is_hosts else ""
    why = f" _{problem}_" if problem else ""
    if delivery.progress is Progress.GIVEN_UP:
        return [f"{who} could not be brought up to date{since}, and it is not tried any more.{why}"]
    if delivery.progress is Progress.PARKED:
        when = f" It is tried again {_clock(delivery.next_at)}." if delivery.next_at is not None else ""
        return [f"{who} takes nothing just now.{why} {stands}{when}"]
    return [f"{who} has not taken this{since}.{why} {stands}"]


def _zoom_stands(card: Card) -> str:
    if not card.appointment.is_live:
        return "The video call is taken away by itself later."
    follows = "the link follows by itself" if card.lacks_link else "its call follows by itself"
    return f"The appointment stands; {follows}."


def _google_stands(card: Card) -> str:
    if not card.appointment.is_live:
        return "The event is taken away by itself later."
    return "The appointment stands; the event follows by itself."


def _clock(at: datetime) -> str:
    """On each reader's own clock; without Slack it is told in UTC."""
    return told_moment(at, "UTC")
