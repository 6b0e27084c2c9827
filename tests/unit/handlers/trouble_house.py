"""Acme with *Events not syncing?*: the status, the form for a missing event and the round trip check; by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from uuid import UUID

from bot.domain.calendars import RemoteCalendar
from bot.rendering.surfaces import Message
from bot.usecases.check_round_trip import BeginRoundTrip, ShowRoundTrip
from bot.usecases.choose_calendars import OfferCalendars
from bot.usecases.compare_day import CompareDay
from bot.usecases.diagnose import Diagnose
from bot.usecases.ignore_event import UnignoreEvent
from bot.usecases.offer_own_calendars import OfferOwnCalendars
from bot.usecases.show_status import RequestSync, ShowStatus
from bot.usecases.tidy_round_trips import TidyRoundTrips
from handlers.trouble_cases import TroubleCases
from handlers.waiting import WaitForSync
from handlers.waiting_for_round_trip import WaitForRoundTrip
from tests.fakes.calendar_gateway import ScriptedGateway
from tests.fakes.round_trips import FakeDayReader, FakePermissions, FakeRoundTripEvents
from tests.fakes.work_queue import HandQueue, ThreadlessQueue
from tests.unit.handlers.acme import NOW, Acme
from tests.unit.handlers.acting import DrawnHomes, RecordingReply
from tests.unit.rendering.answers import ana
from tests.unit.rendering.screen import read_message, read_view

LATER = NOW + timedelta(minutes=5)


def lines_of(reply: RecordingReply) -> list[list[str]]:
    """The lines of every message and modal that was shown."""
    shown = [one for _, one in reply.shown]
    return [read_message(one) if isinstance(one, Message) else read_view(one) for one in shown if one.blocks]


@dataclass
class TroubleHouse:
    """Ana's calendar was read four minutes ago; Google lists it and one that she does not use."""

    acme: Acme = field(default_factory=Acme)
    queue: HandQueue = field(default_factory=HandQueue)
    google: FakeRoundTripEvents = field(default_factory=FakeRoundTripEvents)
    reader: FakeDayReader = field(default_factory=FakeDayReader)
    homes: DrawnHomes = field(default_factory=DrawnHomes)
    numbers: Iterator[int] = field(default_factory=lambda: count(900))

    def __post_init__(self) -> None:
        acme = self.acme
        acme.set_read(ana, NOW - timedelta(minutes=4), next_sync_at=LATER)
        linked = acme.calendars[ana.id]
        listed = RemoteCalendar(linked.remote_id, "Ana", linked.zone, linked.access_role, is_primary=True)
        gateway = ScriptedGateway(remote_calendars=[listed, replace(listed, remote_id="side", name="Side")])
        offer_own_calendars = OfferOwnCalendars(acme.store, OfferCalendars(acme.store, gateway, acme.clock))
        self.show_status = ShowStatus(acme.store, acme.clock)
        self.wait_for_sync = WaitForSync(self.show_status, self.queue)
        self.tidy = TidyRoundTrips(acme.store, self.google, acme.clock)
        self.cases = TroubleCases(
            begin_round_trip=BeginRoundTrip(acme.store, self.google, acme.clock, lambda: UUID(int=next(self.numbers))),
            compare_day=CompareDay(acme.store, offer_own_calendars, self.reader, ThreadlessQueue(), acme.clock),
            diagnose=Diagnose(acme.store, FakePermissions(), acme.clock),
            offer_own_calendars=offer_own_calendars,
            request_sync=RequestSync(acme.store, acme.clock),
            show_status=self.show_status,
            unignore=UnignoreEvent(acme.store),
            wait_for_round_trip=WaitForRoundTrip(ShowRoundTrip(acme.store, acme.clock), self.queue),
        )

    def passes(self, seconds: int) -> None:
        """As many ticks of the jobs that look at who waits, and the work that comes of each."""
        for _ in range(seconds):
            self.wait_for_sync.look()
            self.cases.wait_for_round_trip.look()
            self.queue.run_all()
