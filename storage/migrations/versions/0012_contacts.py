"""What a workspace knows of its contacts, and the addresses that wait for a word or never become one."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("phone", "note"):
        op.add_column("contact", sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("contact", sa.Column("tags", sa.Text(), server_default=sa.text("'[]'"), nullable=False))
    op.add_column("contact", sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False))
    _create_address()
    _create_of_workspace("blocked_address", sa.Column("pattern", sa.String(), nullable=False), _moment("blocked_at"))
    _create_of_workspace("own_domain", sa.Column("domain", sa.String(), nullable=False), _moment("named_at"))
    _create_of_workspace(
        "colleague",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("is_colleague", sa.Boolean(), nullable=False),
        _moment("checked_at"),
    )
    _create_question()


def downgrade() -> None:
    for table in ("invitee_question", "colleague", "own_domain", "blocked_address", "contact_address"):
        op.drop_table(table)
    for column in ("version", "tags", "note", "phone"):
        op.drop_column("contact", column)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _create_address() -> None:
    op.create_table(
        "contact_address",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contact.workspace_id", "contact.id"],
            name="fk_contact_address_contact",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "email", name="pk_contact_address"),
    )
    op.create_index("ix_contact_address_contact_id", "contact_address", ["contact_id"])


def _create_of_workspace(name: str, key: sa.Column[Any], *others: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        key,
        *others,
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=f"fk_{name}_workspace", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", key.name, name=f"pk_{name}"),
    )


def _create_question() -> None:
    op.create_table(
        "invitee_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("host_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        _moment("asked_at"),
        sa.Column("batch", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=32), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "host_id"],
            ["member.workspace_id", "member.id"],
            name="fk_invitee_question_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitee_question"),
    )
    op.create_index("ix_invitee_question_email", "invitee_question", ["workspace_id", "email"])
    op.create_index("ix_invitee_question_host_id", "invitee_question", ["host_id", "batch"])
    op.create_index(
        "ix_invitee_question_unasked",
        "invitee_question",
        ["asked_at"],
        sqlite_where=sa.text("batch IS NULL AND answer IS NULL"),
        postgresql_where=sa.text("batch IS NULL AND answer IS NULL"),
    )
