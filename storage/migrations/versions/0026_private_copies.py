"""Whose event somebody made private, remembered beside the appointment: the event may go before it does."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_LINKS = sa.table(
    "remote_link",
    sa.column("appointment_id", sa.Uuid()),
    sa.column("kind", sa.String()),
    sa.column("ical_uid", sa.String()),
    sa.column("is_private", sa.Boolean()),
)
_APPOINTMENTS = sa.table("appointment", sa.column("id", sa.Uuid()), sa.column("workspace_id", sa.Uuid()))
_CALENDARS = sa.table("calendar", sa.column("id", sa.Uuid()), sa.column("workspace_id", sa.Uuid()))
_EVENTS = sa.table(
    "event",
    sa.column("calendar_id", sa.Uuid()),
    sa.column("ical_uid", sa.String()),
    sa.column("is_private", sa.Boolean()),
)


def upgrade() -> None:
    op.add_column("remote_link", sa.Column("is_private", sa.Boolean(), server_default=sa.false(), nullable=False))
    private = (
        sa.select(_LINKS.c.appointment_id)
        .join(_APPOINTMENTS, _APPOINTMENTS.c.id == _LINKS.c.appointment_id)
        .join(_EVENTS, (_EVENTS.c.ical_uid == _LINKS.c.ical_uid) & _EVENTS.c.is_private)
        .join(
            _CALENDARS,
            (_CALENDARS.c.id == _EVENTS.c.calendar_id) & (_CALENDARS.c.workspace_id == _APPOINTMENTS.c.workspace_id),
        )
        .where(_LINKS.c.kind == "event", _LINKS.c.ical_uid != "")
    )
    links = sa.update(_LINKS).where(_LINKS.c.kind == "event", _LINKS.c.appointment_id.in_(private))
    op.execute(links.values(is_private=sa.true()))


def downgrade() -> None:
    op.drop_column("remote_link", "is_private")
