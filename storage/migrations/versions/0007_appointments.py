"""Contacts, appointments with the guard that keeps them apart, and what is written elsewhere about them."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from storage.guard import ExtensionMissing

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_HELD = sa.text("status = 'held'")
_DUE = sa.text("due_at IS NOT NULL")
_LEASED = sa.text("lease_until IS NOT NULL")
_AT_THE_END: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"}
_TAKEN = """
FOR EACH ROW WHEN NEW.live
BEGIN
    SELECT RAISE(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM appointment_host AS other
        WHERE other.host_id = NEW.host_id
            AND other.appointment_id IS NOT NEW.appointment_id
            AND other.live
            AND other.start_at < NEW.end_at
            AND NEW.start_at < other.end_at
    );
END"""


def upgrade() -> None:
    is_postgres = op.get_bind().dialect.name == "postgresql"
    if is_postgres:
        _install_btree_gist()
    _create_contact(is_postgres)
    _create_appointment()
    _create_appointment_host(is_postgres)
    _create_appointment_log()
    _create_effect()
    _create_remote_link()


def downgrade() -> None:
    # The extension stays: it may have been there before, and others may use it.
    for table in ("remote_link", "effect", "appointment_log", "appointment_host", "appointment", "contact"):
        op.drop_table(table)


def _install_btree_gist() -> None:
    """Looked for first, because to install it even where it is there already takes the right to do so."""
    connection = op.get_bind()
    if connection.scalar(sa.text("SELECT 1 FROM pg_extension WHERE extname = 'btree_gist'")):
        return
    try:
        connection.execute(sa.text("CREATE EXTENSION btree_gist"))
    except sa.exc.DBAPIError as error:
        raise ExtensionMissing(str(error.orig).partition("\n")[0]) from error


def _create_contact(is_postgres: bool) -> None:
    findable = sa.Text(collation="C") if is_postgres else sa.Text()
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("findable", findable, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_contact_workspace", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sa.UniqueConstraint("workspace_id", "email", name="uq_contact_workspace_id_email"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_contact_workspace_id_id"),
    )
    op.create_index("ix_contact_findable", "contact", ["workspace_id", "findable"])


def _create_appointment() -> None:
    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("booker_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("venue", sa.String(length=32), nullable=False),
        sa.Column("venue_details", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("invites", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("question", sa.String(length=32), nullable=True),
        sa.Column("their_start_at", sa.BigInteger(), nullable=True),
        sa.Column("their_end_at", sa.BigInteger(), nullable=True),
        sa.Column("before_start_at", sa.BigInteger(), nullable=True),
        sa.Column("before_end_at", sa.BigInteger(), nullable=True),
        sa.Column("checked_start", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_appointment_workspace", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "booker_id"],
            ["member.workspace_id", "member.id"],
            name="fk_appointment_member",
            **_AT_THE_END,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contact.workspace_id", "contact.id"],
            name="fk_appointment_contact",
            **_AT_THE_END,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_appointment"),
        sa.UniqueConstraint("workspace_id", "booker_id", "origin", name="uq_appointment_workspace_id_booker_id_origin"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_appointment_workspace_id_id"),
        sa.CheckConstraint("end_at > start_at", name="ck_appointment_span"),
    )
    op.create_index("ix_appointment_contact_id", "appointment", ["contact_id"])
    op.create_index("ix_appointment_start_at", "appointment", ["start_at"])
    op.create_index("ix_appointment_held", "appointment", ["expires_at"], sqlite_where=_HELD, postgresql_where=_HELD)


def _create_appointment_host(is_postgres: bool) -> None:
    guard = ExcludeConstraint(
        (sa.column("host_id"), "="),
        (sa.text("int8range(start_at, end_at)"), "&&"),
        where=sa.text("live"),
        using="gist",
        name="ex_appointment_host_no_overlap",
    )
    op.create_table(
        "appointment_host",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("host_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "appointment_id"],
            ["appointment.workspace_id", "appointment.id"],
            name="fk_appointment_host_appointment",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "host_id"],
            ["member.workspace_id", "member.id"],
            name="fk_appointment_host_member",
            **_AT_THE_END,
        ),
        sa.PrimaryKeyConstraint("appointment_id", "host_id", name="pk_appointment_host"),
        sa.CheckConstraint("end_at > start_at", name="ck_appointment_host_span"),
        *([guard] if is_postgres else []),
    )
    op.create_index("ix_appointment_host_time", "appointment_host", ["host_id", "end_at", "start_at", "live"])
    if not is_postgres:
        op.execute(f"CREATE TRIGGER appointment_host_insert BEFORE INSERT ON appointment_host{_TAKEN}")
        op.execute(f"CREATE TRIGGER appointment_host_update BEFORE UPDATE ON appointment_host{_TAKEN}")


def _create_appointment_log() -> None:
    op.create_table(
        "appointment_log",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deed", sa.String(length=32), nullable=False),
        sa.Column("who", sa.Uuid(), nullable=True),
        sa.Column("before_start_at", sa.BigInteger(), nullable=True),
        sa.Column("before_end_at", sa.BigInteger(), nullable=True),
        sa.Column("after_start_at", sa.BigInteger(), nullable=True),
        sa.Column("after_end_at", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name="fk_appointment_log_appointment", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["who"], ["member.id"], name="fk_appointment_log_member", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("appointment_id", "number", name="pk_appointment_log"),
    )


def _create_effect() -> None:
    op.create_table(
        "effect",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("delivered", sa.Integer(), nullable=False),
        sa.Column("is_noticed", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_dead", sa.Boolean(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("asked_fence", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name="fk_effect_appointment", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("appointment_id", "kind", name="pk_effect"),
    )
    op.create_index("ix_effect_due_at", "effect", ["due_at"], sqlite_where=_DUE, postgresql_where=_DUE)
    op.create_index("ix_effect_lane", "effect", ["lane", "lease_until"])
    op.create_index("ix_effect_lease_until", "effect", ["lease_until"], sqlite_where=_LEASED, postgresql_where=_LEASED)


def _create_remote_link() -> None:
    op.create_table(
        "remote_link",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("container", sa.String(), nullable=False),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.Column("calendar_id", sa.Uuid(), nullable=True),
        sa.Column("ical_uid", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name="fk_remote_link_appointment", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_remote_link_account", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["calendar_id"], ["calendar.id"], name="fk_remote_link_calendar", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("appointment_id", "kind", name="pk_remote_link"),
    )
    op.create_index("ix_remote_link_remote_id", "remote_link", ["account_id", "container", "remote_id"])
    op.create_index("ix_remote_link_calendar_id", "remote_link", ["calendar_id"])
    op.create_index("ix_remote_link_ical_uid", "remote_link", ["ical_uid"])
