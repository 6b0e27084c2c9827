"""A workspace on a real database whose members book each other, with their calendars read without a provider."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from sqlalchemy import Engine, text

from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.booking import BookingRequest
from bot.domain.calendars import Role, SyncClaim, SyncOutcome
from bot.domain.errors import ProviderDown
from bot.domain.people import Actor, Profile, actor_of
from bot.domain.preferences import Preferences
from bot.usecases.book_appointment import BookAppointment
from bot.usecases.read_live import ReadLive
from bot.usecases.resolve_members import ResolveMembers
from storage.store import SqlStore
from tests.builders import a_schedule, at
from tests.contracts.storage_builders import a_calendar, a_profile, a_workspace, chosen, connected, new_id
from tests.fakes.clock import SettableClock
from tests.fakes.work_queue import ThreadlessQueue

OVERLAPS = text(
    "SELECT count(*) FROM appointment_host AS one JOIN appointment_host AS other"
    " ON one.host_id = other.host_id AND one.appointment_id < other.appointment_id"
    " WHERE one.live AND other.live AND one.start_at < other.end_at AND other.start_at < one.end_at"
)
GUARD_ROWS = text("SELECT appointment_id, host_id, start_at, end_at, live FROM appointment_host")

# Somebody else's reading is over when a disk or a full machine lets it be: by the clock on the wall that says nothing.
PATIENCE = timedelta(minutes=1)
_ends = count(1)


class NobodyElse:
    """Implements `ports.Directory` of a workspace in which everybody is known already."""

    def profile(self, slack_user_id: str, team_id: str) -> Profile:
        raise ProviderDown(f"Slack knows nobody called {slack_user_id} in {team_id}.")


@dataclass
class BookingStage:
    """Three members, bookable around the clock; each stage is a workspace of its own."""

    store: SqlStore
    engine: Engine
    clock: SettableClock = field(default_factory=lambda: SettableClock(at("2026-11-24 8:00", "UTC")))

    def __post_init__(self) -> None:
        team = f"T{new_id().int}"
        with self.store.writing() as work:
            self.workspace = work.workspaces.add(a_workspace(team))
            work.commit()
        self.actors = [self._member(number) for number in (1, 2, 3)]

    def _member(self, number: int) -> Actor:
        profile = a_profile(f"U{number}", f"Member {number}")
        with self.store.writing() as work:
            member = work.members.save(self.workspace.id, profile, new_id=new_id(), now=self.clock.now())
            work.commit()
        actor = actor_of(member, self.workspace)
        account = connected(self.store, actor, f"{number}@{self.workspace.slack_team_id}.test")
        chosen(self.store, actor, a_calendar(account, role=Role.LINKED))
        with self.store.writing() as work:
            work.schedules.change(actor, _around_the_clock)
            work.commit()
        return actor

    @property
    def read_live(self) -> ReadLive:
        return ReadLive(self.store, self._sync, ThreadlessQueue(), self.clock, within=PATIENCE)

    def _sync(self, claim: SyncClaim) -> SyncOutcome:
        now = self.clock.now()
        # The clock stands still, yet no two readings end at the same moment: by that others know that one has ended.
        read_at = now + timedelta(microseconds=next(_ends))
        with self.store.writing() as work:
            work.calendars.finish(claim, read_at=read_at, next_sync_at=now + timedelta(days=400))
            work.commit()
        return SyncOutcome.SYNCED

    def book(self, actor: Actor, request: BookingRequest, origin: str) -> Appointment:
        resolve = ResolveMembers(self.store, NobodyElse(), self.clock, new_id)
        use_case = BookAppointment(self.store, self.clock, new_id, resolve, self.read_live, lambda: None)
        return use_case(actor, request, origin=origin).appointment

    def known(self, appointment_id: UUID) -> Appointment:
        with self.store.reading() as work:
            found = work.appointments.known(appointment_id)
        assert found is not None
        return found

    def overlaps(self) -> int:
        """How often a host has to be in two places, asked of the database and of nothing of ours."""
        with self.engine.connect() as connection:
            return int(connection.execute(OVERLAPS).scalar_one())

    def guarded(self) -> set[tuple[UUID, UUID, int, int, bool]]:
        """The guard's rows of this workspace's members."""
        hosts = {actor.member_id for actor in self.actors}
        with self.engine.connect() as connection:
            rows = connection.execute(GUARD_ROWS).all()
        told = {(_id(row[0]), _id(row[1]), row[2], row[3], bool(row[4])) for row in rows}
        return {row for row in told if row[1] in hosts}


def _around_the_clock(preferences: Preferences) -> Preferences:
    return replace(preferences, schedule=a_schedule("daily 0:00-24:00"))


def _id(stored: object) -> UUID:
    return stored if isinstance(stored, UUID) else UUID(str(stored))


def takes_time(appointment: Appointment, now: datetime) -> bool:
    """Whether it keeps its hosts from another one, told without the code under test."""
    if appointment.status is AppointmentStatus.HELD:
        return appointment.expires_at is not None and now < appointment.expires_at
    return appointment.status is AppointmentStatus.CONFIRMED
