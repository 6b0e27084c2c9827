"""Google's JSON of an appointment's event becomes what the domain knows of it."""

from collections.abc import Mapping
from typing import Any

from bot.clients.google.errors import unreadable
from bot.clients.google.parsing import TITLE_LENGTH
from bot.clients.google.values import text_of, time_of
from bot.domain.event_copies import CopySeen
from bot.domain.events import EventStatus, EventTime, Timed
from bot.domain.intervals import Interval
from bot.domain.owned_fields import OwnedFields
from bot.domain.wall_time import epoch

MARK = "daybook"
"""The private property by which an event says whose copy it is."""

COPY_FIELDS = (
    "id,etag,iCalUID,status,summary,location,description,start,end,htmlLink,hangoutLink,"
    "extendedProperties(private),conferenceData(createRequest(status))"
)
_DESCRIPTION_LENGTH = 8192


def copy_seen(item: Mapping[str, Any]) -> CopySeen:
    """An appointment's event; raises `ProviderError` for an answer that is no event."""
    if not event_id(item, even_deleted=True) or not item.get("etag"):
        raise unreadable()
    start, end = time_of(item.get("start")), time_of(item.get("end"))
    meet = text_of(item.get("hangoutLink"))
    return CopySeen(
        etag=text_of(item.get("etag")),
        ical_uid=text_of(item.get("iCalUID")),
        fields=OwnedFields(
            span=_span(start, end),
            zone=(start.zone or "") if isinstance(start, Timed) else "",
            title=text_of(item.get("summary"), TITLE_LENGTH),
            place=text_of(item.get("location")),
            description=text_of(item.get("description"), _DESCRIPTION_LENGTH),
        ),
        reference=text_of(_inside(item, "extendedProperties", "private", MARK)),
        is_cancelled=item.get("status") == EventStatus.CANCELLED,
        is_tentative=item.get("status") == EventStatus.TENTATIVE,
        awaits_meet=_inside(item, "conferenceData", "createRequest", "status", "statusCode") == "pending",
        link=text_of(item.get("htmlLink")),
        join_url=meet,
    )


def event_id(item: Any, *, even_deleted: bool = False) -> str:
    """The id of an event; empty for what has none, for a deleted one, and for one time of a series."""
    if not isinstance(item, dict):
        return ""
    is_wanted = even_deleted or (item.get("status") != EventStatus.CANCELLED and not item.get("recurringEventId"))
    return text_of(item.get("id")) if is_wanted else ""


def guest_addresses(attendees: Any) -> frozenset[str]:
    """Who is on an event, in lower case; raises `ProviderError` for what is no list of people."""
    if not isinstance(attendees, list) or not all(isinstance(one, dict) for one in attendees):
        raise unreadable()
    return frozenset(text_of(one.get("email")).casefold() for one in attendees)


def _span(start: EventTime | None, end: EventTime | None) -> Interval | None:
    """None for whole days, and for what ends before it starts."""
    if not isinstance(start, Timed) or not isinstance(end, Timed) or end.at < start.at:
        return None
    return Interval(epoch(start.at), epoch(end.at))


def _inside(item: Any, *names: str) -> object:
    """What stands so deep within objects; None where one of them is missing or is none."""
    for name in names:
        if not isinstance(item, dict):
            return None
        item = item.get(name)
    return item
