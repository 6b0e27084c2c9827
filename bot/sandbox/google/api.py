"""Answers Calendar v3: finds the method, checks the token and its scopes, and puts refusals into Google's words."""

import dataclasses
import json
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.google import calendars, channels, errors, events, scopes
from bot.sandbox.google.call import Call
from bot.sandbox.google.errors import ApiError, Resource
from bot.sandbox.google.freebusy import query_free_busy
from bot.sandbox.google.listing import list_events
from bot.sandbox.google.partial import selected
from bot.sandbox.google.query import Query
from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.ledger import note

_ROOT = "/calendar/v3"
_EVENTS = "/calendars/{calendar}/events"
_EVENT = "/calendars/{calendar}/events/{event}"
_JSON = "application/json; charset=UTF-8"


@dataclasses.dataclass(frozen=True)
class Method:
    """A method of the API: its id in the discovery document, its address, the scopes that open it, its answer."""

    id: str
    verb: str
    path: str
    scopes: frozenset[str]
    answer: Callable[[Call], Resource | None]


METHODS = (
    Method("calendar.calendarList.list", "GET", "/users/me/calendarList", scopes.READ_LIST, calendars.list_calendars),
    Method(
        "calendar.calendarList.get",
        "GET",
        "/users/me/calendarList/{calendar}",
        scopes.READ_LIST,
        calendars.get_list_entry,
    ),
    Method("calendar.calendars.get", "GET", "/calendars/{calendar}", scopes.READ_CALENDAR, calendars.get_calendar),
    Method("calendar.colors.get", "GET", "/colors", scopes.READ_COLORS, calendars.get_colors),
    Method("calendar.freebusy.query", "POST", "/freeBusy", scopes.QUERY_FREE_BUSY, query_free_busy),
    Method("calendar.events.list", "GET", _EVENTS, scopes.READ_EVENTS, list_events),
    Method("calendar.events.insert", "POST", _EVENTS, scopes.WRITE_EVENTS, events.insert_event),
    Method("calendar.events.watch", "POST", f"{_EVENTS}/watch", scopes.READ_EVENTS, channels.watch_events),
    Method("calendar.channels.stop", "POST", "/channels/stop", scopes.STOP_CHANNELS, channels.stop_channel),
    Method("calendar.events.get", "GET", _EVENT, scopes.READ_EVENTS, events.get_event),
    Method("calendar.events.patch", "PATCH", _EVENT, scopes.WRITE_EVENTS, events.patch_event),
    Method("calendar.events.update", "PUT", _EVENT, scopes.WRITE_EVENTS, events.update_event),
    Method("calendar.events.delete", "DELETE", _EVENT, scopes.WRITE_EVENTS, events.delete_event),
)


def api_routes(world: GoogleWorld) -> list[Route]:
    """The routes of the API."""
    return [_route(world, method) for method in METHODS]


def _route(world: GoogleWorld, method: Method) -> Route:
    async def respond(request: Request) -> Response:
        content = await request.body()
        with world.lock:
            try:
                call = _call(world, method, request, content)
                answer = method.answer(call)
                mask = call.query.text("fields")
            except ApiError as refusal:
                return JSONResponse(refusal.body, refusal.status, refusal.headers, media_type=_JSON)
        note(request.scope, **call.notes)
        if answer is None:
            return Response(status_code=204)
        return JSONResponse(selected(answer, mask) if mask else answer, media_type=_JSON)

    return Route(_ROOT + method.path, respond, methods=[method.verb])


def _call(world: GoogleWorld, method: Method, request: Request, content: bytes) -> Call:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme != "Bearer" or not token:
        raise errors.missing_credentials()
    holder = world.grants.holder(token)
    if holder is None:
        raise errors.invalid_credentials()
    account, granted = holder
    opening = granted & method.scopes
    if not opening:
        raise errors.insufficient_scopes(method.id, method.scopes)
    return Call(
        world=world,
        method=method.id,
        account=account,
        scopes=opening,
        accepted=method.scopes,
        path=dict(request.path_params),
        query=Query(request.query_params.multi_items()),
        body=_body(content) if method.verb in ("POST", "PUT", "PATCH") else {},
        if_match=request.headers.get("if-match"),
        now=world.now(),
    )


def _body(content: bytes) -> Resource:
    try:
        body = json.loads(content or b"{}")
    except ValueError:
        raise errors.parse_error() from None
    if not isinstance(body, dict):
        raise errors.parse_error()
    return body
