"""A member's connections to providers, and the one-time links that make them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Provider(StrEnum):
    """Whom an account is with."""

    GOOGLE = "google"
    ZOOM = "zoom"

    @property
    def has_calendars(self) -> bool:
        """Whether its accounts hold calendars that tell when their owners are free."""
        return self is Provider.GOOGLE


class Access(StrEnum):
    """What a connection may do: read and write, or read alone (for conflict calendars)."""

    FULL = "full"
    CONFLICT_ONLY = "conflict_only"


class AccountStatus(StrEnum):
    """Where a connection stands; nothing is read before `ACTIVE`."""

    PENDING = "pending"
    ACTIVE = "active"
    NEEDS_RECONNECT = "needs_reconnect"
    LEAVING = "leaving"
    """It goes as soon as what Daybook wrote there was removed; nothing else is done with it."""


@dataclass(frozen=True, slots=True)
class Account:
    """A member's connection.

    Args:
        address: what its owner knows it by: the id of a Google account's primary calendar, Zoom's e-mail address.
        absorbed_id: the pending connection whose permission this one took over last: another one each time its
            owner connects it anew.
        external_id: what the provider knows it by where that is not the address; empty with Google.
        renewed_at: when the permission that it took over last was given.
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
    external_id: str = ""
    renewed_at: datetime | None = None

    @property
    def granted_at(self) -> datetime:
        """When the permission that it uses now was given."""
        return self.renewed_at or self.created_at

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
class RefreshClaim:
    """The right to use up a refresh token that works once, with the `credential` as it was stored then.

    `fence` rises with every claim, so that a late holder does not free what another one holds.
    """

    account_id: UUID
    fence: int
    credential: Credential


@dataclass(frozen=True, slots=True)
class RemoteIdentity:
    """Whose account a credential opens; `external_id` as in `Account`."""

    address: str
    external_id: str = ""


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


def zoom_identity(user_id: str, account_id: str) -> str:
    """The `external_id` of a Zoom account: both ids, because a user may move from one Zoom account to another."""
    return f"{account_id}/{user_id}"
