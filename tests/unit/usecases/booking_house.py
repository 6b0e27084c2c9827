"""Acme in memory with everything that books; shared by the tests of booking and of what follows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from bot.domain.accounts import Account, AccountStatus, Credential, Provider
from bot.domain.appointment_log import LogEntry
from bot.domain.appointments import Appointment
from bot.domain.booking import Booked, BookingRequest
from bot.domain.calendars import SyncClaim, SyncOutcome
from bot.domain.contacts import new_contact
from bot.domain.effects import Effect, EffectKind, RemoteLink
from bot.domain.people import Member
from bot.usecases.book_appointment import BookAppointment
from bot.usecases.read_live import ReadLive
from tests.builders import BERLIN, at, second
from tests.fakes.calendar_rows import AccountRow
from tests.fakes.work_queue import ThreadlessQueue
from tests.patience import PATIENCE
from tests.unit.handlers.acme import NOW, Acme
from tests.unit.rendering.answers import actor, ana
from tests.unit.rendering.connections import WORK

Sync = Callable[[SyncClaim], object]
MAYA = new_contact("maya@ortiz.test", "Maya Ortiz")

NOTHING: frozenset[str] = frozenset()


class _Whatever(frozenset[str]):
    """A word about everything that nobody knows."""

    def __ge__(self, _other: object) -> bool:
        return True


WHATEVER = _Whatever()


def a_request(
    when: str = "15:00", *hosts: Member, zone: str = BERLIN, anyway: bool = False, **fields: object
) -> BookingRequest:
    """Half an hour with Maya, on the usual day unless a date is written; nobody named means the booker.

    `anyway` passes over whatever nobody knows.
    """
    request = BookingRequest(
        tuple(host.slack_user_id for host in hosts),
        MAYA,
        second(when, zone),
        30,
        anyway=WHATEVER if anyway else NOTHING,
    )
    return replace(request, **fields)  # type: ignore[arg-type]  # by name


class BookingHouse(Acme):
    """Acme, whose calendars are read live by `on_sync`, and what was booked there.

    `unanswered` are the members about whose calendars Google does not answer.
    """

    def __init__(self) -> None:
        super().__init__()
        self.ids = count(1000)
        self.read_live_for: list[UUID] = []
        self.on_sync: Sync = lambda _claim: None
        self.unanswered: set[UUID] = set()
        self.deliveries = 0

    def new_id(self) -> UUID:
        return UUID(int=next(self.ids))

    def deliver_soon(self) -> None:
        self.deliveries += 1

    def read_live(self) -> ReadLive:
        """Reads at once, in the thread that asks."""
        return ReadLive(self.store, self._sync, ThreadlessQueue(), self.clock, within=timedelta(seconds=PATIENCE))

    def _sync(self, claim: SyncClaim) -> SyncOutcome:
        self.read_live_for.append(claim.calendar.member_id)
        with self.store.writing() as work:
            work.calendars.keep(claim, self.clock.now())
            work.commit()
        self.on_sync(claim)
        return SyncOutcome.FAILED if claim.calendar.member_id in self.unanswered else SyncOutcome.SYNCED

    def book(self, request: BookingRequest, *, by: Member = ana, origin: str = "") -> Booked:
        """Book it, each time in a submission of its own unless one is named."""
        use_case = BookAppointment(
            self.store, self.clock, self.new_id, self.resolve_members(), self.read_live(), self.deliver_soon
        )
        return use_case(actor(by), request, origin=origin or str(self.new_id()))

    def connect_zoom(self, member: Member) -> Account:
        """A Zoom account that works."""
        account = replace(
            WORK,
            id=UUID(int=500 + member.id.int),
            member_id=member.id,
            provider=Provider.ZOOM,
            status=AccountStatus.ACTIVE,
        )
        credential = Credential("access", "refresh", NOW, frozenset())
        self.store.tables.accounts[account.id] = AccountRow(account, credential)
        return account

    def effects(self, appointment: Appointment) -> dict[EffectKind, Effect]:
        with self.store.reading() as work:
            return dict(work.effects.of(appointment.id))

    def due(self, appointment: Appointment) -> dict[str, tuple[int, str]]:
        """Which version is wanted of each kind, and when it is due by the clock of Berlin."""
        return {
            str(kind): (effect.wanted, f"{effect.due_at.astimezone(NOON.tzinfo):%H:%M:%S}")
            for kind, effect in self.effects(appointment).items()
            if effect.due_at is not None
        }

    def links(self, appointment: Appointment) -> dict[EffectKind, RemoteLink]:
        with self.store.reading() as work:
            return dict(work.remote_links.of(appointment.id))

    def log(self, appointment: Appointment) -> list[LogEntry]:
        with self.store.reading() as work:
            return list(work.appointments.log(appointment.id))

    def stored(self) -> list[Appointment]:
        """All that is there, by start."""
        rows = (row.appointment for row in self.store.tables.appointments.values())
        return sorted(rows, key=lambda one: one.span)

    def at(self, when: str, zone: str = BERLIN) -> datetime:
        """Set the clock to a moment on the wall of a zone."""
        self.clock.time = at(when, zone).astimezone(UTC)
        return self.clock.time


NOON = at("12:00")
