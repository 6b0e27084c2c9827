"""Messages that ask whether somebody's days may stand in a digest, and who paused a digest."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_STALE = sa.text("shown < wanted")


def upgrade() -> None:
    op.add_column("digest", sa.Column("paused_by", sa.Uuid(), nullable=True))
    op.add_column("digest", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "digest_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("digest_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("channel_name", sa.String(), nullable=False),
        sa.Column("asked", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("ended", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("wanted", sa.BigInteger(), nullable=False),
        sa.Column("shown", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_digest_question_workspace", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_digest_question"),
    )
    op.create_index("ix_digest_question_digest_id", "digest_question", ["digest_id"])
    op.create_index("ix_digest_question_member_id", "digest_question", ["member_id"])
    op.create_index(
        "ix_digest_question_stale", "digest_question", ["lease_until"], sqlite_where=_STALE, postgresql_where=_STALE
    )


def downgrade() -> None:
    op.drop_table("digest_question")
    op.drop_column("digest", "paused_at")
    op.drop_column("digest", "paused_by")
