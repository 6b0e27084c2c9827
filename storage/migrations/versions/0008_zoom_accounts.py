"""By what Zoom knows an account, who renews a permission that is good for one renewal, how one usually meets."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("external_id", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("account", sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("account", sa.Column("refresh_fence", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column("account", sa.Column("refresh_lease_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_account_external_id", "account", ["external_id"])
    op.add_column("schedule", sa.Column("usual_where", sa.String(length=32), nullable=True))
    op.add_column("schedule", sa.Column("usual_details", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("schedule", sa.Column("invites", sa.Boolean(), server_default=sa.true(), nullable=False))


def downgrade() -> None:
    for column in ("invites", "usual_details", "usual_where"):
        op.drop_column("schedule", column)
    op.drop_index("ix_account_external_id", "account")
    for column in ("refresh_lease_until", "refresh_fence", "renewed_at", "external_id"):
        op.drop_column("account", column)
