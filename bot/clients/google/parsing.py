"""Google's JSON becomes the domain's values, once, here; nothing in it can break more than its own event."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.clients.google.errors import unreadable
from bot.clients.google.values import is_known_zone, text_of, time_of, token_of
from bot.domain.calendars import AccessRole, RemoteCalendar
from bot.domain.errors import ProviderError
from bot.domain.events import EventKind, EventPage, EventStatus, EventTime, Invitee, RemoteEvent, Response, ShowsAs
from bot.domain.join_links import join_url_among

# What `fields` asks Google for; everything else would be parsed only to be dropped. `organizer` is asked for whole:
# of an organiser who is somebody else, `organizer/self` would leave nothing to tell him from none at all.
EVENT_FIELDS = (
    "nextPageToken,nextSyncToken,timeZone,items(id,status,etag,iCalUID,eventType,transparency,visibility,summary,"
    "start,end,recurrence,recurringEventId,originalStartTime,htmlLink,organizer,created,"
    "hangoutLink,location,conferenceData(entryPoints(entryPointType,uri)),"
    "attendees(email,displayName,self,resource,organizer,responseStatus))"
)
CALENDAR_FIELDS = "nextPageToken,items(id,summary,summaryOverride,timeZone,accessRole,primary,deleted,selected)"
TITLE_LENGTH = 1024
# Longer ones are no addresses, and no names of people.
_ADDRESS_LENGTH = 320
_NAME_LENGTH = 200

# Looked up thousands of times a page: a dictionary costs a third of calling the enumeration.
_STATUS: dict[object, EventStatus] = {status.value: status for status in EventStatus}
_KIND: dict[object, EventKind] = {kind.value: kind for kind in EventKind}
_RESPONSE: dict[object, Response] = {response.value: response for response in Response}
_ACCESS_ROLE = {role.value: role for role in AccessRole}
# Bound once as well, for the same reason.
_CONFIRMED, _CANCELLED, _DEFAULT = EventStatus.CONFIRMED, EventStatus.CANCELLED, EventKind.DEFAULT
_BUSY, _FREE = ShowsAs.BUSY, ShowsAs.FREE
_NO_ANSWER = Response.NEEDS_ACTION
_KINDS: Mapping[str, type] = {"attendees": list, "organizer": dict, "recurrence": list} | dict.fromkeys(
    ("eventType", "recurringEventId", "status", "transparency", "visibility"), str
)
_HIDDEN = frozenset({"private", "confidential"})

# Stands for all that is listed without an id, so that their calendar is known not to be understood wholly. No id of
# Google's looks like this.
_NAMELESS = RemoteEvent(
    "(without an id)", EventStatus.CONFIRMED, problem="Google lists events without an id; when they are is not known."
)

_log = logging.getLogger(__name__)


def event_page(answer: Mapping[str, Any]) -> EventPage:
    """One answer of `events.list`.

    Raises:
        ProviderError: it is no such answer, or the calendar's zone is one that this machine does not know, so that
            whole days cannot be placed in time.
    """
    items = answer.get("items", [])
    zone = answer.get("timeZone")
    if not isinstance(items, list) or not isinstance(zone, str):
        raise unreadable()
    if not is_known_zone(zone):
        raise ProviderError(f"The calendar's time zone is one that Daybook does not know: {text_of(zone, 64)}.")
    events = [event for item in items if (event := remote_event(item)) is not None]
    if len(events) < len(items):
        _log.warning("Google listed %d events without an id; their time is not known", len(items) - len(events))
        events.append(_NAMELESS)
    return EventPage(events=events, zone=zone, next_sync_token=token_of(answer, "nextSyncToken"))


def next_page(answer: Mapping[str, Any]) -> str | None:
    """The token of the page that follows."""
    return token_of(answer, "nextPageToken")


def remote_event(item: Any) -> RemoteEvent | None:
    """An event, `problem` saying what of it cannot be read; None for what has no id and so cannot be kept at all."""
    try:
        event_id = text_of(item["id"])
    except (TypeError, LookupError):
        return None
    if not event_id:
        return None
    try:
        return _event(event_id, item)
    except (TypeError, LookupError, AttributeError):
        # Somewhere in it stands a list for a text, or the like. What can be read goes on to take its time.
        return replace(_event(event_id, _sound(item)), problem="Google describes it in an unknown way.")


def remote_calendar(item: Any) -> RemoteCalendar | None:
    """An entry of the calendar list; None for one that is deleted or cannot be read."""
    if not isinstance(item, dict) or item.get("deleted"):
        return None
    remote_id, zone, role = text_of(item.get("id")), item.get("timeZone"), item.get("accessRole")
    if not remote_id:
        return None
    return RemoteCalendar(
        remote_id=remote_id,
        name=text_of(item.get("summaryOverride")) or text_of(item.get("summary")) or remote_id,
        # Provisional where Google does not tell it here: every page of the calendar's events does.
        zone=zone if isinstance(zone, str) and is_known_zone(zone) else "UTC",
        access_role=_ACCESS_ROLE.get(role if isinstance(role, str) else "", AccessRole.FREE_BUSY_READER),
        is_primary=item.get("primary") is True,
        is_suggested=item.get("selected") is True and _is_for_whole_time(remote_id, role),
    )


def _is_for_whole_time(remote_id: str, role: object) -> bool:
    """One's own or a shared calendar: a colleague's own is known by an address, and Google makes some by itself."""
    if remote_id.endswith("@group.v.calendar.google.com"):
        return False  # holidays, birthdays of contacts, week numbers
    return role in ("owner", "writer") or remote_id.endswith("@group.calendar.google.com")


def _event(event_id: str, item: Mapping[str, Any]) -> RemoteEvent:
    get = item.get
    status = _STATUS.get(get("status"), _CONFIRMED)
    start, end, organizer = time_of(get("start")), time_of(get("end")), get("organizer")
    # Few events have these, and asking is cheaper than calling.
    series = get("recurringEventId")
    series_id = text_of(series) if series else None
    original_start = time_of(get("originalStartTime")) if series else None
    problem = _problem(status, start, end, series_id, original_start)
    if series_id == event_id:
        # No event is an exception of itself: it would wait for a master that never comes.
        series_id, original_start, problem = None, None, problem or "It names itself as its series."
    attendees, recurrence, created = get("attendees"), get("recurrence"), get("created")
    invitees, response = _invited(attendees) if attendees else ((), None)
    return RemoteEvent(
        id=event_id,
        status=status,
        etag=text_of(get("etag")),
        ical_uid=text_of(get("iCalUID")),
        kind=_KIND.get(get("eventType"), _DEFAULT),
        shows_as=_FREE if get("transparency") == "transparent" else _BUSY,
        response=response,
        is_private=get("visibility") in _HIDDEN,
        title=text_of(get("summary"), TITLE_LENGTH),
        start=start,
        end=end,
        recurrence=_lines(recurrence) if recurrence else (),
        series_id=series_id,
        original_start=original_start,
        link=text_of(get("htmlLink")),
        is_own=organizer is None or organizer.get("self") is True,
        problem=problem,
        invitees=invitees,
        created_at=_moment(created) if created else None,
        join_url=_join_url(item) if "hangoutLink" in item or "location" in item or "conferenceData" in item else "",
    )


def _sound(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields of an event that are of the kind they should be; what hides it hides it all the same."""
    sound: dict[str, Any] = {name: value for name, value in item.items() if isinstance(value, _KINDS.get(name, object))}
    try:
        _lines(sound.get("recurrence", []))
    except TypeError:
        del sound["recurrence"]
    invited = [one for one in sound.get("attendees", ()) if isinstance(one, dict)]
    sound["attendees"] = [one for one in invited if isinstance(one.get("responseStatus"), str)]
    return sound if isinstance(item.get("visibility", ""), str) else sound | {"visibility": "private"}


def _problem(
    status: EventStatus,
    start: EventTime | None,
    end: EventTime | None,
    series_id: str | None,
    original_start: EventTime | None,
) -> str | None:
    if series_id is not None and original_start is None:
        return "Which date of its series it replaces cannot be read."
    if status is _CANCELLED:
        return None
    if start is None:
        return "Its start cannot be read."
    if end is None:
        return "Its end cannot be read."
    if type(start) is not type(end):
        return "Its start is a whole day and its end is not, or the reverse."
    if end[0] < start[0]:
        return "It ends before it starts."
    return None


def _invited(attendees: Any) -> tuple[tuple[Invitee, ...], Response | None]:
    """Those with an address, and what the calendar's owner answered."""
    invitees: list[Invitee] = []
    own: Response | None = None
    knows_own = False
    for attendee in attendees:
        get = attendee.get
        answer, is_self = _RESPONSE.get(get("responseStatus")), bool(get("self"))
        if is_self and not knows_own:
            own, knows_own = answer, True
        email = get("email")
        if not email or not isinstance(email, str):
            continue
        invitees.append(
            Invitee(
                text_of(email, _ADDRESS_LENGTH),
                text_of(get("displayName"), _NAME_LENGTH),
                answer or _NO_ANSWER,
                is_self,
                get("resource") is True,
                get("organizer") is True,
            )
        )
    return tuple(invitees), own


def _join_url(item: Mapping[str, Any]) -> str:
    """The address of its video call: Google's own, another's in its place, or one that was written as the place."""
    conference = item.get("conferenceData")
    entries = conference.get("entryPoints") if isinstance(conference, dict) else None
    calls = [one.get("uri") for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
    told = (item.get("hangoutLink"), *calls, item.get("location"))
    return join_url_among(text_of(one) for one in told if isinstance(one, str))


def _moment(value: object) -> datetime | None:
    """A point in time as Google writes it; None where there is none or it cannot be read."""
    if not isinstance(value, str):
        return None
    try:
        at = datetime.fromisoformat(value)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _lines(recurrence: Any) -> tuple[str, ...]:
    """The lines, whole: one cut short or left out would make another recurrence of it."""
    if not isinstance(recurrence, list) or not all(isinstance(line, str) for line in recurrence):
        raise TypeError
    return tuple(text_of(line, len(line)) for line in recurrence)
