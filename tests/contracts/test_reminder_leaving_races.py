"""A host asks to be forgotten at the very moment at which others have a message sent that names him."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.domain.erasure import Forgetting
from bot.domain.people import Actor
from storage.repositories.member_erasure import leave_channels
from tests.builders import at
from tests.contracts.conftest import Database
from tests.contracts.reminder_town import SALES, ReminderTown, in_channel
from tests.contracts.storage_builders import a_profile, new_id
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow


@pytest.fixture
def town(database: Database) -> ReminderTown:
    """Ana and Ben have their meeting in ten minutes told in #sales."""
    town = ReminderTown(database.open())
    with town.store.writing() as work:
        for who, name in ((town.ana, "Ana"), (town.ben, "Ben")):
            profile = a_profile(who.slack_user_id, name)
            work.members.save(town.ana.workspace_id, profile, new_id=new_id(), now=town.clock.now())
        work.commit()
    for who in (town.ana, town.ben):
        town.chooses(10, who=who, channel_id=SALES, channel_name="sales", shows_titles=True)
    town.books("15:00-15:30", town.ben)
    town.clock.time = at("14:50")
    return town


def of(town: ReminderTown, who: Actor) -> Forgetting:
    return Forgetting(who.workspace_id, who.member_id, who.slack_user_id, town.clock.now())


def test_a_host_who_leaves_while_a_message_is_about_to_be_sent_is_not_named_in_it(
    town: ReminderTown, database: Database
) -> None:
    [claim] = [one for one in town.claims() if one.reminder.channel_id]
    [leaver] = [one for one in (town.ana, town.ben) if one.member_id != claim.reminder.member_id]
    [left] = [name for who, name in ((town.ana, "Ana"), (town.ben, "Ben")) if who is not leaver]
    with ThreadPoolExecutor(1) as threads:
        with database.open().connected("writing") as connection:
            leave_channels(connection, of(town, leaver))
            sent = threads.submit(town.sends, claim)
            time.sleep(0.3)  # it has come as far as it can
            connection.commit()
        assert sent.result(PATIENCE)
    town.at("14:51")
    assert in_channel(town) == [f"Begins in 10 minutes: Maya Ortiz and Ana ({left}), Tue 24 Nov, 15:00-15:30 Berlin"]
