"""What becomes of reminders when a host is forgotten: a channel goes on to read what holds, without his name."""

import pytest

from bot.domain.appointments import Appointment
from bot.domain.erasure import Forgetting
from bot.domain.errors import ProviderDown
from bot.rendering.reminders import reminder_message
from tests.builders import at
from tests.contracts.conftest import Database
from tests.contracts.reminder_town import SALES, ReminderTown, at_the_next, channel_was_told, in_channel, is_in_channel
from tests.contracts.storage_builders import a_profile, new_id
from tests.contracts.two_way_town import told_in_channel


@pytest.fixture
def town(database: Database) -> ReminderTown:
    """Ana, whose reminders go to #sales, and Ben."""
    town = ReminderTown(database.open())
    with town.store.writing() as work:
        work.members.save(town.ben.workspace_id, a_profile("U2", "Ben"), new_id=new_id(), now=town.clock.now())
        work.commit()
    town.chooses(10, channel_id=SALES, channel_name="sales", shows_titles=True)
    return town


def forgets_ana(town: ReminderTown) -> None:
    ana = town.ana
    with town.store.writing() as work:
        assert work.erasures.erase_member(Forgetting(ana.workspace_id, ana.member_id, "U1", town.clock.now()))
        work.commit()


def entered(town: ReminderTown, appointment: Appointment) -> list[tuple[str, str]]:
    """Where each reminder of it is, and by whose wish."""
    names = {town.ana.member_id: "Ana", town.ben.member_id: "Ben"}
    return sorted((one.channel_id, names[one.member_id]) for one in town.entered(appointment))


# fault 55
def test_a_message_in_a_channel_goes_over_to_the_host_who_chose_it_too(town: ReminderTown) -> None:
    town.chooses(10, who=town.ben, channel_id=SALES, channel_name="sales")
    appointment = town.books("15:00-15:30", town.ben)
    town.at("14:50")
    seen = [in_channel(town)]
    forgets_ana(town)
    town.at("14:51")
    seen.append(in_channel(town))
    town.moves(appointment, "17:00-17:30")
    town.at("14:52")
    seen.append(in_channel(town))
    assert seen == [
        ["Begins in 10 minutes: An appointment of Ana and Ben, Tue 24 Nov, 15:00-15:30 Berlin"],
        ["Begins in 10 minutes: An appointment of Ben, Tue 24 Nov, 15:00-15:30 Berlin"],
        ["Moved: An appointment of Ben, Tue 24 Nov, 17:00-17:30 Berlin"],
    ]


# fault 55
def test_where_nobody_else_chose_the_channel_the_message_names_nobody_and_is_kept_up_to_date(
    town: ReminderTown,
) -> None:
    appointment = town.books("15:00-15:30", town.ben)
    town.at("14:50")
    forgets_ana(town)
    town.at("14:51")
    seen = [in_channel(town)]
    town.cancels(appointment)
    town.at("14:52")
    seen.append(in_channel(town))
    assert seen == [
        ["Begins in 10 minutes: An appointment of somebody who left, Tue 24 Nov, 14:00-14:30 UTC"],
        ["Cancelled: An appointment of somebody who left"],
    ]


# fault 55
def test_what_is_still_to_be_said_in_a_channel_is_said_by_the_wish_of_the_other_host_or_not_at_all(
    town: ReminderTown,
) -> None:
    town.chooses(10, who=town.ben, channel_id=SALES, channel_name="sales")
    both, alone = town.books("15:00-15:30", town.ben), town.books("15:30-16:00")
    for when in ("14:50", "15:20"):
        town.clock.time = at(when)
        town.claims()
    forgets_ana(town)
    assert [entered(town, one) for one in (both, alone)] == [[("", "Ben"), (SALES, "Ben")], []]


# fault 55
def test_of_a_meeting_from_google_the_message_goes_over_to_the_host_who_still_has_it(database: Database) -> None:
    town, (first, other) = told_in_channel(database.open())
    with town.store.writing() as work:
        work.accounts.erase(first.account.id)
        actor = first.actor
        assert work.erasures.erase_member(Forgetting(actor.workspace_id, actor.member_id, "U1", town.clock.now()))
        work.commit()
    town.at("14:51")
    shown = [reminder_message(one).text for one in town.posts.standing.values() if one.reminder.channel_id]
    assert [one.host.id for one in town.posts.standing.values() if one.reminder.channel_id] == [other.actor.member_id]
    assert shown == ["Begins in 10 minutes: An appointment of Ana, Tue 24 Nov, 15:00-16:00 Berlin"]


# fault 55
def test_a_message_in_a_channel_that_is_on_its_way_names_nobody_once_it_arrived(town: ReminderTown) -> None:
    appointment = town.books("15:00-15:30", town.ben)
    at_the_next(town.posts, is_in_channel, lambda: forgets_ana(town))
    town.at("14:50")
    seen = [in_channel(town)]
    town.cancels(appointment)
    town.at("14:52")
    seen.append(in_channel(town))
    assert channel_was_told(town) == ["Begins in 10 minutes: Maya Ortiz and Ana (Ana), Tue 24 Nov, 15:00-15:30 Berlin"]
    assert seen == [
        ["Begins in 10 minutes: An appointment of somebody who left, Tue 24 Nov, 14:00-14:30 UTC"],
        ["Cancelled: An appointment of somebody who left"],
    ]


# fault 55
def test_a_message_in_a_channel_that_is_on_its_way_goes_over_to_the_other_host_and_is_said_once(
    town: ReminderTown,
) -> None:
    town.chooses(10, who=town.ben, channel_id=SALES, channel_name="sales")
    town.books("15:00-15:30", town.ben)
    at_the_next(town.posts, is_in_channel, lambda: forgets_ana(town))
    town.at("14:50")
    town.at("14:51")
    assert channel_was_told(town) == [
        "Begins in 10 minutes: An appointment of Ana and Ben, Tue 24 Nov, 15:00-15:30 Berlin"
    ]
    assert in_channel(town) == ["Begins in 10 minutes: An appointment of Ben, Tue 24 Nov, 15:00-15:30 Berlin"]


# fault 55
def test_a_message_in_a_channel_that_is_edited_meanwhile_names_nobody_in_the_end(town: ReminderTown) -> None:
    appointment = town.books("15:00-15:30", town.ben)
    town.at("14:50")
    town.moves(appointment, "17:00-17:30")
    at_the_next(town.posts, is_in_channel, lambda: forgets_ana(town))
    town.at("14:51")
    assert in_channel(town) == ["Moved: An appointment of somebody who left, Tue 24 Nov, 16:00-16:30 UTC"]


# fault 55
def test_what_nobody_knows_to_have_arrived_in_a_channel_is_not_said_again_of_whoever_left(town: ReminderTown) -> None:
    appointment = town.books("15:00-15:30", town.ben)

    def breaks_off() -> None:
        forgets_ana(town)
        raise ProviderDown("Slack said nothing.", is_silent=True)

    at_the_next(town.posts, is_in_channel, breaks_off)
    town.at("14:50")
    town.at("14:51")
    assert len(channel_was_told(town)) == 1
    assert [one.state.value for one in town.entered(appointment) if one.channel_id] == ["unsure"]
