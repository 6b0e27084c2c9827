"""A town whose Google calendar is read as well: what people do to appointments' events there reaches Daybook."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

import httpx

from bot.clients.google.copies import GoogleCopies
from bot.clients.google.gateway import GoogleCalendars
from bot.clients.google.oauth import GoogleOAuth
from bot.clients.google.service import GoogleService
from bot.clients.google.tokens import GoogleTokens
from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment
from bot.domain.booking import Answer, BookingRequest
from bot.domain.calendars import Calendar, Role, SyncClaim, SyncOutcome
from bot.domain.effects import EffectKind
from bot.domain.intervals import Interval
from bot.domain.polling import LEASE
from bot.sandbox.google.errors import Resource
from bot.usecases.answer_fuse import AnswerFuse
from bot.usecases.answer_question import AnswerQuestion
from bot.usecases.book_appointment import BookAppointment
from bot.usecases.deliver_effects import DeliverEffects
from bot.usecases.deliver_event import DeliverEvent
from bot.usecases.read_live import ReadLive
from bot.usecases.resolve_members import ResolveMembers
from bot.usecases.sync_calendar import SyncCalendar
from storage.credentials import SealedCredentials
from storage.engine import open_engine
from storage.vault import Vault
from tests.builders import BERLIN
from tests.contracts.storage_builders import a_calendar, chosen, new_id
from tests.event_builders import utc_days
from tests.fakes.clock import SettableClock
from tests.fakes.work_queue import ThreadlessQueue
from tests.integration.booking_stage import NobodyElse
from tests.integration.delivery_process import TIMEOUT_SECONDS
from tests.integration.delivery_town import ANA, Services, Town, a_town
from tests.integration.fire_house import MortalStore, PowerCut
from tests.patience import PATIENCE

WINDOW = utc_days("2026-11-20", "2027-12-31")
POLL = timedelta(minutes=5)
LONG = timedelta(seconds=PATIENCE)
_WRITES = "POST|PATCH|PUT|DELETE"
_EVENTS = "/calendar/v3/calendars/.*/events.*"


@dataclass
class Following:
    """The town, and the sync of Ana's calendars; its process may die at a commit."""

    town: Town
    store: MortalStore
    clock: SettableClock
    sync: SyncCalendar
    deliver: DeliverEffects

    # --- What people do in Google

    def edit(self, appointment: Appointment, **fields: object) -> None:
        """Somebody changes its event there."""
        self.town.google.change_event(self.container(appointment), self.town.event_id(appointment), **fields)

    def drag(self, appointment: Appointment, times: str, zone: str = BERLIN) -> None:
        """Somebody moves it to `2026-11-24T16:00+01:00/2026-11-24T16:30+01:00`."""
        start, end = ({"dateTime": _to_the_second(point), "timeZone": zone} for point in times.split("/"))
        self.edit(appointment, start=start, end=end)

    def bin(self, appointment: Appointment) -> None:
        """Somebody deletes it there."""
        self.town.google.delete_event(self.container(appointment), self.town.event_id(appointment))

    def fields(self, appointment: Appointment) -> Resource:
        """The event as Google has it."""
        events = self.town.google.calendars[self.container(appointment)].events
        return events[self.town.event_id(appointment)].fields

    def add_calendar(self, summary: str) -> str:
        """A further calendar of the account, which Ana chooses besides; returns its id in Google."""
        remote_id = self.town.google.add_calendar(ANA, summary, BERLIN)
        with self.store.reading() as work:
            before = work.calendars.of(self.town.ana)
            [account] = [one for one in work.accounts.of(self.town.ana) if one.id == before[0].account_id]
        chosen(self.store, self.town.ana, *before, a_calendar(account, remote_id, role=Role.CONFLICT, name=summary))
        return remote_id

    # --- What Daybook does

    def poll(self, times: int = 1) -> list[SyncOutcome]:
        """Read all of Ana's calendars so many times, whatever their plan, and have everything delivered after each."""
        outcomes = []
        for _ in range(times):
            outcomes += self.read()
            self.town.deliver(2)
        return outcomes

    def read(self) -> list[SyncOutcome]:
        """Read them, and nothing else."""
        return [self.sync(claim) for claim in self._claims()]

    def read_and_die(self, commits: int) -> None:
        """Read them until so many commits went well; another process takes over when the lease has ended."""
        left = iter(range(commits))

        def dies() -> None:
            if next(left, None) is None:
                raise PowerCut

        [claim] = self._claims()
        self.store.before_commit = dies
        try:
            with suppress(PowerCut):
                self.sync(claim)
        finally:
            self.store.before_commit = lambda: None
        self.town.now += LEASE

    def book(self, request: BookingRequest) -> Appointment:
        """Ana books through the form's use-case, for which her calendars are read live."""
        self.clock.time = self.town.now
        resolve = ResolveMembers(self.store, NobodyElse(), self.clock, new_id)
        live = ReadLive(
            self.store,
            self.sync,
            ThreadlessQueue(),
            self.clock,
            self.deliver.follow,
            within=LONG,
        )
        use_case = BookAppointment(self.store, self.clock, new_id, resolve, live, lambda: None)
        return use_case(self.town.ana, request, origin=str(new_id())).appointment

    def answer(self, appointment: Appointment, answer: Answer) -> None:
        """Ana presses a button of the card, and it is delivered."""
        self.clock.time = self.town.now
        version = self.town.known(appointment).version
        AnswerQuestion(self.store, self.clock, lambda: None)(self.town.ana, appointment.id, answer, version=version)
        self.town.deliver(5)

    def allow_loss(self) -> None:
        """Ana says that so many events may go."""
        calendar = self.calendar()
        assert calendar.fuse is not None
        AnswerFuse(self.store, self.clock)(self.town.ana, calendar.id, calendar.fuse.number, removes=True)

    # --- What there is

    def calendar(self) -> Calendar:
        """Ana's linked one."""
        with self.store.reading() as work:
            return next(one for one in work.calendars.of(self.town.ana) if one.role is Role.LINKED)

    def busy(self) -> list[Interval]:
        """What her calendars' events take of her time."""
        with self.store.reading() as work:
            ids = [one.id for one in work.calendars.of(self.town.ana)]
            busy = work.events.busy(self.town.ana, ids, WINDOW)
        return sorted(Interval(*one) for spans in busy.values() for one in spans)

    def titles(self) -> list[str]:
        """What her calendars put on her agenda."""
        with self.store.reading() as work:
            return [entry.title for entry in work.events.agenda(self.town.ana, WINDOW)]

    def history(self, appointment: Appointment) -> list[LogEntry]:
        """What it says since it was booked."""
        with self.store.reading() as work:
            first, *since = work.appointments.log(appointment.id)
        assert first.deed is Deed.BOOKED
        return since

    def writes(self) -> int:
        """How often Daybook wrote to Google's events so far."""
        return len(self.town.google.ledger.matching(_WRITES, _EVENTS))

    def looks(self) -> int:
        """How often it asked Google for an event of an appointment by itself."""
        return len(self.town.google.ledger.matching("GET", "/calendar/v3/calendars/.*/events/.+"))

    def zoom_starts(self) -> list[object]:
        """When the meetings in Zoom start."""
        return sorted(meeting["start_time"] for meeting in self.town.zoom.meetings())

    def container(self, appointment: Appointment) -> str:
        """The id of the calendar in which its event is written."""
        with self.store.reading() as work:
            return work.remote_links.of(appointment.id)[EffectKind.EVENT].container

    def _claims(self) -> Sequence[SyncClaim]:
        self.clock.time = self.town.now
        with self.store.writing() as work:
            work.calendars.request_sync(self.town.ana, self.town.now)
            claims = work.calendars.claim_due(self.town.now, limit=10, lease=LEASE)
            work.commit()
        return claims


@contextmanager
def a_following(services: Services, kind: str) -> Iterator[Following]:
    """A new town on a new database of that kind, whose calendar was read once."""
    with ExitStack() as stack:
        town = stack.enter_context(a_town(services, kind))
        following = _following(town, stack)
        assert following.read() == [SyncOutcome.SYNCED]
        yield following


def _following(town: Town, stack: ExitStack) -> Following:
    wires = town.wires
    clock = SettableClock(town.now)
    engine = open_engine(wires.database)
    stack.callback(engine.dispose)
    store = MortalStore(engine, Vault([wires.key]))
    service = GoogleService(f"{wires.google_url}/calendar/v3/", timeout_seconds=TIMEOUT_SECONDS)
    stack.callback(service.close)
    oauth = GoogleOAuth(
        client_id=wires.google[0],
        client_secret=wires.google[1],
        auth_url=f"{wires.google_url}/o/oauth2/v2/auth",
        token_url=f"{wires.google_url}/token",
        revoke_url=f"{wires.google_url}/revoke",
        http=stack.enter_context(httpx.Client(timeout=TIMEOUT_SECONDS, trust_env=False)),
        clock=clock,
    )
    tokens = GoogleTokens(SealedCredentials(store), oauth, clock)
    return Following(
        town,
        store,
        clock,
        SyncCalendar(store, GoogleCalendars(service, tokens), clock, interval=POLL, jitter=lambda: 0.5),
        DeliverEffects(
            store,
            {EffectKind.EVENT: DeliverEvent(store, GoogleCopies(service, tokens), clock)},
            lambda: None,
            ThreadlessQueue(),
            clock,
            jitter=lambda: 0.0,
            limit=50,
        ),
    )


def _to_the_second(point: str) -> str:
    day, time = point.split("T")
    return f"{day}T{time[:5]}:00{time[5:]}"


def in_google(entries: list[LogEntry]) -> list[tuple[Deed, Interval | None, Interval | None]]:
    """What was done, from where to where; by nobody whom Daybook knows."""
    assert {entry.who for entry in entries} <= {None}
    return [(entry.deed, entry.before, entry.after) for entry in entries]
