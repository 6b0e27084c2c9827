"""Reminders after an outage, under several schedulers, and where Slack or the process gives out, on every store."""

from datetime import timedelta

import pytest

from bot.domain.errors import ProviderBusy, ProviderDown
from bot.domain.people import Profile, Standing
from bot.domain.reminders import REMINDER_LEASE
from bot.ports import Store
from tests.builders import BERLIN, at
from tests.contracts.reminder_town import ReminderTown
from tests.contracts.storage_builders import new_id
from tests.contracts.test_reminders import IN_TEN

# What the databases are asked is asked of both of them in the other files.
pytestmark = pytest.mark.parametrize("store", ["memory", "sqlite"], indirect=True)


@pytest.fixture
def town(store: Store) -> ReminderTown:
    return ReminderTown(store)


def test_after_an_outage_it_comes_late_and_says_how_long_is_left(town: ReminderTown) -> None:
    town.books("15:00-15:30")
    assert town.at("14:56") == ["U1: Begins in 4 minutes: Maya Ortiz and Ana, Tue 24 Nov, 15:00-15:30 Berlin"]


def test_after_an_outage_over_several_reminders_one_says_it_all(town: ReminderTown) -> None:
    town.chooses(60, 30, 10)
    appointment = town.books("15:00-15:30")
    assert town.at("14:35") == ["U1: Begins in 25 minutes: Maya Ortiz and Ana, Tue 24 Nov, 15:00-15:30 Berlin"]
    assert town.at("14:50") == [IN_TEN]
    assert [state for state, _ in town.states(appointment)] == ["left_out", "sent", "sent"]


def test_once_it_has_begun_nobody_is_reminded(town: ReminderTown) -> None:
    town.chooses(10, asks_after=False)
    town.books("15:00-15:30")
    assert town.at("15:00") == town.at("15:31") == []


@pytest.mark.slow
def test_forty_appointments_at_the_same_minute_are_all_reminded_of(town: ReminderTown) -> None:
    for number in range(40):
        with town.store.writing() as work:
            profile = Profile(f"U{number + 10}", f"Host {number}", BERLIN, Standing.FULL, is_admin=False)
            host = work.members.save(town.ana.workspace_id, profile, new_id=new_id(), now=town.clock.now())
            work.commit()
        town.books("15:00-15:30", hosts=(host.id,))
    assert len(set(town.at("14:50"))) == 40


# fault 34
def test_three_schedulers_say_it_once(town: ReminderTown) -> None:
    town.books("15:00-15:30", town.ben)
    town.clock.time = at("14:50")
    senders = [town.sender() for _ in range(3)]
    for _ in range(2):
        for sender in senders:
            sender()
    assert sorted(one[:3] for one in town.said()) == ["U1:", "U2:"]


@pytest.mark.parametrize(
    ("trouble", "seconds"), [(ProviderBusy("Wait.", 20.0), 20), (ProviderDown("Slack could not be reached."), 1)]
)
def test_what_slack_did_not_take_is_tried_again_until_the_start(
    town: ReminderTown, trouble: Exception, seconds: int
) -> None:
    town.books("15:00-15:30")

    def refuse() -> None:
        raise trouble

    town.posts.before = refuse
    assert town.at("14:50") == []
    town.posts.before = lambda: None
    town.clock.time += timedelta(seconds=seconds)
    town.ticks()
    assert town.said() == [IN_TEN]


# fault 34
def test_a_message_whose_answer_was_lost_is_found_and_not_sent_again(town: ReminderTown) -> None:
    appointment = town.books("15:00-15:30")

    def lose() -> None:
        raise ProviderDown("Slack did not answer.", is_silent=True)

    town.posts.after = lose
    assert town.at("14:50") == [IN_TEN]
    town.posts.after = lambda: None
    assert town.at("14:52") == []
    assert town.states(appointment) == [("sent", "")]


# fault 34
def test_a_process_that_dies_before_it_sends_is_made_up_for(town: ReminderTown) -> None:
    town.books("15:00-15:30")
    town.clock.time = at("14:50")

    class PowerCut(BaseException):
        """Nothing catches this."""

    def die(_place: str) -> None:
        raise PowerCut

    with pytest.raises(PowerCut):
        town.ticks(die)
    assert town.at("14:51") == []
    town.clock.time += REMINDER_LEASE
    town.ticks()
    assert town.said() == ["U1: Begins in 8 minutes: Maya Ortiz and Ana, Tue 24 Nov, 15:00-15:30 Berlin"]
