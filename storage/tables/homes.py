"""What was last published on Homes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, String
from sqlmodel import Field

from storage.tables.base import Row
from storage.types import UtcDateTime


class HomeRow(Row, table=True):
    """A member's Home that was ever drawn. Its content is not kept, only the fingerprint of it."""

    __tablename__ = "home"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
        Index("ix_home_due_at", "due_at"),
    )

    member_id: UUID = Field(primary_key=True)
    workspace_id: UUID
    state: str = Field(sa_type=String(64))
    chosen: UUID | None
    opened_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    fence: int = Field(sa_type=BigInteger)
