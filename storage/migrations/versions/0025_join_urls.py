"""By which address meetings in Google are joined, and which start the message of a reminder tells."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("join_url", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("reminder", sa.Column("told_start_at", sa.BigInteger(), nullable=True))
    # The addresses were not asked for so far: every calendar whose meetings may be reminded of is read anew.
    op.execute(sa.text("UPDATE calendar SET sync_token = NULL WHERE role = 'linked'"))


def downgrade() -> None:
    op.drop_column("reminder", "told_start_at")
    op.drop_column("event", "join_url")
