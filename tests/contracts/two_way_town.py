"""Ana and Ben in two-way, whose meetings in Google they are reminded of, and everything that reminders said to them."""

from bot.domain.reminders import ReminderChoice
from bot.ports import Store
from bot.rendering.reminders import reminder_message
from bot.usecases.channel_readers import HasOutsiders
from bot.usecases.plan_questions import PlanQuestions
from bot.usecases.reminder_channels import ReminderChannels
from bot.usecases.send_reminder import SendReminder
from bot.usecases.send_reminders import SendReminders
from tests.builders import at
from tests.contracts.reminder_town import SALES
from tests.contracts.two_way_house import MAYA, Person, TwoWay, invited
from tests.fakes.digest_slack import FakeDigestChannels
from tests.fakes.directory import FakeDirectory
from tests.fakes.posts import FakeChannels
from tests.fakes.reminder_posts import FakeReminderPosts
from tests.fakes.work_queue import ThreadlessQueue


class TwoWayTown(TwoWay):
    """The same with reminders."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.posts = FakeReminderPosts()
        PlanQuestions(store, self.clock)()

    def chooses(self, *minutes: int) -> None:
        """What Ana wants."""
        with self.store.writing() as work:
            work.reminders.choose(self.ana.actor, ReminderChoice(minutes), self.clock.now())
            work.commit()

    def has_work(self) -> bool:
        """Whether anything is to be said, or edited."""
        with self.store.reading() as work:
            return work.reminders.has_work(self.clock.now())

    def standing(self) -> list[str]:
        """How the messages read by now."""
        return [reminder_message(one).text for one in self.posts.standing.values()]

    def at(self, when: str) -> list[str]:
        """What was said by then, to whom."""
        before = len(self.posts.said)
        self.clock.time = at(when)
        has_outsiders = HasOutsiders(self.store, FakeDigestChannels(), FakeDirectory({}), self.clock)
        channels = ReminderChannels(self.store, FakeChannels(), has_outsiders)
        send = SendReminder(self.store, self.posts, channels, self.clock, lambda: 0.0)
        SendReminders(self.store, send, ThreadlessQueue(), self.clock, limit=8)()
        return [f"{one.host.slack_user_id}: {reminder_message(one).text}" for one in self.posts.said[before:]]


def told_in_channel(store: Store) -> tuple[TwoWayTown, list[Person]]:
    """A meeting of Ana's and Ben's of which #sales was told, by the wish of both; and its hosts by their ids."""
    town = TwoWayTown(store)
    hosts = sorted((town.ana, town.ben), key=lambda one: one.actor.member_id)
    with town.store.writing() as work:
        for one in hosts:
            work.reminders.choose(one.actor, ReminderChoice((10,), SALES, "sales"), town.clock.now())
        work.commit()
    town.put(invited("e1", "2026-11-24 15:00-16:00", MAYA), *hosts)
    town.run()
    town.at("14:50")
    return town, hosts
