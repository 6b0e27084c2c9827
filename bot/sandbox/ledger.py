"""Keeps what reached a stand-in: one line a request, on disk at once, never a secret in it."""

import dataclasses
import hashlib
import json
import re
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NOTES = "sandbox.notes"
_SECRET_PARAMETERS = frozenset(
    {
        "access_token",
        "client_secret",
        "code",
        "code_verifier",
        "oauth_token",
        "refresh_token",
        "state",
        "token",
    }
)


@dataclasses.dataclass(frozen=True)
class Entry:
    """One request as it was answered.

    `at` is an ISO time in UTC; `status` is None where the connection was dropped instead of answered.
    `caller` tells bearer tokens apart without revealing them and is empty where there was none. `notes` is
    what the stand-in says about the request, such as whom it invited.
    """

    at: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    status: int | None
    caller: str
    notes: Mapping[str, str]


class Ledger:
    """Append-only list of requests; with a file, what a dead process wrote is still there on opening."""

    def __init__(self, file: Path | None = None) -> None:
        """Start in memory, or go on with `file`, which is made if it is missing."""
        self._file = file
        self._lock = threading.Lock()
        self._entries = _read(file) if file is not None and file.exists() else []

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything so far, oldest first."""
        with self._lock:
            return tuple(self._entries)

    def matching(self, method: str = ".*", path: str = ".*", status: int | None = None) -> tuple[Entry, ...]:
        """The entries whose whole method and path match these patterns, with this status if one is given."""
        return tuple(
            entry
            for entry in self.entries
            if re.fullmatch(method, entry.method) and re.fullmatch(path, entry.path) and status in (None, entry.status)
        )

    def add(self, entry: Entry) -> None:
        """Append one entry; it is in the file when this returns."""
        line = json.dumps(dataclasses.asdict(entry), ensure_ascii=False) + "\n"
        with self._lock:
            self._entries.append(entry)
            if self._file is not None:
                with self._file.open("a", encoding="utf-8") as lines:
                    lines.write(line)


def note(scope: Scope, **facts: str) -> None:
    """Have `facts` stand in the ledger's entry for the request of this `scope`."""
    scope.setdefault(_NOTES, {}).update(facts)


def recorded(app: ASGIApp, ledger: Ledger) -> ASGIApp:
    """`app`, with every HTTP request that reaches it in `ledger`."""

    async def record(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        scope[_NOTES] = {}
        answered = False

        async def send_recorded(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                # Before the answer leaves: whoever has the answer finds the entry.
                ledger.add(_entry(scope, message["status"]))
            await send(message)

        try:
            await app(scope, receive, send_recorded)
        finally:
            if not answered:
                ledger.add(_entry(scope, None))

    return record


def _entry(scope: Scope, status: int | None) -> Entry:
    query = tuple(
        (name, "…" if name in _SECRET_PARAMETERS else value)
        for name, value in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    )
    return Entry(
        at=datetime.now(UTC).isoformat(),
        method=scope["method"],
        path=scope["path"],
        query=query,
        status=status,
        caller=_fingerprint(Headers(scope=scope).get("authorization", "")),
        notes=dict(scope[_NOTES]),
    )


def _fingerprint(authorization: str) -> str:
    return hashlib.sha256(authorization.encode()).hexdigest()[:12] if authorization else ""


def _read(file: Path) -> list[Entry]:
    entries = []
    for line in file.read_text(encoding="utf-8").splitlines():
        fields = json.loads(line)
        fields["query"] = tuple((name, value) for name, value in fields["query"])
        entries.append(Entry(**fields))
    return entries
