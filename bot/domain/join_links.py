"""By which link people join an appointment's video call."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.appointments import NOWHERE, Appointment, Venue, Where
from bot.domain.effects import EffectKind, LinkState, RemoteLink
from bot.domain.events import Response

_MEET = "https://meet.google.com/"
_END = r"(?=[.!?]*(?:[\s<>()\"',;]|$))"
_ASKED = r"[A-Za-z0-9%&=._?~/-]"
_REST = rf"{_ASKED}{{0,500}}(?<![.?])"
# With `zak` somebody joins as the host whose token it is.
_QUERY = rf"(?:\?(?!{_ASKED}*?(?<=[?&])(?i:zak)=){_REST})?{_END}"
# No step of it leads up or is empty, in whichever coding.
_PATH = r"(?:/(?!\.|%2[Ee])(?:[A-Za-z0-9=._~:@+-]|%(?!2[Ff]|5[Cc])){1,500}){1,4}(?<!\.)"
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?"
_LABEL = r"[a-z0-9-]{1,63}"
_ZOOM = rf"https://(?:{_LABEL}\.)?zoom(?:\.us|gov\.com)"
_TEAMS = r"https://(?:teams\.(?:microsoft|live)\.com|(?:gov|dod)\.teams\.microsoft\.us)"
_WEBEX = rf"https://{_LABEL}\.webex\.com"
# Somebody's personal room mostly has his name in its address.
_PERSONAL_ROOMS = (
    (Where.ZOOM, re.compile(rf"{_ZOOM}/my/{_NAME}{_QUERY}")),
    (Where.NOWHERE, re.compile(rf"{_WEBEX}/(?:meet|join)/{_NAME}{_QUERY}")),
)
# Where a host starts a call, his token may stand behind the number: such an address is nobody else's to have.
_CALLS = (
    (Where.MEET, re.compile(rf"https://meet\.google\.com/[a-z]{{3,4}}-[a-z]{{4}}-[a-z]{{3,4}}{_QUERY}")),
    (Where.ZOOM, re.compile(rf"{_ZOOM}/(?:[jw]/|wc/join/)[0-9]{{5,15}}{_QUERY}")),
    (Where.ZOOM, re.compile(rf"{_ZOOM}/(?:s/[0-9]{{5,15}}|wc/[0-9]{{5,15}}/join){_END}")),
    (Where.NOWHERE, re.compile(rf"{_TEAMS}/l/meetup-join{_PATH}{_QUERY}")),
    (Where.NOWHERE, re.compile(rf"{_TEAMS}/meet/[A-Za-z0-9]{{1,64}}{_QUERY}")),
    (Where.NOWHERE, re.compile(rf"{_WEBEX}/(?:{_LABEL}/){{0,2}}j\.php\?MTID={_REST}{_END}")),
    (
        Where.NOWHERE,
        re.compile(
            rf"{_WEBEX}/(?:webappng|wbxmjs/joinservice)/sites/{_LABEL}/meeting/(?:download|info)/[0-9a-f]{{16,64}}{_QUERY}"
        ),
    ),
    *_PERSONAL_ROOMS,
)


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
    """The first address of a call of Google Meet, Zoom, Teams or Webex in these texts, or nothing.

    Whoever invites writes them, so that nothing else is an address to join by.
    """
    found = (call.search(text) for text in texts for _, call in _CALLS)
    return next((one.group() for one in found if one is not None), "")


def venue_of_link(url: str) -> Venue:
    """Where people meet who join by that address."""
    return next((Venue(where) for where, call in _CALLS if call.fullmatch(url)), NOWHERE)


def is_personal_room(url: str) -> bool:
    """Whether the address is that of somebody's personal room, and may name him."""
    return any(room.fullmatch(url) for _, room in _PERSONAL_ROOMS)
