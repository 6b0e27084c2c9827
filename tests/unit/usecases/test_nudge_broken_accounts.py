"""Owners of broken connections are reminded four times at most, by day, and not once it works again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.accounts import AccountStatus
from bot.domain.errors import ProviderBusy, ProviderDown
from bot.domain.people import Standing
from bot.domain.preference_changes import own_zone
from bot.domain.wall_time import UnknownZone
from bot.usecases.nudge_broken_accounts import NudgeBrokenAccounts
from tests.builders import NEW_YORK
from tests.fakes.alert_messages import Killed, RecordingAlerts
from tests.unit.handlers.acme import Acme
from tests.unit.rendering.answers import ana, ben

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class House(Acme):
    """Ana's account broke on Tuesday at noon, and she was told."""

    def __init__(self) -> None:
        super().__init__()
        self.messages = RecordingAlerts()
        self.nudge = NudgeBrokenAccounts(self.store, self.messages, self.clock)
        self.account = self.calendars[ana.id].account_id
        with self.store.writing() as work:
            work.accounts.mark_broken(self.account, self.clock.now())
            work.accounts.claim_notice(self.clock.now())
            work.commit()

    def lives(self, days: int) -> list[tuple[str, bool]]:
        """The job runs every hour; on which day and at which hour of Berlin who is reminded, and whether last."""
        begin, reminded = self.clock.time, list[tuple[str, bool]]()
        for hours in range(days * 24):
            self.clock.time = begin + hours * HOUR
            already = len(self.messages.reminded)
            self.nudge()
            for _, _, is_last in self.messages.reminded[already:]:
                reminded.append((f"day {hours // 24} {self.clock.time:%H}", is_last))
        return reminded


def test_there_are_four_reminders_and_no_more() -> None:
    assert House().lives(40) == [("day 1 11", False), ("day 3 11", False), ("day 7 11", False), ("day 14 11", True)]


def test_it_says_whose_account_it_is() -> None:
    house = House()
    house.lives(2)
    assert house.messages.reminded == [("U1", "ana@acme.test", False)]


def test_whoever_lives_elsewhere_is_reminded_by_his_own_day() -> None:
    house = House()
    house.decide(ana, own_zone(NEW_YORK))
    # Eleven in Greenwich is six in New York; nine there is fourteen.
    assert house.lives(4) == [("day 1 14", False), ("day 3 14", False)]


# fault 36
def test_whoever_connects_again_is_not_reminded_any_more() -> None:
    house = House()
    house.lives(2)
    row = house.store.tables.accounts[house.account]
    active = replace(row.account, status=AccountStatus.ACTIVE, broken_since=None)
    house.store.tables.accounts[house.account] = replace(row, account=active, notified_at=None, nudge_at=None)
    house.lives(20)
    assert len(house.messages.reminded) == 1


def test_whoever_disconnects_is_not_reminded_any_more() -> None:
    house = House()
    row = house.store.tables.accounts[house.account]
    leaving = replace(row.account, status=AccountStatus.LEAVING)
    house.store.tables.accounts[house.account] = replace(row, account=leaving)
    house.lives(20)
    assert house.messages.reminded == []


def test_after_an_outage_there_is_one_reminder_and_not_three() -> None:
    house = House()
    house.clock.time += 8 * DAY
    assert [house.nudge(), house.nudge(), house.nudge()] == [1, 0, 0]
    assert house.lives(20) == [("day 6 11", True)]


# fault 34
def test_a_process_that_dies_leaves_one_owner_untold_and_no_other() -> None:
    house = House()
    with house.store.writing() as work:
        work.accounts.mark_broken(house.calendars[ben.id].account_id, house.clock.now())
        work.accounts.claim_notice(house.clock.now())
        work.commit()
    house.clock.time += DAY + 4 * HOUR  # by day in Ben's New York too
    house.messages.refusals.append(Killed())
    with pytest.raises(Killed):
        house.nudge()
    assert [house.nudge(), house.nudge()] == [1, 0]


def test_an_account_that_cannot_be_planned_keeps_nobody_behind_it_waiting() -> None:
    house = House()
    with house.store.writing() as work:
        work.accounts.mark_broken(house.calendars[ben.id].account_id, house.clock.now())
        work.accounts.claim_notice(house.clock.now())
        work.commit()
    house.store.tables.members[ana.id] = replace(ana, zone="Nowhere/Lost")
    house.clock.time += DAY + 4 * HOUR  # by day in Ben's New York too
    with pytest.raises(UnknownZone):
        house.nudge()
    assert [user for user, _, _ in house.messages.reminded] == ["U2"]
    house.store.tables.members[ana.id] = ana
    house.clock.time += 18 * HOUR
    assert [house.nudge(), house.nudge()] == [1, 0]


# fault 34
def test_what_slack_may_have_taken_is_not_said_again() -> None:
    house = House()
    house.messages.refusals.append(ProviderDown("Slack did not answer.", is_silent=True))
    house.lives(3)
    assert house.messages.reminded == []


def test_what_slack_refuses_is_said_an_hour_later() -> None:
    house = House()
    house.messages.refusals.append(ProviderBusy("Slack asks for a pause: too many messages."))
    assert house.lives(3) == [("day 1 12", False)]


def test_who_is_no_full_member_any_more_is_told_nothing() -> None:
    house = House()
    house.store.tables.members[ana.id] = replace(ana, standing=Standing.DEACTIVATED)
    house.lives(20)
    assert house.messages.reminded == []


def test_where_nothing_is_due_nothing_is_written() -> None:
    house = House()
    before = house.store.commits
    assert house.nudge() == 0
    assert house.store.commits == before
