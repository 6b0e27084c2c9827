"""Which pending connection an account took over last: it alone leads from its page to the account."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("absorbed_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("account", "absorbed_id")
