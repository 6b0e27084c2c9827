"""Answers the OAuth addresses: sign-in and consent, the token exchange, rotation and revocation."""

import base64
import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.sandbox.ledger import note
from bot.sandbox.zoom.errors import OAuthError, Resource
from bot.sandbox.zoom.grants import Asked, Client
from bot.sandbox.zoom.scopes import MEANINGS
from bot.sandbox.zoom.signin import WAYS, consent_page, notice_page, sign_in_page
from bot.sandbox.zoom.world import ZoomWorld

_AUTHORIZE = "/oauth/authorize"
_SIGN_IN = "/signin"
_ANSWERS = frozenset({"email", "password", "way", "ticket", "decision"})
_NO_STORE = {"Cache-Control": "no-cache, no-store, must-revalidate, no-transform"}
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")

_Form = list[tuple[str, str]]
_Show = Callable[[ZoomWorld, _Form], Response]
# The body of the answer, and what the ledger is told.
_Answered = tuple[Resource, dict[str, str]]
_Work = Callable[[ZoomWorld, Client, dict[str, str]], _Answered]


class _Refused(Exception):
    """A consent that cannot be asked for."""


def oauth_routes(world: ZoomWorld) -> list[Route]:
    """The routes of sign-in and OAuth."""

    async def ask(request: Request) -> Response:
        return _page(world, _sign_in, request.query_params.multi_items())

    async def sign_in(request: Request) -> Response:
        return _page(world, _signed_in, await _form(request))

    async def decide(request: Request) -> Response:
        return _page(world, _decided, await _form(request))

    async def token(request: Request) -> Response:
        return _answer(world, request, dict(await _form(request)), _tokens)

    async def revoke(request: Request) -> Response:
        return _answer(world, request, dict(await _form(request)), _revoked)

    return [
        Route(_AUTHORIZE, ask, methods=["GET"]),
        Route(_AUTHORIZE, decide, methods=["POST"]),
        Route(_SIGN_IN, sign_in, methods=["POST"]),
        Route("/oauth/token", token, methods=["POST"]),
        Route("/oauth/revoke", revoke, methods=["POST"]),
    ]


async def _form(request: Request) -> _Form:
    """The fields of the body, and those of the address: Zoom takes either."""
    body = parse_qsl((await request.body()).decode(errors="replace"), keep_blank_values=True)
    return request.query_params.multi_items() + body


def _page(world: ZoomWorld, show: _Show, form: _Form) -> Response:
    with world.lock:
        try:
            return show(world, form)
        except _Refused as refused:
            return HTMLResponse(notice_page("Invalid request", str(refused)), 400, headers=_NO_STORE)


def _asked(world: ZoomWorld, parameters: dict[str, str]) -> Asked:
    client = world.grants.client(parameters.get("client_id"))
    if client is None:
        raise _Refused("Invalid client_id (4,702)")
    if parameters.get("redirect_uri") not in client.redirect_uris:
        raise _Refused("Invalid redirect url (4,700)")
    if parameters.get("response_type") != "code":
        raise _Refused("Invalid response_type (4,700)")
    # Without a method it would be `plain`, which this app is set not to take.
    challenge = parameters.get("code_challenge", "")
    if parameters.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(challenge):
        raise _Refused("Invalid code_challenge: this app requires PKCE with S256 (4,700)")
    return Asked(client, parameters["redirect_uri"], challenge, parameters.get("state"))


def _sign_in(world: ZoomWorld, form: _Form, email: str = "", problem: str = "") -> Response:
    _asked(world, dict(form))
    people = list(world.people)
    shown = email or next(iter(people), "")
    page = sign_in_page(_SIGN_IN, _without_answers(form), people, shown, problem)
    return HTMLResponse(page, headers=_NO_STORE)


def _signed_in(world: ZoomWorld, form: _Form) -> Response:
    asked, answers = _asked(world, dict(form)), dict(form)
    email = answers.get("email", "").strip()
    if email not in world.people or answers.get("way") not in WAYS:
        return _sign_in(world, _without_answers(form), email, "Incorrect email or password")
    if answers["way"] == "password" and not answers.get("password"):
        return _sign_in(world, _without_answers(form), email, "Enter your password")
    parameters = [*_without_answers(form), ("ticket", world.open_session(email))]
    person = (world.people[email].name, email)
    meanings = [MEANINGS[scope] for scope in asked.client.scopes]
    return HTMLResponse(consent_page(_AUTHORIZE, parameters, asked.client.name, person, meanings), headers=_NO_STORE)


def _decided(world: ZoomWorld, form: _Form) -> Response:
    answers = dict(form)
    asked = _asked(world, answers)
    email = world.close_session(answers.get("ticket", ""))
    if email is None:
        return _sign_in(world, _without_answers(form))
    if answers.get("decision") != "allow":
        return _back(asked, {"error": "access_denied"})
    return _back(asked, {"code": world.grants.allow(asked, email)})


def _without_answers(form: _Form) -> _Form:
    return [(name, value) for name, value in form if name not in _ANSWERS]


def _back(asked: Asked, answers: dict[str, str]) -> Response:
    state = {} if asked.state is None else {"state": asked.state}
    parts = urlsplit(asked.redirect_uri)
    query = "&".join(part for part in (parts.query, urlencode(answers | state)) if part)
    return RedirectResponse(urlunsplit(parts._replace(query=query)), status_code=302, headers=_NO_STORE)


def _answer(world: ZoomWorld, request: Request, form: dict[str, str], work: _Work) -> Response:
    with world.lock:
        try:
            body, notes = work(world, _authenticated(world, request), form)
        except OAuthError as error:
            return JSONResponse(error.body, 400, headers=_NO_STORE)
    note(request.scope, **notes)
    return JSONResponse(body, headers=_NO_STORE)


def _tokens(world: ZoomWorld, client: Client, form: dict[str, str]) -> _Answered:
    kind = form.get("grant_type")
    if kind == "authorization_code":
        code, verifier = form.get("code", ""), form.get("code_verifier")
        grant = world.grants.exchange(client, code, form.get("redirect_uri"), verifier)
    elif kind == "refresh_token":
        grant = world.grants.refresh(client, form.get("refresh_token", ""))
    elif kind is None:
        raise OAuthError("invalid_request", "Missing grant type.")
    else:
        raise OAuthError("unsupported_grant_type", "unsupported grant type")
    return world.grants.tokens(grant, world.url), {"grant": kind, "person": grant.email}


def _revoked(world: ZoomWorld, client: Client, form: dict[str, str]) -> _Answered:
    world.grants.revoke(client, form.get("token", ""))
    return {"status": "success"}, {"revoked": "yes"}


def _authenticated(world: ZoomWorld, request: Request) -> Client:
    scheme, _, told = request.headers.get("authorization", "").partition(" ")
    try:
        client_id, _, secret = base64.b64decode(told, validate=True).decode().partition(":")
    except ValueError:
        client_id, secret = "", ""
    client = world.grants.client(client_id)
    if scheme.lower() != "basic" or client is None or secret != client.secret:
        raise OAuthError("invalid_client", "Invalid client_id or client_secret")
    return client
