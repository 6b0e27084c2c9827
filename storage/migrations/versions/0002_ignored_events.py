"""Events that their owners have Daybook pass over."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ignored_event",
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["calendar_id"], ["calendar.id"], name="fk_ignored_event_calendar", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("calendar_id", "series_id", name="pk_ignored_event"),
    )


def downgrade() -> None:
    op.drop_table("ignored_event")
