"""Accounts that are left, and the events that are removed from them before."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Text
from sqlmodel import Field

from bot.domain.leaving import CopyState
from storage.tables.base import Row
from storage.types import UtcDateTime, text_enum


class LeavingRow(Row, table=True):
    """An account in which events are removed, and that goes then if `ends_account`; with the account goes this."""

    __tablename__ = "leaving"

    account_id: UUID = Field(primary_key=True, foreign_key="account.id", ondelete="CASCADE")
    workspace_id: UUID
    member_id: UUID
    until: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int
    ends_account: bool


class LeftCopyRow(Row, table=True):
    """An event that is to be removed."""

    __tablename__ = "left_copy"
    __table_args__ = (ForeignKeyConstraint(["account_id"], ["leaving.account_id"], ondelete="CASCADE"),)

    account_id: UUID = Field(primary_key=True)
    appointment_id: UUID = Field(primary_key=True)
    container: str
    event_id: str
    title: str = Field(sa_type=Text)
    mails: bool = Field(sa_column=Column(Boolean, nullable=False))
    state: CopyState = Field(sa_column=Column(text_enum(CopyState), nullable=False))
