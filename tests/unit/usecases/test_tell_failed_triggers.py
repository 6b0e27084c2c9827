"""The owner of a trigger hears once a day at most that it came to nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.errors import ProviderDown, ProviderError
from bot.domain.firings import FiringState
from bot.domain.people import Member, Standing
from bot.usecases.tell_failed_triggers import TellFailedTriggers
from tests.fakes.alert_messages import Killed, RecordingAlerts
from tests.trigger_builders import LATER, a_trigger, an_occasion, firings_claimed, happened, made
from tests.unit.handlers.acme import Acme
from tests.unit.rendering.answers import actor, ana, ben


class House(Acme):
    """Ana has two triggers, and Ben one."""

    def __init__(self) -> None:
        super().__init__()
        self.clock.time = LATER
        self.messages = RecordingAlerts()
        self.tell = TellFailedTriggers(self.store, self.messages, self.clock)
        for owner, name in ((ana, "Tell sales"), (ana, "Tell ops"), (ben, "Tell Ben")):
            made(self.store, a_trigger(actor(owner), name=name))

    def fails(self, member: Member = ana, *, at: datetime | None = None) -> None:
        """Somebody books a member, and whatever was to be done comes to nothing."""
        now = at or self.clock.now()
        happened(self.store, an_occasion(actor(member), at=now))
        for claim in firings_claimed(self.store, now):
            with self.store.writing() as work:
                work.firings.end(claim, FiringState.FAILED, now, problem="#sales is archived.")
                work.commit()


def test_all_that_is_new_is_one_message_for_each_owner() -> None:
    house = House()
    house.fails()
    house.fails()
    house.fails(ben)
    assert [house.tell(), house.tell()] == [2, 0]
    assert sorted(house.messages.failed) == [("U1", (("Tell sales", 2), ("Tell ops", 2))), ("U2", (("Tell Ben", 1),))]


def test_what_goes_on_failing_is_told_once_a_day() -> None:
    house = House()
    for _ in range(72):
        house.fails(ben)
        house.tell()
        house.clock.time += timedelta(hours=1)
    assert [number for _, ((_, number),) in house.messages.failed] == [1, 24, 24]


def test_where_nothing_failed_nothing_is_written() -> None:
    house = House()
    before = house.store.commits
    assert house.tell() == 0
    assert house.store.commits == before


def test_what_slack_refuses_is_told_later_and_what_it_may_have_taken_is_not() -> None:
    house = House()
    house.fails(ben)
    house.messages.refusals.append(ProviderError("Slack refused the message (user_not_found)."))
    assert [house.tell(), house.tell()] == [0, 0]
    house.clock.time += timedelta(hours=1)
    house.messages.refusals.append(ProviderDown("Slack did not answer.", is_silent=True))
    house.tell()
    house.clock.time += timedelta(hours=2)
    assert house.tell() == 0
    assert house.messages.failed == []


# fault 34
def test_a_process_that_dies_leaves_one_owner_untold_and_no_other() -> None:
    house = House()
    house.fails(ana)
    house.fails(ben)
    house.messages.refusals.append(Killed())
    with pytest.raises(Killed):
        house.tell()
    assert [house.tell(), house.tell()] == [1, 0]
    assert len(house.messages.failed) == 1


def test_who_is_no_full_member_any_more_is_told_nothing() -> None:
    house = House()
    house.fails(ben)
    house.store.tables.members[ben.id] = replace(ben, standing=Standing.GUEST)
    house.tell()
    assert house.messages.failed == []
