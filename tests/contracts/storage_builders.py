"""People, accounts, calendars and events in a store, each made with one visible difference."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Barrier
from typing import TypeVar
from uuid import UUID

from bot.domain.accounts import Access, Account, AccountStatus, ConnectLink, Credential, Provider
from bot.domain.calendars import ONE_WAY, AccessRole, Calendar, Role, SyncClaim
from bot.domain.events import Occurrence, RemoteEvent, Timed
from bot.domain.people import Actor, Profile, Standing, Workspace, actor_of
from bot.domain.recurrence import Expansion
from bot.domain.sync_plan import ExpandedEvent
from bot.ports import Store

NOW = datetime(2026, 11, 22, 8, 30, 0, 250_000, tzinfo=UTC)
LEASE = timedelta(minutes=5)
_ids = count(1)
_T = TypeVar("_T")


def new_id() -> UUID:
    """An id that no other value of this run has."""
    return UUID(int=next(_ids))


def a_workspace(team: str = "T1", name: str = "Hill & Co") -> Workspace:
    return Workspace(new_id(), team, name)


def a_profile(user: str = "U1", name: str = "Ana") -> Profile:
    return Profile(user, name, "Europe/Berlin", Standing.FULL, is_admin=False)


def a_person(store: Store, team: str = "T1", user: str = "U1") -> Actor:
    """A member of the workspace of `team`, both stored."""
    with store.writing() as work:
        workspace = work.workspaces.add(a_workspace(team))
        member = work.members.save(workspace.id, a_profile(user), new_id=new_id(), now=NOW)
        work.commit()
    return actor_of(member, workspace)


def an_account(
    actor: Actor,
    address: str = "ana@example.com",
    *,
    status: AccountStatus = AccountStatus.ACTIVE,
    access: Access = Access.FULL,
    created_at: datetime = NOW,
) -> Account:
    return Account(new_id(), actor.workspace_id, actor.member_id, Provider.GOOGLE, address, access, status, created_at)


def a_credential(refresh_token: str = "refresh") -> Credential:
    scopes = frozenset({"calendar.events", "calendar.events.freebusy"})
    return Credential(f"access for {refresh_token}", refresh_token, NOW + timedelta(hours=1), scopes)


def a_link(actor: Actor, digest: str = "digest", expires_at: datetime = NOW + timedelta(minutes=10)) -> ConnectLink:
    return ConnectLink(new_id(), actor.workspace_id, actor.member_id, Provider.GOOGLE, Access.FULL, digest, expires_at)


def a_calendar(
    account: Account,
    remote_id: str = "main",
    *,
    role: Role = Role.CONFLICT,
    name: str = "Work",
    zone: str = "Europe/Berlin",
    next_sync_at: datetime | None = NOW,
) -> Calendar:
    return Calendar(
        new_id(),
        account.workspace_id,
        account.member_id,
        account.id,
        remote_id,
        name,
        zone,
        AccessRole.OWNER,
        role,
        ONE_WAY,
        next_sync_at=next_sync_at,
    )


def connected(store: Store, actor: Actor, address: str = "ana@example.com") -> Account:
    """An active account of the actor, stored."""
    return stored(store, an_account(actor, address))


def stored(store: Store, account: Account, credential: Credential | None = None) -> Account:
    with store.writing() as work:
        work.accounts.add(account, credential or a_credential())
        work.commit()
    return account


def chosen(store: Store, actor: Actor, *calendars: Calendar) -> Sequence[Calendar]:
    """The actor's calendars once exactly these were chosen."""
    with store.writing() as work:
        work.calendars.choose(actor, calendars)
        work.commit()
    with store.reading() as work:
        return work.calendars.of(actor)


def claimed(store: Store, now: datetime = NOW, limit: int = 100) -> Sequence[SyncClaim]:
    with store.writing() as work:
        claims = work.calendars.claim_due(now, limit=limit, lease=LEASE)
        work.commit()
    return claims


@dataclass(frozen=True)
class Synced:
    """A person with one claimed calendar."""

    actor: Actor
    account: Account
    claim: SyncClaim

    @property
    def calendar_id(self) -> UUID:
        return self.claim.calendar.id


def a_synced(store: Store, team: str = "T1", user: str = "U1", zone: str = "Europe/Berlin") -> Synced:
    """A person whose calendar was just claimed for its first sync."""
    actor = a_person(store, team, user)
    account = connected(store, actor, f"{user}.{team}@example.com".lower())
    [calendar] = chosen(store, actor, a_calendar(account, zone=zone))
    [claim] = [claim for claim in claimed(store) if claim.calendar.id == calendar.id]
    return Synced(actor, account, claim)


def upserted(store: Store, claim: SyncClaim, *events: RemoteEvent, generation: int = 0) -> None:
    with store.writing() as work:
        work.events.upsert(claim, events, generation=generation)
        work.commit()


def read(store: Store, claim: SyncClaim, *events: RemoteEvent) -> None:
    """Stored as a sync does it, which remembers whose event is private."""
    with store.writing() as work:
        privacy = work.remote_links.privacy_change(claim, events)
        work.events.upsert(claim, events, generation=0)
        work.remote_links.keep_privacy(privacy)
        work.commit()


def an_occurrence(event: RemoteEvent, *, series_id: str | None = None, blocks: bool = True) -> Occurrence:
    """The single occurrence of a timed event."""
    assert isinstance(event.start, Timed)
    assert isinstance(event.end, Timed)
    start, end = int(event.start.at.timestamp()), int(event.end.at.timestamp())
    return Occurrence(start, end, event.id, series_id or event.id, blocks)


def an_expansion(event_id: str, *occurrences: Occurrence, problem: str | None = None) -> ExpandedEvent:
    return ExpandedEvent(event_id, Expansion(occurrences, problem))


def expanded(store: Store, claim: SyncClaim, event_id: str, *occurrences: Occurrence) -> None:
    with store.writing() as work:
        work.events.expand(claim, [an_expansion(event_id, *occurrences)])
        work.commit()


def happening(store: Store, claim: SyncClaim, *events: RemoteEvent, blocks: bool = True) -> None:
    """Single timed events, stored and expanded."""
    upserted(store, claim, *events)
    for event in events:
        expanded(store, claim, event.id, an_occurrence(event, blocks=blocks))


def waiting(store: Store, claim: SyncClaim) -> list[str]:
    """The ids of what is marked for expansion."""
    with store.reading() as work:
        return sorted(series.master.id for series in work.events.unexpanded(claim, limit=1000))


def all_at_once(number: int, work: Callable[[int], _T]) -> list[_T]:
    """What `work` returned for 0, 1, ... in as many threads, which all start together."""
    start = Barrier(number)

    def after_the_start(which: int) -> _T:
        start.wait()
        return work(which)

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(after_the_start, range(number)))


def names(calendars: Iterable[Calendar]) -> list[str]:
    return [calendar.name for calendar in calendars]
