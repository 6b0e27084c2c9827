"""Digests of channels, who agreed to stand in them or did not, and the days on which they came."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from bot.domain.digests import Level, PauseReason, Rhythm, RunState
from storage.tables.base import Row
from storage.types import UtcDateTime, text_enum

_DUE = text("next_due_at IS NOT NULL")
_NOTICE = text("notice_due_at IS NOT NULL")
_ASK = text("ask_due_at IS NOT NULL")


class DigestRow(Row, table=True):
    """A channel's digest. `at_minute` counts from midnight, `weekdays` is JSON, `paused_by` is a member's id."""

    __tablename__ = "digest"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "creator_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
        UniqueConstraint("workspace_id", "channel_id"),
        UniqueConstraint("workspace_id", "id"),
        Index("ix_digest_creator_id", "creator_id"),
        Index("ix_digest_due", "next_due_at", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("ix_digest_notice", "notice_due_at", sqlite_where=_NOTICE, postgresql_where=_NOTICE),
    )

    id: UUID = Field(primary_key=True)
    workspace_id: UUID
    creator_id: UUID
    channel_id: str
    channel_name: str
    rhythm: Rhythm = Field(sa_column=Column(text_enum(Rhythm), nullable=False))
    at_minute: int
    weekdays: str = Field(sa_type=Text)
    zone: str
    level: Level = Field(sa_column=Column(text_enum(Level), nullable=False))
    is_quiet: bool
    created_at: datetime = Field(sa_type=UtcDateTime)
    next_day: date
    next_due_at: datetime | None = Field(sa_type=UtcDateTime)
    paused: PauseReason | None = Field(sa_column=Column(text_enum(PauseReason), nullable=True))
    paused_by: UUID | None
    paused_at: datetime | None = Field(sa_type=UtcDateTime)
    notice_due_at: datetime | None = Field(sa_type=UtcDateTime)
    fence: int = Field(sa_type=BigInteger)
    lease_until: datetime | None = Field(sa_type=UtcDateTime)


class DigestShareRow(Row, table=True):
    """A member's word on having his days in a digest; `ask_due_at` is when he is asked, None once he was."""

    __tablename__ = "digest_share"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "digest_id"], ["digest.workspace_id", "digest.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
        Index("ix_digest_share_member_id", "member_id"),
        Index("ix_digest_share_ask", "ask_due_at", sqlite_where=_ASK, postgresql_where=_ASK),
    )

    digest_id: UUID = Field(primary_key=True)
    member_id: UUID = Field(primary_key=True)
    workspace_id: UUID
    position: int
    asked: Level = Field(sa_column=Column(text_enum(Level), nullable=False))
    agreed: Level | None = Field(sa_column=Column(text_enum(Level), nullable=True))
    has_declined: bool
    is_listed: bool
    ask_due_at: datetime | None = Field(sa_type=UtcDateTime)


class DigestRefusalRow(Row, table=True):
    """A member does not want his days shown in a channel. It outlives every digest of it."""

    __tablename__ = "digest_refusal"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
        Index("ix_digest_refusal_member_id", "member_id"),
    )

    workspace_id: UUID = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    member_id: UUID = Field(primary_key=True)


class DigestDayRow(Row, table=True):
    """The last day on which a digest of a channel was sent that was deleted since: the next one begins after it."""

    __tablename__ = "digest_day"

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    channel_id: str = Field(primary_key=True)
    day: date
    state: RunState = Field(sa_column=Column(text_enum(RunState), nullable=False))
    at: datetime = Field(sa_type=UtcDateTime)


class DigestRunRow(Row, table=True):
    """A digest on one local day: there is never a second row, so never a second post."""

    __tablename__ = "digest_run"
    __table_args__ = (ForeignKeyConstraint(["digest_id"], ["digest.id"], ondelete="CASCADE"),)

    digest_id: UUID = Field(primary_key=True)
    day: date = Field(primary_key=True)
    state: RunState = Field(sa_column=Column(text_enum(RunState), nullable=False))
    at: datetime = Field(sa_type=UtcDateTime)
