"""Invitees of events, and the appointments taken from Google."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("invitees", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("event", sa.Column("created_at", sa.BigInteger(), nullable=True))
    op.add_column("event", sa.Column("needs_decision", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("event", sa.Column("shade", sa.String(), nullable=True))
    op.create_index(
        "ix_event_undecided",
        "event",
        ["calendar_id", "needs_decision", "id"],
        sqlite_where=sa.text("needs_decision = 1"),
        postgresql_where=sa.text("needs_decision"),
    )
    op.add_column("calendar", sa.Column("option_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("calendar", sa.Column("decide_after", sa.DateTime(timezone=True), nullable=True))
    # Invitees were not kept so far: linked calendars are read anew from their start.
    op.execute(sa.text("UPDATE calendar SET sync_token = NULL WHERE role = 'linked'"))
    _meetings()
    _people()


def _meetings() -> None:
    op.create_table(
        "taken",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("ical_uid", sa.String(), nullable=False),
        sa.Column("original_at", sa.BigInteger(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("repeats", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("over_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_taken_workspace", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_taken"),
        sa.UniqueConstraint(
            "workspace_id", "ical_uid", "original_at", name="uq_taken_workspace_id_ical_uid_original_at"
        ),
    )
    op.create_table(
        "taken_contact",
        sa.Column("taken_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("response", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["taken_id"], ["taken.id"], name="fk_taken_contact_taken", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_taken_contact_contact", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("taken_id", "contact_id", name="pk_taken_contact"),
    )
    op.create_index("ix_taken_contact_contact_id", "taken_contact", ["contact_id"])
    op.create_table(
        "taken_place",
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("taken_id", sa.Uuid(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["taken_id"], ["taken.id"], name="fk_taken_place_taken", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["calendar_id"], ["calendar.id"], name="fk_taken_place_calendar", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("calendar_id", "event_id", name="pk_taken_place"),
    )
    op.create_index("ix_taken_place_taken_id", "taken_place", ["taken_id"])
    op.create_index(
        "ix_taken_place_gone",
        "taken_place",
        ["calendar_id", "is_gone"],
        sqlite_where=sa.text("is_gone = 1"),
        postgresql_where=sa.text("is_gone"),
    )


def _people() -> None:
    op.create_table(
        "invited",
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id", "event_id"], ["event.calendar_id", "event.id"], name="fk_invited_event", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("calendar_id", "event_id", "email", name="pk_invited"),
    )
    op.create_index("ix_invited_email", "invited", ["email"])
    op.create_table(
        "declined",
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("repeats", sa.Boolean(), nullable=False),
        sa.Column("is_booked", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_declined_member",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_declined_contact", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("subject", "contact_id", "member_id", "start_at", name="pk_declined"),
    )
    op.create_index(
        "ix_declined_untold",
        "declined",
        ["told_at"],
        sqlite_where=sa.text("told_at IS NULL"),
        postgresql_where=sa.text("told_at IS NULL"),
    )
    op.create_index("ix_declined_contact_id", "declined", ["contact_id"])


def downgrade() -> None:
    for table in ("declined", "invited", "taken_place", "taken_contact", "taken"):
        op.drop_table(table)
    for column in ("decide_after", "option_since"):
        op.drop_column("calendar", column)
    op.drop_index("ix_event_undecided", "event")
    for column in ("shade", "needs_decision", "created_at", "invitees"):
        op.drop_column("event", column)
