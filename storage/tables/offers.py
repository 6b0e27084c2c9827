"""What members offer of their time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKeyConstraint, Text, UniqueConstraint
from sqlmodel import Field

from bot.domain.appointments import Where
from storage.tables.base import Row
from storage.types import UtcDateTime, text_enum


class OfferRow(Row, table=True):
    """Starts offered in a channel; `starts` is JSON, and `origin` the submission that made it."""

    __tablename__ = "offer"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "host_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
        UniqueConstraint("workspace_id", "host_id", "origin"),
    )

    id: UUID = Field(primary_key=True)
    workspace_id: UUID
    host_id: UUID
    origin: str
    starts: str = Field(sa_type=Text)
    minutes: int
    created_at: datetime = Field(sa_type=UtcDateTime)
    title: str = Field(sa_type=Text)
    venue: Where = Field(sa_column=Column(text_enum(Where), nullable=False))
    venue_details: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    claimer_id: UUID | None
    appointment_id: UUID | None
