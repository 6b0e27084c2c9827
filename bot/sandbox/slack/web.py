"""What is reached over HTTP: the Web API under `/api/` and the response URLs by an app, the page by a browser."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.ledger import note
from bot.sandbox.slack.backend import Backend
from bot.sandbox.slack.methods import FORMS_ALONE, METHODS
from bot.sandbox.slack.methods.call import Call, Method
from bot.sandbox.slack.people import Workspace
from bot.sandbox.slack.refusal import Refusal
from bot.sandbox.slack.responding import respond
from bot.sandbox.slack.shape import Json


def web(backend: Backend, page: Sequence[BaseRoute] = ()) -> Starlette:
    """The application that answers for Slack, with what it answers a browser."""

    async def call_method(request: Request) -> Response:
        name = request.path_params["method"]
        try:
            arguments = _arguments(request, name, await request.body())
            answer = await run_in_threadpool(_call, backend, name, _token(request, arguments), arguments)
        except Refusal as refusal:
            answer = _refused(backend, name, refusal)
            note(request.scope, error=refusal.error)
        headers = {"x-oauth-scopes": ",".join(sorted(backend.app.scopes))}
        return JSONResponse(answer, headers=headers)

    async def respond_to_url(request: Request) -> Response:
        try:
            await run_in_threadpool(respond, backend, request.url.path, await request.body())
        except Refusal as refusal:
            answer = _refused(backend, "response_url", refusal)
            note(request.scope, error=refusal.error)
            return JSONResponse(answer, status_code=404 if refusal.error.endswith("_url") else 400)
        return PlainTextResponse("ok")

    async def take_file(request: Request) -> Response:
        secret = request.path_params["secret"]
        content = await request.body()
        if not backend.files.take(secret, content):
            backend.problems.add("upload", "nothing was announced under this address, or not of this length")
            return PlainTextResponse("failed", status_code=400)
        return PlainTextResponse(f"OK - {len(content)}")

    return Starlette(
        routes=[
            Route("/api/{method}", call_method, methods=["GET", "POST"]),
            Route("/upload/v1/{secret}", take_file, methods=["POST"]),
            Route("/{kind}/{team}/{number}/{secret}", respond_to_url, methods=["POST"]),
            *page,
        ]
    )


def _refused(backend: Backend, where: str, refusal: Refusal) -> Json:
    if refusal.faulty:
        backend.problems.add(where, str(refusal))
    return {"ok": False, "error": refusal.error, **refusal.more}


def _call(backend: Backend, name: str, token: str, arguments: Mapping[str, Any]) -> Json:
    method = METHODS.get(name)
    if name == "apps.connections.open":
        raise _no_socket(backend, token)
    if method is None:
        raise Refusal("unknown_method", faulty=True, req_method=name)
    workspace = _authenticated(backend, token)
    _check_scopes(backend, method)
    with backend.pulse:
        answer = {"ok": True, **method.run(Call(backend, workspace, arguments))}
        # A copy: what is answered must not change while it is being sent.
        copied: Json = json.loads(json.dumps(answer))
        return copied


def _no_socket(backend: Backend, token: str) -> Refusal:
    if token == backend.app.app_token:
        # Deliveries here go over HTTP; this is what Slack says where it cannot open a socket.
        return Refusal("internal_error")
    return Refusal("not_allowed_token_type" if token.startswith("xoxb-") else "invalid_auth", faulty=True)


def _authenticated(backend: Backend, token: str) -> Workspace:
    if not token:
        raise Refusal("not_authed", faulty=True)
    workspace = backend.people.holder(token)
    if workspace is None:
        raise Refusal("invalid_auth", faulty=True)
    if workspace.refused_because:
        raise Refusal(workspace.refused_because)
    return workspace


def _check_scopes(backend: Backend, method: Method) -> None:
    if method.scopes and not backend.app.scopes & set(method.scopes):
        provided = ",".join(sorted(backend.app.scopes))
        raise Refusal("missing_scope", faulty=True, needed=",".join(method.scopes), provided=provided)


def _token(request: Request, arguments: Mapping[str, Any]) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(arguments.get("token", ""))


def _arguments(request: Request, name: str, body: bytes) -> dict[str, Any]:
    arguments: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not body:
        return arguments
    if kind == "application/json":
        # Where a method takes forms alone, Slack finds no arguments in JSON.
        return arguments if name in FORMS_ALONE else arguments | _object(body)
    if kind == "application/x-www-form-urlencoded":
        return arguments | dict(parse_qsl(body.decode(), keep_blank_values=True))
    raise Refusal("invalid_post_type", faulty=True)


def _object(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body)
    except ValueError:
        raise Refusal("invalid_json", faulty=True) from None
    if not isinstance(given, dict):
        raise Refusal("json_not_object", faulty=True)
    return given
