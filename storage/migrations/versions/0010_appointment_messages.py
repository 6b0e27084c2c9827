"""Messages to everybody in an appointment besides its first host, and what has changed of a booking."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appointment_message",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name="fk_appointment_message_appointment",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name="fk_appointment_message_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("appointment_id", "member_id", name="pk_appointment_message"),
    )
    op.add_column(
        "appointment", sa.Column("only_met_elsewhere", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_index("ix_appointment_message_member_id", "appointment_message", ["member_id"])


def downgrade() -> None:
    op.drop_column("appointment", "only_met_elsewhere")
    op.drop_table("appointment_message")
    # Nobody delivers them before this revision, and no such kind is known there.
    op.execute("DELETE FROM effect WHERE kind = 'messages'")
