"""Asks Google on behalf of an account, and once more with a fresh token where the first one is refused."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bot.clients.google.service import ApiRequest, GoogleService
from bot.clients.google.tokens import GoogleTokens
from bot.domain.errors import CredentialRefused


class GoogleAsking:
    """The way to Google together with what opens it; nothing else is ever repeated."""

    def __init__(self, service: GoogleService, tokens: GoogleTokens) -> None:
        """Take the way to Google and the source of what opens it."""
        self.service = service
        self._tokens = tokens

    def answer(self, account_id: UUID, request: ApiRequest) -> Mapping[str, Any]:
        """The object that Google answers a request with; raises `ProviderError` as `errors` maps it."""
        token = self._tokens.access_token(account_id)
        try:
            return self.service.execute(request, token)
        except CredentialRefused:
            # It may have been revoked alone, or this machine's clock be slow; the grant itself decides.
            fresh = self._tokens.access_token(account_id, refused=token)
            return self.service.execute(request, fresh)
