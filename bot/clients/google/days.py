"""One day of a calendar as Google has it now: the `DayReader` for Google."""

from collections.abc import Sequence
from uuid import UUID

from bot.clients.google.asking import GoogleAsking
from bot.clients.google.gateway import MOST_INVITEES
from bot.clients.google.parsing import EVENT_FIELDS, event_page, next_page
from bot.clients.google.service import GoogleService
from bot.clients.google.tokens import GoogleTokens
from bot.clients.google.values import rfc3339
from bot.domain.errors import ProviderDown
from bot.domain.events import RemoteEvent
from bot.domain.intervals import Interval
from bot.domain.wall_time import moment

_MOST_PAGES = 5


class GoogleDays:
    """Reads what a person would see in Google's own pages, and what was cancelled there."""

    def __init__(self, service: GoogleService, tokens: GoogleTokens) -> None:
        """Take the way to Google and the source of what opens it."""
        self._asking = GoogleAsking(service, tokens)

    def day(self, account_id: UUID, remote_id: str, window: Interval, *, limit: int) -> Sequence[RemoteEvent]:
        """The events that touch the window, every time of a series by itself; `limit` of them at most.

        Raises `ProviderError` as `bot.clients.google.errors` maps it.
        """
        found: list[RemoteEvent] = []
        token: str | None = None
        # A page may hold fewer than were asked for although more follow.
        for _ in range(_MOST_PAGES):
            request = self._asking.service.events.list(
                calendarId=remote_id,
                singleEvents=True,
                showDeleted=True,
                timeMin=rfc3339(moment(window.start)),
                timeMax=rfc3339(moment(window.end)),
                orderBy="startTime",
                maxResults=limit,
                maxAttendees=MOST_INVITEES,
                fields=EVENT_FIELDS,
                pageToken=token,
            )
            answer = self._asking.answer(account_id, request)
            found += event_page(answer).events
            token = next_page(answer)
            if token is None or len(found) >= limit:
                return found[:limit]
        raise ProviderDown("Google's answer does not come to an end.")
