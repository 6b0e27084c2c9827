"""Working out what many costly events become does not lose the claim on their calendar."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from bot.domain.calendars import SyncOutcome
from bot.domain.polling import LEASE
from bot.usecases.sync_calendar import SyncCalendar
from tests.event_builders import a_meeting
from tests.unit.usecases.sync_house import A_YEAR, CALENDAR_ID, FIVE_MINUTES, NOW, page, scripted

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


# fault 50
@pytest.mark.slow
def test_more_repetition_than_one_sync_may_cost_leaves_the_rest_with_its_first_time_and_a_reason() -> None:
    daily = ("RRULE:FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(6))),)
    events = [replace(a_meeting(f"e{number:02}"), recurrence=daily) for number in range(43)]
    house, _ = scripted([page(*events, a_meeting("single", "2026-11-24 20:00-21:00"), token="t1")])
    assert house.run() is SyncOutcome.SYNCED
    assert house.calendar().unreadable_events == 1
    with house.store.reading() as work:
        [refused] = work.events.unreadable(house.actor, limit=10)[CALENDAR_ID]
        occurrences = [one.occurrence.event_id for one in work.events.agenda(house.actor, A_YEAR)]
    assert (refused.id, occurrences.count("e42"), occurrences.count("single")) == ("e42", 1, 1)
