"""Accounts that are left, and the events that are removed from them before."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, ForeignKeyConstraint, Text, text
from sqlmodel import Field

from bot.domain.accounts import Provider
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
    fence: int = Field(sa_column=Column(BigInteger, server_default=text("0"), nullable=False))


class LeftCopyRow(Row, table=True):
    """An event that is to be removed."""

    __tablename__ = "left_copy"
    __table_args__ = (ForeignKeyConstraint(["account_id"], ["leaving.account_id"], ondelete="CASCADE"),)

    account_id: UUID = Field(primary_key=True)
    appointment_id: UUID = Field(primary_key=True)
    container: str
    event_id: str = Field(primary_key=True)
    title: str = Field(sa_type=Text)
    mails: bool = Field(sa_column=Column(Boolean, nullable=False))
    state: CopyState = Field(sa_column=Column(text_enum(CopyState), nullable=False))


class LeftReportRow(Row, table=True):
    """What a member is to be told of it, which outlives the account; `kept` is JSON."""

    __tablename__ = "left_report"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
    )

    id: UUID = Field(primary_key=True)
    workspace_id: UUID
    member_id: UUID
    provider: Provider = Field(sa_column=Column(text_enum(Provider), nullable=False))
    address: str
    revocation: str | None
    removed: int
    kept: str = Field(sa_type=Text)
    until: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int
