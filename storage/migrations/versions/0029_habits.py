"""By which clock members read times and when their weeks begin, as Slack's language has it or as they choose."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("member", sa.Column("locale", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("member", sa.Column("dial", sa.String(length=32), nullable=True))
    op.add_column("member", sa.Column("week_begins", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("member", "week_begins")
    op.drop_column("member", "dial")
    op.drop_column("member", "locale")
