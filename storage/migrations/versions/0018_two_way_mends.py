"""What the two ways still wanted."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _leavings()
    _triggers()


def downgrade() -> None:
    _undo_triggers()
    _undo_leavings()


def _leavings() -> None:
    """An appointment that moves on twice leaves two events behind; what is told of it outlives the account."""
    op.add_column("leaving", sa.Column("fence", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    with op.batch_alter_table("left_copy") as batch:
        batch.drop_constraint("pk_left_copy", type_="primary")
        batch.create_primary_key("pk_left_copy", ["account_id", "appointment_id", "event_id"])
    op.create_table(
        "left_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("revocation", sa.String(), nullable=True),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_left_report_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_left_report"),
    )


def _undo_leavings() -> None:
    op.drop_table("left_report")
    # One event of an appointment is all that could be remembered.
    op.execute(
        "DELETE FROM left_copy WHERE EXISTS (SELECT 1 FROM left_copy AS other "
        "WHERE other.account_id = left_copy.account_id AND other.appointment_id = left_copy.appointment_id "
        "AND other.event_id < left_copy.event_id)"
    )
    with op.batch_alter_table("left_copy") as batch:
        batch.drop_constraint("pk_left_copy", type_="primary")
        batch.create_primary_key("pk_left_copy", ["account_id", "appointment_id"])
    op.drop_column("leaving", "fence")


def _triggers() -> None:
    """What is older than a trigger's last beginning fires nothing; meetings that lapsed go with their calendar."""
    op.add_column("trigger_rule", sa.Column("active_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("invitee_question", sa.Column("met_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("workspace", sa.Column("lacks_addresses", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("taken", sa.Column("lapsed_in", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_taken_lapsed_in",
        "taken",
        ["lapsed_in"],
        sqlite_where=sa.text("lapsed_in IS NOT NULL"),
        postgresql_where=sa.text("lapsed_in IS NOT NULL"),
    )


def _undo_triggers() -> None:
    op.drop_index("ix_taken_lapsed_in", table_name="taken")
    op.drop_column("taken", "lapsed_in")
    op.drop_column("workspace", "lacks_addresses")
    op.drop_column("invitee_question", "met_at")
    op.drop_column("trigger_rule", "active_since")
