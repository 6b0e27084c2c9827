"""Appointments taken from Google: their contacts, the calendars that they stand in, and who declined."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, ForeignKeyConstraint, Index, Text, UniqueConstraint, false, text
from sqlmodel import Field

from storage.tables.base import Row
from storage.types import UtcDateTime

_GONE = text("is_gone")
_LAPSED = text("lapsed_in IS NOT NULL")
_UNTOLD = text("told_at IS NULL")
# SQLite has no booleans: what asks for those says "= 1", and so must the index that is to answer.
_GONE_IN_SQLITE = text("is_gone = 1")


class TakenRow(Row, table=True):
    """A meeting with contacts, once for each UID and time of its series; whole epoch seconds, half-open.

    What stands in no calendar any more is remembered for a while: `lapsed_in` says in which it stood last.
    """

    __tablename__ = "taken"
    __table_args__ = (
        UniqueConstraint("workspace_id", "ical_uid", "original_at"),
        Index("ix_taken_lapsed_in", "lapsed_in", sqlite_where=_LAPSED, postgresql_where=_LAPSED),
    )

    id: UUID = Field(primary_key=True)
    workspace_id: UUID = Field(foreign_key="workspace.id", ondelete="CASCADE")
    ical_uid: str
    original_at: int = Field(sa_type=BigInteger)
    start_at: int = Field(sa_type=BigInteger)
    end_at: int = Field(sa_type=BigInteger)
    title: str = Field(sa_type=Text)
    repeats: bool
    created_at: datetime = Field(sa_type=UtcDateTime)
    placed_at: datetime | None = Field(sa_type=UtcDateTime)
    is_cancelled: bool
    version: int
    over_at: int | None = Field(sa_type=BigInteger)
    lapsed_in: UUID | None


class TakenContactRow(Row, table=True):
    """A contact of such a meeting; `response` is what he answered."""

    __tablename__ = "taken_contact"
    __table_args__ = (
        ForeignKeyConstraint(["taken_id"], ["taken.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["contact_id"], ["contact.id"], ondelete="CASCADE"),
        Index("ix_taken_contact_contact_id", "contact_id"),
    )

    taken_id: UUID = Field(primary_key=True)
    contact_id: UUID = Field(primary_key=True)
    response: str


class TakenPlaceRow(Row, table=True):
    """An event by which a meeting stands in a linked calendar, and when that showed it last.

    It outlives its event, so that whoever decides finds out: `is_gone` says that the event went since.
    """

    __tablename__ = "taken_place"
    __table_args__ = (
        ForeignKeyConstraint(["taken_id"], ["taken.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["calendar_id"], ["calendar.id"], ondelete="CASCADE"),
        Index("ix_taken_place_taken_id", "taken_id"),
        Index("ix_taken_place_gone", "calendar_id", "is_gone", sqlite_where=_GONE_IN_SQLITE, postgresql_where=_GONE),
    )

    calendar_id: UUID = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    taken_id: UUID
    start_at: int = Field(sa_type=BigInteger)
    end_at: int = Field(sa_type=BigInteger)
    is_gone: bool = Field(sa_column=Column(Boolean, server_default=false(), nullable=False))


class InvitedRow(Row, table=True):
    """An address that the decision about an event hangs on."""

    __tablename__ = "invited"
    __table_args__ = (
        ForeignKeyConstraint(["calendar_id", "event_id"], ["event.calendar_id", "event.id"], ondelete="CASCADE"),
        Index("ix_invited_email", "email"),
    )

    calendar_id: UUID = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    email: str = Field(primary_key=True)


class DeclinedRow(Row, table=True):
    """A contact who will not come, for one host to know; it stays, so that he is told once.

    `not_before` is when what Slack refused is tried again.
    """

    __tablename__ = "declined"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["contact_id"], ["contact.id"], ondelete="CASCADE"),
        Index("ix_declined_untold", "told_at", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD),
        Index("ix_declined_contact_id", "contact_id"),
    )

    subject: UUID = Field(primary_key=True)
    contact_id: UUID = Field(primary_key=True)
    member_id: UUID = Field(primary_key=True)
    start_at: int = Field(primary_key=True, sa_type=BigInteger)
    workspace_id: UUID
    end_at: int = Field(sa_type=BigInteger)
    title: str = Field(sa_type=Text)
    repeats: bool
    is_booked: bool
    created_at: datetime = Field(sa_type=UtcDateTime)
    told_at: datetime | None = Field(sa_type=UtcDateTime)
    not_before: datetime | None = Field(sa_type=UtcDateTime)
