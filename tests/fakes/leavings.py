"""An in-memory repository of accounts that are left, with the semantics of `bot.ports`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.accounts import AccountStatus
from bot.domain.effects import EffectKind, LinkState
from bot.domain.errors import NotFound
from bot.domain.leaving import LEASE, CopyState, Leaving, LeftCopy, LeftReport
from bot.domain.people import Actor
from tests.fakes.tables import Tables, aware


class FakeLeavings:
    """Implements `ports.Leavings`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def copies(self, actor: Actor, account_id: UUID, now: datetime, *, container: str = "") -> Sequence[LeftCopy]:
        moved_on = [
            one
            for one in self.left(account_id)
            if not container
            and one.state is CopyState.WAITING
            and self._tables.leavings[account_id][0].member_id == actor.member_id
        ]
        return [*self._written(actor, account_id, now, container), *moved_on]

    def begin(self, actor: Actor, leaving: Leaving, now: datetime, *, container: str = "") -> Sequence[LeftCopy]:
        row = self._tables.accounts.get(leaving.account_id)
        whose = (actor.workspace_id, actor.member_id)
        if row is None or (row.account.workspace_id, row.account.member_id) != whose:
            raise NotFound
        if row.account.status is AccountStatus.PENDING:
            raise NotFound
        copies = self.copies(actor, leaving.account_id, now, container=container)
        written = self._written(actor, leaving.account_id, now, container)
        if leaving.ends_account:
            left = replace(row.account, status=AccountStatus.LEAVING)
            self._tables.accounts[leaving.account_id] = replace(row, account=left)
            for calendar in [one.calendar for one in self._tables.calendars.values()]:
                if calendar.account_id == leaving.account_id:
                    self._tables.drop_calendar(calendar.id)
        fresh = {_key(one) for one in written}
        others = [one for one in self.left(leaving.account_id) if _key(one) not in fresh]
        before = self._tables.leavings.get(leaving.account_id)
        begun = replace(leaving, attempts=0, fence=before[0].fence + 1 if before is not None else 0)
        self._tables.leavings[leaving.account_id] = (begun, aware(now), (*others, *written))
        for one in written:
            key = (one.appointment_id, EffectKind.EVENT)
            self._tables.remote_links[key] = replace(
                self._tables.remote_links[key],
                state=LinkState.REMOVED,
                account_id=None,
                calendar_id=None,
                etag="",
                agreed=None,
                url="",
            )
        return copies

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[Leaving]:
        claimed: list[Leaving] = []
        for key, (leaving, _, _) in list(self._tables.leavings.items()):
            row = self._tables.accounts.get(key)
            if row is None or (leaving.ends_account and row.account.status is not AccountStatus.LEAVING):
                call_off(self._tables, key)
        for key, (leaving, due_at, copies) in sorted(self._tables.leavings.items(), key=lambda item: item[1][1]):
            if due_at <= aware(now) and len(claimed) < limit:
                tried = replace(leaving, attempts=leaving.attempts + 1, fence=leaving.fence + 1)
                self._tables.leavings[key] = (tried, now + LEASE, copies)
                claimed.append(tried)
        return claimed

    def hold(self, leaving: Leaving, now: datetime) -> bool:
        row = self._tables.accounts.get(leaving.account_id)
        is_left = row is not None and row.account.status is AccountStatus.LEAVING
        if not self._is_claimed(leaving) or (leaving.ends_account and not is_left):
            return False
        self.put_off(leaving, now + LEASE)
        return True

    def left(self, account_id: UUID) -> Sequence[LeftCopy]:
        if account_id not in self._tables.leavings:
            return ()
        return sorted(self._tables.leavings[account_id][2], key=_key)

    def settle(self, account_id: UUID, copy: LeftCopy, state: CopyState) -> None:
        key = (copy.appointment_id, EffectKind.EVENT)
        link = self._tables.remote_links[key]
        if state is CopyState.REMOVED and (link.remote_id, link.state) == (copy.event_id, LinkState.WRITTEN):
            gone = replace(link, state=LinkState.REMOVED, etag="", agreed=None, url="")
            self._tables.remote_links[key] = gone
        if account_id in self._tables.leavings:
            leaving, due_at, copies = self._tables.leavings[account_id]
            settled = [replace(one, state=state) if _key(one) == _key(copy) else one for one in copies]
            self._tables.leavings[account_id] = (leaving, due_at, tuple(settled))

    def give_back(self, account_id: UUID) -> None:
        give_back(self._tables, account_id)

    def end(self, leaving: Leaving) -> bool:
        self.give_back(leaving.account_id)
        if not self._is_claimed(leaving):
            return False
        del self._tables.leavings[leaving.account_id]
        return True

    def put_off(self, leaving: Leaving, due_at: datetime) -> None:
        if self._is_claimed(leaving):
            standing, _, copies = self._tables.leavings[leaving.account_id]
            self._tables.leavings[leaving.account_id] = (standing, aware(due_at), copies)

    def report(self, report: LeftReport, due_at: datetime) -> None:
        self._tables.left_reports[report.id] = (report, aware(due_at))

    def claim_report(self, now: datetime) -> LeftReport | None:
        waiting = sorted(self._tables.left_reports.values(), key=lambda one: one[1])
        for report, due_at in waiting[:1]:
            if due_at <= aware(now):
                tried = replace(report, attempts=report.attempts + 1)
                self._tables.left_reports[report.id] = (tried, aware(now) + LEASE)
                return tried
        return None

    def put_off_report(self, report: LeftReport, due_at: datetime) -> None:
        self._tables.left_reports[report.id] = (report, aware(due_at))

    def told(self, report: LeftReport) -> None:
        self._tables.left_reports.pop(report.id, None)

    def _is_claimed(self, leaving: Leaving) -> bool:
        standing = self._tables.leavings.get(leaving.account_id)
        as_claimed = (leaving.fence, leaving.ends_account)
        return standing is not None and (standing[0].fence, standing[0].ends_account) == as_claimed

    def _written(self, actor: Actor, account_id: UUID, now: datetime, container: str) -> list[LeftCopy]:
        found = []
        for (appointment_id, kind), link in self._tables.remote_links.items():
            one = self._tables.appointments[appointment_id].appointment
            is_there = kind is EffectKind.EVENT and link.account_id == account_id and link.state is LinkState.WRITTEN
            is_there = is_there and container in ("", link.container)
            if is_there and one.workspace_id == actor.workspace_id and one.is_live and one.ends_at > aware(now):
                found.append((one, LeftCopy(one.id, link.container, link.remote_id, one.title, one.invites)))
        return [copy for _, copy in sorted(found, key=lambda each: (each[0].ends_at, each[0].id))]


def _key(copy: LeftCopy) -> tuple[UUID, str]:
    return copy.appointment_id, copy.event_id


def give_back(tables: Tables, account_id: UUID) -> set[str]:
    """Links of what was not removed say that it is there; the ids of these events."""
    _, _, copies = tables.leavings.get(account_id, (None, None, ()))
    given = set()
    for one in copies:
        key = (one.appointment_id, EffectKind.EVENT)
        link = tables.remote_links[key]
        is_its = (link.remote_id, link.state) == (one.event_id, LinkState.REMOVED)
        if one.state is not CopyState.REMOVED and is_its:
            tables.remote_links[key] = replace(link, state=LinkState.WRITTEN)
            given.add(one.event_id)
    return given


def call_off(tables: Tables, account_id: UUID) -> None:
    """The account stays: only what others have taken the place of is removed still."""
    given = give_back(tables, account_id)
    if account_id not in tables.leavings:
        return
    leaving, due_at, copies = tables.leavings.pop(account_id)
    left = tuple(one for one in copies if one.event_id not in given)
    if account_id in tables.accounts and any(one.state is CopyState.WAITING for one in left):
        stays = replace(leaving, ends_account=False, fence=leaving.fence + 1)
        tables.leavings[account_id] = (stays, due_at, left)
