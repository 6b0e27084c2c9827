"""An account's calendars and their changes: the `CalendarGateway` for Google."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from bot.clients.google.asking import GoogleAsking
from bot.clients.google.errors import RequestRefused, unreadable
from bot.clients.google.parsing import CALENDAR_FIELDS, EVENT_FIELDS, event_page, next_page, remote_calendar
from bot.clients.google.service import ApiRequest, GoogleService
from bot.clients.google.tokens import GoogleTokens
from bot.clients.google.values import rfc3339
from bot.domain.calendars import RemoteCalendar
from bot.domain.errors import ProviderDown, SyncTokenExpired
from bot.domain.events import EventPage

# Google would give 2,500, but parsing a page holds the interpreter, and with it everyone who waits for an answer.
_EVENTS_A_PAGE = 500
_CALENDARS_A_PAGE = 250
MOST_INVITEES = 100
# Half a million events; whoever has more pages than that is sending the same ones again.
_MOST_PAGES = 1000


class GoogleCalendars:
    """Reads calendars as the account's owner sees them; nothing is repeated but once after a refused token."""

    def __init__(self, service: GoogleService, tokens: GoogleTokens) -> None:
        """Take the way to Google and the source of what opens it."""
        self._service = service
        self._asking = GoogleAsking(service, tokens)

    def calendars(self, account_id: UUID) -> Sequence[RemoteCalendar]:
        """The calendars in the account's list, in Google's order; hidden ones are left out, as Google does.

        Raises `ProviderError`, also for what is no such list.
        """

        def request(page_token: str | None) -> ApiRequest:
            return self._service.calendar_list.list(
                maxResults=_CALENDARS_A_PAGE, fields=CALENDAR_FIELDS, pageToken=page_token
            )

        return [
            calendar
            for page in self._pages(account_id, request)
            for item in _items(page)
            if (calendar := remote_calendar(item)) is not None
        ]

    def changes(
        self, account_id: UUID, remote_id: str, *, sync_token: str | None, since: datetime
    ) -> Iterator[EventPage]:
        """The delta after `sync_token`, page by page, or everything that ends after `since` without one.

        Pages may be empty. Masters and exceptions come as they are, nothing is expanded: expanded by Google, one
        touched series comes back as hundreds of instances.

        Raises:
            SyncTokenExpired: the calendar has to be read from the start.
            ProviderError: as `bot.clients.google.errors` maps it, between any two pages.
        """
        # Google takes no time range beside a sync token, and wants everything else to be as it was at first.
        # `showDeleted` is not among it: it must not be false beside a token, and a first read can do without.
        reach = {"syncToken": sync_token} if sync_token else {"timeMin": rfc3339(since)}

        def request(page_token: str | None) -> ApiRequest:
            return self._service.events.list(
                calendarId=remote_id,
                singleEvents=False,
                maxResults=_EVENTS_A_PAGE,
                # With more than that, Google keeps the one alone whose calendar it is: a crowd is no meeting.
                maxAttendees=MOST_INVITEES,
                fields=EVENT_FIELDS,
                pageToken=page_token,
                **reach,
            )

        try:
            for answer in self._pages(account_id, request):
                page = event_page(answer)
                if page.next_sync_token is None and next_page(answer) is None:
                    raise ProviderDown("Google's answer broke off before its end.")
                yield page
        except RequestRefused as error:
            if sync_token is None:
                raise
            # Some damaged tokens are called a bad request instead of gone.
            raise SyncTokenExpired("Google wants this calendar to be read from the start.") from error

    def _pages(self, account_id: UUID, request: Callable[[str | None], ApiRequest]) -> Iterator[Mapping[str, Any]]:
        seen: set[str] = set()
        page_token: str | None = None
        while True:
            page = self._asking.answer(account_id, request(page_token))
            yield page
            page_token = next_page(page)
            if page_token is None:
                return
            if page_token in seen or len(seen) >= _MOST_PAGES:
                raise ProviderDown("Google's answer does not come to an end.")
            seen.add(page_token)


def _items(page: Mapping[str, Any]) -> Sequence[Any]:
    items = page.get("items", [])
    if not isinstance(items, list):
        raise unreadable()
    return items
