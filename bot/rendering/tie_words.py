"""What an appointment's people are told where Google or Zoom is not connected any more, and what to do about it."""

from bot.domain.appointments import Appointment, AppointmentStatus, Where
from bot.domain.cards import Card
from bot.domain.ties import Tie, Ties
from bot.rendering.text import user_text
from bot.rendering.wording import NAME_LENGTH, name_of

NOT_FOLLOWED = "The event in Google does not follow until a calendar is connected."
"""Said of a move."""


def cut_off_lines(card: Card) -> list[str]:
    """A line for each of the two that is cut off, as far as it still matters."""
    lines = [_google(card)] if card.needs_google else []
    lines += [_removed(card)] if card.ties.google is Tie.REMOVED else []
    return [*lines, _zoom(card)] if card.needs_zoom else lines


def what_goes(appointment: Appointment, ties: Ties) -> str:
    """What becomes of its event and its call when it is cancelled, in sentences."""
    has_zoom = appointment.venue.where is Where.ZOOM
    if ties.google is Tie.WORKS and (ties.zoom is Tie.WORKS or not has_zoom):
        return "Its Google event and the Zoom meeting go away." if has_zoom else "Its Google event goes away."
    told = [_goes("Its Google event", "Google", ties.google)]
    if has_zoom:
        told.append(_goes("The Zoom meeting", "Zoom", ties.zoom))
    return " ".join(told)


def what_follows(appointment: Appointment, ties: Ties) -> str:
    """What becomes of its event and its call when it is moved, in sentences."""
    has_zoom = appointment.venue.where is Where.ZOOM
    if ties.google is Tie.WORKS and (ties.zoom is Tie.WORKS or not has_zoom):
        return f"The Google event {'and the Zoom meeting move' if has_zoom else 'moves'} with it."
    told = [_follows("The event in Google", "Google", ties.google)]
    if ties.google is Tie.REMOVED and ties.takes_events:
        told = ["A new event is made in Google, as the old one was removed."]
    if has_zoom:
        told.append(_follows("The Zoom meeting", "Zoom", ties.zoom))
    return " ".join(told)


def told_by_hand(who: str, tie: Tie) -> str:
    """Instead of what Google would e-mail to `who`, which is ready for mrkdwn."""
    if tie is Tie.GONE:
        return f"Google is not connected, so nobody is e-mailed: tell {who} yourself."
    if tie is Tie.REMOVED:
        return f"No calendar is linked, so nobody is e-mailed: tell {who} yourself."
    return f"Google e-mails {who} only once it is connected again: better tell {who} yourself."


def is_told_of_removal(appointment: Appointment) -> bool:
    """Whether Google told its contact, when the event was removed, that it is cancelled."""
    is_confirmed = appointment.status is AppointmentStatus.CONFIRMED
    return appointment.contact is not None and appointment.invites and is_confirmed


def _goes(what: str, where: str, tie: Tie) -> str:
    match tie:
        case Tie.WORKS:
            return f"{what} goes away."
        case Tie.REMOVED:
            return f"It is not in {where} Calendar any more."
        case Tie.BROKEN:
            return f"{what} goes away once {where} is connected again."
        case Tie.GONE:
            return f"{what} stays there: {where} is not connected any more."


def _follows(what: str, where: str, tie: Tie) -> str:
    match tie:
        case Tie.WORKS:
            return f"{what} moves with it."
        case Tie.BROKEN:
            return f"{what} follows once {where} is connected again."
        case Tie.REMOVED:
            return "It has no event in Google."
        case Tie.GONE if where == "Google":
            return NOT_FOLLOWED
        case Tie.GONE:
            return f"{what} does not follow: {where} is not connected any more."


def _removed(card: Card) -> str:
    """Of what its host had taken away when he left."""
    appointment = card.appointment
    whose = "you" if card.is_hosts else name_of(card.hosts[0])
    contact = user_text(appointment.contact.name, limit=NAME_LENGTH, empty="Somebody") if appointment.contact else ""
    is_told = is_told_of_removal(appointment)
    told = f", and Google told {contact} that it is cancelled" if is_told else ""
    stands = f"*Not in Google Calendar*: {whose} had its event removed when disconnecting{told}. It stands in Daybook."
    if not card.is_hosts:
        return stands
    if not card.ties.takes_events:
        return f"{stands} Once a calendar is linked again, it can be put back."
    mailed = f", and Google e-mails {contact} a new invitation" if is_told else ""
    return f"{stands} *Put it back* writes it into Google anew{mailed}."


def _google(card: Card) -> str:
    if card.appointment.status is AppointmentStatus.CANCELLED:
        return _still_there(card, "Google", "event", card.ties.google)
    contact = card.appointment.contact
    by_hand = ""
    if contact is not None and card.appointment.invites:
        who = user_text(contact.name, limit=NAME_LENGTH, empty="Somebody")
        by_hand = f" Until then nobody is e-mailed: tell {who} yourself."
    return f"{_stands(card, 'Google', 'event', card.ties.google)}{by_hand}"


def _zoom(card: Card) -> str:
    if card.appointment.status is AppointmentStatus.CANCELLED:
        return _still_there(card, "Zoom", "meeting", card.ties.zoom)
    if card.ties.zoom is Tie.GONE and card.lacks_link:
        return "*Zoom is not connected any more*, so there is no link. The appointment stands; meet in another way."
    return _stands(card, "Zoom", "meeting", card.ties.zoom)


def _stands(card: Card, where: str, what: str, tie: Tie) -> str:
    """Of what still is to take place."""
    if tie is Tie.BROKEN:
        return f"*{where} does not accept Daybook's access any more.* The appointment stands. {_mended(card, where)}"
    return f"*{where} is not connected any more.* Changes do not reach its {what} there. {_mended(card, where)}"


def _still_there(card: Card, where: str, what: str, tie: Tie) -> str:
    """Of what was called off."""
    if tie is Tie.BROKEN:
        return f"*{where} does not accept Daybook's access any more.* Its {what} is still there. {_mended(card, where)}"
    gone = f"*{where} is not connected any more.* Its {what} may still be there"
    if card.is_hosts:
        return f"{gone}: delete it in {where}."
    return f"{gone}: {name_of(card.hosts[0])} has to connect {where} again, or delete it there."


def _mended(card: Card, where: str) -> str:
    """The first host alone can connect it; everybody else is told his name."""
    if not card.is_hosts:
        return f"It goes on once {name_of(card.hosts[0])} has connected {where} again."
    also = " and choose the calendar" if where == "Google" and card.ties.google is Tie.GONE else ""
    return f"Connect {where} again{also}; then it goes on by itself."
