"""An event is missing: reads one day of one of the actor's own calendars live, and puts what is stored beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from threading import Event
from uuid import UUID

from bot.domain.accounts import AccountStatus
from bot.domain.agenda import window_of
from bot.domain.calendar_choice import Choosable
from bot.domain.calendars import Calendar
from bot.domain.compare_days import asked_ids, compare, stored_day, unused_day
from bot.domain.errors import DaybookError, NotFound, Overloaded, ProviderDown
from bot.domain.events import RemoteEvent
from bot.domain.intervals import Interval
from bot.domain.missing_events import MOST_EVENTS, ComparedDay, StoredDay
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, DayReader, Store, UnitOfWork, WorkQueue
from bot.usecases.offer_own_calendars import OfferOwnCalendars

READ_DEADLINE = timedelta(seconds=8)
_MOST_NAMED = 100


class CompareDay:
    """Titles are those of the actor's own calendars alone: the mark is looked for among these."""

    def __init__(
        self,
        store: Store,
        offer_own_calendars: OfferOwnCalendars,
        reader: DayReader,
        queue: WorkQueue,
        clock: Clock,
        *,
        within: timedelta = READ_DEADLINE,
    ) -> None:
        """Take what it works with.

        Args:
            store: where events are stored.
            offer_own_calendars: what calendars the actor has, used or not.
            reader: the provider.
            queue: where it is asked, so that nobody waits longer than `within`.
            clock: what time it is.
            within: how long one waits for the answer.
        """
        self._store = store
        self._offer = offer_own_calendars
        self._reader = reader
        self._queue = queue
        self._clock = clock
        self._within = within

    def __call__(self, actor: Actor, mark: str, day: date) -> ComparedDay:
        """The day by the actor's clock; raises `NotFound` for a calendar that is none of his."""
        require_full_member(actor)
        chosen = self._offer.find(actor, mark)
        window = window_of(day, actor.zone)
        live, problem = self._live(chosen, window)
        now = self._clock.now()
        remote = chosen.calendar
        answer = partial(ComparedDay, mark, remote.name, day, actor.zone, now, problem=problem)
        with self._store.reading() as work:
            calendar = self._in_use(work, actor, chosen)
            if calendar is None:
                return answer(is_live=live is not None, events=unused_day(live or (), remote.zone))
            stored = _stored(work, actor, calendar, window, live or ())
        events = stored_day(stored) if live is None else compare(live, stored, window, actor.zone, now)
        return answer(calendar_id=calendar.id, is_live=live is not None, events=events, read_at=calendar.read_at)

    def _live(self, chosen: Choosable, window: Interval) -> tuple[Sequence[RemoteEvent] | None, str]:
        if chosen.account.status is not AccountStatus.ACTIVE:
            return None, "Its account has to be connected again first."
        reading = _Reading()
        self._queue.submit(partial(reading.do, self._reader, chosen.account.id, chosen.calendar.remote_id, window))
        if not reading.ended.wait(self._within.total_seconds()):
            return None, "Google did not answer in time." if reading.has_begun else str(Overloaded())
        return reading.events, reading.problem

    @staticmethod
    def _in_use(work: UnitOfWork, actor: Actor, chosen: Choosable) -> Calendar | None:
        remote_id = chosen.calendar.remote_id
        return next((one for one in work.calendars.of(actor) if one.remote_id == remote_id), None)


@dataclass(slots=True)
class _Reading:
    """What came of asking, for the one who waits for it."""

    ended: Event = field(default_factory=Event)
    has_begun: bool = False
    events: Sequence[RemoteEvent] | None = None
    problem: str = ""

    def do(self, reader: DayReader, account_id: UUID, remote_id: str, window: Interval) -> None:
        self.has_begun = True
        try:
            self.events = reader.day(account_id, remote_id, window, limit=MOST_EVENTS)
        except DaybookError as error:
            self.problem = str(error)
        except Exception:
            self.problem = str(ProviderDown("Google's answer could not be read."))
            raise
        finally:
            self.ended.set()


def _stored(
    work: UnitOfWork, actor: Actor, calendar: Calendar, window: Interval, live: Sequence[RemoteEvent]
) -> StoredDay:
    entries = [one for one in work.events.agenda(actor, window) if one.calendar_id == calendar.id]
    known: dict[str, RemoteEvent] = {}
    for event_id in asked_ids(live):
        try:
            known[event_id] = work.events.get(actor, calendar.id, event_id)
        except NotFound:
            continue
    named = work.events.unreadable(actor, limit=_MOST_NAMED).get(calendar.id, ())
    unreadable = {one.id: one.problem or "" for one in named}
    return StoredDay(calendar, entries, known, unreadable)
