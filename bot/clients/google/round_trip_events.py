"""The events of round trip checks: the `RoundTripEvents` for Google."""

from uuid import UUID

from bot.clients.google.asking import GoogleAsking
from bot.clients.google.service import GoogleService
from bot.clients.google.tokens import GoogleTokens
from bot.clients.google.values import rfc3339
from bot.domain.errors import CalendarGone, SyncTokenExpired
from bot.domain.event_copies import EventExists
from bot.domain.intervals import Interval
from bot.domain.wall_time import moment

TITLE = "Daybook check"
_DESCRIPTION = "Written by Daybook to measure how fast changes arrive. It goes away by itself."


class GoogleRoundTripEvents:
    """Writes and removes events that take no time, remind of nothing, and that nobody else can read."""

    def __init__(self, service: GoogleService, tokens: GoogleTokens) -> None:
        """Take the way to Google and the source of what opens it."""
        self._asking = GoogleAsking(service, tokens)

    def write(self, account_id: UUID, remote_id: str, event_id: str, span: Interval, zone: str) -> None:
        """Make it; one that is there already is a success. Raises `ProviderError`."""
        body = {
            "id": event_id,
            "summary": TITLE,
            "description": _DESCRIPTION,
            "transparency": "transparent",
            "visibility": "private",
            "reminders": {"useDefault": False},
            "start": _point(span.start, zone),
            "end": _point(span.end, zone),
        }
        request = self._asking.service.events.insert(calendarId=remote_id, body=body, sendUpdates="none", fields="id")
        try:
            self._asking.answer(account_id, request)
        except EventExists:
            return

    def remove(self, account_id: UUID, remote_id: str, event_id: str) -> None:
        """Remove it; one that is gone already is a success, and so is a calendar that is. Raises `ProviderError`."""
        request = self._asking.service.events.delete(calendarId=remote_id, eventId=event_id, sendUpdates="none")
        try:
            self._asking.answer(account_id, request)
        except (CalendarGone, SyncTokenExpired):
            return


def _point(second: int, zone: str) -> dict[str, str]:
    return {"dateTime": rfc3339(moment(second)), "timeZone": zone}
