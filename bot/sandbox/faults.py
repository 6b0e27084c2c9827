"""Makes a stand-in fail on purpose: so many times, for these requests, in this way."""

import asyncio
import dataclasses
import json
import re
import threading
import time
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.sandbox.ledger import note
from bot.sandbox.serving import DROP

_LOOK_SECONDS = 0.02


@dataclasses.dataclass(frozen=True)
class Fault:
    """What a request meets, instead of the work or, with `after_commit`, once the work is done."""

    status: int | None = None
    body: bytes = b""
    headers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    delay: float = 0.0
    drop: bool = False
    cut: bool = False
    after_commit: bool = False

    @property
    def name(self) -> str:
        """How the ledger calls it."""
        if self.cut:
            return "cut"
        what = "drop" if self.drop else "delay" if self.status is None else str(self.status)
        return f"{what} after commit" if self.after_commit else what


@dataclasses.dataclass
class _Rule:
    fault: Fault
    method: str
    path: str
    left: int
    skip: int

    def fits(self, method: str, path: str) -> bool:
        return self.left > 0 and bool(re.fullmatch(self.method, method) and re.fullmatch(self.path, path))


@dataclasses.dataclass(frozen=True)
class Occasion:
    """The requests that a fault is for, waiting to be told which fault."""

    script: "FaultScript"
    method: str
    path: str
    times: int
    skip: int

    def answer(
        self,
        status: int,
        body: Mapping[str, Any] | str = "",
        *,
        headers: Mapping[str, str] | None = None,
        after_commit: bool = False,
    ) -> None:
        """Answer with `status`, `body` (a mapping becomes JSON) and `headers`."""
        content, kind = _content(body)
        told = {"content-type": kind} | dict(headers or {})
        self._add(Fault(status, content, told, after_commit=after_commit))

    def delay(self, seconds: float, *, after_commit: bool = False) -> None:
        """Wait before the work, or with `after_commit` between the work and its answer; no longer than until `clear`.

        So a test may have somebody wait for as long as it likes, and need not wait itself.
        """
        self._add(Fault(delay=seconds, after_commit=after_commit))

    def drop(self, *, after_commit: bool = False) -> None:
        """Hang up without an answer."""
        self._add(Fault(drop=True, after_commit=after_commit))

    def cut(self) -> None:
        """Do the work, send half of the answer, and hang up."""
        self._add(Fault(cut=True, after_commit=True))

    def _add(self, fault: Fault) -> None:
        self.script.add(fault, self.method, self.path, self.times, self.skip)


class FaultScript:
    """Rules in order; the first that fits a request applies to it, until it is used up.

    >>> faults.on(path="/calendar/v3/.*", times=2).answer(503)
    """

    def __init__(self) -> None:
        """Start without faults."""
        self._lock = threading.Lock()
        self._rules: list[_Rule] = []
        self._times_cleared = 0

    def on(self, method: str = ".*", path: str = ".*", *, times: int = 1, skip: int = 0) -> Occasion:
        """The next `times` requests whose whole method and path match, after `skip` that go well."""
        return Occasion(self, method, path, times, skip)

    def add(self, fault: Fault, method: str, path: str, times: int, skip: int) -> None:
        """Append a rule; `on` reads better."""
        with self._lock:
            self._rules.append(_Rule(fault, method, path, times, skip))

    def clear(self) -> None:
        """Forget every rule, and let go whoever waits by one."""
        with self._lock:
            self._rules.clear()
            self._times_cleared += 1

    @property
    def times_cleared(self) -> int:
        """How often everything was forgotten so far."""
        with self._lock:
            return self._times_cleared

    @property
    def used_up(self) -> bool:
        """Whether every rule has hit as often as it was to."""
        with self._lock:
            return all(rule.left == 0 for rule in self._rules)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for a request, counted as used; None where it is to go well."""
        with self._lock:
            for rule in self._rules:
                if not rule.fits(method, path):
                    continue
                if rule.skip:
                    rule.skip -= 1
                    continue
                rule.left -= 1
                return rule.fault
        return None


def faulty(app: ASGIApp, script: FaultScript) -> ASGIApp:
    """`app`, failing as `script` says; the ledger notes each fault, and what was committed in spite of it."""

    async def fail_or_serve(scope: Scope, receive: Receive, send: Send) -> None:
        cleared = script.times_cleared
        fault = script.take(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if fault is None:
            await app(scope, receive, send)
            return
        note(scope, fault=fault.name)
        held = await _committed(app, scope, receive) if fault.after_commit else []
        until = time.monotonic() + fault.delay
        while (left := until - time.monotonic()) > 0 and script.times_cleared == cleared:
            await asyncio.sleep(min(left, _LOOK_SECONDS))
        if fault.drop:
            await _hang_up(scope, receive)
        elif fault.cut:
            await _send_half(held, send)
            await _hang_up(scope, receive)
        elif fault.status is not None:
            await Response(fault.body, fault.status, dict(fault.headers))(scope, receive, send)
        elif fault.after_commit:
            for message in held:
                await send(message)
        else:
            await app(scope, receive, send)

    return fail_or_serve


async def _committed(app: ASGIApp, scope: Scope, receive: Receive) -> list[Message]:
    held: list[Message] = []

    async def hold(message: Message) -> None:
        held.append(message)

    await app(scope, receive, hold)
    note(scope, committed=str(held[0]["status"]))
    return held


async def _send_half(held: list[Message], send: Send) -> None:
    """The head, which tells the whole length, and the first half of the body."""
    body = b"".join(message.get("body", b"") for message in held[1:])
    await send(held[0])
    await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})


async def _hang_up(scope: Scope, receive: Receive) -> None:
    scope[DROP]()
    # To return before the server knows would have it complain that there was no answer.
    while (await receive())["type"] != "http.disconnect":
        pass


def _content(body: Mapping[str, Any] | str) -> tuple[bytes, str]:
    if isinstance(body, str):
        return body.encode(), "text/plain; charset=utf-8"
    return json.dumps(body).encode(), "application/json; charset=UTF-8"
