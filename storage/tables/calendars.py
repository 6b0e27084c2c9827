"""Remote calendars in their roles, with the state of their sync."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, ForeignKeyConstraint, Index, UniqueConstraint, false, text
from sqlmodel import Field

from bot.domain.calendars import AccessRole, ContactPolicy, EventStyle, Role
from storage.tables.base import Row
from storage.types import UtcDateTime, text_enum

_LINKED = text("role = 'linked'")
_HELD = text("fuse_number IS NOT NULL")


class CalendarRow(Row, table=True):
    """A calendar in use; the account that it belongs to is its member's own, by the database's word.

    `fence` counts the claims and `generation` the full reads. `longest_seconds` bounds the duration of the
    calendar's occurrences: a search for what touches a window need not look further back than that. The columns
    named `fuse_…` are those of `bot.domain.fuse.Fuse`, `fuse_asked_at` is when its owner was first asked, and
    `fuse_ask_at` when he is asked again, where Slack refused that. What waits for its decision is left alone until
    `decide_after`.
    """

    __tablename__ = "calendar"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "member_id", "account_id"],
            ["account.workspace_id", "account.member_id", "account.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("account_id", "remote_id"),
        Index("ix_calendar_member_id", "member_id"),
        Index("ix_calendar_linked", "member_id", unique=True, sqlite_where=_LINKED, postgresql_where=_LINKED),
        Index("ix_calendar_fuse", "fuse_asked_at", sqlite_where=_HELD, postgresql_where=_HELD),
    )

    id: UUID = Field(primary_key=True)
    workspace_id: UUID
    member_id: UUID
    account_id: UUID
    remote_id: str
    name: str
    zone: str
    access_role: AccessRole = Field(sa_column=Column(text_enum(AccessRole), nullable=False))
    role: Role = Field(sa_column=Column(text_enum(Role), nullable=False))
    event_style: EventStyle = Field(sa_column=Column(text_enum(EventStyle), nullable=False))
    contact_policy: ContactPolicy = Field(sa_column=Column(text_enum(ContactPolicy), nullable=False))
    fire_triggers: bool
    read_at: datetime | None = Field(sa_type=UtcDateTime)
    next_sync_at: datetime | None = Field(sa_type=UtcDateTime, index=True)
    lease_until: datetime | None = Field(sa_type=UtcDateTime)
    fence: int = Field(sa_type=BigInteger)
    attempts: int
    problem: str | None
    sync_token: str | None
    generation: int
    expanded_until: datetime | None = Field(sa_type=UtcDateTime)
    longest_seconds: int = Field(sa_type=BigInteger)
    interval_seconds: int | None
    listed_at: datetime | None = Field(sa_type=UtcDateTime)
    is_lost: bool = Field(sa_column=Column(Boolean, server_default=false(), nullable=False))
    fuse_number: int | None = Field(sa_type=BigInteger)
    fuse_gone: int | None
    fuse_coming: int | None
    fuse_approved: bool = Field(sa_column=Column(Boolean, server_default=false(), nullable=False))
    fuse_asked_at: datetime | None = Field(sa_type=UtcDateTime)
    fuse_ask_at: datetime | None = Field(sa_type=UtcDateTime)
    not_before: datetime | None = Field(sa_type=UtcDateTime)
    option_since: datetime | None = Field(sa_type=UtcDateTime)
    decide_after: datetime | None = Field(sa_type=UtcDateTime)
