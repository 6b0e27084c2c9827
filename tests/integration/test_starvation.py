"""Many whose Google does not answer, and one whose Google does: he does not wait for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from uuid import UUID

import pytest

from bot.app.foundation import DELIVERIES
from bot.clients.google.service import TIMEOUT_SECONDS
from bot.domain.appointments import Appointment
from bot.domain.calendars import Calendar
from bot.domain.effects import EffectKind, LinkState, event_lane
from bot.domain.errors import ProviderDown
from bot.domain.event_copies import CopyPlan, CopySeen
from bot.queue.threads import ThreadQueue
from bot.usecases.deliver_effects import DeliverEffects
from bot.usecases.deliver_event import DeliverEvent
from bot.usecases.want_delivery import plan_event
from storage.engine import open_engine
from storage.store import SqlStore
from storage.vault import Vault, new_key
from tests.contracts.appointment_builders import an_appointment, booked
from tests.contracts.storage_builders import NOW, a_synced
from tests.databases import a_file
from tests.fakes.event_copies import FakeCopies

pytestmark = pytest.mark.slow

_SPEEDS = (20, 10, 5)
"""The clock of the domain runs so much faster than that of the wall; slower where a machine cannot follow."""

_TIMES = [f"2026-12-{day:02} {hour}:00-{hour}:30" for day in range(1, 6) for hour in range(8, 20)]


@dataclass
class HastyClock:
    """Implements `ports.Clock`."""

    faster: int
    began: float = field(default_factory=monotonic)

    def now(self) -> datetime:
        return NOW + timedelta(seconds=(monotonic() - self.began) * self.faster)

    def sleep(self, seconds: float) -> None:
        """Sleep so long by this clock."""
        sleep(seconds / self.faster)


@dataclass(kw_only=True)
class SilentCopies(FakeCopies):
    """Google, which is silent about these accounts until one gives up."""

    clock: HastyClock
    silent: set[UUID] = field(default_factory=set)

    def insert(self, account_id: UUID, remote_id: str, event_id: str, plan: CopyPlan) -> CopySeen:
        if account_id in self.silent:
            self.clock.sleep(TIMEOUT_SECONDS)
            raise ProviderDown("Google did not answer.", is_silent=True)
        return super().insert(account_id, remote_id, event_id, plan)


@dataclass
class Service:
    """A process that delivers events, with as many threads as it has."""

    store: SqlStore
    clock: HastyClock
    copies: SilentCopies

    def book(self, user: str, appointments: int) -> tuple[Calendar, list[Appointment]]:
        """A member with so many appointments, none of which is in his calendar yet."""
        member = a_synced(self.store, user=user)
        calendar = member.claim.calendar
        made = [booked(self.store, an_appointment(member.actor, when)) for when in _TIMES[:appointments]]
        with self.store.writing() as work:
            for one in made:
                plan_event(work, one.id, calendar, generation=0)
                lane = event_lane(calendar.id)
                work.effects.want(one, EffectKind.EVENT, lane=lane, due_at=self.clock.now())
            work.commit()
        return calendar, made

    def seconds_until_written(self, appointment: Appointment, at_most: float) -> float:
        """By the clock of the domain."""
        since = self.clock.now()
        while (passed := (self.clock.now() - since).total_seconds()) < at_most:
            with self.store.reading() as work:
                if work.remote_links.of(appointment.id)[EffectKind.EVENT].state is LinkState.WRITTEN:
                    return passed
            sleep(0.01)
        return at_most

    @contextmanager
    def delivering(self) -> Iterator[None]:
        """The job ticks each second for as long as the block lasts."""
        queue = ThreadQueue(threads=DELIVERIES, waiting=DELIVERIES, name="delivery")
        deliver = DeliverEffects(
            self.store,
            {EffectKind.EVENT: DeliverEvent(self.store, self.copies, self.clock)},
            lambda: None,
            queue,
            self.clock,
            jitter=lambda: 0.0,
            limit=2 * DELIVERIES,
        )
        over = Event()

        def tick() -> None:
            while not over.wait(1 / self.clock.faster):
                deliver()

        job = Thread(target=tick)
        job.start()
        try:
            yield
        finally:
            over.set()
            job.join()
            queue.close()


def services(folder: Path) -> Iterator[Service]:
    """A service, and where its machine cannot follow, another one with more time."""
    for speed in _SPEEDS:
        engine, clock = open_engine(a_file(folder, f"{speed}.db")), HastyClock(speed)
        try:
            yield Service(SqlStore(engine, Vault([new_key()])), clock, SilentCopies(clock=clock))
        finally:
            engine.dispose()


def waits(service: Service, *, slow: int, each: int, times: int) -> list[float]:
    """How long one after the other waits for his event, while so many members' appointments go to a silent Google."""
    for number in range(slow):
        calendar, _ = service.book(f"S{number}", each)
        service.copies.silent.add(calendar.account_id)
    found = []
    with service.delivering():
        for number in range(times):
            service.clock.sleep(10)
            _, [one] = service.book(f"H{number}", 1)
            found.append(service.seconds_until_written(one, at_most=300))
    return found


# fault 35
def test_sixty_appointments_of_one_member_that_google_does_not_take_keep_nobody_waiting(tmp_path: Path) -> None:
    assert any(max(waits(service, slow=1, each=60, times=4)) <= 10 for service in services(tmp_path))


# fault 35
def test_once_sixty_appointments_of_a_dozen_members_were_tried_they_keep_nobody_waiting(tmp_path: Path) -> None:
    def holds(service: Service) -> bool:
        first, *later = waits(service, slow=12, each=5, times=5)
        # A first try hangs as long as Google may be silent, and nobody knows that before.
        return first <= 60 and sorted(later)[:3][-1] <= 15

    assert any(map(holds, services(tmp_path)))
