"""Members who are being forgotten, and addresses that were."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Text
from sqlmodel import Field

from storage.tables.base import Row
from storage.types import UtcDateTime


class ForgettingRow(Row, table=True):
    """A member who is being forgotten; `ended` is JSON. It outlives his name, and goes when he was told."""

    __tablename__ = "forgetting"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
    )

    member_id: UUID = Field(primary_key=True)
    workspace_id: UUID
    slack_user_id: str
    until: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int
    ended: str = Field(sa_type=Text)


class ForgottenAddressRow(Row, table=True):
    """An address that was forgotten, by a digest that only the holder of the key could compare with."""

    __tablename__ = "forgotten_address"

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    digest: str = Field(primary_key=True)
    forgotten_at: datetime = Field(sa_type=UtcDateTime)
