"""Members' connections to providers, and the one-time links that make them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, Integer, String, UniqueConstraint, text
from sqlmodel import Field

from bot.domain.accounts import Access, AccountStatus, Provider
from storage.tables.base import Row
from storage.types import UtcDateTime, text_enum

_CONNECTED = text("status <> 'pending'")
_NUDGED = text("nudge_at IS NOT NULL")


def _owner() -> ForeignKeyConstraint:
    """The row belongs to a member of its own workspace."""
    return ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE")


class AccountRow(Row, table=True):
    """A connection; a member has one of each remote account, besides pending ones that nobody confirmed.

    Whoever holds the lease may use up its refresh token; `refresh_fence` rises with every claim. `nudges` counts the
    reminders that it is broken, and `nudge_at` is when the next one is due, or the first message where Slack refused it
    and its owner was not `notified_at` any time.
    """

    __tablename__ = "account"
    __table_args__ = (
        _owner(),
        UniqueConstraint("workspace_id", "member_id", "id"),
        Index(
            "ix_account_connected",
            "member_id",
            "provider",
            "address",
            unique=True,
            sqlite_where=_CONNECTED,
            postgresql_where=_CONNECTED,
        ),
        # Whether a grant is shared is asked across all workspaces.
        Index("ix_account_provider_address", "provider", "address"),
        # A provider tells by it who took his permission back.
        Index("ix_account_external_id", "external_id"),
        Index("ix_account_nudge_at", "nudge_at", sqlite_where=_NUDGED, postgresql_where=_NUDGED),
    )

    id: UUID = Field(primary_key=True)
    workspace_id: UUID
    member_id: UUID
    provider: Provider = Field(sa_column=Column(text_enum(Provider), nullable=False))
    address: str
    access: Access = Field(sa_column=Column(text_enum(Access), nullable=False))
    status: AccountStatus = Field(sa_column=Column(text_enum(AccountStatus), nullable=False))
    created_at: datetime = Field(sa_type=UtcDateTime)
    broken_since: datetime | None = Field(sa_type=UtcDateTime)
    notified_at: datetime | None = Field(sa_type=UtcDateTime)
    sealed_credential: bytes
    absorbed_id: UUID | None
    external_id: str = Field(sa_column=Column(String, server_default=text("''"), nullable=False))
    renewed_at: datetime | None = Field(sa_type=UtcDateTime)
    refresh_fence: int = Field(sa_column=Column(BigInteger, server_default=text("0"), nullable=False))
    refresh_lease_until: datetime | None = Field(sa_type=UtcDateTime)
    nudges: int = Field(sa_column=Column(Integer, server_default=text("0"), nullable=False))
    nudge_at: datetime | None = Field(sa_type=UtcDateTime)


class ConnectLinkRow(Row, table=True):
    """A private link; the token itself is with its member alone, a digest of it here."""

    __tablename__ = "connect_link"
    __table_args__ = (_owner(), Index("ix_connect_link_member_id", "member_id"))

    id: UUID = Field(primary_key=True)
    workspace_id: UUID
    member_id: UUID
    provider: Provider = Field(sa_column=Column(text_enum(Provider), nullable=False))
    access: Access = Field(sa_column=Column(text_enum(Access), nullable=False))
    token_digest: str = Field(unique=True)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    used_at: datetime | None = Field(sa_type=UtcDateTime)
