"""The browser's routes while an account is connected: the private link, the provider's callback, and the way out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import parse_qs

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.rendering.pages import Page, render_page
from bot.web.bodies import Unread, read_body

_LINK_SECONDS = 600
_UNDO_SECONDS = 3600
_FORM_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Redirect:
    """Send the browser on, with a cookie by which it is known when it comes back. `url` is never the browser's own."""

    url: str
    cookie: str


class ConnectPages(Protocol):
    """What the routes ask; every method answers, whatever it was given. `provider` is not checked yet."""

    def begin(self, provider: str, token: str) -> Page | Redirect: ...

    def callback(self, provider: str, params: Mapping[str, str], cookie: str) -> Page: ...

    def stop(self, provider: str, ticket: str, cookie: str) -> Page: ...


class ConnectRoutes:
    """Translates between the browser and `ConnectPages`."""

    def __init__(self, pages: ConnectPages, *, is_https: bool, threads: int) -> None:
        self._pages = pages
        self._is_https = is_https
        self._limiter = CapacityLimiter(threads)
        # `__Host-` binds the cookie to this very host, but browsers take it over https alone.
        self._cookie_name = "__Host-daybook-connect" if is_https else "daybook-connect"

    async def begin(self, request: Request) -> Response:
        """GET /connect/{provider}: changes nothing, since previews of links come here too."""
        token = request.query_params.get("link", "")
        shown = await to_thread.run_sync(
            self._pages.begin, request.path_params["provider"], token, limiter=self._limiter
        )
        if isinstance(shown, Page):
            return _html(shown)
        response = RedirectResponse(shown.url, status_code=303)
        self._set_cookie(response, shown.cookie, _LINK_SECONDS)
        return response

    async def callback(self, request: Request) -> Response:
        """GET /oauth/{provider}/callback: where the provider sends the browser back to."""
        page = await to_thread.run_sync(
            self._pages.callback,
            request.path_params["provider"],
            _single(request.query_params.multi_items()),
            self._cookie(request),
            limiter=self._limiter,
        )
        response = _html(page)
        if page.stop_ticket:
            # The page offers to undo the connection, from this browser alone, so it has to be known for longer.
            self._set_cookie(response, self._cookie(request), _UNDO_SECONDS)
        return response

    async def stop(self, request: Request) -> Response:
        """POST /oauth/{provider}/stop: the browser that connected an account takes it back."""
        try:
            body = await read_body(request, _FORM_LIMIT)
        except Unread as unread:
            return Response(status_code=unread.status)
        ticket = parse_qs(body.decode("ascii", errors="replace")).get("ticket", [""])[0]
        page = await to_thread.run_sync(
            self._pages.stop, request.path_params["provider"], ticket, self._cookie(request), limiter=self._limiter
        )
        return _html(page)

    def _set_cookie(self, response: Response, value: str, seconds: int) -> None:
        response.set_cookie(
            self._cookie_name,
            value,
            max_age=seconds,
            path="/",
            secure=self._is_https,
            httponly=True,
            samesite="lax",
        )

    def _cookie(self, request: Request) -> str:
        return request.cookies.get(self._cookie_name, "")


def _html(page: Page) -> HTMLResponse:
    return HTMLResponse(render_page(page), status_code=page.status)


def _single(items: list[tuple[str, str]]) -> dict[str, str]:
    """The parameters that came exactly once: of two different codes neither can be believed."""
    names = [name for name, _ in items]
    return {name: value for name, value in items if names.count(name) == 1}
