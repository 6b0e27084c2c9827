"""Asks Zoom's API on behalf of an account, and once more with a fresh token where the first one is refused."""

from typing import Any
from uuid import UUID

import httpx

from bot.clients.zoom.errors import TokenRefused, refusal
from bot.clients.zoom.sending import send
from bot.clients.zoom.tokens import ZoomTokens
from bot.ports import Clock


class ZoomApi:
    """Zoom's API at one address; safe to share between threads."""

    def __init__(self, api_url: str, http: httpx.Client, clock: Clock) -> None:
        """Connects to nothing yet; `api_url` ends in `/v2/`."""
        self._api_url = api_url
        self._http = http
        self._clock = clock

    def ask(self, token: str, method: str, path: str, **sent: Any) -> bytes:
        """The body of a successful answer; raises `ProviderError` as `errors` maps it."""
        bearer = {"authorization": f"Bearer {token}"}
        answer = send(self._http, method, f"{self._api_url}{path}", headers=bearer, **sent)
        if answer.is_success:
            return answer.content
        raise refusal(answer.status, answer.headers, answer.content, self._clock.now())


class ZoomAsking:
    """The way to Zoom together with what opens it; nothing is repeated but once after a refused token."""

    def __init__(self, api: ZoomApi, tokens: ZoomTokens) -> None:
        """Take the way to Zoom and the source of what opens it."""
        self._api = api
        self._tokens = tokens

    def ask(self, account_id: UUID, method: str, path: str, **sent: Any) -> bytes:
        """The body of a successful answer; raises `ProviderError` as `errors` maps it."""
        token = self._tokens.access_token(account_id)
        try:
            return self._api.ask(token, method, path, **sent)
        except TokenRefused:
            fresh = self._tokens.access_token(account_id, refused=token)
            return self._api.ask(fresh, method, path, **sent)
