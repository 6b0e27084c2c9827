"""The page of a week and its picture, for who has their private address."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.domain.errors import DaybookError, Overloaded
from bot.domain.week import Week
from bot.rendering.pages import render_page
from bot.rendering.week.page import no_week, render_week_page

_THREADS = 2
# A link knows nobody, so that those who have one share a single turn; people in Slack have the other place to draw.
_DRAWING_THREADS = 1
_AGAIN_SECONDS = 5
_KEPT_SECONDS = 60.0
_MOST_KEPT = 32
_UNREAD = "Nobody can say what is in this week just now."


@dataclass(frozen=True, slots=True)
class WeekPages:
    """What the routes call; `open_week` raises `DaybookError` with what a person is told."""

    open_week: Callable[[str], Week]
    draw: Callable[[Week], bytes]


class WeekRoutes:
    """Translates between the browser and `WeekPages`; whatever is wrong with a link, its page says the same way."""

    def __init__(self, pages: WeekPages, seconds: Callable[[], float] = monotonic) -> None:
        """`seconds` is any clock that never runs back."""
        self._pages = pages
        self._seconds = seconds
        self._limiter = CapacityLimiter(_THREADS)
        self._drawing_limiter = CapacityLimiter(_DRAWING_THREADS)
        self._being_drawn: set[str] = set()
        self._drawn: dict[str, tuple[float, bytes]] = {}

    async def page(self, request: Request) -> Response:
        """GET /week/{token}"""
        return await to_thread.run_sync(self._page, request.path_params["token"], limiter=self._limiter)

    async def picture(self, request: Request) -> Response:
        """GET /week/{token}.png: of one link one at a time, and the same again for a minute."""
        token = request.path_params["token"]
        if token in self._being_drawn:
            return _busy()
        self._being_drawn.add(token)
        try:
            return await to_thread.run_sync(self._picture, token, limiter=self._drawing_limiter)
        finally:
            self._being_drawn.discard(token)

    def _page(self, token: str) -> Response:
        return self._answer(token, lambda week: HTMLResponse(render_week_page(week)))

    def _picture(self, token: str) -> Response:
        try:
            return self._answer(token, lambda week: Response(self._png(token, week), media_type="image/png"))
        except Overloaded:
            return _busy()

    def _png(self, token: str, week: Week) -> bytes:
        """Drawn, or as it was drawn just before; one thread alone is here at a time."""
        now = self._seconds()
        self._drawn = {link: kept for link, kept in self._drawn.items() if kept[0] > now}
        if token not in self._drawn:
            png = self._pages.draw(week)
            self._drawn = {**dict(list(self._drawn.items())[1 - _MOST_KEPT :]), token: (now + _KEPT_SECONDS, png)}
        return self._drawn[token][1]

    def _answer(self, token: str, shown: Callable[[Week], Response]) -> Response:
        try:
            week = self._pages.open_week(token)
            if week.is_drawn:
                return shown(week)
        except Overloaded:
            raise
        except DaybookError as error:
            return _refused(str(error))
        return _refused(_UNREAD)


def _busy() -> Response:
    return Response(status_code=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(_AGAIN_SECONDS)})


def _refused(why: str) -> Response:
    page = no_week(why)
    return HTMLResponse(render_page(page), status_code=page.status)
