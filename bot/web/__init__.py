"""Daybook over HTTP: Slack's, Zoom's and Google's doors, the pages of connecting an account, health and metrics."""

from collections.abc import Sequence
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.rendering.pages import Page, render_page
from bot.web.connect import ConnectPages, ConnectRoutes, Redirect
from bot.web.google import GoogleEndpoint, GoogleHook
from bot.web.headers import SecurityHeaders
from bot.web.health import Health, Readiness
from bot.web.measures import Counting, Measures
from bot.web.slack import Dispatch, SlackEndpoint
from bot.web.week import WeekPages, WeekRoutes
from bot.web.zoom import ZoomEndpoint, ZoomHook

__all__ = [
    "ConnectPages",
    "GoogleHook",
    "Measures",
    "Readiness",
    "Redirect",
    "WebParts",
    "WeekPages",
    "ZoomHook",
    "build_web",
    "make_server",
]

_DRAIN_SECONDS = 25


@dataclass(frozen=True, slots=True)
class WebParts:
    """What the routes call. Without `dispatch` (Socket Mode) Slack has no door here; nor have Zoom and Google without
    `zoom` and `google`.

    `warnings` is what is amiss without standing in the way, in words like those of `readiness`.
    """

    public_url: str
    readiness: Readiness
    measures: Measures
    connect: ConnectPages | None = None
    dispatch: Dispatch | None = None
    signing_secret: str = ""
    threads: int = 32
    warnings: Readiness = tuple
    zoom: ZoomHook | None = None
    google: GoogleHook | None = None
    week: WeekPages | None = None


def build_web(parts: WebParts) -> ASGIApp:
    """The ASGI application; every address it gives out comes from `public_url`, never from the request."""
    is_https = parts.public_url.startswith("https://")
    health = Health(parts.readiness, parts.measures, parts.warnings)
    routes = [
        Route("/healthz", health.live),
        Route("/readyz", health.ready),
        Route("/metrics", health.metrics),
    ]
    if parts.dispatch is not None:
        slack = SlackEndpoint(
            parts.dispatch,
            signing_secret=parts.signing_secret,
            threads=parts.threads,
            measures=parts.measures,
        )
        routes.append(Route("/slack/events", slack.receive, methods=["POST"]))
    if parts.connect is not None:
        pages = ConnectRoutes(parts.connect, is_https=is_https, threads=8)
        routes += [
            Route("/connect/{provider}", pages.begin),
            Route("/oauth/{provider}/callback", pages.callback),
            Route("/oauth/{provider}/stop", pages.stop, methods=["POST"]),
        ]
    if parts.zoom is not None:
        routes.append(Route("/webhooks/zoom", ZoomEndpoint(parts.zoom).receive, methods=["POST"]))
    if parts.google is not None:
        routes.append(Route("/webhooks/google", GoogleEndpoint(parts.google).receive, methods=["POST"]))
    if parts.week is not None:
        week = WeekRoutes(parts.week)
        routes += [Route("/week/{token}.png", week.picture), Route("/week/{token}", week.page)]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Counting, measures=parts.measures)],
        exception_handlers={404: _not_found, 500: _failed},
    )
    # A redirect of the router's would be built from the request's Host header.
    app.router.redirect_slashes = False
    return SecurityHeaders(app, is_https=is_https)


def make_server(app: ASGIApp, *, host: str, port: int, trusted_proxies: Sequence[str]) -> uvicorn.Server:
    """A server that says nothing of itself, logs no addresses (they hold codes) and believes only known proxies."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(trusted_proxies),
            forwarded_allow_ips=list(trusted_proxies),
            timeout_graceful_shutdown=_DRAIN_SECONDS,
            h11_max_incomplete_event_size=32_768,
        )
    )


async def _not_found(_request: Request, _error: Exception | None) -> Response:
    page = Page("Nothing here", ("This address belongs to Daybook, which lives in Slack.",), status=404)
    return Response(render_page(page), status_code=404, media_type="text/html")


async def _failed(_request: Request, _error: Exception) -> Response:
    # Starlette raises the error again for the server, which logs it.
    page = Page(
        "That did not work",
        ("Something failed inside Daybook. Nothing was connected. Go back to Slack and ask for a new link.",),
        status=500,
    )
    return Response(render_page(page), status_code=500, media_type="text/html")
