"""Events that landed on appointments, and the messages that ask their hosts about them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from bot.domain.landings import LandingState
from storage.tables.base import Row
from storage.types import UtcDateTime, text_enum

OPEN = text("state IN ('waiting', 'told')")
"""What asks for open ones says it in these words, because by them the index is found."""

STALE = text("shown < wanted")
"""The same of messages that are not up to date."""


class LandingBatchRow(Row, table=True):
    """One message to a host. `wanted` counts the states that it should show, `shown` is the one that it shows."""

    __tablename__ = "landing_batch"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
        Index("ix_landing_batch_member_id", "member_id"),
        Index("ix_landing_batch_stale", "lease_until", sqlite_where=STALE, postgresql_where=STALE),
    )

    id: UUID = Field(primary_key=True)
    workspace_id: UUID
    member_id: UUID
    sent_at: datetime = Field(sa_type=UtcDateTime)
    channel: str
    message: str
    wanted: int
    shown: int
    lease_until: datetime | None = Field(sa_type=UtcDateTime)


class LandingRow(Row, table=True):
    """An event of a host's on an appointment of his, as it stood when it was noticed; epoch seconds, half-open.

    `known` ones were there before the appointment was, and nobody is told of them. It holds no text of the event, and
    refers to its calendar without a constraint, which would lock that one after the appointment.
    """

    __tablename__ = "landing"
    __table_args__ = (
        ForeignKeyConstraint(["appointment_id"], ["appointment.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
        UniqueConstraint("batch_id", "number"),
        Index("ix_landing_member_id", "member_id"),
        Index("ix_landing_open", "state", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    appointment_id: UUID = Field(primary_key=True)
    calendar_id: UUID = Field(primary_key=True)
    series_id: str = Field(primary_key=True)
    start_at: int = Field(primary_key=True, sa_type=BigInteger)
    end_at: int = Field(sa_type=BigInteger)
    event_id: str = Field(sa_type=Text)
    workspace_id: UUID
    member_id: UUID
    version: int
    state: LandingState = Field(sa_column=Column(text_enum(LandingState), nullable=False))
    due_at: datetime = Field(sa_type=UtcDateTime)
    batch_id: UUID | None = Field(foreign_key="landing_batch.id", ondelete="SET NULL")
    number: int | None
    ical_uid: str = Field(sa_column=Column(Text, server_default=text("''"), nullable=False))
