"""Digests of channels, who agreed or did not, the days on which they came or last came, and private events."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_DUE = sa.text("next_due_at IS NOT NULL")
_NOTICE = sa.text("notice_due_at IS NOT NULL")
_ASK = sa.text("ask_due_at IS NOT NULL")
_PRIVATE = sa.text("is_private")
_PRIVATE_IN_SQLITE = sa.text("is_private = 1")


def upgrade() -> None:
    op.create_table(
        "digest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("channel_name", sa.String(), nullable=False),
        sa.Column("rhythm", sa.String(length=32), nullable=False),
        sa.Column("at_minute", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("is_quiet", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_day", sa.Date(), nullable=False),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused", sa.String(length=32), nullable=True),
        sa.Column("notice_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "creator_id"],
            ["member.workspace_id", "member.id"],
            name="fk_digest_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_digest"),
        sa.UniqueConstraint("workspace_id", "channel_id", name="uq_digest_workspace_id_channel_id"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_digest_workspace_id_id"),
    )
    op.create_index("ix_digest_creator_id", "digest", ["creator_id"])
    op.create_index("ix_digest_due", "digest", ["next_due_at"], sqlite_where=_DUE, postgresql_where=_DUE)
    op.create_index("ix_digest_notice", "digest", ["notice_due_at"], sqlite_where=_NOTICE, postgresql_where=_NOTICE)
    op.create_table(
        "digest_share",
        sa.Column("digest_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String(length=32), nullable=False),
        sa.Column("agreed", sa.String(length=32), nullable=True),
        sa.Column("has_declined", sa.Boolean(), nullable=False),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.Column("ask_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "digest_id"],
            ["digest.workspace_id", "digest.id"],
            name="fk_digest_share_digest",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_digest_share_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest_id", "member_id", name="pk_digest_share"),
    )
    op.create_index("ix_digest_share_member_id", "digest_share", ["member_id"])
    op.create_index("ix_digest_share_ask", "digest_share", ["ask_due_at"], sqlite_where=_ASK, postgresql_where=_ASK)
    op.create_table(
        "digest_run",
        sa.Column("digest_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["digest_id"], ["digest.id"], name="fk_digest_run_digest", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest_id", "day", name="pk_digest_run"),
    )
    op.create_table(
        "digest_refusal",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_digest_refusal_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", "member_id", name="pk_digest_refusal"),
    )
    op.create_table(
        "digest_day",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_digest_day_workspace", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", name="pk_digest_day"),
    )
    op.create_index("ix_digest_refusal_member_id", "digest_refusal", ["member_id"])
    op.create_index(
        "ix_event_private", "event", ["ical_uid"], sqlite_where=_PRIVATE_IN_SQLITE, postgresql_where=_PRIVATE
    )


def downgrade() -> None:
    op.drop_index("ix_event_private", table_name="event")
    op.drop_table("digest_day")
    op.drop_table("digest_refusal")
    op.drop_table("digest_run")
    op.drop_table("digest_share")
    op.drop_table("digest")
