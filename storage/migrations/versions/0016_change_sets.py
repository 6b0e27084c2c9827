"""What a change of a sync option made."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change_set",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        *_option("before"),
        *_option("after"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_change_set_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_change_set"),
    )
    op.create_index("ix_change_set_member_id", "change_set", ["member_id", "made_at"])
    op.create_index("ix_change_set_calendar_id", "change_set", ["calendar_id", "made_at"])
    op.create_table(
        "made_contact",
        sa.Column("change_set_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name="fk_made_contact_change_set", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_made_contact_contact", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("change_set_id", "contact_id", name="pk_made_contact"),
    )
    op.create_index("ix_made_contact_contact_id", "made_contact", ["contact_id"])
    _leaving()


def _leaving() -> None:
    op.create_table(
        "leaving",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ends_account", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_leaving_account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", name="pk_leaving"),
    )
    op.create_table(
        "left_copy",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("container", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("mails", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["leaving.account_id"], name="fk_left_copy_leaving", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "appointment_id", name="pk_left_copy"),
    )


def downgrade() -> None:
    op.drop_table("left_copy")
    op.drop_table("leaving")
    op.drop_table("made_contact")
    op.drop_table("change_set")


def _option(when: str) -> list["sa.Column[object]"]:
    return [
        sa.Column(f"event_style_{when}", sa.String(length=32), nullable=False),
        sa.Column(f"contact_policy_{when}", sa.String(length=32), nullable=False),
        sa.Column(f"fire_triggers_{when}", sa.Boolean(), nullable=False),
    ]
