"""The first tables: people, accounts, calendars, events and the inbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_workspace()
    _create_member()
    _create_account()
    _create_connect_link()
    _create_calendar()
    _create_event()
    _create_occurrence()
    _create_inbox()


def downgrade() -> None:
    for table in ("inbox", "occurrence", "event", "calendar", "connect_link", "account", "member", "workspace"):
        op.drop_table(table)


def _create_workspace() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slack_team_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workspace"),
        sa.UniqueConstraint("slack_team_id", name="uq_workspace_slack_team_id"),
    )


def _create_member() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("slack_user_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("standing", sa.String(length=32), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_member_workspace", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_member_workspace_id_id"),
        sa.UniqueConstraint("workspace_id", "slack_user_id", name="uq_member_workspace_id_slack_user_id"),
    )


def _create_account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("access", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("broken_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_credential", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_account_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("workspace_id", "member_id", "id", name="uq_account_workspace_id_member_id_id"),
    )
    op.create_index(
        "ix_account_connected",
        "account",
        ["member_id", "provider", "address"],
        unique=True,
        sqlite_where=sa.text("status <> 'pending'"),
        postgresql_where=sa.text("status <> 'pending'"),
    )
    op.create_index("ix_account_provider_address", "account", ["provider", "address"])


def _create_connect_link() -> None:
    op.create_table(
        "connect_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=32), nullable=False),
        sa.Column("access", sa.String(length=32), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_connect_link_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_connect_link"),
        sa.UniqueConstraint("token_digest", name="uq_connect_link_token_digest"),
    )
    op.create_index("ix_connect_link_expires_at", "connect_link", ["expires_at"])
    op.create_index("ix_connect_link_member_id", "connect_link", ["member_id"])


def _create_calendar() -> None:
    op.create_table(
        "calendar",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("access_role", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("event_style", sa.String(length=32), nullable=False),
        sa.Column("contact_policy", sa.String(length=32), nullable=False),
        sa.Column("fire_triggers", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_sync_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("sync_token", sa.String(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("expanded_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("longest_seconds", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id", "account_id"],
            ["account.workspace_id", "account.member_id", "account.id"],
            name="fk_calendar_account",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_calendar"),
        sa.UniqueConstraint("account_id", "remote_id", name="uq_calendar_account_id_remote_id"),
    )
    op.create_index(
        "ix_calendar_linked",
        "calendar",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("role = 'linked'"),
        postgresql_where=sa.text("role = 'linked'"),
    )
    op.create_index("ix_calendar_member_id", "calendar", ["member_id"])
    op.create_index("ix_calendar_next_sync_at", "calendar", ["next_sync_at"])


def _create_event() -> None:
    op.create_table(
        "event",
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("needs_expansion", sa.Boolean(), nullable=False),
        sa.Column("is_unreadable", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("ical_uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("shows_as", sa.String(), nullable=False),
        sa.Column("response", sa.String(), nullable=True),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=True),
        sa.Column("start_zone", sa.String(), nullable=True),
        sa.Column("start_day", sa.Date(), nullable=True),
        sa.Column("end_at", sa.BigInteger(), nullable=True),
        sa.Column("end_zone", sa.String(), nullable=True),
        sa.Column("end_day", sa.Date(), nullable=True),
        sa.Column("recurrence", sa.Text(), nullable=False),
        sa.Column("series_id", sa.String(), nullable=True),
        sa.Column("original_at", sa.BigInteger(), nullable=True),
        sa.Column("original_zone", sa.String(), nullable=True),
        sa.Column("original_day", sa.Date(), nullable=True),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["calendar_id"], ["calendar.id"], name="fk_event_calendar", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("calendar_id", "id", name="pk_event"),
    )
    op.create_index(
        "ix_event_marked",
        "event",
        ["calendar_id", "needs_expansion"],
        sqlite_where=sa.text("needs_expansion = 1"),
        postgresql_where=sa.text("needs_expansion"),
    )
    op.create_index(
        "ix_event_series",
        "event",
        ["calendar_id", "series_id"],
        sqlite_where=sa.text("series_id IS NOT NULL"),
        postgresql_where=sa.text("series_id IS NOT NULL"),
    )
    op.create_index(
        "ix_event_unreadable",
        "event",
        ["calendar_id", "is_unreadable"],
        sqlite_where=sa.text("is_unreadable = 1"),
        postgresql_where=sa.text("is_unreadable"),
    )


def _create_occurrence() -> None:
    op.create_table(
        "occurrence",
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.String(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("blocks", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id", "series_id"],
            ["event.calendar_id", "event.id"],
            name="fk_occurrence_event",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("calendar_id", "series_id", "start_at", "event_id", name="pk_occurrence"),
    )
    op.create_index("ix_occurrence_window", "occurrence", ["calendar_id", "start_at", "end_at", "blocks"])


def _create_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_inbox"),
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
