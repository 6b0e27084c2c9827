"""Addresses: those of contacts beside their own, those that never become one, and those somebody is asked about."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKeyConstraint, Index, Text, text
from sqlmodel import Field

from bot.domain.invitee_questions import InviteeAnswer
from storage.tables.base import Row
from storage.types import UtcDateTime, text_enum

_UNASKED = text("batch IS NULL AND answer IS NULL")


class ContactAddressRow(Row, table=True):
    """An address by which a contact is found beside his own."""

    __tablename__ = "contact_address"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"], ["contact.workspace_id", "contact.id"], ondelete="CASCADE"
        ),
        Index("ix_contact_address_contact_id", "contact_id"),
    )

    workspace_id: UUID = Field(primary_key=True)
    email: str = Field(primary_key=True)
    contact_id: UUID


class BlockedAddressRow(Row, table=True):
    """An address, or a domain with an "@" in front, that never becomes a contact."""

    __tablename__ = "blocked_address"

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    pattern: str = Field(primary_key=True)
    blocked_at: datetime = Field(sa_type=UtcDateTime)


class OwnDomainRow(Row, table=True):
    """A domain that an admin named as the team's own."""

    __tablename__ = "own_domain"

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    domain: str = Field(primary_key=True)
    named_at: datetime = Field(sa_type=UtcDateTime)


class ColleagueRow(Row, table=True):
    """What Slack said of an address: whether a full member has it."""

    __tablename__ = "colleague"

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    email: str = Field(primary_key=True)
    is_colleague: bool
    checked_at: datetime = Field(sa_type=UtcDateTime)


class InviteeQuestionRow(Row, table=True):
    """One person about whom one host is asked; `batch` is the number of the message, NULL while none was sent.

    `met_at` is when the latest of the events was made on which the host met him. Where Slack refused the message, the
    next is sent `not_before` then.
    """

    __tablename__ = "invitee_question"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "host_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
        Index("ix_invitee_question_email", "workspace_id", "email"),
        Index("ix_invitee_question_host_id", "host_id", "batch"),
        Index("ix_invitee_question_unasked", "asked_at", sqlite_where=_UNASKED, postgresql_where=_UNASKED),
    )

    id: UUID = Field(primary_key=True)
    workspace_id: UUID
    host_id: UUID
    email: str
    name: str
    asked_at: datetime = Field(sa_type=UtcDateTime)
    batch: int | None
    answer: InviteeAnswer | None = Field(sa_column=Column(text_enum(InviteeAnswer), nullable=True))
    told: str = Field(sa_type=Text)
    met_at: datetime | None = Field(sa_type=UtcDateTime)
    not_before: datetime | None = Field(sa_type=UtcDateTime)
