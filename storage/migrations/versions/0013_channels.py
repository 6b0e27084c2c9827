"""Push channels of calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "push_channel",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("calendar_id", sa.Uuid(), nullable=True),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heard_fence", sa.BigInteger(), nullable=False),
        sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_push_channel_account", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["calendar_id"], ["calendar.id"], name="fk_push_channel_calendar", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_push_channel"),
    )
    op.create_index("ix_push_channel_account_id", "push_channel", ["account_id"])
    op.create_index("ix_push_channel_calendar_id", "push_channel", ["calendar_id"])
    op.create_table(
        "push_plan",
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["calendar_id"], ["calendar.id"], name="fk_push_plan_calendar", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("calendar_id", name="pk_push_plan"),
    )


def downgrade() -> None:
    op.drop_table("push_plan")
    op.drop_table("push_channel")
