"""An in-memory repository of reminders, with the semantics of `bot.ports`."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from uuid import UUID

from bot.domain.appointment_log import MOVES, MOVES_HERE, REVIVALS, Deed
from bot.domain.appointments import AppointmentStatus
from bot.domain.calendars import Role
from bot.domain.cards import PostedCard
from bot.domain.errors import LeaseLost
from bot.domain.event_fixes import openable
from bot.domain.events import Timed
from bot.domain.intervals import Interval
from bot.domain.join_links import venue_of_link
from bot.domain.occasions import BookedIn
from bot.domain.people import Actor
from bot.domain.reminder_planning import Coming, Over
from bot.domain.reminder_telling import MeetingNow
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
from bot.domain.taken import TakenAppointment
from bot.domain.wall_time import MINUTE
from tests.fakes.reminder_rows import ReminderRow
from tests.fakes.tables import AppointmentRow, EventRow, Tables, aware
from tests.fakes.taken import FakeTaken

_Happening = tuple[TakenAppointment, UUID, EventRow, Interval]


class FakeReminders:
    """Implements `ports.Reminders`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def choice(self, member_id: UUID) -> ReminderChoice:
        found = self._tables.reminder_choices.get(member_id)
        return found[0] if found is not None else USUAL_CHOICE

    def choose(self, actor: Actor, choice: ReminderChoice, now: datetime) -> None:
        self._tables.reminder_choices[actor.member_id] = (choice, _second(now))

    def note_problem(self, member_id: UUID, channel_id: str, problem: str) -> None:
        found = self._tables.reminder_choices.get(member_id)
        if found is not None and found[0].channel_id == channel_id:
            self._tables.reminder_choices[member_id] = (replace(found[0], problem=problem), found[1])

    def has_begun(self) -> bool:
        return set(self._tables.workspaces) <= set(self._tables.remindings)

    def begin(self, now: datetime) -> None:
        for workspace_id in self._tables.workspaces:
            self._tables.remindings.setdefault(workspace_id, _second(now))

    def has_work(self, now: datetime) -> bool:
        rows = self._tables.reminders.values()
        is_any = any(_is_due(row, now) or self._is_told_wrongly(row, now) for row in rows)
        return is_any or bool(self.coming(now, limit=1))

    def coming(self, now: datetime, *, limit: int) -> Sequence[Coming]:
        second = _second(now)
        found = [
            one
            for one in chain(self._booked(), self._taken())
            if one.span.start - one.minutes * MINUTE <= second < one.span.start and not self._is_entered(one)
        ]
        return sorted(found, key=lambda one: (one.span, one.subject, one.member_id, -one.minutes))[:limit]

    def over(self, now: datetime, *, limit: int) -> Sequence[Over]:
        second, earliest = _second(now), _second(now - ASKED_WITHIN)
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

    def meeting(self, reminder: Reminder) -> MeetingNow | None:
        then = [one for one in self._times_of(reminder) if _is_then(one, reminder)]
        by_now = self._times_of(reminder) if reminder.posted is not None else []
        for taken, _, row, span in [*then, *by_now][:1]:
            return MeetingNow(
                title=taken.title,
                span=span,
                version=taken.version,
                hosts=taken.hosts,
                contacts=tuple(one.contact for one in taken.contacts),
                venue=venue_of_link(row.event.join_url),
                join_url=row.event.join_url,
                link=openable(row.event.link),
                is_private=row.event.is_private,
            )
        if reminder.posted is None or (off := self._called_off(reminder)) is None:
            return None
        return MeetingNow(
            title=off.title,
            span=reminder.span,
            version=off.version,
            hosts=off.hosts or (reminder.member_id,),
            is_private=True,
            is_cancelled=True,
        )

    def look_at_taken(self, now: datetime) -> None:
        for row in list(self._tables.reminders.values()):
            if self._is_told_wrongly(row, now):
                self._keep(replace(row, reminder=replace(row.reminder, due_at=aware(now))))

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
        gone = [row.reminder.id for row in self._tables.reminders.values() if row.reminder.span.start < _second(before)]
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
        for one, host, _, span in self._happenings():
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

    def _happenings(self) -> Iterator[_Happening]:
        """Each time of each meeting, in each linked calendar that has it."""
        repository = FakeTaken(self._tables)
        for (calendar_id, event_id), place in self._tables.taken_places.items():
            calendar = self._tables.calendars[calendar_id].calendar
            event = self._tables.events.get(calendar_id, {}).get(event_id)
            taken = self._tables.taken[place.taken_id]
            if place.is_gone or taken.is_cancelled or calendar.role is not Role.LINKED or event is None:
                continue
            if not isinstance(event.event.start, Timed):
                continue
            standing = repository.by_key(taken.workspace_id, [taken.key])[taken.key]
            for series in self._tables.occurrences.get(calendar_id, {}).values():
                for one in series:
                    if one.event_id == event_id:
                        yield standing, calendar.member_id, event, Interval(one.start, one.end)

    def _times_of(self, reminder: Reminder) -> list[_Happening]:
        """The meeting itself, of a series that one time, or else that time where it was changed by itself."""
        series = self._tables.taken.get(reminder.subject)
        own = [one for one in self._happenings() if one[1] == reminder.member_id]
        itself = [
            one for one in own if one[0].id == reminder.subject and (not one[0].repeats or _is_then(one, reminder))
        ]
        if itself or series is None:
            return sorted(itself, key=lambda one: one[3])
        key = (series.workspace_id, series.ical_uid, reminder.span.start)
        return [one for one in own if (one[0].workspace_id, one[0].ical_uid, one[0].original) == key]

    def _called_off(self, reminder: Reminder) -> TakenAppointment | None:
        series = self._tables.taken.get(reminder.subject)
        if series is None:
            return None
        hosts = {
            calendar.member_id
            for (calendar_id, _), place in self._tables.taken_places.items()
            if (calendar := self._tables.calendars[calendar_id].calendar).role is Role.LINKED
            and place.taken_id == series.id
            and not place.is_gone
        }
        goes_on = series.repeats and reminder.member_id in hosts
        return series if goes_on or (series.is_cancelled and hosts) else None

    def _is_told_wrongly(self, row: ReminderRow, now: datetime) -> bool:
        reminder = row.reminder
        is_shown = reminder.state is ReminderState.SENT and reminder.posted is not None and reminder.due_at is None
        if not is_shown or reminder.booked_in is not BookedIn.GOOGLE or reminder.kind is not ReminderKind.BEFORE:
            return False
        if reminder.span.end <= _second(now) or not self._is_in_order(reminder.member_id):
            return False
        told = reminder.span.start if row.told_start is None else row.told_start
        if by_now := self._times_of(reminder):
            return by_now[0][3].start != told
        return told != 0 and self._called_off(reminder) is not None

    def _is_in_order(self, member_id: UUID) -> bool:
        return not any(
            event.needs_expansion or event.needs_decision
            for calendar_id, row in self._tables.calendars.items()
            if row.calendar.member_id == member_id and row.calendar.role is Role.LINKED
            for event in self._tables.events.get(calendar_id, {}).values()
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


def _is_then(one: _Happening, reminder: Reminder) -> bool:
    return (one[0].id, one[1], one[3].start) == (reminder.subject, reminder.member_id, reminder.span.start)


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


def _second(at: datetime) -> int:
    return int(aware(at).timestamp())
