"""Pages of Google's `events.list` as they come over the wire, and a gateway that reads them without a network."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.clients.google.parsing import event_page
from bot.domain.calendars import RemoteCalendar
from bot.domain.events import EventPage
from tests.bench import month
from tests.bench.house import ADDRESS
from tests.bench.month import Span

EVENTS_A_PAGE = 2500


def pages_of(spans: Sequence[Span]) -> list[bytes]:
    """JSON texts of full pages of single events, with the fields that Daybook asks for."""
    left = iter([_item(number, span) for number, span in enumerate(spans)])
    batches = []
    while batch := list(islice(left, EVENTS_A_PAGE)):
        batches.append(batch)
    last = {"nextSyncToken": "CPDAlvWDx70CEPDAlvWDx70CGAU="}
    return [
        _page(items, last if number == len(batches) else {"nextPageToken": f"page-{number}"})
        for number, items in enumerate(batches, start=1)
    ]


class WiredPages:
    """Implements `ports.CalendarGateway` from JSON texts: everything of Daybook's client but HTTP."""

    def __init__(self, pages: Sequence[bytes]) -> None:
        """Answer every reading with all of these."""
        self._pages = pages

    def calendars(self, account_id: UUID) -> Sequence[RemoteCalendar]:
        """None: nobody asks."""
        return ()

    def changes(
        self, account_id: UUID, remote_id: str, *, sync_token: str | None, since: datetime
    ) -> Iterator[EventPage]:
        """Each page, parsed when it is its turn."""
        return (event_page(json.loads(page)) for page in self._pages)


def _page(items: Sequence[dict[str, Any]], token: dict[str, str]) -> bytes:
    return json.dumps({**token, "timeZone": month.ZONE, "items": items}).encode()


def _item(number: int, span: Span) -> dict[str, Any]:
    """Most are plain; some are private, free, or have an answer, so that no branch is predicted too well."""
    event_id = f"{number:026d}"
    item: dict[str, Any] = {
        "id": event_id,
        "status": "confirmed",
        "etag": f'"{3_500_000_000_000_000 + number}"',
        "iCalUID": f"{event_id}@google.com",
        "eventType": "default",
        "summary": f"Weekly planning with team {number}",
        "start": _time(span[0]),
        "end": _time(span[1]),
        "htmlLink": _link(event_id),
        "organizer": {"email": ADDRESS, "self": True},
    }
    if number % 4 == 0:
        item["attendees"] = [{"self": True, "responseStatus": "accepted"}]
    if number % 7 == 0:
        item["transparency"] = "transparent"
    if number % 10 == 0:
        item["visibility"] = "private"
    return item


def _time(second: int) -> dict[str, str]:
    wall = datetime.fromtimestamp(second, UTC).astimezone(ZoneInfo(month.ZONE))
    return {"dateTime": wall.isoformat(), "timeZone": month.ZONE}


def _link(event_id: str) -> str:
    return f"https://www.google.com/calendar/event?eid={urlsafe_b64encode(f'{event_id} {ADDRESS}'.encode()).decode()}"
