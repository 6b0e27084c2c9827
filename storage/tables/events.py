"""Events as fetched and their occurrences; whole epoch seconds, because they are read by the ten thousand."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, ForeignKeyConstraint, Index, SmallInteger, Text, false, text
from sqlmodel import Field

from storage.tables.base import Row

_MARKED = text("needs_expansion")
_UNREADABLE = text("is_unreadable")
_UNDECIDED = text("needs_decision")
_EXCEPTION = text("series_id IS NOT NULL")
_PRIVATE = text("is_private")
# SQLite has no booleans: what asks for the marked ones says "= 1", and so must the index that is to answer.
_MARKED_IN_SQLITE = text("needs_expansion = 1")
_UNREADABLE_IN_SQLITE = text("is_unreadable = 1")
_UNDECIDED_IN_SQLITE = text("needs_decision = 1")
_PRIVATE_IN_SQLITE = text("is_private = 1")

COPY = text("certainty = 3")
"""What asks for copies (`Certainty.COPY`) says it in these words, because by them the index is found."""


class EventRow(Row, table=True):
    """A remote event. A timed start is `start_at` with its zone, an all-day one `start_day`; ends likewise.

    Enums are plain text here: converting them value by value would cost as much as writing them.
    `problem` is what the client found wrong; `trouble` is what keeps the event from being read, whoever found
    it, and `is_unreadable` says that there is some. `invitees` is JSON, kept for linked calendars alone, and
    `shade` what the event was decided to be. `join_url` is kept for linked calendars alone, too.
    """

    __tablename__ = "event"
    __table_args__ = (
        ForeignKeyConstraint(["calendar_id"], ["calendar.id"], ondelete="CASCADE"),
        # The flags stand in their indexes besides choosing the rows: to SQLite, which keeps no statistics, a
        # second column that is compared is what makes an index better than the primary key.
        Index(
            "ix_event_marked",
            "calendar_id",
            "needs_expansion",
            sqlite_where=_MARKED_IN_SQLITE,
            postgresql_where=_MARKED,
        ),
        Index(
            "ix_event_unreadable",
            "calendar_id",
            "is_unreadable",
            sqlite_where=_UNREADABLE_IN_SQLITE,
            postgresql_where=_UNREADABLE,
        ),
        # With the id, by which the marked ones are taken in order.
        Index(
            "ix_event_undecided",
            "calendar_id",
            "needs_decision",
            "id",
            sqlite_where=_UNDECIDED_IN_SQLITE,
            postgresql_where=_UNDECIDED,
        ),
        Index(
            "ix_event_series",
            "calendar_id",
            "series_id",
            sqlite_where=_EXCEPTION,
            postgresql_where=_EXCEPTION,
        ),
        Index("ix_event_private", "ical_uid", sqlite_where=_PRIVATE_IN_SQLITE, postgresql_where=_PRIVATE),
    )

    calendar_id: UUID = Field(primary_key=True)
    id: str = Field(primary_key=True)
    generation: int
    needs_expansion: bool
    is_unreadable: bool
    trouble: str | None = Field(sa_type=Text)
    status: str
    etag: str
    ical_uid: str
    kind: str
    shows_as: str
    response: str | None
    is_private: bool
    title: str = Field(sa_type=Text)
    start_at: int | None = Field(sa_type=BigInteger)
    start_zone: str | None
    start_day: date | None
    end_at: int | None = Field(sa_type=BigInteger)
    end_zone: str | None
    end_day: date | None
    recurrence: str = Field(sa_type=Text)
    series_id: str | None
    original_at: int | None = Field(sa_type=BigInteger)
    original_zone: str | None
    original_day: date | None
    link: str = Field(sa_type=Text)
    is_own: bool
    problem: str | None = Field(sa_type=Text)
    invitees: str = Field(sa_column=Column(Text, server_default=text("''"), nullable=False))
    created_at: int | None = Field(sa_type=BigInteger)
    needs_decision: bool = Field(sa_column=Column(Boolean, server_default=false(), nullable=False))
    shade: str | None
    join_url: str = Field(sa_column=Column(Text, server_default=text("''"), nullable=False))


class OccurrenceRow(Row, table=True):
    """One concrete happening: half-open, of the event `series_id`, told of by the event `event_id`."""

    __tablename__ = "occurrence"
    __table_args__ = (
        ForeignKeyConstraint(["calendar_id", "series_id"], ["event.calendar_id", "event.id"], ondelete="CASCADE"),
        # Answers "who is free" without touching the table.
        Index("ix_occurrence_window", "calendar_id", "start_at", "end_at", "blocks", "certainty"),
        Index("ix_occurrence_copy", "calendar_id", "start_at", sqlite_where=COPY, postgresql_where=COPY),
    )

    calendar_id: UUID = Field(primary_key=True)
    series_id: str = Field(primary_key=True)
    start_at: int = Field(primary_key=True, sa_type=BigInteger)
    event_id: str = Field(primary_key=True)
    end_at: int = Field(sa_type=BigInteger)
    blocks: bool
    certainty: int = Field(sa_column=Column(SmallInteger, nullable=False, server_default=text("0")))


class IgnoredEventRow(Row, table=True):
    """An event that its owner has Daybook pass over. It outlives what is read of the event, not the calendar."""

    __tablename__ = "ignored_event"
    __table_args__ = (ForeignKeyConstraint(["calendar_id"], ["calendar.id"], ondelete="CASCADE"),)

    calendar_id: UUID = Field(primary_key=True)
    series_id: str = Field(primary_key=True)
