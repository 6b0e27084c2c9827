"""The last round trip check of each member."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, Text, text
from sqlmodel import Field

from bot.domain.round_trips import Way
from storage.tables.base import Row
from storage.types import UtcDateTime, text_enum

_UNTIDIED = text("tidy_at IS NOT NULL")


class RoundTripRow(Row, table=True):
    """A check. It outlives its calendar, as its event has to be removed, but not the account that could do that."""

    __tablename__ = "round_trip"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "member_id", "account_id"],
            ["account.workspace_id", "account.member_id", "account.id"],
            ondelete="CASCADE",
        ),
        Index("ix_round_trip_account_id", "account_id"),
        Index("ix_round_trip_untidied", "tidy_at", sqlite_where=_UNTIDIED, postgresql_where=_UNTIDIED),
    )

    member_id: UUID = Field(primary_key=True)
    workspace_id: UUID
    account_id: UUID
    calendar_id: UUID
    remote_id: str
    id: UUID
    began_at: datetime = Field(sa_type=UtcDateTime)
    waits_until: datetime = Field(sa_type=UtcDateTime)
    came_back_at: datetime | None = Field(sa_type=UtcDateTime)
    way: Way | None = Field(sa_column=Column(text_enum(Way), nullable=True))
    problem: str = Field(sa_type=Text)
    tidy_at: datetime | None = Field(sa_type=UtcDateTime)
    attempts: int
    is_left: bool
    fence: int = Field(sa_type=BigInteger)
    lease_until: datetime | None = Field(sa_type=UtcDateTime)
