"""Members' schedules, and of every occurrence how certain its owner is to be there."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_WINDOW = "ix_occurrence_window"


def upgrade() -> None:
    _create_schedule()
    op.add_column("occurrence", sa.Column("certainty", sa.SmallInteger(), server_default=sa.text("0"), nullable=False))
    # What was expanded before would otherwise count as certain until it is expanded again.
    op.execute(
        """
        UPDATE occurrence SET certainty = (
            SELECT CASE event.response WHEN 'tentative' THEN 1 WHEN 'needsAction' THEN 2 ELSE 0 END
            FROM event WHERE event.calendar_id = occurrence.calendar_id AND event.id = occurrence.event_id
        )
        WHERE EXISTS (
            SELECT 1 FROM event
            WHERE event.calendar_id = occurrence.calendar_id AND event.id = occurrence.event_id
                AND event.response IN ('tentative', 'needsAction')
        )
        """
    )
    op.drop_index(_WINDOW, "occurrence")
    op.create_index(_WINDOW, "occurrence", ["calendar_id", "start_at", "end_at", "blocks", "certainty"])


def downgrade() -> None:
    op.drop_index(_WINDOW, "occurrence")
    op.create_index(_WINDOW, "occurrence", ["calendar_id", "start_at", "end_at", "blocks"])
    op.drop_column("occurrence", "certainty")
    op.drop_table("schedule")


def _create_schedule() -> None:
    op.create_table(
        "schedule",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("overrides", sa.Text(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("step_minutes", sa.Integer(), nullable=False),
        sa.Column("before_minutes", sa.Integer(), nullable=False),
        sa.Column("after_minutes", sa.Integer(), nullable=False),
        sa.Column("notice_minutes", sa.Integer(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("daily_cap", sa.Integer(), nullable=True),
        sa.Column("tentative_blocks", sa.Boolean(), nullable=False),
        sa.Column("unanswered_blocks", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("invited", sa.Text(), nullable=False),
        sa.Column("when_stale", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_schedule_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", name="pk_schedule"),
    )
