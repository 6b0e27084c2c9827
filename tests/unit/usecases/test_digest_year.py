"""Four hundred days of digests in six zones: one row for each local day, whatever goes wrong in between."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.domain.digests import Digest
from bot.domain.errors import ProviderDown
from tests.builders import BERLIN, KATHMANDU, LORD_HOWE, NEW_YORK
from tests.digest_builders import EVERY_DAY
from tests.unit.rendering.answers import actor, ana
from tests.unit.usecases.digest_house import DigestHouse, PowerCut, a_wish, cut_at, refusing

DAYS = 400
# Both changes of each zone's clocks lie in these days, with those of 2026 and 2027.
FIRST = datetime(2026, 2, 20, 5, tzinfo=UTC)
ST_JOHNS = "America/St_Johns"
PLACES = ("digest: before it is sent", "digest: after it is sent")


class Year(DigestHouse):
    """Ana's digest at half past two at night, when clocks change, and three schedulers that tick for it."""

    def __init__(self, zone: str, seed: int) -> None:
        super().__init__()
        self.luck = Random(seed)
        self.clock.time = FIRST
        at = a_wish().at
        assert at is not None
        self.digest = self.has(a_wish(ana, zone=zone, weekdays=EVERY_DAY, at=at.replace(hour=2)))
        self.zone = ZoneInfo(zone)

    def lives(self) -> None:
        """One day after the other, with outages of up to five days."""
        last = FIRST + timedelta(days=DAYS)
        while self.clock.time < last:
            outage = self.luck.random() < 0.01
            self.clock.time += timedelta(days=self.luck.randint(1, 5)) if outage else self._a_while()
            if self._tick():
                for _ in range(2):
                    self._tick()
        self.clock.time += timedelta(minutes=3)
        self._tick()

    def _a_while(self) -> timedelta:
        return timedelta(minutes=self.luck.choice([5, 45, 110, 170]))

    def _tick(self) -> bool:
        """A tick that may be killed, or to which Slack does not answer; whether anything was due."""
        self.messages.before = self.messages.after = lambda: None
        fate = self.luck.random()
        if fate < 0.1:
            self.messages.after = refusing(ProviderDown("Slack did not answer.", is_silent=True))
        elif fate < 0.2:
            self.messages.before = refusing(ProviderDown("Slack could not be reached."))
        try:
            return self.ticks(cut_at(self.luck.choice(PLACES)) if fate > 0.9 else lambda _name: None) > 0
        except PowerCut:
            self.queue.waiting.clear()
            return True

    def local(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()


def days_between(first: date, last: date) -> Iterator[str]:
    for number in range((last - first).days + 1):
        yield (first + timedelta(days=number)).isoformat()


# faults 57, 34, 42
@pytest.mark.slow
@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, ST_JOHNS, LORD_HOWE, KATHMANDU, "Pacific/Apia"])
def test_every_local_day_has_one_row_and_no_day_is_posted_twice(zone: str) -> None:
    year = Year(zone, seed=len(zone))
    first = year.digest.next_day
    year.lives()
    settled = [day for day, _ in year.runs(year.digest)]
    assert settled == list(days_between(first, date.fromisoformat(settled[-1])))
    assert date.fromisoformat(settled[-1]) >= year.local(year.clock.time) - timedelta(days=1)
    assert len(year.messages.days) == len(set(year.messages.days))
    states = {state for _, state in year.runs(year.digest)}
    assert states == {"posted", "late", "skipped", "sending"}
    assert_posted_in_time(year, year.digest)


def assert_posted_in_time(year: Year, digest: Digest) -> None:
    """Whatever was posted came on its own local day, within the grace."""
    runs = year.store.tables.digest_runs
    for (of, day), run in runs.items():
        if of == digest.id and run.state.value in ("posted", "late"):
            assert year.local(run.at) == day


class Wanderer(Year):
    """The same, and every other week the digest moves to another zone, at whatever hour that is."""

    ZONES = (BERLIN, NEW_YORK, ST_JOHNS, LORD_HOWE, KATHMANDU)

    def _tick(self) -> bool:
        handed = super()._tick()
        if not handed and self.luck.random() < 0.005:
            zone = self.luck.choice(self.ZONES)
            at = a_wish().at
            assert at is not None
            wish = a_wish(ana, zone=zone, weekdays=EVERY_DAY, at=at.replace(hour=self.luck.randint(0, 23)))
            self.cases().save(actor(ana), wish, origin="x", digest_id=self.digest.id)
        return handed


# faults 57, 42
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_wherever_it_moves_no_day_is_told_of_twice_and_none_is_lost(seed: int) -> None:
    year = Wanderer(BERLIN, seed)
    first = year.digest.next_day
    year.lives()
    settled = [day for day, _ in year.runs(year.digest)]
    assert settled == list(days_between(first, date.fromisoformat(settled[-1])))
    assert year.messages.days == sorted(set(year.messages.days))
