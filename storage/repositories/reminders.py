"""Each reminder that was made: who sees to it, and how that ended."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, or_, select, update

from bot.domain.cards import PostedCard
from bot.domain.errors import LeaseLost
from bot.domain.intervals import Interval
from bot.domain.reminders import REMINDER_LEASE, Reminder, ReminderClaim, ReminderState
from storage.repositories.reminder_plans import ReminderPlans
from storage.repositories.reminder_taken import told_wrongly
from storage.repositories.upserts import insert
from storage.tables import REMINDERS
from storage.text import storable

# Built once, because every change to an appointment ends with it.
_SHOW_ANEW = update(REMINDERS).where(
    REMINDERS.c.subject == bindparam("of_subject"),
    or_(REMINDERS.c.message != "", REMINDERS.c.lease_until.is_not(None)),
)


class SqlReminders(ReminderPlans):
    """Implements `ports.Reminders`; what is wanted and what is due by now is in the parent."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def has_work(self, now: datetime) -> bool:
        """Whether it is worth the while to plan and to claim."""
        due = self._connection.execute(select(REMINDERS.c.id).where(_is_due(now)).limit(1)).first()
        return due is not None or bool(self.coming(now, limit=1)) or self._is_told_wrongly(now)

    def enter(self, reminders: Sequence[Reminder]) -> int:
        """Enter those that are not there; how many were not."""
        entered = 0
        for reminder in reminders:
            row = (
                insert(self._connection.dialect.name, REMINDERS)
                .values(_columns(reminder))
                .on_conflict_do_nothing()
                .returning(REMINDERS.c.id)
            )
            entered += self._connection.execute(row).one_or_none() is not None
        return entered

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[ReminderClaim]:
        """Claim what is due and not held by a live lease; what begins first comes first."""
        rows = self._connection.execute(
            select(REMINDERS)
            .where(_is_due(now))
            .order_by(REMINDERS.c.attempts > 0, REMINDERS.c.start_at, REMINDERS.c.due_at, REMINDERS.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, key_share=True)
        ).all()
        for row in rows:
            self._write(row.id, fence=row.fence + 1, lease_until=now + REMINDER_LEASE)
        return [ReminderClaim(_reminder(row), row.fence + 1) for row in rows]

    def sending(self, claim: ReminderClaim, now: datetime) -> None:
        """Hold it for a whole lease: it is about to be sent."""
        row = self._held(claim)
        self._write(row.id, sent_at=row.sent_at or now, lease_until=now + REMINDER_LEASE)

    def retry(self, claim: ReminderClaim, *, problem: str, due_at: datetime, was_sent: bool) -> None:
        """The try failed: free the lease."""
        row = self._held(claim)
        # What an earlier try may have brought there is there, whatever came of this one.
        sent_at = row.sent_at if was_sent else claim.reminder.sent_at
        told = {"problem": storable(problem), "due_at": due_at, "sent_at": sent_at}
        self._write(row.id, attempts=row.attempts + 1, lease_until=None, **told)

    def give_back(self, claim: ReminderClaim) -> None:
        """It was not tried at all: free the lease."""
        self._write(self._held(claim).id, lease_until=None)

    def sent(self, claim: ReminderClaim, posted: PostedCard | None, now: datetime, *, told_start: int) -> None:
        """It stands there, and tells that start."""
        row = self._held(claim)
        where = {"channel": posted.channel, "message": posted.message} if posted is not None else {}
        told = {"state": ReminderState.SENT, "problem": "", "due_at": None, "sent_at": row.sent_at or now}
        self._write(row.id, attempts=0, lease_until=None, told_start_at=told_start, **where, **told)

    def show_anew(self, claim: ReminderClaim, now: datetime) -> None:
        """What stands there does not say how things are."""
        self._write(self._held(claim).id, due_at=now)

    def not_now(self, claim: ReminderClaim, until: datetime, *, problem: str) -> None:
        """The meeting is not what it is about, for now."""
        row = self._held(claim)
        self._write(row.id, problem=storable(problem), due_at=until, wanted_at=until, lease_until=None)

    def hand_on(self, claim: ReminderClaim, member_id: UUID, now: datetime) -> None:
        """Another host has it said by his wish."""
        row = self._held(claim)
        anew = {"attempts": 0, "problem": "", "due_at": now, "sent_at": None, "lease_until": None}
        self._write(row.id, member_id=member_id, **anew)

    def end(self, claim: ReminderClaim, state: ReminderState, *, problem: str = "") -> None:
        """Nothing more is tried."""
        row = self._held(claim)
        self._write(row.id, state=state, problem=storable(problem), due_at=None, lease_until=None)

    def look_at_taken(self, now: datetime) -> None:
        """Have messages shown anew which tell another start than their meeting in Google has by now."""
        self._connection.execute(update(REMINDERS).where(told_wrongly(now)).values(due_at=now))

    def changed(self, subject: UUID, now: datetime) -> None:
        """Have every message about it shown anew.

        What is on its way has no message yet. Its row is written too, so that this waits for whoever notes that it
        arrived, and finds the message then, or else is seen by him.
        """
        self._connection.execute(_SHOW_ANEW, {"of_subject": subject, "due_at": now})

    def of(self, subject: UUID) -> Sequence[Reminder]:
        """What was entered for a meeting, by start, and the longest before it first."""
        rows = self._connection.execute(
            select(REMINDERS)
            .where(REMINDERS.c.subject == subject)
            .order_by(REMINDERS.c.start_at, REMINDERS.c.minutes.desc(), REMINDERS.c.channel_id, REMINDERS.c.id)
        )
        return [_reminder(row) for row in rows]

    def forget(self, before: datetime) -> int:
        """Those of meetings that started before then."""
        return self._connection.execute(
            delete(REMINDERS).where(REMINDERS.c.start_at < int(before.timestamp()))
        ).rowcount

    def _is_told_wrongly(self, now: datetime) -> bool:
        found = self._connection.execute(select(REMINDERS.c.id).where(told_wrongly(now)).limit(1)).first()
        return found is not None

    def _held(self, claim: ReminderClaim) -> Row[Any]:
        """The row of a claimed one, locked; raises `LeaseLost` if its fence has risen or it is gone."""
        row = self._connection.execute(
            select(REMINDERS).where(REMINDERS.c.id == claim.reminder.id).with_for_update(key_share=True)
        ).one_or_none()
        if row is None or row.fence != claim.fence:
            raise LeaseLost("Another process took the reminder over, or it is gone.")
        return row

    def _write(self, reminder_id: UUID, **values: object) -> None:
        self._connection.execute(update(REMINDERS).where(REMINDERS.c.id == reminder_id).values(**values))


def _is_due(now: datetime) -> ColumnElement[bool]:
    return (REMINDERS.c.due_at <= now) & or_(REMINDERS.c.lease_until.is_(None), REMINDERS.c.lease_until <= now)


def _columns(reminder: Reminder) -> dict[str, object]:
    """All columns of one that is not stored yet."""
    return {
        "id": reminder.id,
        "workspace_id": reminder.workspace_id,
        "member_id": reminder.member_id,
        "kind": reminder.kind,
        "subject": reminder.subject,
        "booked_in": reminder.booked_in,
        "version": reminder.version,
        "start_at": reminder.span.start,
        "end_at": reminder.span.end,
        "wanted_at": reminder.wanted_at,
        "minutes": reminder.minutes,
        "channel_id": reminder.channel_id,
        "state": reminder.state,
        "attempts": 0,
        "problem": "",
        "due_at": reminder.due_at,
        "sent_at": None,
        "channel": "",
        "message": "",
        "fence": 0,
        "lease_until": None,
        "told_start_at": None,
    }


def _reminder(row: Row[Any]) -> Reminder:
    return Reminder(
        id=row.id,
        workspace_id=row.workspace_id,
        member_id=row.member_id,
        kind=row.kind,
        subject=row.subject,
        booked_in=row.booked_in,
        version=row.version,
        span=Interval(row.start_at, row.end_at),
        wanted_at=row.wanted_at,
        minutes=row.minutes,
        channel_id=row.channel_id,
        state=row.state,
        attempts=row.attempts,
        problem=row.problem,
        due_at=row.due_at,
        sent_at=row.sent_at,
        posted=PostedCard(row.channel, row.message) if row.message else None,
    )
