"""By which clock members read times and when their weeks begin, as Slack's language has it or as they choose."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("member", sa.Column("locale", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("member", sa.Column("hour_cycle", sa.String(length=32), nullable=True))
    op.add_column("member", sa.Column("first_day", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("member", "first_day")
    op.drop_column("member", "hour_cycle")
    op.drop_column("member", "locale")
