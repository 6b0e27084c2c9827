"""An in-memory repository of accounts that are left, with the semantics of `bot.ports`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.accounts import AccountStatus
from bot.domain.effects import EffectKind, LinkState
from bot.domain.errors import NotFound
from bot.domain.leaving import LEASE, CopyState, Leaving, LeftCopy
from bot.domain.people import Actor
from tests.fakes.tables import Tables, aware


class FakeLeavings:
    """Implements `ports.Leavings`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def copies(self, actor: Actor, account_id: UUID, now: datetime, *, container: str = "") -> Sequence[LeftCopy]:
        found = []
        for (appointment_id, kind), link in self._tables.remote_links.items():
            one = self._tables.appointments[appointment_id].appointment
            is_there = kind is EffectKind.EVENT and link.account_id == account_id and link.state is LinkState.WRITTEN
            is_there = is_there and container in ("", link.container)
            if is_there and one.workspace_id == actor.workspace_id and one.is_live and one.ends_at > aware(now):
                found.append((one, LeftCopy(one.id, link.container, link.remote_id, one.title, one.invites)))
        return [copy for _, copy in sorted(found, key=lambda each: (each[0].ends_at, each[0].id))]

    def begin(self, actor: Actor, leaving: Leaving, now: datetime, *, container: str = "") -> Sequence[LeftCopy]:
        row = self._tables.accounts.get(leaving.account_id)
        whose = (actor.workspace_id, actor.member_id)
        if row is None or (row.account.workspace_id, row.account.member_id) != whose:
            raise NotFound
        if row.account.status is AccountStatus.PENDING:
            raise NotFound
        copies = self.copies(actor, leaving.account_id, now, container=container)
        if leaving.ends_account:
            left = replace(row.account, status=AccountStatus.LEAVING)
            self._tables.accounts[leaving.account_id] = replace(row, account=left)
            for calendar in [one.calendar for one in self._tables.calendars.values()]:
                if calendar.account_id == leaving.account_id:
                    self._tables.drop_calendar(calendar.id)
        fresh = {one.appointment_id for one in copies}
        others = [one for one in self.left(leaving.account_id) if one.appointment_id not in fresh]
        self._tables.leavings[leaving.account_id] = (leaving, aware(now), (*others, *copies))
        for one in copies:
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
                tried = replace(leaving, attempts=leaving.attempts + 1)
                self._tables.leavings[key] = (tried, now + LEASE, copies)
                claimed.append(tried)
        return claimed

    def left(self, account_id: UUID) -> Sequence[LeftCopy]:
        if account_id not in self._tables.leavings:
            return ()
        return sorted(self._tables.leavings[account_id][2], key=lambda one: one.appointment_id)

    def settle(self, account_id: UUID, copy: LeftCopy, state: CopyState) -> None:
        key = (copy.appointment_id, EffectKind.EVENT)
        link = self._tables.remote_links[key]
        if state is CopyState.REMOVED and (link.remote_id, link.state) == (copy.event_id, LinkState.WRITTEN):
            gone = replace(link, state=LinkState.REMOVED, etag="", agreed=None, url="")
            self._tables.remote_links[key] = gone
        if account_id in self._tables.leavings:
            leaving, due_at, copies = self._tables.leavings[account_id]
            which = copy.appointment_id
            settled = [replace(one, state=state) if one.appointment_id == which else one for one in copies]
            self._tables.leavings[account_id] = (leaving, due_at, tuple(settled))

    def give_back(self, account_id: UUID) -> None:
        give_back(self._tables, account_id)

    def end(self, account_id: UUID) -> None:
        self.give_back(account_id)
        self._tables.leavings.pop(account_id, None)

    def put_off(self, account_id: UUID, due_at: datetime) -> None:
        if account_id in self._tables.leavings:
            leaving, _, copies = self._tables.leavings[account_id]
            self._tables.leavings[account_id] = (leaving, aware(due_at), copies)


def give_back(tables: Tables, account_id: UUID) -> set[UUID]:
    """Links of what was not removed say that it is there; whose they are."""
    _, _, copies = tables.leavings.get(account_id, (None, None, ()))
    given = set()
    for one in copies:
        key = (one.appointment_id, EffectKind.EVENT)
        link = tables.remote_links[key]
        is_its = (link.remote_id, link.state) == (one.event_id, LinkState.REMOVED)
        if one.state is not CopyState.REMOVED and is_its:
            tables.remote_links[key] = replace(link, state=LinkState.WRITTEN)
            given.add(one.appointment_id)
    return given


def call_off(tables: Tables, account_id: UUID) -> None:
    """The account stays: only what others have taken the place of is removed still."""
    given = give_back(tables, account_id)
    if account_id not in tables.leavings:
        return
    leaving, due_at, copies = tables.leavings.pop(account_id)
    left = tuple(one for one in copies if one.appointment_id not in given)
    if account_id in tables.accounts and any(one.state is CopyState.WAITING for one in left):
        tables.leavings[account_id] = (replace(leaving, ends_account=False), due_at, left)
