"""Workspaces, and the members that belong to them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, Column, Text, UniqueConstraint, false, text
from sqlmodel import Field

from bot.domain.people import Standing
from bot.domain.reading_habits import HourCycle
from storage.tables.base import Row
from storage.types import UtcDateTime, text_enum


class WorkspaceRow(Row, table=True):
    """A Slack workspace; whatever belongs to it goes with it.

    With `lacks_addresses` Daybook was not allowed to ask whose an address is when it asked last.
    """

    __tablename__ = "workspace"

    id: UUID = Field(primary_key=True)
    slack_team_id: str = Field(unique=True)
    name: str
    lacks_addresses: bool = Field(sa_column=Column(Boolean, server_default=false(), nullable=False))


class MemberRow(Row, table=True):
    """A person of a workspace, as last read from Slack, and how he chose to read times, if he did.

    `first_day` is a weekday, 0 being Monday.
    """

    __tablename__ = "member"
    # The second constraint is what the rows of a member refer to, so that none can name another workspace.
    __table_args__ = (UniqueConstraint("workspace_id", "slack_user_id"), UniqueConstraint("workspace_id", "id"))

    id: UUID = Field(primary_key=True)
    workspace_id: UUID = Field(foreign_key="workspace.id", ondelete="CASCADE")
    slack_user_id: str
    name: str
    zone: str
    standing: Standing = Field(sa_column=Column(text_enum(Standing), nullable=False))
    is_admin: bool
    checked_at: datetime = Field(sa_type=UtcDateTime)
    locale: str = Field(sa_column=Column(Text, server_default=text("''"), nullable=False))
    hour_cycle: HourCycle | None = Field(sa_column=Column(text_enum(HourCycle), nullable=True))
    first_day: int | None
