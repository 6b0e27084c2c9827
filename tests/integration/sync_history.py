"""What happens to a calendar, step by step: edits in Google, faults on the way, processes that die, and answers."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.calendars import SyncOutcome
from bot.domain.intervals import Interval, intersect, subtract
from bot.domain.wall_time import epoch
from bot.sandbox.google.errors import error_body, rate_limited
from bot.sandbox.google.recurrence import instances
from tests.contracts.google_client import ANA
from tests.integration.fire_copies import FireCopies
from tests.integration.fire_house import EVENTS, FireHouse, truth

# What is over for a month is neither read nor kept, so only what is still to come is compared.
_AHEAD = timedelta(days=100)
_TOLD_FOR = timedelta(days=20)
_RULES = ("RRULE:FREQ=DAILY;COUNT=4", "RRULE:FREQ=WEEKLY;COUNT=6", "RRULE:FREQ=DAILY;INTERVAL=2", "RRULE:FREQ=MONTHLY")
_DAYS, _HOURS, _PLACES = st.integers(0, 6), st.integers(8, 12), st.integers(0, 20)


def times(first: date, day: int, hour: int) -> dict[str, str]:
    """Start and end of an hour; few of them, so that events stand in each other's place."""
    told = (first + timedelta(days=day)).isoformat()
    return {"start": f"{told}T{hour:02}:00", "end": f"{told}T{hour + 1:02}:00"}


class Fire(RuleBasedStateMachine):
    """Ana and Google change things, requests fail, processes die; `house` is given by the test."""

    house: FireHouse

    def __init__(self, house: FireHouse) -> None:
        super().__init__()
        self.house = house
        self.made = 0
        self.alive: list[str] = []
        self.series: list[str] = []
        self.steady: list[Interval] | None = None
        self.moved_unread: datetime | None = None
        self.copies = FireCopies(self.house)

    # --- Edits in Google

    @rule(day=_DAYS, hour=_HOURS, number=st.integers(1, 8))
    def makes_meetings(self, day: int, hour: int, number: int) -> None:
        for nth in range(number):
            self._puts(**self._times((day + nth) % 7, hour))

    @rule(day=_DAYS, number=st.integers(1, 3), is_free=st.booleans())
    def makes_a_day_off(self, day: int, number: int, is_free: bool) -> None:
        first = self._monday() + timedelta(days=day)
        free = {"transparency": "transparent"} if is_free else {}
        self._puts(start=first.isoformat(), end=(first + timedelta(days=number)).isoformat(), **free)

    @rule(day=_DAYS, hour=_HOURS, line=st.sampled_from(_RULES))
    def makes_a_series(self, day: int, hour: int, line: str) -> None:
        self.series.append(self._puts(**self._times(day, hour), recurrence=[line]))

    @rule(day=_DAYS, hour=_HOURS)
    def makes_an_appointment(self, day: int, hour: int) -> None:
        self.alive.append(self.copies.book(**self._times(day, hour)))

    @precondition(lambda self: self.alive)
    @rule(place=_PLACES, day=_DAYS, hour=_HOURS)
    def moves(self, place: int, day: int, hour: int) -> None:
        self.house.world.change_event(ANA, self._pick(self.alive, place), **self._times(day, hour))

    @precondition(lambda self: len(self.alive) > 1)
    @rule(place=_PLACES)
    def swaps(self, place: int) -> None:
        """Two events change places: what they take together stays taken."""
        world, both = self.house.world, [self._pick(self.alive, place), self._pick(self.alive, place + 1)]
        fields = [dict(world.calendars[ANA].events[one].fields) for one in both]
        for event_id, of_the_other in zip(both, reversed(fields), strict=True):
            # What the other does not have is taken away: one may have days, the other hours.
            start, end = ({"date": None, "dateTime": None} | of_the_other[name] for name in ("start", "end"))
            world.change_event(ANA, event_id, start=start, end=end)

    @precondition(lambda self: self.alive)
    @rule(place=_PLACES, is_free=st.booleans())
    def shows(self, place: int, is_free: bool) -> None:
        shown = "transparent" if is_free else "opaque"
        self.house.world.change_event(ANA, self._pick(self.alive, place), transparency=shown)

    @precondition(lambda self: self.alive)
    @rule(place=_PLACES)
    def deletes(self, place: int) -> None:
        self._deletes(self._pick(self.alive, place))

    @precondition(lambda self: self.copies.ids & {*self.alive})
    @rule(place=_PLACES)
    def deletes_an_appointments_event(self, place: int) -> None:
        self._deletes(self._pick(sorted(self.copies.ids & {*self.alive}), place))

    @precondition(lambda self: len(self.alive) > 5)
    @rule()
    def clears(self) -> None:
        for event_id in list(self.alive):
            self._deletes(event_id)

    @precondition(lambda self: self.series)
    @rule(place=_PLACES, line=st.sampled_from(_RULES))
    def changes_the_rule(self, place: int, line: str) -> None:
        self.house.world.change_event(ANA, self._pick(self.series, place), recurrence=[line])

    @precondition(lambda self: self.series)
    @rule(place=_PLACES, nth=st.integers(0, 3), day=_DAYS, hour=_HOURS)
    def moves_an_instance(self, place: int, nth: int, day: int, hour: int) -> None:
        self.house.world.change_event(ANA, self._instance(place, nth), **self._times(day, hour))
        self.moved_unread = self.moved_unread or self.house.now

    @precondition(lambda self: self.series)
    @rule(place=_PLACES, nth=st.integers(0, 3))
    def cancels_an_instance(self, place: int, nth: int) -> None:
        instance = self._instance(place, nth)
        stored = self.house.world.calendars[ANA].events.get(instance)
        if stored is None or not stored.cancelled:
            self.house.world.delete_event(ANA, instance)

    # --- Faults

    @rule()
    def sync_tokens_expire(self) -> None:
        self.house.world.expire_sync_tokens(ANA)

    @rule()
    def access_tokens_expire(self) -> None:
        self.house.world.expire_access_tokens()

    @rule(longest=st.integers(0, 3), empty=st.sampled_from((0, 2, 3)))
    def pages_change(self, longest: int, empty: int) -> None:
        self.house.world.short_pages(longest)
        self.house.world.empty_pages(empty)

    @rule(what=st.sampled_from(("500", "503", "429", "403", "410", "drop", "lost", "cut")), skip=st.integers(0, 2))
    def requests_fail(self, what: str, skip: int) -> None:
        fault = self.house.world.faults.on(path=EVENTS, skip=skip)
        if what == "drop":
            fault.drop()
        elif what == "lost":
            fault.drop(after_commit=True)
        elif what == "cut":
            fault.cut()
        elif what == "403":
            fault.answer(403, rate_limited())
        else:
            fault.answer(int(what), error_body(int(what), "backendError", "Not now"), headers={"retry-after": "7"})

    @rule(days=st.sampled_from((1, 10, 31, 45)))
    def time_passes(self, days: int) -> None:
        """Nobody reads the calendar meanwhile; past a month even a full read does not tell all that was stored.

        Of a time that was moved to where no first reading goes back to, Google tells nothing: it blocks where it was.
        """
        if self.moved_unread is not None and self.house.now + timedelta(days=days) > self.moved_unread + _TOLD_FOR:
            return
        self.house.google.clock.pass_by(timedelta(days=days))

    # --- Daybook

    @rule()
    def syncs(self) -> None:
        self._knows(self.house.run())

    @rule(commits=st.integers(0, 8))
    def dies_between_transactions(self, commits: int) -> None:
        self._reads_in_part()
        self.house.run_and_die(commits=commits)

    @rule(pages=st.integers(0, 4))
    def dies_between_pages(self, pages: int) -> None:
        self._reads_in_part()
        self.house.run_and_die(pages=pages)

    @precondition(lambda self: self._is_asked())
    @rule(removes=st.booleans())
    def ana_answers(self, removes: bool) -> None:
        calendar = self.house.calendar()
        assert calendar.fuse is not None
        self.house.answer(self.house.actor, calendar.id, calendar.fuse.number, removes=removes)

    @rule()
    def somebody_looks_at_appointments(self) -> None:
        self.copies.look()

    @invariant()
    def nobody_looks_in_vain(self) -> None:
        assert self.copies.noticed() <= self.copies.changed() | self.copies.over()

    @invariant()
    def nothing_taken_looks_free(self) -> None:
        if self.steady is not None:
            taken = intersect(self.steady, self._truth())
            assert subtract(taken, self._busy()) == []

    def teardown(self) -> None:
        house = self.house
        house.world.faults.clear()
        outcome = house.run()
        # An answer covers what Ana was told of; what went since is asked about anew.
        for _ in range(3):
            if outcome is SyncOutcome.HELD and self._is_asked():
                self.ana_answers(removes=True)
                outcome = house.run()
        assert outcome is SyncOutcome.SYNCED
        self._is_as_google_has_it()

    def _is_as_google_has_it(self) -> None:
        assert self._busy() == self._truth()
        assert self.copies.noticed() >= self.copies.changed()

    def _ahead(self) -> Interval:
        now = self.house.now
        return Interval(epoch(now), epoch(now + _AHEAD))

    def _truth(self) -> list[Interval]:
        return truth(self.house.world, window=self._ahead(), without=self.copies.ids)

    def _busy(self) -> list[Interval]:
        return self.house.busy_in(self._ahead())

    def _monday(self) -> date:
        today = self.house.now.date()
        return today - timedelta(days=today.weekday())

    def _times(self, day: int, hour: int) -> dict[str, str]:
        return times(self._monday(), day, hour)

    def _knows(self, outcome: SyncOutcome) -> None:
        if outcome is SyncOutcome.SYNCED:
            self._is_as_google_has_it()
            self.steady = self._truth()
            self.moved_unread = None
        else:
            self._reads_in_part()

    def _reads_in_part(self) -> None:
        if self.steady is not None:
            self.steady = intersect(self.steady, self._truth())

    def _is_asked(self) -> bool:
        fuse = self.house.calendar().fuse
        return fuse is not None and not fuse.is_approved

    def _puts(self, **fields: object) -> str:
        self.made += 1
        event_id = f"event{self.made:04}"
        self.house.world.put_event(ANA, id=event_id, **fields)
        self.alive.append(event_id)
        return event_id

    def _deletes(self, event_id: str) -> None:
        self.house.world.delete_event(ANA, event_id)
        self.alive.remove(event_id)
        if event_id in self.series:
            self.series.remove(event_id)

    def _instance(self, place: int, nth: int) -> str:
        calendar = self.house.world.calendars[ANA]
        of = instances(calendar.events[self._pick(self.series, place)].fields, None, None, calendar.zone)
        for _ in range(nth):
            last = next(of, None)
            if last is None:
                break
        found = next(of, None)
        if found is None:
            found = next(instances(calendar.events[self._pick(self.series, place)].fields, None, None, calendar.zone))
        return str(found["id"])

    @staticmethod
    def _pick(of: list[str], place: int) -> str:
        return of[place % len(of)]
