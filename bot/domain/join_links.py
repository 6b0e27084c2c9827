"""By which link people join an appointment's video call."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.appointments import NOWHERE, Appointment, Venue, Where
from bot.domain.effects import EffectKind, LinkState, RemoteLink
from bot.domain.events import Response

_MEET = "https://meet.google.com/"
_ENDS = r"(?=[\s<>()\"',;]|$)"
_REST = r"[A-Za-z0-9%&=._?~/-]{0,500}"
# Calls are joined by numbers: an address with somebody's name in it is that of his own room, and is not kept.
_CALLS = {
    Where.MEET: re.compile(rf"https://meet\.google\.com/[a-z]{{3,4}}-[a-z]{{4}}-[a-z]{{3,4}}{_ENDS}"),
    Where.ZOOM: re.compile(
        rf"https://(?:[a-z0-9-]{{1,63}}\.)?zoom(?:\.us|gov\.com)/[jw]/[0-9]{{5,15}}(?:\?{_REST})?{_ENDS}"
    ),
    Where.NOWHERE: re.compile(rf"https://teams\.(?:microsoft|live)\.com/(?:l/meetup-join|meet)/{_REST}{_ENDS}"),
}


@dataclass(frozen=True, slots=True)
class AgendaAppointment:
    """An appointment as the agenda of whoever is in it shows it.

    Args:
        join_url: empty where there is none.
        answer: what its contact answered to the invitation; None where Google told of none, or it is
            over and nobody answered.
    """

    appointment: Appointment
    join_url: str = ""
    answer: Response | None = None


def join_url_of(venue: Venue, links: Mapping[EffectKind, RemoteLink]) -> str:
    """The link of the call that the venue is, or nothing while there is none.

    A Zoom meeting has one of its own; Google Meet's is told with the event.
    """
    match venue.where:
        case Where.ZOOM:
            link = links.get(EffectKind.MEETING)
        case Where.MEET:
            link = links.get(EffectKind.EVENT)
        case _:
            return ""
    if link is None or link.state is LinkState.REMOVED:
        return ""
    return link.url if venue.where is Where.ZOOM or link.url.startswith(_MEET) else ""


def join_url_among(texts: Iterable[str]) -> str:
    """The first address of a call of Google Meet, Zoom or Teams in these texts, or nothing.

    Whoever invites writes them, so that nothing else is an address to join by.
    """
    found = (call.search(text) for text in texts for call in _CALLS.values())
    return next((one.group() for one in found if one is not None), "")


def venue_of_link(url: str) -> Venue:
    """Where people meet who join by that address."""
    return next((Venue(where) for where, call in _CALLS.items() if call.fullmatch(url)), NOWHERE)
