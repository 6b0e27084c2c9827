"""Sends Slack's signed requests at a steady pace, whether or not the bot keeps up, and times each answer."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from time import perf_counter, sleep
from urllib.parse import urlsplit

from bot.clients.system import SystemClock

_CONNECTIONS = 32
_PATIENCE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What one request came to."""

    status: int
    seconds: float


def paced(url: str, secret: str, bodies: Sequence[bytes], *, per_second: float) -> list[Acknowledged]:
    """Deliver each body once, so many a second over a few connections."""
    begin = perf_counter() + 0.1

    def one_connection(number: int) -> list[Acknowledged]:
        mine = range(number, len(bodies), _CONNECTIONS)
        turns = ((begin + place / per_second, bodies[place]) for place in mine)
        return list(_deliver(url, secret, turns))

    with ThreadPoolExecutor(_CONNECTIONS) as threads:
        return [answer for answers in threads.map(one_connection, range(_CONNECTIONS)) for answer in answers]


def _deliver(url: str, secret: str, turns: Iterator[tuple[float, bytes]]) -> Iterator[Acknowledged]:
    with closing(HTTPConnection(urlsplit(url).netloc, timeout=_PATIENCE_SECONDS)) as connection:
        for turn, body in turns:
            headers = _headers(secret, body)
            early = turn - perf_counter()
            if early > 0:
                sleep(early)
            # What waits for the answer before it has waited for the bot; what merely woke up late has not.
            began = perf_counter() if early > 0 else turn
            connection.request("POST", "/slack/events", body, headers)
            answer = connection.getresponse()
            answer.read()
            yield Acknowledged(answer.status, perf_counter() - began)


def _headers(secret: str, body: bytes) -> dict[str, str]:
    timestamp = str(int(SystemClock().now().timestamp()))
    mark = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={mark}",
    }
