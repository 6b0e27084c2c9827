"""An in-memory repository of calendars, with the semantics of `bot.ports`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import AccessRole, Calendar, Role, SyncClaim
from bot.domain.errors import NotFound
from bot.domain.fuse import Fuse
from bot.domain.people import Actor
from tests.fakes.calendar_rows import CalendarRow
from tests.fakes.tables import Tables, aware


class FakeCalendars:
    """Implements `ports.Calendars`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def of(self, actor: Actor) -> Sequence[Calendar]:
        return sorted(map(self._tables.read, self._tables.own_calendars(actor)), key=_linked_first)

    def of_members(self, actor: Actor, member_ids: Sequence[UUID]) -> Sequence[Calendar]:
        found = [
            self._tables.read(row)
            for row in self._tables.calendars.values()
            if row.calendar.workspace_id == actor.workspace_id and row.calendar.member_id in member_ids
        ]
        return sorted(found, key=lambda calendar: (calendar.member_id, *_linked_first(calendar)))

    def event_counts(self, actor: Actor) -> Mapping[UUID, int]:
        own = [row.calendar.id for row in self._tables.own_calendars(actor)]
        return {calendar_id: len(self._tables.events.get(calendar_id, {})) for calendar_id in own}

    def hold(self, actor: Actor) -> None:
        """There is one writer anyway."""

    def choose(self, actor: Actor, calendars: Sequence[Calendar]) -> None:
        own = {
            row.account.id
            for row in self._tables.accounts.values()
            if (row.account.workspace_id, row.account.member_id) == (actor.workspace_id, actor.member_id)
            and row.account.status is not AccountStatus.PENDING
        }
        if any(calendar.account_id not in own for calendar in calendars):
            raise NotFound
        chosen = {_key(calendar): calendar for calendar in calendars if calendar.role is not Role.UNUSED}
        known = {_key(row.calendar): row for row in self._tables.own_calendars(actor)}
        for key, row in known.items():
            if key not in chosen:
                self._tables.drop_calendar(row.calendar.id)
        for key, calendar in chosen.items():
            if key in known:
                before = known[key]
                row = before
                if before.calendar.role is not calendar.role and calendar.role is Role.LINKED:
                    row = replace(row, sync_token=None, fence=row.fence + 1, lease_until=None)
                    row = replace(row, calendar=replace(row.calendar, next_sync_at=calendar.next_sync_at))
                if before.calendar.role is not calendar.role and before.calendar.role is Role.LINKED:
                    self._tables.forget_people(before.calendar.id)
                self._put(row, _rechosen(row.calendar, calendar))
            else:
                self._tables.calendars[calendar.id] = CalendarRow(
                    replace(calendar, workspace_id=actor.workspace_id, member_id=actor.member_id)
                )

    def request_sync(self, actor: Actor, now: datetime) -> int:
        rows = [row for row in self._tables.own_calendars(actor) if self._is_active(row)]
        for row in rows:
            self._put(row, replace(row.calendar, next_sync_at=_due_from(row.calendar, now)))
        return sum(_due_from(row.calendar, now) <= now for row in rows)

    def claim_due(self, now: datetime, *, limit: int, lease: timedelta) -> Sequence[SyncClaim]:
        due = [
            (row.calendar.next_sync_at, row.calendar.id)
            for row in self._tables.calendars.values()
            if row.calendar.next_sync_at is not None
            and row.calendar.next_sync_at <= now
            and (row.lease_until is None or row.lease_until <= now)
            and self._is_active(row)
        ]
        return self._claim([calendar_id for _, calendar_id in sorted(due)[:limit]], aware(now) + lease)

    def claim_these(self, calendar_ids: Collection[UUID], now: datetime, *, lease: timedelta) -> Sequence[SyncClaim]:
        free = [
            row.calendar.id
            for row in self._tables.calendars.values()
            if row.calendar.id in calendar_ids
            and (row.lease_until is None or row.lease_until <= now)
            and self._is_active(row)
        ]
        return self._claim(sorted(free), aware(now) + lease)

    def _claim(self, calendar_ids: Sequence[UUID], until: datetime) -> Sequence[SyncClaim]:
        claims: list[SyncClaim] = []
        for calendar_id in calendar_ids:
            row = self._tables.calendars[calendar_id]
            row = replace(row, fence=row.fence + 1, lease_until=until)
            self._tables.calendars[calendar_id] = row
            claims.append(
                SyncClaim(
                    calendar=self._tables.read(row),
                    fence=row.fence,
                    sync_token=row.sync_token,
                    generation=row.generation,
                    attempts=row.attempts,
                    expanded_until=row.expanded_until,
                    listed_at=row.listed_at,
                    has_marked=any(
                        event.needs_expansion for event in self._tables.events.get(calendar_id, {}).values()
                    ),
                    has_undecided=self._tables.has_undecided(calendar_id),
                )
            )
        return claims

    def keep(self, claim: SyncClaim, until: datetime) -> None:
        row = self._tables.claimed(claim)
        self._tables.calendars[claim.calendar.id] = replace(row, lease_until=aware(until))

    def finish(
        self,
        claim: SyncClaim,
        *,
        read_at: datetime,
        next_sync_at: datetime,
        interval: timedelta | None = None,
        listed_at: datetime | None = None,
    ) -> None:
        row = self._tables.claimed(claim)
        due = _unless_asked(row.calendar, claim, aware(next_sync_at))
        read = replace(row.calendar, read_at=aware(read_at), next_sync_at=due, interval=interval)
        row = replace(row, lease_until=None, attempts=0, listed_at=listed_at or row.listed_at)
        self._put(row, replace(read, problem=None, is_lost=False, not_before=None))

    def fail(
        self,
        claim: SyncClaim,
        *,
        problem: str,
        next_sync_at: datetime | None,
        is_lost: bool = False,
        not_before: datetime | None = None,
    ) -> None:
        row = self._tables.claimed(claim)
        due = _unless_asked(row.calendar, claim, next_sync_at)
        if due is not None and not_before is not None:
            due = max(due, not_before)
        calendar = replace(row.calendar, next_sync_at=due, problem=problem, is_lost=is_lost, not_before=not_before)
        self._put(replace(row, lease_until=None, attempts=row.attempts + 1), calendar)

    def describe(self, claim: SyncClaim, *, name: str, access_role: AccessRole) -> None:
        row = self._tables.claimed(claim)
        self._put(row, replace(row.calendar, name=name, access_role=access_role))

    def postpone(self, claim: SyncClaim, *, problem: str, until: datetime) -> None:
        for row in list(self._tables.calendars.values()):
            calendar = row.calendar
            is_other = calendar.account_id == claim.calendar.account_id and calendar.id != claim.calendar.id
            if is_other and calendar.next_sync_at is not None and calendar.next_sync_at < until:
                self._put(row, replace(calendar, next_sync_at=until, not_before=until, problem=problem))

    def hold_back(self, claim: SyncClaim, fuse: Fuse, *, read_at: datetime, next_sync_at: datetime) -> None:
        row = self._tables.claimed(claim)
        if fuse != row.calendar.fuse:
            row = replace(row, fuse_asked_at=None, fuse_ask_at=None)
        due = _unless_asked(row.calendar, claim, aware(next_sync_at))
        held = replace(row.calendar, fuse=fuse, read_at=read_at, next_sync_at=due, interval=next_sync_at - read_at)
        row = replace(row, lease_until=None, attempts=0)
        self._put(row, replace(held, problem=None, is_lost=False, not_before=None))

    def claim_question(self, now: datetime) -> Calendar | None:
        held = [row for row in self._tables.calendars.values() if _is_to_be_asked(row, now)]
        if not held:
            return None
        row = min(held, key=lambda row: row.calendar.id)
        self._put(replace(row, fuse_asked_at=row.fuse_asked_at or now, fuse_ask_at=None), row.calendar)
        return self._tables.read(row)

    def release_question(self, calendar: Calendar, due_at: datetime, *, first_asked: datetime) -> None:
        row = self._tables.calendars.get(calendar.id)
        if row is None or not row.calendar.fuse or not calendar.fuse or row.fuse_asked_at is None:
            return
        if row.calendar.fuse.number == calendar.fuse.number and row.fuse_asked_at > first_asked:
            self._put(replace(row, fuse_ask_at=aware(due_at)), row.calendar)

    def answer_fuse(self, actor: Actor, calendar_id: UUID, number: int, *, removes: bool, now: datetime) -> Calendar:
        rows = [row for row in self._tables.own_calendars(actor) if row.calendar.id == calendar_id]
        fuse = rows[0].calendar.fuse if rows else None
        if fuse is None or fuse.number != number or fuse.is_approved:
            raise NotFound
        row = replace(rows[0], fence=rows[0].fence + 1, lease_until=None)
        if not removes:
            row = replace(row, sync_token=None, fuse_asked_at=None, fuse_ask_at=None)
        answered = replace(fuse, is_approved=True) if removes else None
        self._put(row, replace(row.calendar, next_sync_at=_due_from(row.calendar, now), fuse=answered))
        return self._tables.read(self._tables.calendars[calendar_id])

    def _put(self, row: CalendarRow, calendar: Calendar) -> None:
        self._tables.calendars[calendar.id] = replace(row, calendar=calendar)

    def _is_active(self, row: CalendarRow) -> bool:
        return self._tables.accounts[row.calendar.account_id].account.status is AccountStatus.ACTIVE


def _is_to_be_asked(row: CalendarRow, now: datetime) -> bool:
    fuse = row.calendar.fuse
    if fuse is None or fuse.is_approved:
        return False
    return row.fuse_asked_at is None or (row.fuse_ask_at is not None and row.fuse_ask_at <= now)


def _due_from(calendar: Calendar, now: datetime) -> datetime:
    """Now, or as soon as the provider lets itself be asked again."""
    return max(aware(now), calendar.not_before or now)


def _unless_asked(calendar: Calendar, claim: SyncClaim, planned: datetime | None) -> datetime | None:
    """The planned time, or the one that somebody asked for since the claim, if that comes first."""
    asked = calendar.next_sync_at
    if asked is None or asked == claim.calendar.next_sync_at:
        return planned
    return asked if planned is None else min(asked, planned)


def _rechosen(known: Calendar, chosen: Calendar) -> Calendar:
    return replace(
        known,
        name=chosen.name,
        access_role=chosen.access_role,
        role=chosen.role,
        option=chosen.option,
        option_since=chosen.option_since,
    )


def _key(calendar: Calendar) -> tuple[UUID, str]:
    return calendar.account_id, calendar.remote_id


def _linked_first(calendar: Calendar) -> tuple[bool, str, UUID]:
    return calendar.role is not Role.LINKED, calendar.name, calendar.id
