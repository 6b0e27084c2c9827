"""Whoever asks to be forgotten is out of what his channel reads of his meetings by others' wish, on every store."""

import pytest

from bot.domain.reminders import ReminderChoice
from bot.ports import Store
from bot.usecases.forget_member import ForgetMember
from tests.contracts.reminder_town import ReminderTown
from tests.contracts.storage_builders import a_profile, new_id
from tests.contracts.test_reminder_erasure import SALES, channel_was_told, in_channel, is_in_channel
from tests.contracts.test_reminders_of_google import TwoWayTown
from tests.contracts.test_reminders_on_their_way import at_the_next
from tests.contracts.two_way_house import MAYA, invited


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


# fault 55
@pytest.mark.parametrize("is_on_its_way", [False, True])
def test_another_host_who_asks_to_be_forgotten_is_out_of_the_message_at_once(
    town: ReminderTown, is_on_its_way: bool
) -> None:
    appointment = town.books("15:00-15:30", town.ben)

    def ben_leaves() -> None:
        town.cancels(appointment)
        ForgetMember(town.store, town.clock)(town.ben)

    if is_on_its_way:
        at_the_next(town.posts, is_in_channel, ben_leaves)
    town.at("14:50")
    if not is_on_its_way:
        ben_leaves()
    town.at("14:51")
    assert channel_was_told(town) == [
        "Begins in 10 minutes: Maya Ortiz and Ana (Ana and Ben), Tue 24 Nov, 15:00-15:30 Berlin"
    ]
    assert in_channel(town) == ["Cancelled: Maya Ortiz and Ana (Ana)"]


# fault 55
def test_so_he_is_where_the_meeting_was_called_off_before(town: ReminderTown) -> None:
    appointment = town.books("15:00-15:30", town.ben)
    town.at("14:50")
    town.cancels(appointment)
    town.at("14:51")
    seen = [in_channel(town)]
    ForgetMember(town.store, town.clock)(town.ben)
    town.at("14:52")
    seen.append(in_channel(town))
    assert seen == [["Cancelled: Maya Ortiz and Ana (Ana and Ben)"], ["Cancelled: Maya Ortiz and Ana (Ana)"]]


# fault 55
def test_so_he_is_of_a_meeting_from_google(store: Store) -> None:
    town = TwoWayTown(store)
    hosts = sorted((town.ana, town.ben), key=lambda one: one.actor.member_id)
    with town.store.writing() as work:
        for one in hosts:
            work.reminders.choose(one.actor, ReminderChoice((10,), SALES, "sales"), town.clock.now())
        work.commit()
    town.put(invited("e1", "2026-11-24 15:00-16:00", MAYA), *hosts)
    town.run()
    town.at("14:50")
    [before] = [one for one in town.posts.standing.values() if one.reminder.channel_id]
    [other] = [one.actor for one in hosts if one.actor.member_id != before.host.id]
    ForgetMember(town.store, town.clock)(other)
    town.at("14:51")
    [now] = [one for one in town.posts.standing.values() if one.reminder.channel_id]
    assert [len(one.hosts) for one in (before, now)] == [2, 1]
    assert now.hosts == (now.host,)
