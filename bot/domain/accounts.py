"""A member's connections to providers, and the one-time links that make them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Provider(StrEnum):
    """Whom an account is with."""

    GOOGLE = "google"


class Access(StrEnum):
    """What a connection may do: read and write, or read alone (for conflict calendars)."""

    FULL = "full"
    CONFLICT_ONLY = "conflict_only"


class AccountStatus(StrEnum):
    """Where a connection stands; nothing is read before `ACTIVE`."""

    PENDING = "pending"
    ACTIVE = "active"
    NEEDS_RECONNECT = "needs_reconnect"


@dataclass(frozen=True, slots=True)
class Account:
    """A member's connection; `address` is the id of the Google account's primary calendar.

    `absorbed_id` is the pending connection whose permission this one took over last: another one each time its
    owner connects it anew.
    """

    id: UUID
    workspace_id: UUID
    member_id: UUID
    provider: Provider
    address: str
    access: Access
    status: AccountStatus
    created_at: datetime
    broken_since: datetime | None = None
    absorbed_id: UUID | None = None

    def would_lose_by(self, other: "Account") -> bool:
        """Whether taking the permission of `other` over would leave this one without the right to write."""
        same = (self.provider, self.address) == (other.provider, other.address)
        return same and self.access is Access.FULL and other.access is Access.CONFLICT_ONLY


@dataclass(frozen=True, slots=True)
class Credential:
    """What opens a provider's door; never shown, logged or compared outside the vault and the client."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class ConnectLink:
    """A private link to one provider: one member, ten minutes, one use. Only its token's digest is stored."""

    id: UUID
    workspace_id: UUID
    member_id: UUID
    provider: Provider
    access: Access
    token_digest: str
    expires_at: datetime
    used_at: datetime | None = None
