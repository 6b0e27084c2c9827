"""In-memory repositories of people and their connections, with the semantics of `bot.ports`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.accounts import Account, AccountStatus, ConnectLink, Credential, Provider
from bot.domain.errors import NotFound
from bot.domain.nudges import DueNudge, next_nudge
from bot.domain.people import Actor, Member, Profile, Standing, Workspace
from bot.domain.reading_habits import FOLLOWS_SLACK, OwnHabits
from tests.fakes.calendar_rows import AccountRow
from tests.fakes.leavings import call_off, give_back
from tests.fakes.tables import InboxRow, Tables, aware


class FakeWorkspaces:
    """Implements `ports.Workspaces`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, workspace: Workspace) -> Workspace:
        known = self.by_team(workspace.slack_team_id)
        stored = workspace if known is None else replace(known, name=workspace.name)
        self._tables.workspaces[stored.id] = stored
        return stored

    def by_team(self, slack_team_id: str) -> Workspace | None:
        return next((one for one in self._tables.workspaces.values() if one.slack_team_id == slack_team_id), None)

    def get(self, workspace_id: UUID) -> Workspace:
        if workspace_id not in self._tables.workspaces:
            raise NotFound
        return self._tables.workspaces[workspace_id]

    def lacks_addresses(self, workspace_id: UUID) -> bool:
        return workspace_id in self._tables.without_addresses

    def note_addresses(self, workspace_id: UUID, *, lacks: bool) -> None:
        self._tables.without_addresses.discard(workspace_id)
        if lacks:
            self._tables.without_addresses.add(workspace_id)


class FakeMembers:
    """Implements `ports.Members`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def save(self, workspace_id: UUID, profile: Profile, *, new_id: UUID, now: datetime) -> Member:
        known = self.by_slack_ids(workspace_id, [profile.slack_user_id]).get(profile.slack_user_id)
        member = Member(
            id=known.id if known else new_id,
            workspace_id=workspace_id,
            slack_user_id=profile.slack_user_id,
            name=profile.name,
            zone=profile.zone,
            standing=profile.standing,
            is_admin=profile.is_admin,
            checked_at=aware(now),
            locale=profile.locale,
            own_habits=known.own_habits if known else FOLLOWS_SLACK,
        )
        self._tables.members[member.id] = member
        return member

    def choose_habits(self, actor: Actor, own: OwnHabits) -> Member:
        member = replace(self.get(actor.workspace_id, actor.member_id), own_habits=own)
        self._tables.members[member.id] = member
        return member

    def by_slack_ids(self, workspace_id: UUID, slack_user_ids: Sequence[str]) -> Mapping[str, Member]:
        return {
            member.slack_user_id: member
            for member in self._tables.members.values()
            if member.workspace_id == workspace_id and member.slack_user_id in slack_user_ids
        }

    def full(self, workspace_id: UUID) -> Sequence[Member]:
        found = [one for one in self._tables.members.values() if one.workspace_id == workspace_id]
        full = [one for one in found if one.standing is Standing.FULL]
        return sorted(full, key=lambda one: (one.name, one.slack_user_id))

    def get(self, workspace_id: UUID, member_id: UUID) -> Member:
        member = self._tables.members.get(member_id)
        if member is None or member.workspace_id != workspace_id:
            raise NotFound
        return member


class FakeConnectLinks:
    """Implements `ports.ConnectLinks`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, link: ConnectLink) -> None:
        aware(link.expires_at)
        self._tables.links[link.id] = link

    def by_digest(self, token_digest: str) -> ConnectLink | None:
        return next((link for link in self._tables.links.values() if link.token_digest == token_digest), None)

    def use(self, link_id: UUID, now: datetime) -> bool:
        link = self._tables.links.get(link_id)
        if link is None or link.used_at is not None or link.expires_at <= now:
            return False
        self._tables.links[link_id] = replace(link, used_at=aware(now))
        return True

    def forget_expired(self, before: datetime) -> int:
        expired = [link.id for link in self._tables.links.values() if link.expires_at < before]
        for link_id in expired:
            del self._tables.links[link_id]
        return len(expired)


class FakeAccounts:
    """Implements `ports.Accounts`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, account: Account, credential: Credential) -> None:
        aware(account.created_at)
        aware(credential.expires_at)
        self._tables.accounts[account.id] = AccountRow(account, credential)

    def of(self, actor: Actor) -> Sequence[Account]:
        return [account for account in self._own(actor) if account.status is not AccountStatus.PENDING]

    def get(self, actor: Actor, account_id: UUID) -> Account:
        for account in self._own(actor):
            if account.id == account_id:
                return account
        raise NotFound

    def pending(self, actor: Actor) -> Sequence[Account]:
        return [account for account in self._own(actor) if account.status is AccountStatus.PENDING]

    def known(self, account_id: UUID) -> Account | None:
        row = self._tables.accounts.get(account_id)
        return row.account if row else None

    def that_absorbed(self, pending_id: UUID) -> Account | None:
        found = (row.account for row in self._tables.accounts.values() if row.account.absorbed_id == pending_id)
        return next(found, None)

    def activate(self, actor: Actor, account_id: UUID) -> Account:
        pending = self.get(actor, account_id)
        if pending.status is not AccountStatus.PENDING:
            raise NotFound
        credential = self._tables.accounts[account_id].credential
        living = pending
        for account in self.of(actor):
            if (account.provider, account.address) == (pending.provider, pending.address):
                if account.would_lose_by(pending):
                    raise NotFound
                if account.status is AccountStatus.LEAVING:
                    call_off(self._tables, account.id)
                living = replace(
                    account,
                    absorbed_id=pending.id,
                    external_id=pending.external_id,
                    renewed_at=pending.created_at,
                )
                del self._tables.accounts[pending.id]
        active = replace(living, status=AccountStatus.ACTIVE, access=pending.access, broken_since=None)
        self._tables.accounts[active.id] = AccountRow(active, credential)
        return active

    def mark_broken(self, account_id: UUID, now: datetime, *, as_read: Account | None = None) -> None:
        row = self._tables.accounts.get(account_id)
        if row is not None and as_read is not None and row.account.absorbed_id != as_read.absorbed_id:
            return
        if row is not None and row.account.status is AccountStatus.ACTIVE:
            broken = replace(row.account, status=AccountStatus.NEEDS_RECONNECT, broken_since=aware(now))
            self._tables.accounts[account_id] = AccountRow(broken, row.credential)

    def claim_notice(self, now: datetime) -> Account | None:
        untold = [
            row
            for row in self._tables.accounts.values()
            if row.account.status is AccountStatus.NEEDS_RECONNECT and row.notified_at is None
            if row.nudge_at is None or row.nudge_at <= now
        ]
        if not untold:
            return None
        row = min(untold, key=lambda row: (row.account.broken_since or now, row.account.id))
        told = replace(row, notified_at=aware(now), nudges=0, nudge_at=next_nudge(now, 0))
        self._tables.accounts[row.account.id] = told
        return row.account

    def release_notice(self, account_id: UUID, due_at: datetime) -> None:
        row = self._tables.accounts.get(account_id)
        if row is not None and row.account.status is AccountStatus.NEEDS_RECONNECT:
            self._tables.accounts[account_id] = replace(row, notified_at=None, nudges=0, nudge_at=aware(due_at))

    def is_nudge_due(self, now: datetime) -> bool:
        return bool(self.claim_nudges(now, limit=1))

    def claim_nudges(self, now: datetime, *, limit: int) -> Sequence[DueNudge]:
        due = [
            DueNudge(row.account, row.notified_at, row.nudges, row.nudge_at)
            for row in self._tables.accounts.values()
            if row.account.status is AccountStatus.NEEDS_RECONNECT
            if row.notified_at is not None and row.nudge_at is not None and row.nudge_at <= now
        ]
        return sorted(due, key=lambda one: (one.due_at, one.account.id))[:limit]

    def plan_nudge(self, due: DueNudge, *, sent: int, next_at: datetime | None) -> None:
        row = self._tables.accounts.get(due.account.id)
        is_broken = row is not None and row.account.status is AccountStatus.NEEDS_RECONNECT
        if row is not None and is_broken and row.notified_at == due.told_at:
            self._tables.accounts[due.account.id] = replace(row, nudges=sent, nudge_at=next_at)

    def remove(self, actor: Actor, account_id: UUID) -> None:
        self.get(actor, account_id)
        self._tables.drop_account(account_id)

    def unconfirmed(self, before: datetime) -> Sequence[Account]:
        accounts = sorted((row.account for row in self._tables.accounts.values()), key=_age)
        return [one for one in accounts if one.status is AccountStatus.PENDING and one.created_at < before]

    def erase(self, account_id: UUID) -> bool:
        if account_id not in self._tables.accounts:
            return False
        give_back(self._tables, account_id)
        self._tables.drop_account(account_id)
        return True

    def with_external_id(self, provider: Provider, external_id: str) -> Sequence[Account]:
        accounts = sorted((row.account for row in self._tables.accounts.values()), key=_age)
        return [one for one in accounts if (one.provider, one.external_id) == (provider, external_id)]

    def is_grant_shared(self, account: Account) -> bool:
        return any(
            (row.account.provider, row.account.address) == (account.provider, account.address)
            and row.account.id != account.id
            for row in self._tables.accounts.values()
        )

    def _own(self, actor: Actor) -> list[Account]:
        accounts = sorted((row.account for row in self._tables.accounts.values()), key=_age)
        owner = (actor.workspace_id, actor.member_id)
        return [account for account in accounts if (account.workspace_id, account.member_id) == owner]


class FakeInbox:
    """Implements `ports.Inbox`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def claim(self, key: str, *, now: datetime, lease: timedelta) -> bool:
        row = self._tables.inbox.get(key)
        if row is not None and (row.done_at is not None or row.lease_until > now):
            return False
        received_at = row.received_at if row else aware(now)
        self._tables.inbox[key] = InboxRow(received_at, now + lease)
        return True

    def done(self, key: str, *, now: datetime, answer: str) -> None:
        if key in self._tables.inbox:
            self._tables.inbox[key] = replace(self._tables.inbox[key], done_at=aware(now), answer=answer)

    def release(self, key: str) -> None:
        row = self._tables.inbox.get(key)
        if row is not None and row.done_at is None:
            del self._tables.inbox[key]

    def answer(self, key: str) -> str:
        row = self._tables.inbox.get(key)
        return row.answer if row else ""

    def forget(self, before: datetime) -> int:
        over = [
            key
            for key, row in self._tables.inbox.items()
            if row.received_at < before and (row.done_at is not None or row.lease_until < before)
        ]
        for key in over:
            del self._tables.inbox[key]
        return len(over)


def _age(account: Account) -> tuple[datetime, UUID]:
    return account.created_at, account.id
