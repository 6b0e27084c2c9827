"""Changes of single events: the `EventWriter` for Google. Only what is named is touched.

Nobody is mailed about what is only its owner's own; everybody on an event hears that it moves or is called off.
"""

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from bot.clients.google.asking import GoogleAsking
from bot.clients.google.errors import unreadable
from bot.clients.google.parsing import remote_event
from bot.clients.google.service import GoogleService
from bot.clients.google.tokens import GoogleTokens
from bot.clients.google.values import rfc3339
from bot.domain.errors import CalendarGone, EventChanged, EventGone, SyncTokenExpired
from bot.domain.events import EventStatus, RemoteEvent, ShowsAs, Timed
from bot.domain.intervals import Interval
from bot.domain.wall_time import moment

_READ_FIELDS = "id,etag,status,transparency,start,end,recurringEventId,originalStartTime"
_WRITTEN_FIELDS = "id,etag"


class GoogleEvents:
    """Writes what a person asked for, if the event is still what he saw."""

    def __init__(self, service: GoogleService, tokens: GoogleTokens) -> None:
        """Take the way to Google and the source of what opens it."""
        self._asking = GoogleAsking(service, tokens)

    def mark_free(self, account_id: UUID, remote_id: str, event_id: str, *, etag: str) -> None:
        """Show the event as *Free*, if its etag is still `etag`; an empty one is looked up first.

        One that is free by now is not refused: what was asked for is done, maybe by a write whose answer got lost.

        Raises:
            EventChanged: it is not as it was read.
            EventGone: there is no such event any more.
            ProviderError: as `bot.clients.google.errors` maps it; `AccessLost` where it is not the account's to change.
        """
        self._write(account_id, remote_id, event_id, etag, {"transparency": "transparent"}, _is_free)

    def move(self, account_id: UUID, remote_id: str, event_id: str, *, etag: str, span: Interval, zone: str) -> None:
        """Let the event happen at another time; the arguments are those of the port, the errors those above.

        One that happens then by now is not refused.
        """
        fields = {name: _point(second, zone) for name, second in zip(("start", "end"), span, strict=True)}
        self._write(account_id, remote_id, event_id, etag, fields, partial(_is_at, span), mails=True)

    def cancel(self, account_id: UUID, remote_id: str, event_id: str, *, etag: str) -> None:
        """Call the event off; one that is gone by now is not refused. The errors are those above."""
        try:
            held = etag or self._etag_now(account_id, remote_id, event_id)
            request = self._asking.service.events.delete(calendarId=remote_id, eventId=event_id, sendUpdates="all")
            request.headers["If-Match"] = held
            self._asking.answer(account_id, request)
        except (CalendarGone, SyncTokenExpired, EventGone):
            return

    def _write(
        self,
        account_id: UUID,
        remote_id: str,
        event_id: str,
        etag: str,
        fields: Mapping[str, object],
        is_so: Callable[[RemoteEvent], bool],
        *,
        mails: bool = False,
    ) -> None:
        """Patch what is as it was read; where it is not, what `is_so` by now is as good."""
        try:
            held = etag or self._etag_now(account_id, remote_id, event_id)
            try:
                self._patch(account_id, remote_id, event_id, fields, held, mails=mails)
            except EventChanged:
                event = self._read(account_id, remote_id, event_id)
                if event.status is EventStatus.CANCELLED or not is_so(event):
                    raise
        except (CalendarGone, SyncTokenExpired) as error:
            # 404 and 410 are about the event here; that the calendar is gone as well its next sync will tell.
            raise EventGone from error

    def _patch(
        self,
        account_id: UUID,
        remote_id: str,
        event_id: str,
        fields: Mapping[str, object],
        etag: str,
        *,
        mails: bool,
    ) -> None:
        request = self._asking.service.events.patch(
            calendarId=remote_id,
            eventId=event_id,
            body=dict(fields),
            sendUpdates="all" if mails else "none",
            fields=_WRITTEN_FIELDS,
        )
        request.headers["If-Match"] = etag
        self._asking.answer(account_id, request)

    def _etag_now(self, account_id: UUID, remote_id: str, event_id: str) -> str:
        """The etag of one time of a series that stands where its series puts it."""
        event = self._read(account_id, remote_id, event_id)
        if event.status is EventStatus.CANCELLED:
            raise EventGone
        if event.start is None or event.original_start is None or event.start[0] != event.original_start[0]:
            raise EventChanged
        return event.etag

    def _read(self, account_id: UUID, remote_id: str, event_id: str) -> RemoteEvent:
        request = self._asking.service.events.get(calendarId=remote_id, eventId=event_id, fields=_READ_FIELDS)
        event = remote_event(self._asking.answer(account_id, request))
        if event is None or not event.etag:
            raise unreadable()
        return event


def _is_free(event: RemoteEvent) -> bool:
    return event.shows_as is ShowsAs.FREE


def _is_at(span: Interval, event: RemoteEvent) -> bool:
    times = [time.at.timestamp() for time in (event.start, event.end) if isinstance(time, Timed)]
    return times == [span.start, span.end]


def _point(second: int, zone: str) -> Mapping[str, object]:
    told = {"dateTime": rfc3339(moment(second))}
    return told | ({"timeZone": zone} if zone else {})
