"""What sync remembers of a calendar besides its token: its own pace, whether it is lost, and a loss held back."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_HELD = sa.text("fuse_number IS NOT NULL")


def upgrade() -> None:
    op.add_column("calendar", sa.Column("interval_seconds", sa.Integer(), nullable=True))
    op.add_column("calendar", sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("calendar", sa.Column("is_lost", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("calendar", sa.Column("fuse_number", sa.BigInteger(), nullable=True))
    op.add_column("calendar", sa.Column("fuse_gone", sa.Integer(), nullable=True))
    op.add_column("calendar", sa.Column("fuse_coming", sa.Integer(), nullable=True))
    op.add_column("calendar", sa.Column("fuse_approved", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("calendar", sa.Column("fuse_asked_at", sa.DateTime(timezone=True), nullable=True))
    # Asked for at every tick, and next to always empty.
    op.create_index("ix_calendar_fuse", "calendar", ["fuse_asked_at"], sqlite_where=_HELD, postgresql_where=_HELD)


def downgrade() -> None:
    op.drop_index("ix_calendar_fuse", "calendar")
    for column in ("fuse_asked_at", "fuse_approved", "fuse_coming", "fuse_gone", "fuse_number", "is_lost", "listed_at"):
        op.drop_column("calendar", column)
    op.drop_column("calendar", "interval_seconds")
