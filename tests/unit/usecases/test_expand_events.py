"""Working out what many costly events become does not lose the claim on their calendar."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.calendars import SyncOutcome
from bot.domain.polling import LEASE
from bot.usecases.sync_calendar import SyncCalendar
from tests.event_builders import a_meeting
from tests.unit.usecases.sync_house import FIVE_MINUTES, NOW, page, scripted

_EVENTS = 40


@dataclass
class HurryingClock:
    """Implements `ports.Clock`: twenty seconds go by between two looks at it."""

    time: datetime

    def now(self) -> datetime:
        self.time += timedelta(seconds=20)
        return self.time


# fault 56
def test_a_calendar_of_costly_events_stays_claimed_while_they_are_worked_out() -> None:
    events = [replace(a_meeting(f"e{number}"), recurrence=("RRULE:FREQ=WEEKLY",)) for number in range(_EVENTS)]
    house, gateway = scripted([page(*events, token="t1")])
    clock = HurryingClock(NOW)
    claim = house.claim()
    claims_of_others: list[int] = []

    def another_process_looks() -> None:
        with house.store.writing() as work:
            claims_of_others.append(len(work.calendars.claim_due(clock.time, limit=10, lease=LEASE)))

    house.store.before_commit = another_process_looks
    sync = SyncCalendar(house.store, gateway, clock, interval=FIVE_MINUTES, jitter=lambda: 0.5)

    assert sync(claim) is SyncOutcome.SYNCED
    assert clock.time > NOW + 2 * LEASE
    assert set(claims_of_others) == {0}
    assert len({entry[:10] for entry in house.agenda()}) == 54
