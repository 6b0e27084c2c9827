"""Sends one request to Zoom, with bounds on the time and the size of its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

import httpx

from bot.clients.zoom.errors import no_answer, unreadable

TIMEOUT_SECONDS = 15.0
# A page of three hundred meetings takes a third of that.
MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, read to its end; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


def send(http: httpx.Client, method: str, url: str, **sent: Any) -> Answer:
    """One request, never repeated, no redirect followed; raises `ProviderDown` where no whole answer comes in time."""
    until = monotonic() + TIMEOUT_SECONDS
    # Unpacking is done by the library before one can count, so nothing packed is asked for.
    headers = {**sent.pop("headers", {}), "accept-encoding": "identity"}
    try:
        with http.stream(
            method, url, headers=headers, timeout=TIMEOUT_SECONDS, follow_redirects=False, **sent
        ) as response:
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > MOST_BYTES:
                    raise unreadable()
                if monotonic() > until:
                    raise no_answer()
            return Answer(response.status_code, response.headers, bytes(content))
    except httpx.DecodingError as error:
        raise unreadable() from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise no_answer() from error
