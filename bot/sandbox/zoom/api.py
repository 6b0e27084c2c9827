"""Answers Zoom's API: finds the method, checks token, scopes and limits, and puts refusals into Zoom's words."""

import dataclasses
import json
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.ledger import note
from bot.sandbox.zoom import errors, meetings, scopes
from bot.sandbox.zoom.call import Call
from bot.sandbox.zoom.errors import ApiError, Resource
from bot.sandbox.zoom.state import Person
from bot.sandbox.zoom.world import ZoomWorld

_ROOT = "/v2"
_JSON = "application/json;charset=UTF-8"
_VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_LARGEST_BODY = 256 * 1024


@dataclasses.dataclass(frozen=True)
class Method:
    """A method of the API: how Zoom calls it, its address, the scopes that open it, what it weighs, its answer.

    `daily` says whether it counts among the hundred meetings that a host may make or change in a day.
    """

    id: str
    verb: str
    path: str
    scopes: tuple[str, ...]
    label: str
    status: int
    answer: Callable[[Call], Resource | None]
    daily: bool = False


_MINE = "/users/{user}/meetings"
_ONE = "/meetings/{meeting}"
_READ, _WRITE = "meeting:read", "meeting:write"

METHODS = (
    Method(
        "user", "GET", "/users/{user}", scopes.opening(scopes.READ_USER, "user:read"), "light", 200, meetings.get_user
    ),
    Method(
        "meetingCreate",
        "POST",
        _MINE,
        scopes.opening(scopes.CREATE, _WRITE),
        "medium",
        201,
        meetings.create_meeting,
        daily=True,
    ),
    Method("meetings", "GET", _MINE, scopes.opening(scopes.LIST, _READ), "medium", 200, meetings.list_meetings),
    Method("meeting", "GET", _ONE, scopes.opening(scopes.READ, _READ), "light", 200, meetings.get_meeting),
    Method(
        "meetingUpdate",
        "PATCH",
        _ONE,
        scopes.opening(scopes.UPDATE, _WRITE),
        "light",
        204,
        meetings.update_meeting,
        daily=True,
    ),
    Method(
        "meetingDelete", "DELETE", _ONE, scopes.opening(scopes.DELETE, _WRITE), "light", 204, meetings.delete_meeting
    ),
)


def api_routes(world: ZoomWorld) -> list[Route]:
    """The routes of the API."""
    return [*(_route(world, method) for method in METHODS), Route(f"{_ROOT}/{{rest:path}}", _nowhere, methods=_VERBS)]


async def _nowhere(_request: Request) -> Response:
    refusal = errors.no_such_endpoint()
    return JSONResponse(refusal.body, refusal.status, media_type=_JSON)


def _route(world: ZoomWorld, method: Method) -> Route:
    async def respond(request: Request) -> Response:
        content = await request.body()
        headers: dict[str, str] = {}
        with world.lock:
            try:
                person = _caller(world, method, request)
                headers |= world.limits.admit(person.account_id, method.label)
                call = _call(world, method, request, person, content)
                answer = _answer(call, method)
            except ApiError as refusal:
                return JSONResponse(refusal.body, refusal.status, headers | refusal.headers, media_type=_JSON)
        note(request.scope, **call.notes)
        if answer is None:
            return Response(status_code=method.status, headers=headers)
        return JSONResponse(answer, method.status, headers, media_type=_JSON)

    return Route(_ROOT + method.path, respond, methods=[method.verb])


def _caller(world: ZoomWorld, method: Method, request: Request) -> Person:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise errors.invalid_token()
    grant = world.grants.holder(token)
    if not set(method.scopes) & set(grant.client.scopes):
        raise errors.missing_scopes(method.scopes[:2])
    return world.people[grant.email]


def _call(world: ZoomWorld, method: Method, request: Request, person: Person, content: bytes) -> Call:
    body = _body(request, content) if method.verb in ("POST", "PATCH") else {}
    return Call(world, person, dict(request.path_params), dict(request.query_params), body)


def _answer(call: Call, method: Method) -> Resource | None:
    limits = call.world.limits
    if method.daily:
        limits.check_day(call.person.id)
    answer = method.answer(call)
    if method.daily:
        limits.spend(call.person.id)
    return answer


def _body(request: Request, content: bytes) -> Resource:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise errors.wrong_content_type()
    if len(content) > _LARGEST_BODY:
        raise errors.body_too_large()
    try:
        body = json.loads(content)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise errors.bad_request("Request Body should be a valid JSON object.")
    return body
