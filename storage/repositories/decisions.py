"""What is known of the meetings that events may be, and what else a decision hangs on."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection, exists, false, or_, select, tuple_

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import Calendar, Role, SyncClaim
from bot.domain.effects import EffectKind, event_id_in, uid_of
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.sync_plan import portions
from bot.domain.taken import KnownMeeting, TakenAppointment, TakenKey, day_about
from storage.repositories.calendar_rows import SELECT_CALENDARS, calendar_from, owned_by
from storage.repositories.event_rows import event_from, events_of
from storage.repositories.locks import ClaimLock, lock_decisions
from storage.repositories.taken_rows import taken_from
from storage.tables import (
    ACCOUNTS,
    APPOINTMENTS,
    CALENDARS,
    EVENTS,
    LEAVINGS,
    LEFT_COPIES,
    REMOTE_LINKS,
    TAKEN,
    TAKEN_PLACES,
)


class Decisions:
    """The part of `ports.Taken` that is asked before anything is decided."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = ClaimLock(connection)

    def begin(self, claim: SyncClaim) -> Calendar:
        """One decision at a time in a workspace until the transaction ends; the calendar as it is now."""
        lock_decisions(self._connection, claim.calendar.workspace_id)
        self._lock.hold(claim)
        [row] = self._connection.execute(SELECT_CALENDARS.where(CALENDARS.c.id == claim.calendar.id))
        return calendar_from(row)

    def known(self, claim: SyncClaim, keys: Mapping[str, TakenKey]) -> Mapping[str, KnownMeeting]:
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
                found[event_id] = KnownMeeting(one, span if taken_id == one.id else None)
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
        masters = events_of(self._connection, claim.calendar.id, {row.event_id for row in rows})
        known = zip(rows, taken_from(self._connection, rows), strict=True)
        return [(masters[row.event_id], one) for row, one in known if row.event_id in masters]

    def copies(self, workspace_id: UUID, uids: Collection[str]) -> Mapping[str, UUID]:
        """Of these iCalendar UIDs, those of appointments booked in the workspace."""
        left = {
            uid_of(row.event_id): row.appointment_id
            for some in portions(sorted({event_id_in(uid) for uid in uids}))
            for row in self._connection.execute(
                select(LEFT_COPIES.c.event_id, LEFT_COPIES.c.appointment_id)
                .join(LEAVINGS, LEAVINGS.c.account_id == LEFT_COPIES.c.account_id)
                .where(LEFT_COPIES.c.event_id.in_(some), LEAVINGS.c.workspace_id == workspace_id)
            )
        }
        return left | {
            row.ical_uid: row.appointment_id
            for some in portions(sorted(uids))
            for row in self._connection.execute(
                select(REMOTE_LINKS.c.ical_uid, REMOTE_LINKS.c.appointment_id)
                .join(APPOINTMENTS, APPOINTMENTS.c.id == REMOTE_LINKS.c.appointment_id)
                .where(
                    REMOTE_LINKS.c.ical_uid.in_(some),
                    REMOTE_LINKS.c.kind == EffectKind.EVENT,
                    APPOINTMENTS.c.workspace_id == workspace_id,
                )
            )
        }

    def invited_events(self, actor: Actor, calendar_id: UUID, *, after: str, limit: int) -> Sequence[RemoteEvent]:
        """Events of the actor's own calendar with their invitees, by id."""
        rows = self._connection.execute(
            select(EVENTS)
            .join(CALENDARS, CALENDARS.c.id == EVENTS.c.calendar_id)
            .where(owned_by(actor), EVENTS.c.calendar_id == calendar_id, EVENTS.c.id > after)
            .order_by(EVENTS.c.id)
            .limit(limit)
        )
        return [event_from(row) for row in rows]

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
