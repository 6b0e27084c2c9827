"""By which meeting an overlap is known in every calendar, and when what Slack refused is tried again."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

# What was told already is to be known again in another calendar.
MEETINGS = """
UPDATE landing SET ical_uid = COALESCE((
    SELECT event.ical_uid FROM event WHERE event.calendar_id = landing.calendar_id AND event.id = landing.series_id
), '')
"""


def upgrade() -> None:
    op.add_column("landing", sa.Column("ical_uid", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.execute(MEETINGS)
    op.add_column("calendar", sa.Column("fuse_ask_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("invitee_question", sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("invitee_question", "not_before")
    op.drop_column("calendar", "fuse_ask_at")
    op.drop_column("landing", "ical_uid")
