"""The page on which one is a member in a browser: reads, types commands, presses buttons and fills in forms."""

from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.slack.backend import Backend
from bot.sandbox.slack.choosing import NoSuchChoice
from bot.sandbox.slack.delivery import Courier
from bot.sandbox.slack.page import acting
from bot.sandbox.slack.page.drawing import draw_choice, draw_screen, looks
from bot.sandbox.slack.page.posted import BadForm, Posted
from bot.sandbox.slack.page.visitor import Visitor, Visitors
from bot.sandbox.slack.person import CannotDo

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data: http: https:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_Act = Callable[[Visitor, Posted], str]


def page_routes(backend: Backend, courier: Courier) -> Sequence[BaseRoute]:
    """What a browser is answered: `/` is the page, `/?as=` and a member's id what that member sees."""
    desk = _Desk(backend, Visitors(backend, courier))
    return [
        Route("/", desk.show),
        Route("/page.css", _look),
        Route("/page.js", _look),
        Route("/open", desk.leave),
        Route("/type", desk.on(acting.send_command), methods=["POST"]),
        Route("/shortcut", desk.on(acting.use_shortcut), methods=["POST"]),
        Route("/tab", desk.on(acting.open_tab), methods=["POST"]),
        Route("/act", desk.on(acting.use_surface), methods=["POST"]),
        Route("/answer", desk.on(acting.answer), methods=["POST"]),
    ]


class _Desk:
    """Takes what browsers ask. People act and pages are drawn in worker threads: both wait for others."""

    def __init__(self, backend: Backend, visitors: Visitors) -> None:
        self._backend = backend
        self._visitors = visitors

    async def show(self, request: Request) -> Response:
        asked = Posted.read(request.url.query)
        again = asked.one("again", "0")
        return await run_in_threadpool(self._show, asked, int(again) if again.isdecimal() else 0)

    async def leave(self, request: Request) -> Response:
        return await run_in_threadpool(self._act, acting.follow, Posted.read(request.url.query))

    def on(self, act: _Act) -> Callable[[Request], Awaitable[Response]]:
        async def take(request: Request) -> Response:
            if not _comes_from_here(request):
                return PlainTextResponse("This form belongs to another page.", status_code=403)
            posted = Posted.read((await request.body()).decode(errors="replace"))
            return await run_in_threadpool(self._act, act, posted)

        return take

    def _show(self, asked: Posted, again: int) -> Response:
        if not asked.one("as"):
            return _html(draw_choice(self._backend, self._visitors))
        visitor = self._visitor(asked)
        if visitor is None:
            return self._nobody()
        return _html(draw_screen(self._backend, visitor, asked.one("tab"), again=again))

    def _act(self, act: _Act, posted: Posted) -> Response:
        visitor = self._visitor(posted)
        if visitor is None:
            return self._nobody()
        visitor.notice = ""
        leads_to = acting.address_of(visitor, posted.one("tab"))
        try:
            leads_to = act(visitor, posted) or leads_to
        except CannotDo as problem:
            # Below its first line the message is a picture of the screen, which is what is shown anyway.
            visitor.notice = str(problem).partition(". On the screen:")[0]
        except (NoSuchChoice, BadForm) as problem:
            visitor.notice = f"That cannot be done: {problem}"
        return RedirectResponse(leads_to, status_code=303, headers=_HEADERS)

    def _visitor(self, posted: Posted) -> Visitor | None:
        try:
            return self._visitors.of(posted.one("as"))
        except KeyError:
            return None

    def _nobody(self) -> Response:
        return _html(draw_choice(self._backend, self._visitors, "Nobody here has that id."), 404)


async def _look(request: Request) -> Response:
    source, media_type = looks(request.url.path.removeprefix("/"))
    return Response(source, media_type=media_type, headers=_HEADERS)


def _html(drawn: str, status: int = 200) -> Response:
    return HTMLResponse(drawn, status, headers=_HEADERS)


def _comes_from_here(request: Request) -> bool:
    """Whether a form was sent by a page of ours; a browser says so, and nothing else has to."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
