"""Answers the OAuth addresses: the consent page, the token exchange and the revocation."""

import base64
import binascii
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.sandbox.google.consent import consent_page, refusal_page
from bot.sandbox.google.grants import Asked, Client, OAuthError
from bot.sandbox.google.scopes import MEANINGS
from bot.sandbox.google.world import GoogleWorld

_CONSENT_PATH = "/o/oauth2/v2/auth"
_FORM_ANSWERS = frozenset({"account", "granted", "decision"})
_NO_STORE = {"Cache-Control": "no-cache, no-store, max-age=0, must-revalidate"}


class _Refused(Exception):
    """A consent that cannot be asked for."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(error)
        self.error, self.description, self.status = error, description, status


def oauth_routes(world: GoogleWorld) -> list[Route]:
    """The routes of Google's two OAuth hosts."""

    async def ask(request: Request) -> Response:
        with world.lock:
            try:
                asked = _asked(world, dict(request.query_params))
            except _Refused as refused:
                return _refusal(refused)
            page = consent_page(
                _CONSENT_PATH,
                request.query_params.multi_items(),
                list(world.accounts.values()),
                asked.scopes,
                request.query_params.get("login_hint"),
            )
        return HTMLResponse(page, headers=_NO_STORE)

    async def decide(request: Request) -> Response:
        form = parse_qsl((await request.body()).decode(), keep_blank_values=True)
        with world.lock:
            try:
                return _decided(world, form)
            except _Refused as refused:
                return _refusal(refused)

    async def token(request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        with world.lock:
            try:
                return JSONResponse(_tokens(world, form, request.headers.get("authorization")), headers=_NO_STORE)
            except OAuthError as error:
                return JSONResponse(error.body, error.status, headers=_NO_STORE)

    async def revoke(request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        token = form.get("token") or request.query_params.get("token")
        with world.lock:
            if token and world.grants.revoke(token):
                return JSONResponse({})
        error = OAuthError("invalid_token", "Token expired or revoked")
        return JSONResponse(error.body, error.status)

    return [
        Route(_CONSENT_PATH, ask, methods=["GET"]),
        Route(_CONSENT_PATH, decide, methods=["POST"]),
        Route("/token", token, methods=["POST"]),
        Route("/revoke", revoke, methods=["POST"]),
    ]


def _asked(world: GoogleWorld, parameters: dict[str, str]) -> Asked:
    client = world.grants.client(parameters.get("client_id"))
    if client is None:
        raise _Refused("invalid_client", "The OAuth client was not found.", 401)
    if parameters.get("redirect_uri") not in client.redirect_uris:
        raise _Refused("redirect_uri_mismatch", "This app sent an invalid request.")
    if parameters.get("response_type") != "code":
        raise _Refused("unsupported_response_type", "Invalid response_type.")
    scopes = tuple(dict.fromkeys(parameters.get("scope", "").split()))
    if not scopes:
        raise _Refused("invalid_request", "Missing required parameter: scope")
    if unknown := [scope for scope in scopes if scope not in MEANINGS]:
        raise _Refused("invalid_scope", f"Some requested scopes were invalid: {unknown}")
    method = parameters.get("code_challenge_method", "plain")
    if parameters.get("access_type", "online") not in ("online", "offline") or method not in ("plain", "S256"):
        raise _Refused("invalid_request", "Invalid parameter value.")
    return Asked(
        client=client,
        redirect_uri=parameters["redirect_uri"],
        scopes=scopes,
        state=parameters.get("state"),
        challenge=parameters.get("code_challenge"),
        method=method,
        offline=parameters.get("access_type") == "offline",
        force_consent="consent" in parameters.get("prompt", "").split(),
        include_granted=parameters.get("include_granted_scopes") == "true",
    )


def _decided(world: GoogleWorld, form: list[tuple[str, str]]) -> Response:
    asked = _asked(world, {name: value for name, value in form if name not in _FORM_ANSWERS})
    answers = dict(form)
    granted = [value for name, value in form if name == "granted" and value in asked.scopes]
    state = {} if asked.state is None else {"state": asked.state}
    if answers.get("decision") != "allow" or not granted:
        return _back(asked, {"error": "access_denied", **state})
    if answers.get("account") not in world.accounts:
        raise _Refused("invalid_request", "Couldn't find your Google Account.")
    code = world.grants.allow(asked, answers["account"], granted)
    rest = {"scope": " ".join(granted), "authuser": "0", "prompt": "consent"}
    return _back(asked, {**state, "code": code, **rest})


def _back(asked: Asked, answers: dict[str, str]) -> Response:
    parts = urlsplit(asked.redirect_uri)
    query = "&".join(part for part in (parts.query, urlencode(answers)) if part)
    return RedirectResponse(urlunsplit(parts._replace(query=query)), status_code=302, headers=_NO_STORE)


def _refusal(refused: _Refused) -> Response:
    page = refusal_page(refused.status, refused.error, refused.description)
    return HTMLResponse(page, refused.status, headers=_NO_STORE)


def _tokens(world: GoogleWorld, form: dict[str, str], authorization: str | None) -> dict[str, str | int]:
    client = _authenticated(world, form, authorization)
    kind = form.get("grant_type")
    if kind == "authorization_code":
        code, redirect_uri = _needed(form, "code"), _needed(form, "redirect_uri")
        return world.grants.exchange(client, code, redirect_uri, form.get("code_verifier"))
    if kind == "refresh_token":
        return world.grants.refresh(client, _needed(form, "refresh_token"))
    if kind is None:
        raise OAuthError("invalid_request", "Missing required parameter: grant_type")
    raise OAuthError("unsupported_grant_type", f"Invalid grant_type: {kind}")


def _authenticated(world: GoogleWorld, form: dict[str, str], authorization: str | None) -> Client:
    client_id, secret = form.get("client_id"), form.get("client_secret")
    if client_id is None and authorization and authorization.startswith("Basic "):
        try:
            client_id, _, secret = base64.b64decode(authorization[6:]).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            client_id = None
    if client_id is None:
        raise OAuthError("invalid_request", "Could not determine client ID from request.")
    client = world.grants.client(client_id)
    if client is None:
        raise OAuthError("invalid_client", "The OAuth client was not found.", 401)
    if secret != client.secret:
        raise OAuthError("invalid_client", "The provided client secret is invalid.", 401)
    return client


def _needed(form: dict[str, str], name: str) -> str:
    if not form.get(name):
        raise OAuthError("invalid_request", f"Missing required parameter: {name}")
    return form[name]
