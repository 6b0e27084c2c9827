"""Carries messages of channels to their addresses, one after the other, while nobody waits for it."""

import dataclasses
import ssl
import threading
from collections import deque
from collections.abc import Mapping

import httpx

_PATIENCE = 60.0


@dataclasses.dataclass(frozen=True)
class Told:
    """A message, and what was answered: None where nothing was in time, or nothing yet."""

    channel_id: str
    address: str
    headers: Mapping[str, str]
    status: int | None = None

    @property
    def state(self) -> str:
        """What it told: `sync` or `exists`."""
        return self.headers["X-Goog-Resource-State"]


class Messenger:
    """Posts messages in the order in which they came, and remembers each."""

    def __init__(self) -> None:
        """Start idle."""
        self._condition = threading.Condition()
        self._waiting: deque[Told] = deque()
        self._told: list[Told] = []
        self._is_busy = False

    @property
    def told(self) -> tuple[Told, ...]:
        """Every message that was answered, or given up, oldest first."""
        with self._condition:
            return tuple(self._told)

    def send(self, message: Told) -> None:
        """Have it posted soon."""
        with self._condition:
            self._waiting.append(message)
            if not self._is_busy:
                self._is_busy = True
                threading.Thread(target=self._run, name="google-messenger", daemon=True).start()

    def settle(self) -> None:
        """Wait until nothing is left to be posted."""
        with self._condition:
            self._condition.wait_for(lambda: not self._is_busy)

    def repeat(self, message: Told, **headers: str) -> int | None:
        """The answer to the same message once more, as whoever overheard it could send it, with other `headers`.

        Their names are written with underscores; an empty one is left out.
        """
        changed = {name.replace("_", "-").lower(): value for name, value in headers.items()}
        kept = {name.lower(): value for name, value in message.headers.items()} | changed
        with _client() as http:
            return _post(http, message.address, {name: value for name, value in kept.items() if value})

    def _run(self) -> None:
        with _client() as http:
            while (message := self._next()) is not None:
                status = _post(http, message.address, message.headers)
                with self._condition:
                    self._told.append(dataclasses.replace(message, status=status))

    def _next(self) -> Told | None:
        with self._condition:
            if self._waiting:
                return self._waiting.popleft()
            self._is_busy = False
            self._condition.notify_all()
            return None


def _client() -> httpx.Client:
    # Certificates take long to load, and nothing on loopback has one.
    no_certificates = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return httpx.Client(timeout=_PATIENCE, trust_env=False, verify=no_certificates)


def _post(http: httpx.Client, address: str, headers: Mapping[str, str]) -> int | None:
    try:
        return http.post(address, headers=dict(headers)).status_code
    except httpx.HTTPError:
        return None
