"""Reminders before appointments, and the question after them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_DUE = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    # Nothing is late before Daybook knows of it.
    op.add_column("taken", sa.Column("placed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "reminding",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("since_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_reminding_workspace", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_reminding"),
    )
    op.create_table(
        "reminder_choice",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("since_at", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("channel_name", sa.String(), nullable=False),
        sa.Column("shows_titles", sa.Boolean(), nullable=False),
        sa.Column("asks_after", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_reminder_choice_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", name="pk_reminder_choice"),
    )
    op.create_table(
        "reminder_minutes",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["reminder_choice.member_id"],
            name="fk_reminder_minutes_reminder_choice",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", "minutes", name="pk_reminder_minutes"),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("booked_in", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_reminder_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint(
            "subject",
            "start_at",
            "member_id",
            "kind",
            "minutes",
            "channel_id",
            name="uq_reminder_subject_start_at_member_id_kind_minutes_channel_id",
        ),
    )
    op.create_index("ix_reminder_due", "reminder", ["due_at"], sqlite_where=_DUE, postgresql_where=_DUE)
    op.create_index("ix_reminder_start_at", "reminder", ["start_at"])
    op.create_index("ix_reminder_member_id", "reminder", ["member_id"])


def downgrade() -> None:
    op.drop_table("reminder")
    op.drop_table("reminder_minutes")
    op.drop_table("reminder_choice")
    op.drop_table("reminding")
    op.drop_column("taken", "placed_at")
