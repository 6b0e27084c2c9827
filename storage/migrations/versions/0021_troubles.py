"""Reminders to connect again, owners told of triggers that failed, and events that landed on appointments."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_NUDGED = sa.text("nudge_at IS NOT NULL")
_UNTOLD = sa.text("is_untold")
_UNTOLD_IN_SQLITE = sa.text("is_untold = 1")
_OPEN = sa.text("state IN ('waiting', 'told')")
_STALE = sa.text("shown < wanted")

# What stands on an appointment by now is nothing new to its host.
KNOWN = """
INSERT INTO landing (
    appointment_id, calendar_id, series_id, start_at, end_at, event_id, workspace_id, member_id, version, state, due_at
)
SELECT host.appointment_id, calendar.id, happening.series_id, happening.start_at, MAX(happening.end_at),
    MIN(happening.event_id), host.workspace_id, host.host_id, appointment.version, 'known', appointment.changed_at
FROM appointment_host AS host
JOIN appointment ON appointment.id = host.appointment_id
JOIN calendar ON calendar.member_id = host.host_id
JOIN occurrence AS happening ON happening.calendar_id = calendar.id
    AND happening.start_at < host.end_at
    AND happening.start_at >= host.start_at - calendar.longest_seconds
    AND happening.end_at > host.start_at
    AND happening.blocks
WHERE host.live
GROUP BY host.appointment_id, calendar.id, happening.series_id, happening.start_at, host.workspace_id, host.host_id,
    appointment.version, appointment.changed_at
"""


def upgrade() -> None:
    op.add_column("account", sa.Column("nudges", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("account", sa.Column("nudge_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_account_nudge_at", "account", ["nudge_at"], sqlite_where=_NUDGED, postgresql_where=_NUDGED)
    # Whoever looks at it finds out when it is due.
    op.execute("UPDATE account SET nudge_at = notified_at WHERE status = 'needs_reconnect'")
    op.add_column("trigger_rule", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("firing", sa.Column("is_untold", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(
        "ix_firing_untold",
        "firing",
        ["trigger_id", "is_untold"],
        sqlite_where=_UNTOLD_IN_SQLITE,
        postgresql_where=_UNTOLD,
    )
    _create_landings()
    op.execute(KNOWN)


def _create_landings() -> None:
    op.create_table(
        "landing_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_landing_batch_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_landing_batch"),
    )
    op.create_index("ix_landing_batch_member_id", "landing_batch", ["member_id"])
    op.create_index(
        "ix_landing_batch_stale", "landing_batch", ["lease_until"], sqlite_where=_STALE, postgresql_where=_STALE
    )
    op.create_table(
        "landing",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.String(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name="fk_landing_appointment", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["landing_batch.id"], name="fk_landing_landing_batch", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_landing_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("appointment_id", "calendar_id", "series_id", "start_at", name="pk_landing"),
        sa.UniqueConstraint("batch_id", "number", name="uq_landing_batch_id_number"),
    )
    op.create_index("ix_landing_member_id", "landing", ["member_id"])
    op.create_index("ix_landing_open", "landing", ["state"], sqlite_where=_OPEN, postgresql_where=_OPEN)


def downgrade() -> None:
    op.drop_table("landing")
    op.drop_table("landing_batch")
    op.drop_index("ix_firing_untold", "firing")
    op.drop_column("firing", "is_untold")
    op.drop_column("trigger_rule", "told_at")
    op.drop_index("ix_account_nudge_at", "account")
    op.drop_column("account", "nudge_at")
    op.drop_column("account", "nudges")
