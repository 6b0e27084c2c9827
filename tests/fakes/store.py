"""A store in memory: it records what was stored, and undoes what was not committed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bot.domain.accounts import Credential, RefreshClaim
from bot.domain.errors import NotFound
from tests.fakes.appointments import FakeAppointments
from tests.fakes.calendar_repositories import FakeCalendars
from tests.fakes.change_sets import FakeChangeSets
from tests.fakes.channels import FakePushChannels
from tests.fakes.contacts import FakeContacts
from tests.fakes.digests import FakeDigests
from tests.fakes.effects import FakeEffects, FakeRemoteLinks
from tests.fakes.erasures import FakeErasures
from tests.fakes.event_repositories import FakeEvents
from tests.fakes.homes import FakeHomes
from tests.fakes.invitees import FakeInvitees
from tests.fakes.landings import FakeLandings
from tests.fakes.leavings import FakeLeavings
from tests.fakes.messages import FakeMessages
from tests.fakes.offers import FakeOffers
from tests.fakes.people_repositories import FakeAccounts, FakeConnectLinks, FakeInbox, FakeMembers, FakeWorkspaces
from tests.fakes.reminders import FakeReminders
from tests.fakes.round_trips import FakeRoundTrips
from tests.fakes.schedules import FakeSchedules
from tests.fakes.tables import Tables
from tests.fakes.taken import FakeTaken
from tests.fakes.triggers import FakeFirings, FakeTriggers


class FakeUnitOfWork:
    """Implements `ports.UnitOfWork` on a snapshot."""

    def __init__(self, store: "FakeStore", *, may_write: bool) -> None:
        self._store = store
        self._tables = store.tables.snapshot()
        self._may_write = may_write
        self.workspaces = FakeWorkspaces(self._tables)
        self.members = FakeMembers(self._tables)
        self.links = FakeConnectLinks(self._tables)
        self.accounts = FakeAccounts(self._tables)
        self.calendars = FakeCalendars(self._tables)
        self.push_channels = FakePushChannels(self._tables)
        self.events = FakeEvents(self._tables)
        self.schedules = FakeSchedules(self._tables)
        self.contacts = FakeContacts(self._tables)
        self.invitees = FakeInvitees(self._tables)
        self.erasures = FakeErasures(self._tables)
        self.appointments = FakeAppointments(self._tables)
        self.effects = FakeEffects(self._tables)
        self.remote_links = FakeRemoteLinks(self._tables)
        self.messages = FakeMessages(self._tables)
        self.offers = FakeOffers(self._tables)
        self.taken = FakeTaken(self._tables)
        self.change_sets = FakeChangeSets(self._tables)
        self.leavings = FakeLeavings(self._tables)
        self.landings = FakeLandings(self._tables)
        self.round_trips = FakeRoundTrips(self._tables)
        self.triggers = FakeTriggers(self._tables)
        self.firings = FakeFirings(self._tables)
        self.digests = FakeDigests(self._tables)
        self.reminders = FakeReminders(self._tables)
        self.homes = FakeHomes(self._tables)
        self.inbox = FakeInbox(self._tables)

    def commit(self) -> None:
        """Keep what was written so far."""
        if not self._may_write:
            raise RuntimeError("This unit of work was opened for reading.")
        self._store.keep(self._tables.snapshot())


class FakeStore:
    """Implements `ports.Store`. `tables` holds what is committed, `commits` tells how often that happened.

    `before_commit` is called before each commit, and may raise as if the database, or the power, was gone.
    """

    def __init__(self) -> None:
        self.tables = Tables()
        self.commits = 0
        self.before_commit: Callable[[], None] = lambda: None
        self._open = 0
        self._writers = threading.RLock()

    @property
    def is_open(self) -> bool:
        """Whether a unit of work is open, which must not be during a network call."""
        return self._open > 0

    @contextmanager
    def reading(self) -> Iterator[FakeUnitOfWork]:
        """A consistent view."""
        with self._counted():
            yield FakeUnitOfWork(self, may_write=False)

    @contextmanager
    def writing(self, *, within: float = 10.0) -> Iterator[FakeUnitOfWork]:
        """The right to write: one at a time."""
        with self._writers, self._counted():
            yield FakeUnitOfWork(self, may_write=True)

    def keep(self, tables: Tables) -> None:
        """Make these the committed tables."""
        self.before_commit()
        self.tables = tables
        self.commits += 1

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1


class FakeCredentials:
    """Implements `ports.Credentials` and `ports.OneTimeCredentials` on a fake store."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def load(self, account_id: UUID) -> Credential:
        row = self._store.tables.accounts.get(account_id)
        if row is None:
            raise NotFound
        return row.credential

    def replace(self, account_id: UUID, old: Credential, new: Credential) -> Credential:
        with self._store.writing():
            stored = self.load(account_id)
            if stored != old:
                return stored
            self._write(account_id, credential=new)
        return new

    def claim_refresh(self, account_id: UUID, *, now: datetime, lease: timedelta) -> RefreshClaim | None:
        with self._store.writing():
            credential = self.load(account_id)
            row = self._store.tables.accounts[account_id]
            if row.refresh_lease_until is not None and row.refresh_lease_until > now:
                return None
            claim = RefreshClaim(account_id, row.refresh_fence + 1, credential)
            self._write(account_id, refresh_fence=claim.fence, refresh_lease_until=now + lease)
        return claim

    def finish_refresh(self, claim: RefreshClaim, new: Credential) -> Credential:
        return self._end(claim, new)

    def give_up_refresh(self, claim: RefreshClaim) -> Credential:
        return self._end(claim, replace(claim.credential, refresh_token=""))

    def release_refresh(self, claim: RefreshClaim) -> None:
        with self._store.writing():
            row = self._store.tables.accounts.get(claim.account_id)
            if row is not None and row.refresh_fence == claim.fence:
                self._write(claim.account_id, refresh_lease_until=None)

    def _end(self, claim: RefreshClaim, new: Credential) -> Credential:
        with self._store.writing():
            stored = self.load(claim.account_id)
            if stored in (claim.credential, replace(claim.credential, refresh_token="")):
                self._write(claim.account_id, credential=new)
                stored = new
        self.release_refresh(claim)
        return stored

    def _write(self, account_id: UUID, **values: Any) -> None:
        tables = self._store.tables.snapshot()
        tables.accounts[account_id] = replace(tables.accounts[account_id], **values)
        self._store.keep(tables)
