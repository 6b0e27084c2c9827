"""Speaks to Google Calendar through Google's own client library: one request at a time, no write repeated."""

import http.client
import threading
import weakref
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol, cast

from bot.clients.google.errors import no_answer, refusal, unreadable

# Google answers within a second or two; a pool of threads must not stand still much longer than that.
TIMEOUT_SECONDS = 15.0
# A page of 500 events takes well under a megabyte; what unpacks to more than this is no answer but an attack.
_LARGEST_ANSWER_BYTES = 32 * 1024 * 1024


class ApiRequest(Protocol):
    """A request that the library has built and not yet sent; `headers` go with it."""

    headers: dict[str, str]

    def execute(self, *, http: object, num_retries: int) -> object: ...

    def add_response_callback(self, cb: Callable[[Mapping[str, str]], None]) -> None: ...


class EventsResource(Protocol):
    """`events` of Calendar v3; parameters have the names of Google's reference."""

    def list(self, **parameters: object) -> ApiRequest: ...

    def get(self, **parameters: object) -> ApiRequest: ...

    def insert(self, **parameters: object) -> ApiRequest: ...

    def patch(self, **parameters: object) -> ApiRequest: ...

    def delete(self, **parameters: object) -> ApiRequest: ...

    def watch(self, **parameters: object) -> ApiRequest: ...


class ChannelsResource(Protocol):
    """`channels` of Calendar v3; parameters have the names of Google's reference."""

    def stop(self, **parameters: object) -> ApiRequest: ...


class CalendarListResource(Protocol):
    """`calendarList` of Calendar v3; parameters have the names of Google's reference."""

    def list(self, **parameters: object) -> ApiRequest: ...

    def get(self, **parameters: object) -> ApiRequest: ...


class _Kept:
    """What each thread builds for itself once: httplib2 is not safe to share, and building it anew is slow."""

    def __init__(self, api_url: str, timeout_seconds: float) -> None:
        # Here and not above: they take a quarter of a second to import, which no command line should wait for.
        import httplib2
        from googleapiclient.discovery import build

        from bot.clients.google.connection import CarefulHttp

        self.http = CarefulHttp(timeout=timeout_seconds, decode_limit_hard=_LARGEST_ANSWER_BYTES)
        self.http.follow_redirects = False
        # A thread that ends must not leave its connections to the garbage collector.
        weakref.finalize(self.http, _close, self.http.connections)
        service = build(
            "calendar",
            "v3",
            # Without it the library looks for credentials of the machine; this one is never used to send anything.
            http=httplib2.Http(),
            static_discovery=True,
            client_options={"api_endpoint": api_url},
        )
        self.events = cast("EventsResource", service.events())
        self.calendar_list = cast("CalendarListResource", service.calendarList())
        self.channels = cast("ChannelsResource", service.channels())


class GoogleService:
    """Google Calendar v3 at one address; safe to share between threads.

    Never use the library's batches: they go to the real Google, whatever the address.
    """

    def __init__(
        self,
        api_url: str,
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        heard_time: Callable[[datetime], None] = lambda _told: None,
    ) -> None:
        """Connects to nothing yet.

        Args:
            api_url: ends in `/calendar/v3/`.
            timeout_seconds: how long Google may be silent.
            heard_time: is told what time it is by Google's clock, with every answer.
        """
        self._api_url = api_url
        self._timeout_seconds = timeout_seconds
        self._heard_time = heard_time
        self._threads = threading.local()
        self._opened: weakref.WeakSet[Any] = weakref.WeakSet()

    @property
    def events(self) -> EventsResource:
        """Builds requests about events."""
        return self._kept.events

    @property
    def calendar_list(self) -> CalendarListResource:
        """Builds requests about the account's list of calendars."""
        return self._kept.calendar_list

    @property
    def channels(self) -> ChannelsResource:
        """Builds requests about push channels."""
        return self._kept.channels

    def execute(self, request: ApiRequest, access_token: str) -> Mapping[str, Any]:
        """Send a request built in this thread, and return the object that Google answers with, empty for a deletion.

        Raises:
            ProviderError: what went wrong, as `bot.clients.google.errors` maps it.
        """
        import httplib2
        from google.oauth2.credentials import Credentials
        from google_auth_httplib2 import AuthorizedHttp
        from googleapiclient.errors import HttpError
        from httplib2.decode import DecodeLimitError, DecodeRatioError

        # Refreshing is ours (`tokens`): the library would do it unseen and keep the new token to itself.
        authorized = AuthorizedHttp(Credentials(access_token), http=self._kept.http, refresh_status_codes=())
        request.add_response_callback(self._hear)
        try:
            answer = request.execute(http=authorized, num_retries=0)
        except HttpError as error:
            raise refusal(error.resp.status, error.resp, error.content) from error
        except (http.client.IncompleteRead, DecodeLimitError, DecodeRatioError) as error:
            raise unreadable() from error
        except (httplib2.HttpLib2Error, http.client.HTTPException, OSError) as error:
            raise no_answer() from error
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            # The library itself stumbles over bodies that are not as documented.
            raise unreadable() from error
        if answer == "":  # as the library has it where there is nothing to tell, of a deletion
            return {}
        if not isinstance(answer, dict):
            raise unreadable()
        return answer

    def close(self) -> None:
        """Close the connections of every thread; using the service again opens new ones."""
        for opened in list(self._opened):
            _close(opened.connections)

    def _hear(self, headers: Mapping[str, str]) -> None:
        try:
            told = parsedate_to_datetime(headers.get("date", ""))
        except ValueError:
            return
        if told.tzinfo is not None:
            self._heard_time(told)

    @property
    def _kept(self) -> _Kept:
        kept: _Kept | None = getattr(self._threads, "kept", None)
        if kept is None:
            kept = self._threads.kept = _Kept(self._api_url, self._timeout_seconds)
            self._opened.add(kept.http)
        return kept


def _close(connections: Mapping[str, http.client.HTTPConnection]) -> None:
    for connection in list(connections.values()):
        connection.close()
