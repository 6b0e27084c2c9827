"""What members decided about their time."""

from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Text, text, true
from sqlmodel import Field

from bot.domain.appointments import Where
from bot.domain.preferences import Audience, WhenStale
from storage.tables.base import Row
from storage.types import text_enum


class ScheduleRow(Row, table=True):
    """A member's schedule; whoever has none has the defaults.

    Without a `zone` the member's Slack zone counts. `hours`, `overrides` and `invited` are JSON: lists of minutes
    after midnight by weekday and by date, and Slack ids. Without a `usual_where` nothing was decided about it.
    """

    __tablename__ = "schedule"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
    )

    member_id: UUID = Field(primary_key=True)
    workspace_id: UUID
    zone: str | None
    hours: str = Field(sa_type=Text)
    overrides: str = Field(sa_type=Text)
    slot_minutes: int
    step_minutes: int
    before_minutes: int
    after_minutes: int
    notice_minutes: int
    horizon_days: int
    daily_cap: int | None
    tentative_blocks: bool
    unanswered_blocks: bool
    audience: Audience = Field(sa_column=Column(text_enum(Audience), nullable=False))
    invited: str = Field(sa_type=Text)
    when_stale: WhenStale = Field(sa_column=Column(text_enum(WhenStale), nullable=False))
    usual_where: Where | None = Field(sa_column=Column(text_enum(Where), nullable=True))
    usual_details: str = Field(sa_column=Column(Text, server_default=text("''"), nullable=False))
    invites: bool = Field(sa_column=Column(Boolean, server_default=true(), nullable=False))
