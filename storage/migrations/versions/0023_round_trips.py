"""Round trip checks, and the events of theirs that are to be removed."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_UNTIDIED = sa.text("tidy_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "round_trip",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waits_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("came_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("way", sa.String(length=32), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("tidy_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("is_left", sa.Boolean(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id", "account_id"],
            ["account.workspace_id", "account.member_id", "account.id"],
            name="fk_round_trip_account",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", name="pk_round_trip"),
    )
    op.create_index("ix_round_trip_account_id", "round_trip", ["account_id"])
    op.create_index(
        "ix_round_trip_untidied", "round_trip", ["tidy_at"], sqlite_where=_UNTIDIED, postgresql_where=_UNTIDIED
    )


def downgrade() -> None:
    op.drop_table("round_trip")
