"""Triggers, and the ledger of their firings."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlmodel import Field

from bot.domain.appointments import Where
from bot.domain.firings import FiringState
from bot.domain.occasions import BookedIn, What
from bot.domain.triggers import ActionKind
from storage.tables.base import Row
from storage.types import UtcDateTime, text_enum

_DUE = text("due_at IS NOT NULL")
_UNTOLD = text("is_untold")
# SQLite has no booleans: what asks for these says "= 1", and so must the index that is to answer.
_UNTOLD_IN_SQLITE = text("is_untold = 1")


class TriggerRow(Row, table=True):
    """A rule of a member's. `whens` and `hosts` are JSON; a host or calendar that went leaves it waiting for nothing.

    `told_at` is when its owner was last told that it came to nothing.
    Where it calls, and what it signs with, is sealed in one value: an address like that is as good as a password.
    """

    # Plain "trigger" is a word of SQL.
    __tablename__ = "trigger_rule"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "owner_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
        Index("ix_trigger_rule_workspace_id", "workspace_id"),
    )

    id: UUID = Field(primary_key=True)
    workspace_id: UUID
    owner_id: UUID
    name: str
    whens: str = Field(sa_type=Text)
    hosts: str = Field(sa_type=Text)
    calendar_id: UUID | None
    booked_in: BookedIn | None = Field(sa_column=Column(text_enum(BookedIn), nullable=True))
    only_tag: str
    action: ActionKind = Field(sa_column=Column(text_enum(ActionKind), nullable=False))
    channel_id: str
    channel_name: str
    says: str = Field(sa_type=Text)
    webhook_host: str
    sealed_webhook: bytes | None = Field(sa_column=Column(LargeBinary, nullable=True))
    tag: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    is_paused: bool
    told_at: datetime | None = Field(sa_type=UtcDateTime)
    active_since: datetime | None = Field(sa_type=UtcDateTime)


class FiringRow(Row, table=True):
    """One entry of the ledger: what happened, as it was then, and what came of it. `hosts` is JSON."""

    __tablename__ = "firing"
    __table_args__ = (
        ForeignKeyConstraint(["trigger_id"], ["trigger_rule.id"], ondelete="CASCADE"),
        UniqueConstraint("trigger_id", "subject", "version"),
        Index("ix_firing_trigger_id_at", "trigger_id", "at"),
        Index("ix_firing_due", "due_at", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("ix_firing_untold", "trigger_id", "is_untold", sqlite_where=_UNTOLD_IN_SQLITE, postgresql_where=_UNTOLD),
    )

    id: UUID = Field(primary_key=True)
    trigger_id: UUID
    subject: UUID
    version: int
    what: What = Field(sa_column=Column(text_enum(What), nullable=False))
    at: datetime = Field(sa_type=UtcDateTime)
    booked_in: BookedIn = Field(sa_column=Column(text_enum(BookedIn), nullable=False))
    calendar_id: UUID | None
    hosts: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    start_at: int | None = Field(sa_type=BigInteger)
    end_at: int | None = Field(sa_type=BigInteger)
    before_start_at: int | None = Field(sa_type=BigInteger)
    before_end_at: int | None = Field(sa_type=BigInteger)
    zone: str
    venue: Where = Field(sa_column=Column(text_enum(Where), nullable=False))
    venue_details: str = Field(sa_type=Text)
    state: FiringState = Field(sa_column=Column(text_enum(FiringState), nullable=False))
    attempts: int
    problem: str = Field(sa_type=Text)
    due_at: datetime | None = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(sa_type=UtcDateTime)
    fence: int = Field(sa_type=BigInteger)
    lease_until: datetime | None = Field(sa_type=UtcDateTime)
    is_untold: bool = Field(sa_column=Column(Boolean, server_default=false(), nullable=False))


class FiringContactRow(Row, table=True):
    """Whom a firing tells of.

    It refers to the contact without a constraint, which would lock it after the appointment: whoever merges
    contacts has them the other way round. One that is gone is told of no more.
    """

    __tablename__ = "firing_contact"
    __table_args__ = (
        ForeignKeyConstraint(["firing_id"], ["firing.id"], ondelete="CASCADE"),
        Index("ix_firing_contact_contact_id", "contact_id"),
    )

    firing_id: UUID = Field(primary_key=True)
    contact_id: UUID = Field(primary_key=True)
    place: int
