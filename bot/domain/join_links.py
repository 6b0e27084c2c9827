"""By which link people join an appointment's video call."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.appointments import Appointment, Venue, Where
from bot.domain.effects import EffectKind, LinkState, RemoteLink
from bot.domain.events import Response

_MEET = "https://meet.google.com/"


@dataclass(frozen=True, slots=True)
class AgendaAppointment:
    """An appointment as its host's agenda shows it.

    Args:
        join_url: empty where there is none.
        answer: what its contact answered to the invitation; None where Google told of none.
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
