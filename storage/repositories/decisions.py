"""Which events wait for a decision, and what is known of the meetings that they may be."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, exists, false, func, or_, select, tuple_, update

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import Calendar, Role, SyncClaim
from bot.domain.effects import EffectKind
from bot.domain.errors import NotFound
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.sync_plan import portions
from bot.domain.taken import MarkedEvent, Standing, TakenAppointment, TakenKey, day_about
from storage.repositories.calendar_rows import SELECT_CALENDARS, calendar_from
from storage.repositories.event_rows import event_from
from storage.repositories.locks import ClaimLock, lock_own_calendar
from storage.repositories.taken_rows import taken_from
from storage.tables import (
    ACCOUNTS,
    APPOINTMENTS,
    CALENDARS,
    EVENTS,
    INVITED,
    OCCURRENCES,
    REMOTE_LINKS,
    TAKEN,
    TAKEN_PLACES,
    WORKSPACES,
)


class Decisions:
    """The part of `ports.Taken` that is asked before anything is decided."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = ClaimLock(connection)

    def marked(self, calendar: Calendar, *, after: str, limit: int) -> Sequence[MarkedEvent]:
        """The next events that wait for their decision, by id."""
        rows = self._connection.execute(
            select(EVENTS)
            .where(EVENTS.c.calendar_id == calendar.id, EVENTS.c.needs_decision, EVENTS.c.id > after)
            .order_by(EVENTS.c.id)
            .limit(limit)
        ).all()
        series = self._events(calendar.id, {row.series_id for row in rows if row.series_id})
        ends = self._ends(calendar.id, [row.id for row in rows if row.recurrence])
        return [MarkedEvent(event_from(row), series.get(row.series_id or ""), ends.get(row.id)) for row in rows]

    def mark_all(self, actor: Actor, calendar_id: UUID) -> None:
        """Have every event of the actor's own calendar decided anew; raises `NotFound`."""
        if not lock_own_calendar(self._connection, actor, calendar_id):
            raise NotFound
        self._connection.execute(update(EVENTS).where(EVENTS.c.calendar_id == calendar_id).values(needs_decision=True))
        self._at_once([calendar_id])

    def mark_invited(self, workspace_id: UUID, emails: Collection[str]) -> None:
        """Have the events decided anew that hang on these addresses; see the port."""
        self._one_at_a_time(workspace_id)
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
        # A sync that runs just now stores events of its calendar in an order of its own.
        self._connection.execute(
            select(CALENDARS.c.id)
            .where(CALENDARS.c.id.in_(calendars))
            .order_by(CALENDARS.c.id)
            .with_for_update(key_share=True)
        ).all()
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

    def begin(self, claim: SyncClaim) -> Calendar:
        """One decision at a time in a workspace until the transaction ends; the calendar as it is now."""
        self._one_at_a_time(claim.calendar.workspace_id)
        self._lock.hold(claim)
        [row] = self._connection.execute(SELECT_CALENDARS.where(CALENDARS.c.id == claim.calendar.id))
        return calendar_from(row)

    def known(self, claim: SyncClaim, keys: Mapping[str, TakenKey]) -> Mapping[str, Standing]:
        """What is known of these meetings, by event id, and as the calendar showed them last under those ids."""
        taken = self._remembered(claim.calendar.workspace_id, set(keys.values()))
        seen = {
            row.event_id: (row.taken_id, Interval(row.start_at, row.end_at))
            for ids in portions(sorted(keys))
            for row in self._connection.execute(
                select(TAKEN_PLACES).where(
                    TAKEN_PLACES.c.calendar_id == claim.calendar.id, TAKEN_PLACES.c.event_id.in_(ids)
                )
            )
        }
        found = {}
        for event_id, key in keys.items():
            if (one := taken.get(key)) is not None:
                taken_id, span = seen.get(event_id, (None, None))
                found[event_id] = Standing(one, span if taken_id == one.id else None)
        return found

    def by_key(self, workspace_id: UUID, keys: Collection[TakenKey]) -> Mapping[TakenKey, TakenAppointment]:
        """Those of these meetings that stand in a calendar, cancelled ones included."""
        return {key: one for key, one in self._remembered(workspace_id, keys).items() if one.hosts}

    def _remembered(self, workspace_id: UUID, keys: Collection[TakenKey]) -> dict[TakenKey, TakenAppointment]:
        rows = [
            row
            for some in portions(sorted(keys), 200)
            for row in self._connection.execute(
                select(TAKEN).where(
                    TAKEN.c.workspace_id == workspace_id,
                    tuple_(TAKEN.c.ical_uid, TAKEN.c.original_at).in_([(key.ical_uid, key.original) for key in some]),
                )
            )
        ]
        return {one.key: one for one in taken_from(self._connection, rows)}

    def series_titled(self, claim: SyncClaim, title: str) -> Sequence[tuple[RemoteEvent, TakenAppointment]]:
        """The calendar's live series of that title, each with its master."""
        rows = self._connection.execute(
            select(TAKEN)
            .add_columns(TAKEN_PLACES.c.event_id)
            .join(TAKEN_PLACES, TAKEN_PLACES.c.taken_id == TAKEN.c.id)
            .where(
                TAKEN_PLACES.c.calendar_id == claim.calendar.id,
                TAKEN.c.repeats,
                TAKEN.c.title == title,
                TAKEN.c.is_cancelled == false(),
            )
        ).all()
        masters = self._events(claim.calendar.id, {row.event_id for row in rows})
        known = zip(rows, taken_from(self._connection, rows), strict=True)
        return [(masters[row.event_id], one) for row, one in known if row.event_id in masters]

    def copies(self, claim: SyncClaim, uids: Collection[str]) -> Mapping[str, UUID]:
        """Of these iCalendar UIDs, those of appointments booked in the workspace."""
        return {
            row.ical_uid: row.appointment_id
            for some in portions(sorted(uids))
            for row in self._connection.execute(
                select(REMOTE_LINKS.c.ical_uid, REMOTE_LINKS.c.appointment_id)
                .join(APPOINTMENTS, APPOINTMENTS.c.id == REMOTE_LINKS.c.appointment_id)
                .where(
                    REMOTE_LINKS.c.ical_uid.in_(some),
                    REMOTE_LINKS.c.kind == EffectKind.EVENT,
                    APPOINTMENTS.c.workspace_id == claim.calendar.workspace_id,
                )
            )
        }

    def neighbours(self, calendar: Calendar, *, limit: int) -> Sequence[Calendar]:
        """Where a meeting may have been moved to; those that can be asked."""
        is_own = CALENDARS.c.member_id == calendar.member_id
        found = self._connection.execute(
            SELECT_CALENDARS.join(ACCOUNTS, ACCOUNTS.c.id == CALENDARS.c.account_id)
            .where(
                CALENDARS.c.workspace_id == calendar.workspace_id,
                CALENDARS.c.id != calendar.id,
                or_(is_own, CALENDARS.c.role == Role.LINKED),
                ACCOUNTS.c.status == AccountStatus.ACTIVE,
            )
            .order_by(~is_own, CALENDARS.c.id)
            .limit(limit)
        )
        return [calendar_from(row) for row in found]

    def is_kept(self, claim: SyncClaim, key: TakenKey) -> bool:
        """Whether one time of a series still stands in another linked calendar; see the port."""
        change = EVENTS.alias("change")
        gone = exists().where(
            change.c.calendar_id == TAKEN_PLACES.c.calendar_id,
            change.c.series_id == TAKEN_PLACES.c.event_id,
            or_(change.c.original_at == key.original, change.c.original_day == day_about(key.original)),
            change.c.status == EventStatus.CANCELLED.value,
        )
        standing = (
            select(TAKEN_PLACES.c.event_id)
            .join(TAKEN, TAKEN.c.id == TAKEN_PLACES.c.taken_id)
            .where(
                TAKEN.c.workspace_id == claim.calendar.workspace_id,
                TAKEN.c.ical_uid == key.ical_uid,
                TAKEN.c.original_at == 0,
                TAKEN_PLACES.c.calendar_id != claim.calendar.id,
                TAKEN_PLACES.c.is_gone == false(),
                ~gone,
            )
        )
        return bool(self._connection.scalar(select(standing.exists())))

    def addresses(self, workspace_id: UUID) -> frozenset[str]:
        """By which members of the workspace are known to their providers."""
        found = self._connection.scalars(
            select(ACCOUNTS.c.address).where(
                ACCOUNTS.c.workspace_id == workspace_id, ACCOUNTS.c.status != AccountStatus.PENDING
            )
        )
        return frozenset(address.lower() for address in found)

    def _events(self, calendar_id: UUID, ids: Collection[str]) -> dict[str, RemoteEvent]:
        return {
            row.id: event_from(row)
            for some in portions(sorted(ids))
            for row in self._connection.execute(
                select(EVENTS).where(EVENTS.c.calendar_id == calendar_id, EVENTS.c.id.in_(some))
            )
        }

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

    def _one_at_a_time(self, workspace_id: UUID) -> None:
        """Two calendars may show the same meeting; and who makes a contact has it decided anew in the others."""
        self._connection.execute(
            select(WORKSPACES.c.id).where(WORKSPACES.c.id == workspace_id).with_for_update(key_share=True)
        )
