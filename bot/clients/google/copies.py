"""Appointments' events in Google Calendar: the `EventCopies` for Google."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bot.clients.google.asking import GoogleAsking
from bot.clients.google.copy_parsing import COPY_FIELDS, MARK, copy_seen, event_id, guest_addresses
from bot.clients.google.errors import unreadable
from bot.clients.google.service import ApiRequest, GoogleService
from bot.clients.google.tokens import GoogleTokens
from bot.clients.google.values import rfc3339
from bot.domain.errors import CalendarGone, EventChanged, EventGone, SyncTokenExpired
from bot.domain.event_copies import CopyPlan, CopySeen, Guest
from bot.domain.owned_fields import OwnedFields
from bot.domain.wall_time import moment

_GUEST_FIELDS = "etag,attendees"
_FOUND_FIELDS = "items(id,status,recurringEventId)"
# All exceptions of a series carry its UID; an appointment is none, but somebody may have made one of it.
_MOST_OF_ONE_UID = 50


class GoogleCopies:
    """Writes the fields that are an appointment's, and leaves all others as they are."""

    def __init__(self, service: GoogleService, tokens: GoogleTokens) -> None:
        """Take the way to Google and the source of what opens it."""
        self._asking = GoogleAsking(service, tokens)

    def insert(self, account_id: UUID, remote_id: str, event_id: str, plan: CopyPlan) -> CopySeen:
        """Make the event under that id; raises `EventExists` where the id is taken, if only by a deleted event."""
        body = _owned(plan) | {
            "id": event_id,
            "extendedProperties": {"private": {MARK: str(plan.reference)}},
            "attendees": [_attendee(guest) for guest in plan.guests],
        }
        if plan.wants_meet:
            body["conferenceData"] = _meet_request(event_id)
        request = self._asking.service.events.insert(
            calendarId=remote_id, body=body, sendUpdates=_told(plan), conferenceDataVersion=1, fields=COPY_FIELDS
        )
        return copy_seen(self._asking.answer(account_id, request))

    def get(self, account_id: UUID, remote_id: str, event_id: str) -> CopySeen:
        """Raises `EventGone`; a deleted event that is still told of is `is_cancelled`."""
        return copy_seen(self._event(account_id, remote_id, event_id, COPY_FIELDS))

    def patch(self, account_id: UUID, remote_id: str, event_id: str, plan: CopyPlan, *, etag: str) -> CopySeen:
        """Write the owned fields, add guests who are missing, make or drop the video call.

        Raises `EventChanged` unless the event is as `etag` says, and `EventGone`.
        """
        body = _owned(plan)
        if plan.guests:
            body["attendees"] = self._with_guests(account_id, remote_id, event_id, plan, etag)
        if plan.wants_meet:
            # Google passes over a request that it has seen before, and each version of an event may ask anew.
            body["conferenceData"] = _meet_request(f"{event_id}{etag.strip(chr(34))}")
        elif plan.drops_meet:
            body["conferenceData"] = None
        request = self._asking.service.events.patch(
            calendarId=remote_id,
            eventId=event_id,
            body=body,
            sendUpdates=_told(plan),
            conferenceDataVersion=1,
            fields=COPY_FIELDS,
        )
        request.headers["If-Match"] = etag
        return copy_seen(self._about_event(account_id, request))

    def remove(self, account_id: UUID, remote_id: str, event_id: str, *, mails: bool) -> None:
        """Remove it; one that is gone already is a success."""
        request = self._asking.service.events.delete(
            calendarId=remote_id, eventId=event_id, sendUpdates="all" if mails else "none"
        )
        try:
            self._about_event(account_id, request)
        except EventGone:
            return

    def with_uid(self, account_id: UUID, remote_id: str, ical_uid: str) -> str | None:
        """The id of the event that carries the UID in this calendar, unless it is deleted."""
        request = self._asking.service.events.list(
            calendarId=remote_id, iCalUID=ical_uid, maxResults=_MOST_OF_ONE_UID, fields=_FOUND_FIELDS
        )
        items = self._asking.answer(account_id, request).get("items", [])
        if not isinstance(items, list):
            raise unreadable()
        return next((found for item in items if (found := event_id(item))), None)

    def _with_guests(
        self, account_id: UUID, remote_id: str, event_id: str, plan: CopyPlan, etag: str
    ) -> list[Mapping[str, Any]]:
        """Everybody who is on it with what he answered, and the new ones: Google replaces the whole list."""
        event = self._event(account_id, remote_id, event_id, _GUEST_FIELDS)
        if event.get("etag") != etag:
            raise EventChanged
        there = event.get("attendees", [])
        known = guest_addresses(there)
        return [*there, *(_attendee(guest) for guest in plan.guests if guest.email.casefold() not in known)]

    def _event(self, account_id: UUID, remote_id: str, event_id: str, fields: str) -> Mapping[str, Any]:
        request = self._asking.service.events.get(calendarId=remote_id, eventId=event_id, fields=fields)
        return self._about_event(account_id, request)

    def _about_event(self, account_id: UUID, request: ApiRequest) -> Mapping[str, Any]:
        """404 and 410 are about the event here; that the calendar is gone as well is found out otherwise."""
        try:
            return self._asking.answer(account_id, request)
        except (CalendarGone, SyncTokenExpired) as error:
            raise EventGone from error


def _owned(plan: CopyPlan) -> dict[str, Any]:
    fields = plan.fields
    return {
        "summary": fields.title,
        "location": fields.place,
        "description": fields.description,
        "status": "tentative" if plan.is_tentative else "confirmed",
        **_times(fields),
    }


def _times(fields: OwnedFields) -> dict[str, Any]:
    if fields.span is None:
        return {}
    return {name: _point(second, fields.zone) for name, second in zip(("start", "end"), fields.span, strict=True)}


def _point(second: int, zone: str) -> dict[str, Any]:
    """A time that was a whole day before is none any more, which a patch has to say."""
    told = {"dateTime": rfc3339(moment(second)), "date": None}
    return told | ({"timeZone": zone} if zone else {})


def _attendee(guest: Guest) -> dict[str, Any]:
    return {"email": guest.email} | ({"displayName": guest.name} if guest.name else {})


def _meet_request(request_id: str) -> dict[str, Any]:
    return {"createRequest": {"requestId": request_id, "conferenceSolutionKey": {"type": "hangoutsMeet"}}}


def _told(plan: CopyPlan) -> str:
    return "all" if plan.mails else "none"
