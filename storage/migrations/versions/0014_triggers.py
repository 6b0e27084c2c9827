"""Triggers and their ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_DUE = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "trigger_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("whens", sa.Text(), nullable=False),
        sa.Column("hosts", sa.Text(), nullable=False),
        sa.Column("calendar_id", sa.Uuid(), nullable=True),
        sa.Column("booked_in", sa.String(length=32), nullable=True),
        sa.Column("only_tag", sa.String(), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("channel_name", sa.String(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("webhook_host", sa.String(), nullable=False),
        sa.Column("sealed_webhook", sa.LargeBinary(), nullable=True),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["member.workspace_id", "member.id"],
            name="fk_trigger_rule_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_trigger_rule"),
    )
    op.create_index("ix_trigger_rule_workspace_id", "trigger_rule", ["workspace_id"])
    op.create_table(
        "firing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("trigger_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booked_in", sa.String(length=32), nullable=False),
        sa.Column("calendar_id", sa.Uuid(), nullable=True),
        sa.Column("hosts", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=True),
        sa.Column("end_at", sa.BigInteger(), nullable=True),
        sa.Column("before_start_at", sa.BigInteger(), nullable=True),
        sa.Column("before_end_at", sa.BigInteger(), nullable=True),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("venue", sa.String(length=32), nullable=False),
        sa.Column("venue_details", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["trigger_id"], ["trigger_rule.id"], name="fk_firing_trigger_rule", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_firing"),
        sa.UniqueConstraint("trigger_id", "subject", "version", name="uq_firing_trigger_id_subject_version"),
    )
    op.create_index("ix_firing_trigger_id_at", "firing", ["trigger_id", "at"])
    op.create_index("ix_firing_due", "firing", ["due_at"], sqlite_where=_DUE, postgresql_where=_DUE)
    op.create_table(
        "firing_contact",
        sa.Column("firing_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["firing_id"], ["firing.id"], name="fk_firing_contact_firing", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("firing_id", "contact_id", name="pk_firing_contact"),
    )
    op.create_index("ix_firing_contact_contact_id", "firing_contact", ["contact_id"])


def downgrade() -> None:
    op.drop_table("firing_contact")
    op.drop_table("firing")
    op.drop_table("trigger_rule")
