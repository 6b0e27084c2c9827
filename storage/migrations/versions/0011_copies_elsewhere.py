"""Events of appointments that stand elsewhere than the appointments, and whose account they were written through."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_COPY = sa.text("certainty = 3")
_ASKED = sa.text("their_end_at IS NOT NULL")
_WORK_OUT_ANEW = sa.text(
    """
    UPDATE event SET needs_expansion = true
    WHERE ical_uid IN (SELECT ical_uid FROM remote_link WHERE kind = 'event' AND ical_uid <> '')
    """
)

_NAME_ACCOUNTS = sa.text(
    "UPDATE remote_link SET address = (SELECT account.address FROM account WHERE account.id = account_id) "
    "WHERE account_id IS NOT NULL"
)


def upgrade() -> None:
    op.add_column("remote_link", sa.Column("address", sa.String(), server_default=sa.text("''"), nullable=False))
    op.execute(_NAME_ACCOUNTS)
    op.create_index(
        "ix_occurrence_copy", "occurrence", ["calendar_id", "start_at"], sqlite_where=_COPY, postgresql_where=_COPY
    )
    op.create_index(
        "ix_appointment_theirs",
        "appointment",
        ["workspace_id", "their_end_at", "their_start_at"],
        sqlite_where=_ASKED,
        postgresql_where=_ASKED,
    )
    # What they take was not told apart before; the next sync of their calendars does.
    op.execute(_WORK_OUT_ANEW)


def downgrade() -> None:
    op.execute("UPDATE occurrence SET certainty = 0 WHERE certainty = 3")
    op.drop_index("ix_appointment_theirs", table_name="appointment")
    op.drop_index("ix_occurrence_copy", table_name="occurrence")
    op.drop_column("remote_link", "address")
