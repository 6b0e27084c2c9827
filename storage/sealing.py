"""Turns a credential into a sealed value for its account's row, and back."""

import json
from datetime import datetime
from uuid import UUID

from bot.domain.accounts import Credential
from storage.vault import Vault


def seal_credential(vault: Vault, account_id: UUID, credential: Credential) -> bytes:
    """`credential` sealed so that it opens in the row of `account_id` alone."""
    plain = json.dumps(
        {
            "access_token": credential.access_token,
            "refresh_token": credential.refresh_token,
            "expires_at": credential.expires_at.isoformat(),
            "scopes": sorted(credential.scopes),
        }
    )
    return vault.seal_bytes(plain.encode(), identity=_identity(account_id))


def open_credential(vault: Vault, account_id: UUID, sealed: bytes) -> Credential:
    """The credential of that account; raises `SecretUnreadable`."""
    plain = json.loads(vault.open_bytes(sealed, identity=_identity(account_id)))
    return Credential(
        access_token=plain["access_token"],
        refresh_token=plain["refresh_token"],
        expires_at=datetime.fromisoformat(plain["expires_at"]),
        scopes=frozenset(plain["scopes"]),
    )


def _identity(account_id: UUID) -> bytes:
    return f"account:{account_id}:credential".encode()
