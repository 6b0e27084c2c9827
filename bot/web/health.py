"""For machines: is the process alive, can it serve, what has it been doing."""

from collections.abc import Callable, Sequence
from ipaddress import ip_address

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.web.measures import Measures

_METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Readiness = Callable[[], Sequence[str]]
"""What stands in the way of serving, in words without secrets; nothing when all is well."""


class Health:
    """The routes that machines ask."""

    def __init__(self, readiness: Readiness, measures: Measures, warnings: Readiness = tuple) -> None:
        self._readiness = readiness
        self._warnings = warnings
        self._measures = measures

    async def live(self, _request: Request) -> Response:
        """The process answers; whether it can do anything is the next question."""
        return PlainTextResponse("alive\n")

    async def ready(self, _request: Request) -> Response:
        """503 with the reasons while something stands in the way; what is only amiss is told beside *ready*."""
        problems = await to_thread.run_sync(self._readiness)
        self._measures.is_ready.set(0 if problems else 1)
        if problems:
            return PlainTextResponse("".join(f"{problem}\n" for problem in problems), status_code=503)
        amiss = await to_thread.run_sync(self._warnings)
        return PlainTextResponse("".join(["ready\n", *(f"degraded: {warning}\n" for warning in amiss)]))

    async def metrics(self, request: Request) -> Response:
        """Not for the public: answered to this machine and its private network, never through a proxy."""
        if not _is_near(request):
            raise HTTPException(404)
        return Response(self._measures.text(), media_type=_METRICS_TYPE)


def _is_near(request: Request) -> bool:
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers or request.client is None:
        return False
    try:
        address = ip_address(request.client.host)
    except ValueError:
        return False
    return address.is_loopback or address.is_private
