"""Switches of a sync option, and the contacts that they made."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKeyConstraint, Index
from sqlmodel import Field

from bot.domain.calendars import ContactPolicy, EventStyle
from storage.tables.base import Row
from storage.types import UtcDateTime, text_enum


class ChangeSetRow(Row, table=True):
    """A switch of a calendar that may be gone since: what it made can be taken back all the same."""

    __tablename__ = "change_set"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
        Index("ix_change_set_member_id", "member_id", "made_at"),
        Index("ix_change_set_calendar_id", "calendar_id", "made_at"),
    )

    id: UUID = Field(primary_key=True)
    workspace_id: UUID
    member_id: UUID
    calendar_id: UUID
    name: str
    event_style_before: EventStyle = Field(sa_column=Column(text_enum(EventStyle), nullable=False))
    contact_policy_before: ContactPolicy = Field(sa_column=Column(text_enum(ContactPolicy), nullable=False))
    fire_triggers_before: bool
    event_style_after: EventStyle = Field(sa_column=Column(text_enum(EventStyle), nullable=False))
    contact_policy_after: ContactPolicy = Field(sa_column=Column(text_enum(ContactPolicy), nullable=False))
    fire_triggers_after: bool
    made_at: datetime = Field(sa_type=UtcDateTime)
    undone_at: datetime | None = Field(sa_type=UtcDateTime)


class MadeContactRow(Row, table=True):
    """A contact that a switch made."""

    __tablename__ = "made_contact"
    __table_args__ = (
        ForeignKeyConstraint(["change_set_id"], ["change_set.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["contact_id"], ["contact.id"], ondelete="CASCADE"),
        Index("ix_made_contact_contact_id", "contact_id"),
    )

    change_set_id: UUID = Field(primary_key=True)
    contact_id: UUID = Field(primary_key=True)
