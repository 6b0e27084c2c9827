"""Ana, who checks how fast changes arrive, with Google as scripted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from uuid import UUID

from bot.domain.calendars import Role, SyncOutcome
from bot.domain.events import EventPage, EventStatus, RemoteEvent, ShowsAs, Timed
from bot.domain.round_trips import RoundTrip, RoundTripShown
from bot.domain.wall_time import moment
from bot.usecases.check_round_trip import BeginRoundTrip, ShowRoundTrip
from bot.usecases.tidy_round_trips import TidyRoundTrips
from tests.builders import BERLIN
from tests.fakes.calendar_gateway import ScriptedGateway
from tests.fakes.round_trips import FakeRoundTripEvents
from tests.unit.usecases.sync_house import CALENDAR_ID, House

REMOTE = f"calendar-{CALENDAR_ID.int}"
Break = Callable[[str], None]


@dataclass
class CheckHouse:
    """Ana with a linked calendar that was just read."""

    gateway: ScriptedGateway = field(default_factory=ScriptedGateway)
    numbers: Iterator[int] = field(default_factory=lambda: count(900))

    def __post_init__(self) -> None:
        self.house = House(self.gateway)
        self.store, self.clock, self.actor = self.house.store, self.house.clock, self.house.actor
        self.link(Role.LINKED)
        self.google = FakeRoundTripEvents(before=self._nothing_is_open)
        self.begin_it = BeginRoundTrip(self.store, self.google, self.clock, lambda: UUID(int=next(self.numbers)))
        self.show_it = ShowRoundTrip(self.store, self.clock)
        self.tidy = TidyRoundTrips(self.store, self.google, self.clock)
        self.reads()

    def link(self, role: Role) -> None:
        row = self.store.tables.calendars[CALENDAR_ID]
        self.store.tables.calendars[CALENDAR_ID] = replace(row, calendar=replace(row.calendar, role=role))

    def begins(self) -> RoundTrip:
        return self.begin_it(self.actor).trip

    def reads(self, *events: RemoteEvent) -> None:
        """The ordinary sync, which is told what is there in Google, and these."""
        checks = [self.told(event_id) for _, event_id in self.google.events] if hasattr(self, "google") else []
        self.gateway.script.append([EventPage([*checks, *events], BERLIN, "token")])
        assert self.house.run() is SyncOutcome.SYNCED

    def told(self, event_id: str) -> RemoteEvent:
        """The event of a check as Google lists it."""
        start, end = self.google.events[REMOTE, event_id]
        when = (Timed(moment(start), BERLIN), Timed(moment(end), BERLIN))
        return RemoteEvent(
            event_id, EventStatus.CONFIRMED, title="Daybook check", shows_as=ShowsAs.FREE, start=when[0], end=when[1]
        )

    def shown(self) -> RoundTripShown:
        shown = self.show_it(self.actor)
        assert shown is not None
        return shown

    def trip(self) -> RoundTrip:
        return self.shown().trip

    def passes(self, **time: float) -> None:
        self.clock.time += timedelta(**time)

    def _nothing_is_open(self, _name: str) -> None:
        assert not self.store.is_open


def raising(error: Exception, *, on: str = "write", after: bool = False) -> Callable[[CheckHouse], None]:
    """Has Google answer a request like that."""

    def answer(name: str) -> None:
        if name == on:
            raise error

    def set_up(house: CheckHouse) -> None:
        if after:
            house.google.after = answer
        else:
            house.google.before = answer

    return set_up
