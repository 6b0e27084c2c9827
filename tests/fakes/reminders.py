"""An in-memory repository of reminders, with the semantics of `bot.ports`."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from uuid import UUID

from bot.domain.appointment_log import MOVES, MOVES_HERE, REVIVALS, Deed
from bot.domain.appointments import AppointmentStatus
from bot.domain.cards import PostedCard
from bot.domain.errors import LeaseLost
from bot.domain.intervals import Interval
from bot.domain.occasions import BookedIn
from bot.domain.people import Actor
from bot.domain.reminder_planning import Coming, Over
from bot.domain.reminders import (
    ASKED_WITHIN,
    REMINDER_LEASE,
    USUAL_CHOICE,
    Reminder,
    ReminderChoice,
    ReminderClaim,
    ReminderKind,
    ReminderState,
)
from bot.domain.wall_time import MINUTE
from tests.fakes.reminder_rows import ReminderRow
from tests.fakes.reminder_taken import RemindersOfGoogle, second_of
from tests.fakes.tables import AppointmentRow, Tables, aware


class FakeReminders(RemindersOfGoogle):
    """Implements `ports.Reminders`; what became of meetings in Google is in the parent."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def choice(self, member_id: UUID) -> ReminderChoice:
        found = self._tables.reminder_choices.get(member_id)
        return found[0] if found is not None else USUAL_CHOICE

    def choose(self, actor: Actor, choice: ReminderChoice, now: datetime) -> None:
        self._tables.reminder_choices[actor.member_id] = (choice, second_of(now))

    def note_problem(self, member_id: UUID, channel_id: str, problem: str) -> None:
        found = self._tables.reminder_choices.get(member_id)
        if found is not None and found[0].channel_id == channel_id:
            self._tables.reminder_choices[member_id] = (replace(found[0], problem=problem), found[1])

    def has_begun(self) -> bool:
        return set(self._tables.workspaces) <= set(self._tables.remindings)

    def begin(self, now: datetime) -> None:
        for workspace_id in self._tables.workspaces:
            self._tables.remindings.setdefault(workspace_id, second_of(now))

    def has_work(self, now: datetime) -> bool:
        rows = self._tables.reminders.values()
        is_any = any(_is_due(row, now) or self.is_told_wrongly(row, now) for row in rows)
        return is_any or bool(self.coming(now, limit=1))

    def coming(self, now: datetime, *, limit: int) -> Sequence[Coming]:
        second = second_of(now)
        found = [
            one
            for one in chain(self._booked(), self._taken())
            if one.span.start - one.minutes * MINUTE <= second < one.span.start and not self._is_entered(one)
        ]
        return sorted(found, key=lambda one: (one.span, one.subject, one.member_id, -one.minutes))[:limit]

    def over(self, now: datetime, *, limit: int) -> Sequence[Over]:
        second, earliest = second_of(now), second_of(now - ASKED_WITHIN)
        asked = {(one.reminder.subject, one.reminder.span.start) for one in self._of_kind(ReminderKind.AFTER)}
        found = [
            Over(
                one.workspace_id,
                one.hosts[0],
                one.id,
                one.version,
                one.span,
                asks_after=self.choice(one.hosts[0]).asks_after,
            )
            for one in (row.appointment for row in self._tables.appointments.values())
            if one.status is AppointmentStatus.CONFIRMED
            and one.contact is not None
            and (one.id, one.span.start) not in asked
            and max(earliest, self._tables.remindings.get(one.workspace_id, second)) < one.span.end <= second
        ]
        return sorted(found, key=lambda one: (one.span.end, one.subject))[:limit]

    def enter(self, reminders: Sequence[Reminder]) -> int:
        entered = 0
        for reminder in reminders:
            aware(reminder.wanted_at)
            entered += reminder.id not in self._tables.reminders
            self._tables.reminders.setdefault(reminder.id, ReminderRow(reminder))
        return entered

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[ReminderClaim]:
        due = [row for row in self._tables.reminders.values() if _is_due(row, now)]
        due.sort(
            key=lambda row: (row.reminder.attempts > 0, row.reminder.span.start, row.reminder.due_at, row.reminder.id)
        )
        claimed = [replace(row, fence=row.fence + 1, lease_until=now + REMINDER_LEASE) for row in due[:limit]]
        self._tables.reminders |= {row.reminder.id: row for row in claimed}
        return [ReminderClaim(row.reminder, row.fence) for row in claimed]

    def sending(self, claim: ReminderClaim, now: datetime) -> None:
        row = self._held(claim)
        sent = replace(row.reminder, sent_at=row.reminder.sent_at or aware(now))
        self._keep(replace(row, reminder=sent, lease_until=now + REMINDER_LEASE))

    def retry(self, claim: ReminderClaim, *, problem: str, due_at: datetime, was_sent: bool) -> None:
        row = self._held(claim)
        sent_at = row.reminder.sent_at if was_sent else claim.reminder.sent_at
        told = replace(
            row.reminder, problem=problem, due_at=due_at, sent_at=sent_at, attempts=row.reminder.attempts + 1
        )
        self._keep(replace(row, reminder=told, lease_until=None))

    def give_back(self, claim: ReminderClaim) -> None:
        self._keep(replace(self._held(claim), lease_until=None))

    def sent(self, claim: ReminderClaim, posted: PostedCard | None, now: datetime, *, told_start: int) -> None:
        row = self._held(claim)
        told = replace(
            row.reminder,
            state=ReminderState.SENT,
            problem="",
            attempts=0,
            due_at=None,
            sent_at=row.reminder.sent_at or aware(now),
            posted=posted or row.reminder.posted,
        )
        self._keep(replace(row, reminder=told, lease_until=None, told_start=told_start))

    def show_anew(self, claim: ReminderClaim, now: datetime) -> None:
        row = self._held(claim)
        self._keep(replace(row, reminder=replace(row.reminder, due_at=aware(now))))

    def not_now(self, claim: ReminderClaim, until: datetime, *, problem: str) -> None:
        row = self._held(claim)
        later = replace(row.reminder, problem=problem, due_at=aware(until), wanted_at=until)
        self._keep(replace(row, reminder=later, lease_until=None))

    def hand_on(self, claim: ReminderClaim, member_id: UUID, now: datetime) -> None:
        row = self._held(claim)
        anew = replace(row.reminder, member_id=member_id, attempts=0, problem="", due_at=aware(now), sent_at=None)
        self._keep(replace(row, reminder=anew, lease_until=None))

    def end(self, claim: ReminderClaim, state: ReminderState, *, problem: str = "") -> None:
        row = self._held(claim)
        self._keep(
            replace(row, reminder=replace(row.reminder, state=state, problem=problem, due_at=None), lease_until=None)
        )

    def changed(self, subject: UUID, now: datetime) -> None:
        for row in list(self._tables.reminders.values()):
            is_or_may_be_there = row.reminder.posted is not None or row.lease_until is not None
            if row.reminder.subject == subject and is_or_may_be_there:
                self._keep(replace(row, reminder=replace(row.reminder, due_at=aware(now))))

    def of(self, subject: UUID) -> Sequence[Reminder]:
        found = [row.reminder for row in self._tables.reminders.values() if row.reminder.subject == subject]
        return sorted(found, key=lambda one: (one.span.start, -one.minutes, one.channel_id, one.id))

    def forget(self, before: datetime) -> int:
        gone = [
            row.reminder.id for row in self._tables.reminders.values() if row.reminder.span.start < second_of(before)
        ]
        for one in gone:
            del self._tables.reminders[one]
        return len(gone)

    def _booked(self) -> Iterator[Coming]:
        for row in self._tables.appointments.values():
            one = row.appointment
            if one.status is AppointmentStatus.CONFIRMED:
                for host in one.hosts:
                    made_at, known_at = _got_its_start(row, MOVES_HERE), _got_its_start(row, MOVES)
                    yield from self._wishes(
                        one.id, one.workspace_id, host, BookedIn.DAYBOOK, one.version, one.span, made_at, known_at
                    )

    def _taken(self) -> Iterator[Coming]:
        for one, host, _, span in self.happenings():
            if one.contacts:
                known_at = one.placed_at or one.created_at
                yield from self._wishes(
                    one.id, one.workspace_id, host, BookedIn.GOOGLE, one.version, span, one.created_at, known_at
                )

    def _wishes(
        self,
        subject: UUID,
        workspace_id: UUID,
        host: UUID,
        booked_in: BookedIn,
        version: int,
        span: Interval,
        made_at: datetime,
        known_at: datetime,
    ) -> Iterator[Coming]:
        choice, since = self._tables.reminder_choices.get(host, (USUAL_CHOICE, 0))
        if workspace_id not in self._tables.remindings:
            return
        for minutes in choice.minutes:
            yield Coming(
                workspace_id=workspace_id,
                member_id=host,
                subject=subject,
                booked_in=booked_in,
                version=version,
                span=span,
                made_at=made_at,
                known_at=known_at,
                minutes=minutes,
                channel_id=choice.channel_id,
                since=max(since, self._tables.remindings[workspace_id]),
            )

    def _is_entered(self, coming: Coming) -> bool:
        wanted = (coming.subject, coming.span.start, coming.member_id, coming.minutes)
        return any(
            (one.subject, one.span.start, one.member_id, one.minutes) == wanted and not one.channel_id
            for one in (row.reminder for row in self._of_kind(ReminderKind.BEFORE))
        )

    def _of_kind(self, kind: ReminderKind) -> Iterator[ReminderRow]:
        return (row for row in self._tables.reminders.values() if row.reminder.kind is kind)

    def _held(self, claim: ReminderClaim) -> ReminderRow:
        row = self._tables.reminders.get(claim.reminder.id)
        if row is None or row.fence != claim.fence:
            raise LeaseLost("Another process took the reminder over, or it is gone.")
        return row

    def _keep(self, row: ReminderRow) -> None:
        self._tables.reminders[row.reminder.id] = row


def _is_due(row: ReminderRow, now: datetime) -> bool:
    is_free = row.lease_until is None or row.lease_until <= now
    return row.reminder.due_at is not None and row.reminder.due_at <= now and is_free


def _got_its_start(row: AppointmentRow, moves: Collection[Deed]) -> datetime:
    one = row.appointment
    found = [
        entry.at
        for entry in row.log
        if entry.after is not None and entry.after.start == one.span.start
        if entry.deed in REVIVALS
        or (entry.deed in moves and entry.before is not None and entry.before.start != entry.after.start)
    ]
    return max(found, default=one.created_at)
