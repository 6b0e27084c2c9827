"""Whoever asks to be forgotten is out of what his channel reads of his meetings by others' wish, on every store."""

import pytest

from bot.domain.people import Actor
from bot.ports import Store
from bot.usecases.forget_member import ForgetMember
from tests.contracts.reminder_town import SALES, ReminderTown, at_the_next, channel_was_told, in_channel, is_in_channel
from tests.contracts.storage_builders import a_profile, new_id
from tests.contracts.two_way_town import told_in_channel


@pytest.fixture
def town(store: Store) -> ReminderTown:
    """Ana and Ben, whose reminders both go to #sales."""
    town = ReminderTown(store)
    with store.writing() as work:
        work.members.save(town.ben.workspace_id, a_profile("U2", "Ben"), new_id=new_id(), now=town.clock.now())
        work.commit()
    for who in (town.ana, town.ben):
        town.chooses(10, who=who, channel_id=SALES, channel_name="sales", shows_titles=True)
    return town


def is_forgotten(town: ReminderTown, who: Actor) -> None:
    ForgetMember(town.store, town.clock)(who)


TOLD = "Begins in 10 minutes: Maya Ortiz and Ana (Ana and Ben), Tue 24 Nov, 15:00-15:30 Berlin"


# fault 55
def test_another_host_who_asks_to_be_forgotten_is_out_of_the_message_at_once(town: ReminderTown) -> None:
    appointment = town.books("15:00-15:30", town.ben)
    town.at("14:50")
    town.cancels(appointment)
    is_forgotten(town, town.ben)
    town.at("14:51")
    assert channel_was_told(town) == [TOLD]
    assert in_channel(town) == ["Cancelled: Maya Ortiz and Ana (Ana)"]


# fault 55
def test_another_host_who_asks_to_be_forgotten_is_out_of_a_message_on_its_way(town: ReminderTown) -> None:
    appointment = town.books("15:00-15:30", town.ben)

    def ben_leaves() -> None:
        town.cancels(appointment)
        is_forgotten(town, town.ben)

    at_the_next(town.posts, is_in_channel, ben_leaves)
    town.at("14:50")
    town.at("14:51")
    assert channel_was_told(town) == [TOLD]
    assert in_channel(town) == ["Cancelled: Maya Ortiz and Ana (Ana)"]


# fault 55
def test_a_host_who_is_forgotten_is_out_of_a_cancelled_reminder(town: ReminderTown) -> None:
    appointment = town.books("15:00-15:30", town.ben)
    town.at("14:50")
    town.cancels(appointment)
    town.at("14:51")
    seen = [in_channel(town)]
    is_forgotten(town, town.ben)
    town.at("14:52")
    seen.append(in_channel(town))
    assert seen == [["Cancelled: Maya Ortiz and Ana (Ana and Ben)"], ["Cancelled: Maya Ortiz and Ana (Ana)"]]


# fault 55
def test_a_host_who_is_forgotten_is_out_of_a_reminder_from_google(store: Store) -> None:
    town, hosts = told_in_channel(store)
    [before] = [one for one in town.posts.standing.values() if one.reminder.channel_id]
    [other] = [one.actor for one in hosts if one.actor.member_id != before.host.id]
    ForgetMember(town.store, town.clock)(other)
    town.at("14:51")
    [now] = [one for one in town.posts.standing.values() if one.reminder.channel_id]
    assert [len(one.hosts) for one in (before, now)] == [2, 1]
    assert now.hosts == (now.host,)
