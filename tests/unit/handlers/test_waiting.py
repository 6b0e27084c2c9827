"""Presses that wait for a sync: one per member, no thread kept, everybody answered in the end."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.domain.connections import Status
from bot.domain.people import Member
from bot.domain.reading_habits import EVERYBODYS, Habits, HourCycle
from bot.rendering.reader import hour_cycle
from bot.usecases.show_status import RequestSync, ShowStatus
from handlers.waiting import LOOKS, WaitForSync
from tests.fakes.work_queue import HandQueue
from tests.unit.handlers.acme import NOW, Acme
from tests.unit.rendering.answers import actor, ana, ben

LATER = NOW + timedelta(minutes=5)


@dataclass
class House:
    """Acme, where Ana's and Ben's calendars are due; `answers` are the presses answered, and whether still waiting."""

    queue: HandQueue = field(default_factory=HandQueue)
    answers: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.acme = Acme()
        self.show_status = ShowStatus(self.acme.store, self.acme.clock)
        self.wait_for_sync = WaitForSync(self.show_status, self.queue)

    def press(self, name: str, member: Member = ana) -> None:
        """A button that has a member's calendars read and waits for it."""
        RequestSync(self.acme.store, self.acme.clock)(actor(member))
        self.wait_for_sync(actor(member), self.show_status(actor(member)), self._answering(name))

    def _answering(self, name: str) -> Callable[[Status, bool], None]:
        return lambda _latest, is_reading: self.answers.append((name, is_reading))

    def is_read(self, member: Member) -> None:
        self.acme.set_read(member, NOW, next_sync_at=LATER)

    def look(self) -> None:
        """One tick, and the work that comes of it."""
        self.wait_for_sync.look()
        self.queue.run_all()


# fault 62
def test_a_hundred_presses_of_one_member_keep_no_thread_and_get_one_answer() -> None:
    house = House()
    for number in range(100):
        house.press(f"press {number}")
    assert house.queue.waiting == []
    house.is_read(ana)
    house.look()
    house.look()
    assert house.answers == [("press 99", False)]


def test_each_member_is_answered_when_his_own_calendars_were_read() -> None:
    house = House()
    house.press("Ana's", ana)
    house.press("Ben's", ben)
    house.look()
    assert house.answers == []
    house.is_read(ben)
    house.look()
    assert house.answers == [("Ben's", False)]
    house.is_read(ana)
    house.look()
    assert house.answers == [("Ben's", False), ("Ana's", False)]


def test_what_takes_long_is_told_to_take_long() -> None:
    house = House()
    house.press("Ana's")
    for _ in range(LOOKS - 1):
        house.look()
    assert house.answers == []
    house.look()
    house.look()
    assert house.answers == [("Ana's", True)]


@pytest.mark.parametrize("is_reading", [False, True])
def test_on_the_way_out_everybody_is_answered_with_how_things_stand(is_reading: bool) -> None:
    house = House()
    house.press("Ana's")
    if not is_reading:
        house.is_read(ana)
    house.wait_for_sync.close()
    house.queue.run_all()
    assert house.answers == [("Ana's", is_reading)]


# fault 62
def test_a_full_queue_costs_one_answer_and_nobody_elses() -> None:
    house = House(HandQueue(room=1))
    house.press("Ana's", ana)
    house.press("Ben's", ben)
    house.is_read(ana)
    house.is_read(ben)
    house.look()
    house.look()
    assert house.answers == [("Ana's", False)]


def test_each_is_answered_by_his_own_clock_on_whichever_thread_draws() -> None:
    house, told = House(), list[HourCycle]()
    for member, habits in ((ana, Habits(HourCycle.TWELVE)), (ben, EVERYBODYS)):
        waiting = replace(actor(member), habits=habits)
        house.wait_for_sync(waiting, house.show_status(waiting), lambda _latest, _is_reading: told.append(hour_cycle()))
        house.is_read(member)
    house.look()
    assert (told, hour_cycle()) == ([HourCycle.TWELVE, HourCycle.TWENTY_FOUR], HourCycle.TWENTY_FOUR)
