"""Push channels, and when each calendar wants its next one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, Text
from sqlmodel import Field

from storage.tables.base import Row
from storage.types import UtcDateTime


class PushChannelRow(Row, table=True):
    """A channel; it outlives its calendar, because it has to be stopped, but not the account that could do that."""

    __tablename__ = "push_channel"
    __table_args__ = (
        ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["calendar_id"], ["calendar.id"], ondelete="SET NULL"),
        Index("ix_push_channel_account_id", "account_id"),
        Index("ix_push_channel_calendar_id", "calendar_id"),
    )

    id: UUID = Field(primary_key=True)
    account_id: UUID
    calendar_id: UUID | None
    token_digest: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    resource_id: str = Field(sa_type=Text)
    heard_at: datetime | None = Field(sa_type=UtcDateTime)
    heard_fence: int = Field(sa_type=BigInteger)
    missed_at: datetime | None = Field(sa_type=UtcDateTime)
    stop_at: datetime | None = Field(sa_type=UtcDateTime)


class PushPlanRow(Row, table=True):
    """When a calendar wants its next channel, and why it has none; without a row it wants one now."""

    __tablename__ = "push_plan"
    __table_args__ = (ForeignKeyConstraint(["calendar_id"], ["calendar.id"], ondelete="CASCADE"),)

    calendar_id: UUID = Field(primary_key=True)
    due_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int
    problem: str | None = Field(sa_type=Text)
