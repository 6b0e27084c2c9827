"""Which events wait for a decision, and what has them decided anew."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, or_, select, update

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import Calendar, Role
from bot.domain.errors import NotFound
from bot.domain.intervals import Interval
from bot.domain.invitee_questions import Met
from bot.domain.people import Actor
from bot.domain.sync_plan import portions
from bot.domain.taken import MarkedEvent
from storage.repositories.calendar_rows import SELECT_CALENDARS, calendar_from
from storage.repositories.event_rows import event_from, events_of
from storage.repositories.locks import lock, lock_decisions, lock_own_calendar
from storage.tables import ACCOUNTS, CALENDARS, EVENTS, INVITED, OCCURRENCES, TAKEN_PLACES


class Marks:
    """The part of `ports.Taken` that says what is to be decided."""

    _connection: Connection

    def marked(self, calendar: Calendar, *, after: str, limit: int) -> Sequence[MarkedEvent]:
        """The next events that wait for their decision, by id."""
        rows = self._connection.execute(
            select(EVENTS)
            .where(EVENTS.c.calendar_id == calendar.id, EVENTS.c.needs_decision, EVENTS.c.id > after)
            .order_by(EVENTS.c.id)
            .limit(limit)
        ).all()
        series = events_of(self._connection, calendar.id, {row.series_id for row in rows if row.series_id})
        ends = self._ends(calendar.id, [row.id for row in rows if row.recurrence])
        return [MarkedEvent(event_from(row), series.get(row.series_id or ""), ends.get(row.id)) for row in rows]

    def mark_all(self, actor: Actor, calendar_id: UUID) -> None:
        """Have every event of the actor's own calendar decided anew; raises `NotFound`."""
        if not lock_own_calendar(self._connection, actor, calendar_id):
            raise NotFound
        self._connection.execute(update(EVENTS).where(EVENTS.c.calendar_id == calendar_id).values(needs_decision=True))
        self._at_once([calendar_id])

    def met(self, workspace_id: UUID, host_id: UUID, emails: Collection[str], now: int) -> Mapping[str, Met]:
        """By address, the next time that is not over of what the host has with somebody."""
        found: dict[str, Met] = {}
        happens = (OCCURRENCES.c.calendar_id == INVITED.c.calendar_id) & (OCCURRENCES.c.event_id == INVITED.c.event_id)
        for some in portions(sorted(set(emails))):
            rows = self._connection.execute(
                select(INVITED.c.email, EVENTS.c.title, OCCURRENCES.c.start_at, OCCURRENCES.c.end_at)
                .join(CALENDARS, CALENDARS.c.id == INVITED.c.calendar_id)
                .join(EVENTS, (EVENTS.c.calendar_id == INVITED.c.calendar_id) & (EVENTS.c.id == INVITED.c.event_id))
                .join(OCCURRENCES, happens)
                .where(
                    CALENDARS.c.workspace_id == workspace_id,
                    CALENDARS.c.member_id == host_id,
                    INVITED.c.email.in_(some),
                    OCCURRENCES.c.end_at > now,
                )
                .order_by(OCCURRENCES.c.start_at, OCCURRENCES.c.event_id)
            )
            for row in rows:
                found.setdefault(row.email, Met(Interval(row.start_at, row.end_at), row.title))
        return found

    def mark_invited(self, workspace_id: UUID, emails: Collection[str]) -> None:
        """Have the events decided anew that hang on these addresses; see the port."""
        lock_decisions(self._connection, workspace_id)
        of_workspace = select(CALENDARS.c.id).where(CALENDARS.c.workspace_id == workspace_id)
        whole = [email for email in emails if not email.startswith("@")]
        which: list[ColumnElement[bool]] = [INVITED.c.email.in_(some) for some in portions(sorted(whole))]
        # A domain is named rarely, and by a person.
        which += [INVITED.c.email.endswith(email, autoescape=True) for email in sorted(set(emails) - set(whole))]
        found = [
            (row.calendar_id, row.event_id)
            for condition in which
            for row in self._connection.execute(
                select(INVITED.c.calendar_id, INVITED.c.event_id).where(
                    condition, INVITED.c.calendar_id.in_(of_workspace)
                )
            )
        ]
        calendars = sorted({calendar_id for calendar_id, _ in found})
        if not calendars:
            return
        # A sync that runs just now stores events of its calendar in an order of its own.
        in_order = select(CALENDARS.c.id).where(CALENDARS.c.id.in_(calendars)).order_by(CALENDARS.c.id)
        lock(self._connection, in_order.with_for_update(key_share=True))
        for calendar_id in calendars:
            for ids in portions(sorted({event_id for of, event_id in found if of == calendar_id})):
                self._connection.execute(
                    update(EVENTS)
                    .where(EVENTS.c.calendar_id == calendar_id, EVENTS.c.id.in_(ids))
                    .values(needs_decision=True)
                )
        self._at_once(calendars)

    def waiting(self, now: datetime, *, limit: int) -> Sequence[Calendar]:
        """Linked calendars of active accounts in which something waits, and that are not left alone for now."""
        # By the few marks that there are, not by the many calendars.
        marked = select(EVENTS.c.calendar_id).where(EVENTS.c.needs_decision)
        left = select(TAKEN_PLACES.c.calendar_id).where(TAKEN_PLACES.c.is_gone)
        found = self._connection.execute(
            SELECT_CALENDARS.join(ACCOUNTS, ACCOUNTS.c.id == CALENDARS.c.account_id)
            .where(
                CALENDARS.c.id.in_(marked.union(left)),
                CALENDARS.c.role == Role.LINKED,
                ACCOUNTS.c.status == AccountStatus.ACTIVE,
                or_(CALENDARS.c.lease_until.is_(None), CALENDARS.c.lease_until <= now),
                or_(CALENDARS.c.decide_after.is_(None), CALENDARS.c.decide_after <= now),
            )
            .order_by(CALENDARS.c.decide_after.is_not(None), CALENDARS.c.decide_after, CALENDARS.c.id)
            .limit(limit)
        )
        return [calendar_from(row) for row in found]

    def leave_alone(self, calendar_id: UUID, until: datetime) -> None:
        """Try again then, or when something is marked by a person."""
        self._connection.execute(update(CALENDARS).where(CALENDARS.c.id == calendar_id).values(decide_after=until))

    def _ends(self, calendar_id: UUID, ids: Sequence[str]) -> dict[str, int]:
        """When the last known times of these series end."""
        return {
            row.series_id: row.last_end
            for some in portions(ids)
            for row in self._connection.execute(
                select(OCCURRENCES.c.series_id, func.max(OCCURRENCES.c.end_at).label("last_end"))
                .where(OCCURRENCES.c.calendar_id == calendar_id, OCCURRENCES.c.series_id.in_(some))
                .group_by(OCCURRENCES.c.series_id)
            )
        }

    def _at_once(self, calendar_ids: Collection[UUID]) -> None:
        self._connection.execute(
            update(CALENDARS)
            .where(CALENDARS.c.id.in_(calendar_ids), CALENDARS.c.decide_after.is_not(None))
            .values(decide_after=None)
        )
