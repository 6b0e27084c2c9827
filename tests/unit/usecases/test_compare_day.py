"""An event is missing: one of one's own calendars, read live with a bound, beside what is stored of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from threading import Event as ThreadingEvent
from uuid import UUID

import pytest

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import RemoteCalendar
from bot.domain.errors import CalendarGone, NotAllowed, NotFound, Overloaded, ProviderDown
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.missing_events import ComparedDay
from bot.domain.people import Standing
from bot.ports import WorkQueue
from bot.queue.threads import ThreadQueue
from bot.usecases.choose_calendars import OfferCalendars
from bot.usecases.compare_day import CompareDay
from bot.usecases.ignore_event import IgnoreEvent, UnignoreEvent
from bot.usecases.offer_own_calendars import OfferOwnCalendars
from tests.builders import days, span
from tests.event_builders import a_meeting
from tests.fakes.calendar_gateway import ScriptedGateway
from tests.fakes.round_trips import FakeDayReader
from tests.fakes.work_queue import HandQueue, ThreadlessQueue
from tests.patience import PATIENCE
from tests.unit.handlers.acme import Acme
from tests.unit.rendering.answers import actor, ana, ben

TUESDAY = date(2026, 11, 24)
KICK_OFF = replace(a_meeting("Kick-off"), title="Kick-off")


class BegunQueue(ThreadQueue):
    """Hands work over, and says so once it has begun."""

    def __init__(self) -> None:
        super().__init__(threads=1, waiting=1, name="reading")
        self.has_begun = ThreadingEvent()

    def submit(self, work: Callable[[], None], *, whose: str = "") -> None:
        super().submit(work, whose=whose)
        assert self.has_begun.wait(PATIENCE)


class SilentGoogle(ScriptedGateway):
    """Lists nothing."""

    def calendars(self, account_id: UUID) -> Sequence[RemoteCalendar]:
        raise ProviderDown("Google did not answer.")


@dataclass
class CompareHouse:
    """Acme, in which Google lists Ana's linked calendar and one that she does not use."""

    queue: WorkQueue = field(default_factory=ThreadlessQueue)
    acme: Acme = field(default_factory=Acme)
    reader: FakeDayReader = field(default_factory=FakeDayReader)
    gateway: ScriptedGateway = field(default_factory=ScriptedGateway)

    def __post_init__(self) -> None:
        linked = self.acme.calendars[ana.id]
        listed = RemoteCalendar(linked.remote_id, "Ana", linked.zone, linked.access_role, is_primary=True)
        self.gateway.remote_calendars = [listed, replace(listed, remote_id="side", name="Side", is_primary=False)]
        self.offer = OfferOwnCalendars(self.acme.store, OfferCalendars(self.acme.store, self.gateway, self.acme.clock))
        self.reader.before = self._nothing_is_open

    def marks(self) -> dict[str, str]:
        return {one.calendar.name: one.mark for one in self.offer(actor(ana)).calendars}

    def compares(self, name: str = "Ana", who: object = None) -> ComparedDay:
        within = timedelta(milliseconds=20)
        compare = CompareDay(self.acme.store, self.offer, self.reader, self.queue, self.acme.clock, within=within)
        return compare(actor(ana if who is None else ben), self.marks()[name], TUESDAY)

    def _nothing_is_open(self) -> None:
        assert not self.acme.store.is_open


def reasons(day: ComparedDay) -> dict[str, str]:
    return {one.title: one.reason.value for one in day.events}


def test_what_google_has_and_daybook_not_yet_is_told() -> None:
    house = CompareHouse()
    house.acme.put_event(ana, KICK_OFF, "9:00-10:00")
    house.reader.events = [KICK_OFF, replace(a_meeting("Lunch", "2026-11-24 12:00-13:00"), title="Lunch")]
    day = house.compares()
    assert reasons(day) == {"Kick-off": "one_way", "Lunch": "not_read"}
    assert (day.is_live, day.problem, day.calendar_name, day.zone) == (True, "", "Ana", "Europe/Berlin")
    assert house.reader.asked == [(house.acme.calendars[ana.id].remote_id, days())]


def test_an_event_that_is_ignored_can_be_taken_back() -> None:
    house = CompareHouse()
    house.acme.put_event(ana, KICK_OFF, "9:00-10:00")
    house.reader.events = [KICK_OFF]
    IgnoreEvent(house.acme.store)(actor(ana), house.acme.ref(ana, "9:00-10:00", "Kick-off"))
    [ignored] = house.compares().events
    assert ignored.ref is not None
    assert ignored.reason.value == "ignored"
    UnignoreEvent(house.acme.store)(actor(ana), ignored.ref)
    assert reasons(house.compares()) == {"Kick-off": "one_way"}


def test_an_event_that_moved_is_told_with_the_time_it_is_stored_at() -> None:
    house = CompareHouse()
    before = replace(a_meeting("Kick-off", "2026-11-25 9:00-10:00"), title="Kick-off")
    house.acme.put_event(ana, before, "2026-11-25 9:00-10:00")
    house.reader.events = [KICK_OFF]
    [moved] = house.compares().events
    assert (moved.reason.value, moved.stored) == ("moved", span("2026-11-25 9:00-10:00"))


def test_a_calendar_that_is_not_used_is_read_too_and_said_to_be_none() -> None:
    house = CompareHouse()
    house.reader.events = [KICK_OFF]
    day = house.compares("Side")
    assert (reasons(day), day.calendar_id) == ({"Kick-off": "unused"}, None)


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (ProviderDown("Google did not answer."), "Google did not answer."),
        (CalendarGone("The calendar does not exist any more."), "The calendar does not exist any more."),
    ],
)
def test_where_google_refuses_what_is_stored_is_told(problem: Exception, sentence: str) -> None:
    house = CompareHouse()
    house.acme.put_event(ana, KICK_OFF, "9:00-10:00")
    house.reader.problem = problem
    day = house.compares()
    assert (day.is_live, day.problem, reasons(day)) == (False, sentence, {"Kick-off": "one_way"})


def test_a_daybook_that_is_too_busy_to_ask_says_so() -> None:
    queue = HandQueue()
    house = CompareHouse(queue)
    day = house.compares()
    assert (day.is_live, day.problem) == (False, str(Overloaded()))
    queue.run_all()


def test_a_google_that_does_not_answer_in_time_is_named() -> None:
    queue, ends = BegunQueue(), ThreadingEvent()
    house = CompareHouse(queue)

    def silent() -> None:
        queue.has_begun.set()
        assert_set(ends)

    house.reader.before = silent
    day = house.compares()
    ends.set()
    queue.close()
    assert (day.is_live, day.problem) == (False, "Google did not answer in time.")


def assert_set(event: ThreadingEvent) -> None:
    assert event.wait(PATIENCE)


def test_a_google_that_lists_no_calendars_leaves_those_in_use_to_compare() -> None:
    house = CompareHouse(gateway=SilentGoogle())
    house.acme.put_event(ana, KICK_OFF, "9:00-10:00")
    house.reader.problem = ProviderDown("Google did not answer.")
    assert list(house.marks()) == ["Ana"]
    assert reasons(house.compares()) == {"Kick-off": "one_way"}


def test_a_full_queue_says_so_at_once() -> None:
    with pytest.raises(Overloaded):
        CompareHouse(HandQueue(room=0)).compares()


def test_an_account_that_needs_its_owner_is_not_asked() -> None:
    house = CompareHouse()
    calendar = house.acme.calendars[ana.id]
    row = house.acme.store.tables.accounts[calendar.account_id]
    with_second = replace(row, account=replace(row.account, id=ana.id, address="second@acme.test"))
    house.acme.store.tables.accounts[ana.id] = with_second
    broken = replace(row, account=replace(row.account, status=AccountStatus.NEEDS_RECONNECT))
    house.acme.store.tables.accounts[calendar.account_id] = broken
    house.gateway.remote_calendars = ()
    day = house.compares()
    assert (day.is_live, day.problem) == (False, "Its account has to be connected again first.")
    assert house.reader.asked == []


def test_a_colleague_finds_none_of_it() -> None:
    house = CompareHouse()
    with pytest.raises(NotFound):
        house.compares(who=ben)
    assert house.reader.asked == []


def test_guests_compare_nothing() -> None:
    house = CompareHouse()
    compare = CompareDay(house.acme.store, house.offer, house.reader, house.queue, house.acme.clock)
    with pytest.raises(NotAllowed):
        compare(replace(actor(ana), standing=Standing.GUEST), "mark", TUESDAY)


def test_a_day_of_two_hundred_events_is_compared() -> None:
    house = CompareHouse()
    house.reader.events = [RemoteEvent(f"e{at}", EventStatus.CONFIRMED, title=str(at)) for at in range(300)]
    assert len(house.compares().events) == 200
