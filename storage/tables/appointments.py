"""Contacts, and appointments with their hosts' time, their history, and what they are elsewhere."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    column,
    event,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from bot.domain.appointment_log import Deed
from bot.domain.appointments import AppointmentStatus, QuestionKind, Where
from bot.domain.effects import EffectKind, LinkState
from storage.tables.base import Row, table_of
from storage.types import UtcDateTime, text_enum

HELD = text("status = 'held'")
"""What asks for held ones says it in these words, because by them the index is found."""

NO_OVERLAP = "ex_appointment_host_no_overlap"
"""The guard on PostgreSQL."""

SLOT_TAKEN = "slot_taken"
"""What the guard's triggers say on SQLite."""

_TAKEN = f"""
FOR EACH ROW WHEN NEW.live
BEGIN
    SELECT RAISE(ABORT, '{SLOT_TAKEN}') WHERE EXISTS (
        SELECT 1 FROM appointment_host AS other
        WHERE other.host_id = NEW.host_id
            AND other.appointment_id IS NOT NEW.appointment_id
            AND other.live
            AND other.start_at < NEW.end_at
            AND NEW.start_at < other.end_at
    );
END"""
GUARD_TRIGGERS = {
    name: f"CREATE TRIGGER {name} BEFORE {deed} ON appointment_host{_TAKEN}"
    for name, deed in (("appointment_host_insert", "INSERT"), ("appointment_host_update", "UPDATE"))
}
"""The guard on SQLite."""

_ASKED = text("their_end_at IS NOT NULL")
_DUE = text("due_at IS NOT NULL")
_LEASED = text("lease_until IS NOT NULL")
# In a domain's alphabet the same on every database: that of the code points.
_FINDABLE = Text().with_variant(Text(collation="C"), "postgresql")


def _stays(columns: list[str], table: str) -> ForeignKeyConstraint:
    """What is referred to cannot be deleted by itself.

    With its whole workspace it can, which is why nobody looks before the transaction is at its end.
    """
    return ForeignKeyConstraint(
        columns, [f"{table}.workspace_id", f"{table}.id"], deferrable=True, initially="DEFERRED"
    )


class ContactRow(Row, table=True):
    """A person outside the team; `findable` is what a search looks at, and the order in which it answers.

    `tags` is JSON. The one without an address stands for all who were deleted.
    """

    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("workspace_id", "email"),
        UniqueConstraint("workspace_id", "id"),
        Index("ix_contact_findable", "workspace_id", "findable"),
    )

    id: UUID = Field(primary_key=True)
    workspace_id: UUID = Field(foreign_key="workspace.id", ondelete="CASCADE")
    email: str
    name: str
    zone: str
    findable: str = Field(sa_column=Column(_FINDABLE, nullable=False))
    phone: str = Field(sa_column=Column(Text, server_default=text("''"), nullable=False))
    note: str = Field(sa_column=Column(Text, server_default=text("''"), nullable=False))
    tags: str = Field(sa_column=Column(Text, server_default=text("'[]'"), nullable=False))
    version: int = Field(sa_column=Column(Integer, server_default=text("1"), nullable=False))


class AppointmentRow(Row, table=True):
    """An appointment in its latest version; whole epoch seconds, half-open.

    `origin` is the submission that made it, `checked_start` the start for which its link was looked at. Whoever
    booked it, and the contact, cannot be deleted while it is there: what becomes of a booking is decided first.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        _stays(["workspace_id", "booker_id"], "member"),
        _stays(["workspace_id", "contact_id"], "contact"),
        UniqueConstraint("workspace_id", "booker_id", "origin"),
        UniqueConstraint("workspace_id", "id"),
        CheckConstraint("end_at > start_at", name="ck_appointment_span"),
        Index("ix_appointment_contact_id", "contact_id"),
        Index("ix_appointment_start_at", "start_at"),
        Index(
            "ix_appointment_theirs",
            "workspace_id",
            "their_end_at",
            "their_start_at",
            sqlite_where=_ASKED,
            postgresql_where=_ASKED,
        ),
        Index("ix_appointment_held", "expires_at", sqlite_where=HELD, postgresql_where=HELD),
    )

    id: UUID = Field(primary_key=True)
    workspace_id: UUID = Field(foreign_key="workspace.id", ondelete="CASCADE")
    booker_id: UUID
    contact_id: UUID | None
    origin: str
    version: int
    title: str = Field(sa_type=Text)
    start_at: int = Field(sa_type=BigInteger)
    end_at: int = Field(sa_type=BigInteger)
    zone: str
    venue: Where = Field(sa_column=Column(text_enum(Where), nullable=False))
    venue_details: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    status: AppointmentStatus = Field(sa_column=Column(text_enum(AppointmentStatus), nullable=False))
    invites: bool
    created_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(sa_type=UtcDateTime)
    reason: str = Field(sa_type=Text)
    question: QuestionKind | None = Field(sa_column=Column(text_enum(QuestionKind), nullable=True))
    their_start_at: int | None = Field(sa_type=BigInteger)
    their_end_at: int | None = Field(sa_type=BigInteger)
    before_start_at: int | None = Field(sa_type=BigInteger)
    before_end_at: int | None = Field(sa_type=BigInteger)
    only_met_elsewhere: bool = Field(sa_column=Column(Boolean, server_default=false(), nullable=False))
    checked_start: int | None = Field(sa_type=BigInteger)


class AppointmentHostRow(Row, table=True):
    """A host's time: the guard. The database lets no two live rows of one host overlap, whoever writes them.

    `live` and the span are those of the appointment.
    """

    __tablename__ = "appointment_host"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "appointment_id"], ["appointment.workspace_id", "appointment.id"], ondelete="CASCADE"
        ),
        _stays(["workspace_id", "host_id"], "member"),
        CheckConstraint("end_at > start_at", name="ck_appointment_host_span"),
        ExcludeConstraint(
            (column("host_id"), "="),
            (text("int8range(start_at, end_at)"), "&&"),
            where=text("live"),
            using="gist",
            name=NO_OVERLAP,
        ).ddl_if(dialect="postgresql"),
        # By the end, because most of what there is lies behind.
        Index("ix_appointment_host_time", "host_id", "end_at", "start_at", "live"),
    )

    appointment_id: UUID = Field(primary_key=True)
    host_id: UUID = Field(primary_key=True)
    workspace_id: UUID
    position: int
    start_at: int = Field(sa_type=BigInteger)
    end_at: int = Field(sa_type=BigInteger)
    live: bool


for _trigger in GUARD_TRIGGERS.values():
    event.listen(table_of(AppointmentHostRow), "after_create", DDL(_trigger).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]  # not told


class AppointmentLogRow(Row, table=True):
    """A line of an appointment's history, counted from 1."""

    __tablename__ = "appointment_log"
    __table_args__ = (ForeignKeyConstraint(["appointment_id"], ["appointment.id"], ondelete="CASCADE"),)

    appointment_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    deed: Deed = Field(sa_column=Column(text_enum(Deed), nullable=False))
    who: UUID | None = Field(foreign_key="member.id", ondelete="SET NULL")
    before_start_at: int | None = Field(sa_type=BigInteger)
    before_end_at: int | None = Field(sa_type=BigInteger)
    after_start_at: int | None = Field(sa_type=BigInteger)
    after_end_at: int | None = Field(sa_type=BigInteger)
    detail: str = Field(sa_type=Text)


class EffectRow(Row, table=True):
    """What waits to be written elsewhere; one row per appointment and kind.

    `fence` counts the claims, and `asked_fence` is what it was when somebody last asked for the effect without
    making a new version: a delivery that began before is not the last. `told` lines of the history are told.
    """

    __tablename__ = "effect"
    __table_args__ = (
        ForeignKeyConstraint(["appointment_id"], ["appointment.id"], ondelete="CASCADE"),
        Index("ix_effect_due_at", "due_at", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("ix_effect_lane", "lane", "lease_until"),
        Index("ix_effect_lease_until", "lease_until", sqlite_where=_LEASED, postgresql_where=_LEASED),
    )

    appointment_id: UUID = Field(primary_key=True)
    kind: EffectKind = Field(sa_column=Column(text_enum(EffectKind), primary_key=True))
    lane: str
    wanted: int
    delivered: int
    is_noticed: bool
    attempts: int
    first_failed_at: datetime | None = Field(sa_type=UtcDateTime)
    problem: str = Field(sa_type=Text)
    due_at: datetime | None = Field(sa_type=UtcDateTime)
    is_dead: bool
    fence: int = Field(sa_type=BigInteger)
    asked_fence: int = Field(sa_type=BigInteger)
    lease_until: datetime | None = Field(sa_type=UtcDateTime)
    told: int


class RemoteLinkRow(Row, table=True):
    """What an appointment is elsewhere; `agreed` is JSON. It outlives the calendar and account it was made through.

    `address` is that account's, by which it is known when its owner connects it anew. `is_private`: its event was
    read so, and may be gone since.
    """

    __tablename__ = "remote_link"
    __table_args__ = (
        ForeignKeyConstraint(["appointment_id"], ["appointment.id"], ondelete="CASCADE"),
        Index("ix_remote_link_remote_id", "account_id", "container", "remote_id"),
        Index("ix_remote_link_calendar_id", "calendar_id"),
        Index("ix_remote_link_ical_uid", "ical_uid"),
    )

    appointment_id: UUID = Field(primary_key=True)
    kind: EffectKind = Field(sa_column=Column(text_enum(EffectKind), primary_key=True))
    state: LinkState = Field(sa_column=Column(text_enum(LinkState), nullable=False))
    account_id: UUID | None = Field(foreign_key="account.id", ondelete="SET NULL")
    address: str = Field(sa_column=Column(String, server_default=text("''"), nullable=False))
    container: str
    remote_id: str
    calendar_id: UUID | None = Field(foreign_key="calendar.id", ondelete="SET NULL")
    ical_uid: str
    generation: int
    etag: str
    agreed: str | None = Field(sa_type=Text)
    url: str = Field(sa_type=Text)
    is_private: bool = Field(sa_column=Column(Boolean, server_default=false(), nullable=False))
