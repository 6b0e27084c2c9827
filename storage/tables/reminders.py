"""Reminders: what members decided, since when they count, and each one that was made."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from bot.domain.occasions import BookedIn
from bot.domain.reminders import ReminderKind, ReminderState
from storage.tables.base import Row
from storage.types import UtcDateTime, text_enum

_DUE = text("due_at IS NOT NULL")


class RemindingRow(Row, table=True):
    """Since when a workspace has reminders, epoch seconds: nobody is reminded of what was before."""

    __tablename__ = "reminding"

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    since_at: int = Field(sa_type=BigInteger)


class ReminderChoiceRow(Row, table=True):
    """What a member decided; whoever has none has the usual. `since_at` is when he did."""

    __tablename__ = "reminder_choice"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
    )

    member_id: UUID = Field(primary_key=True)
    workspace_id: UUID
    since_at: int = Field(sa_type=BigInteger)
    channel_id: str
    channel_name: str
    shows_titles: bool
    asks_after: bool
    problem: str = Field(sa_type=Text)


class ReminderMinutesRow(Row, table=True):
    """One of his reminders, so long before the start; without any he is not reminded."""

    __tablename__ = "reminder_minutes"
    __table_args__ = (ForeignKeyConstraint(["member_id"], ["reminder_choice.member_id"], ondelete="CASCADE"),)

    member_id: UUID = Field(primary_key=True)
    minutes: int = Field(primary_key=True)


class ReminderRow(Row, table=True):
    """One reminder of one start to one recipient, or the question after the end. It holds no word of the meeting.

    It refers to its subject without a constraint, as that is an appointment or one taken from Google. `told_start_at`
    is the start that its message tells by now, 0 where it tells that there is none; empty until something is told.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
        UniqueConstraint("subject", "start_at", "member_id", "kind", "minutes", "channel_id"),
        Index("ix_reminder_due", "due_at", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("ix_reminder_start_at", "start_at"),
        Index("ix_reminder_member_id", "member_id"),
    )

    id: UUID = Field(primary_key=True)
    workspace_id: UUID
    member_id: UUID
    kind: ReminderKind = Field(sa_column=Column(text_enum(ReminderKind), nullable=False))
    subject: UUID
    booked_in: BookedIn = Field(sa_column=Column(text_enum(BookedIn), nullable=False))
    version: int
    start_at: int = Field(sa_type=BigInteger)
    end_at: int = Field(sa_type=BigInteger)
    wanted_at: datetime = Field(sa_type=UtcDateTime)
    minutes: int
    channel_id: str
    state: ReminderState = Field(sa_column=Column(text_enum(ReminderState), nullable=False))
    attempts: int
    problem: str = Field(sa_type=Text)
    due_at: datetime | None = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(sa_type=UtcDateTime)
    channel: str
    message: str
    fence: int = Field(sa_type=BigInteger)
    lease_until: datetime | None = Field(sa_type=UtcDateTime)
    told_start_at: int | None = Field(sa_type=BigInteger)
