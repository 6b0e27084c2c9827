"""A SQLite file with one member and one calendar of his, as the figures about the store need it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy import Engine

from bot.domain.accounts import Access, Account, AccountStatus, Credential, Provider
from bot.domain.calendars import ONE_WAY, AccessRole, Calendar, Role, SyncClaim
from bot.domain.people import Actor, Profile, Standing, Workspace, actor_of
from bot.ports import Clock, UnitOfWork
from storage.engine import open_engine
from storage.migrate import upgrade
from storage.store import SqlStore
from storage.vault import Vault, new_key
from tests.bench import month

CALENDAR_ID, ACCOUNT_ID = UUID(int=20), UUID(int=10)
ADDRESS = "ana@acme.test"
_LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class House:
    """The file, opened, and who lives in it."""

    file: Path
    engine: Engine
    store: SqlStore
    actor: Actor

    def claim(self, now: datetime) -> SyncClaim:
        """Make the calendar due and claim it."""
        with self.store.writing() as work:
            work.calendars.request_sync(self.actor, now)
            (claim,) = work.calendars.claim_due(now, limit=1, lease=_LEASE)
            work.commit()
        return claim


@dataclass(frozen=True, slots=True)
class Tenant:
    """Who moves in: his ids at Slack, and what opens his calendar at Google."""

    slack_team_id: str = "T1"
    slack_user_id: str = "U1"
    access_token: str = "token"
    key: str = ""


def url_of(file: Path) -> str:
    """The database in this file."""
    return f"sqlite:///{file}"


@contextmanager
def moved_in(file: Path, clock: Clock, tenant: Tenant | None = None) -> Iterator[House]:
    """A new database at `file` while the block lasts; its calendar is linked and was never read."""
    who = tenant or Tenant()
    upgrade(url_of(file))
    engine = open_engine(url_of(file))
    store = SqlStore(engine, Vault([who.key or new_key()]))
    try:
        with store.writing() as work:
            actor = _move_in(work, who, clock.now())
            work.commit()
        yield House(file, engine, store, actor)
    finally:
        engine.dispose()


@contextmanager
def opened(file: Path, actor: Actor) -> Iterator[House]:
    """Such a database, opened again while the block lasts; what is sealed in it cannot be read."""
    engine = open_engine(url_of(file))
    try:
        yield House(file, engine, SqlStore(engine, Vault([new_key()])), actor)
    finally:
        engine.dispose()


@contextmanager
def copied(closed: Path) -> Iterator[Path]:
    """A copy of a database that nobody has open, gone at the end of the block."""
    with TemporaryDirectory(dir=closed.parent) as folder:
        copy = Path(folder) / closed.name
        copy.write_bytes(closed.read_bytes())
        yield copy


def _move_in(work: UnitOfWork, who: Tenant, now: datetime) -> Actor:
    workspace = work.workspaces.add(Workspace(UUID(int=1), who.slack_team_id, "Acme"))
    profile = Profile(who.slack_user_id, "Ana", month.ZONE, Standing.FULL, is_admin=False)
    member = work.members.save(workspace.id, profile, new_id=UUID(int=2), now=now)
    actor = actor_of(member, workspace)
    account = Account(
        id=ACCOUNT_ID,
        workspace_id=workspace.id,
        member_id=member.id,
        provider=Provider.GOOGLE,
        address=ADDRESS,
        access=Access.FULL,
        status=AccountStatus.ACTIVE,
        created_at=now,
    )
    work.accounts.add(account, Credential(who.access_token, "refresh", now + timedelta(minutes=55), frozenset()))
    work.calendars.choose(actor, [_calendar(actor)])
    return actor


def _calendar(actor: Actor) -> Calendar:
    return Calendar(
        id=CALENDAR_ID,
        workspace_id=actor.workspace_id,
        member_id=actor.member_id,
        account_id=ACCOUNT_ID,
        remote_id=ADDRESS,
        name="Ana",
        zone=month.ZONE,
        access_role=AccessRole.OWNER,
        role=Role.LINKED,
        option=ONE_WAY,
    )
