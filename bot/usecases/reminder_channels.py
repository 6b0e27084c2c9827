"""What a reminder may show in its channel at this moment."""

from dataclasses import dataclass

from bot.domain.firings import ChannelUnusable
from bot.domain.people import actor_of
from bot.domain.reminders import Reminder
from bot.ports import PostChannels, Store
from bot.usecases.channel_readers import HasOutsiders


@dataclass(frozen=True, slots=True)
class ReminderChannels:
    """Asks Slack each time, because channels change, and people come and go."""

    store: Store
    channels: PostChannels
    has_outsiders: HasOutsiders

    def require_postable(self, reminder: Reminder) -> None:
        """Raises `ChannelUnusable`: others may read the channel, or the host not any more, since it was chosen."""
        if not reminder.channel_id:
            return
        with self.store.reading() as work:
            host = work.members.get(reminder.workspace_id, reminder.member_id)
            actor = actor_of(host, work.workspaces.get(reminder.workspace_id))
        self.channels.require_postable(actor, reminder.channel_id)

    def may_name(self, reminder: Reminder) -> bool:
        """Whether the channel may read titles: its host wants it, and no guest and nobody from outside reads along."""
        if not reminder.channel_id:
            return False
        with self.store.reading() as work:
            choice = work.reminders.choice(reminder.member_id)
        if not choice.shows_titles or choice.channel_id != reminder.channel_id:
            return False
        try:
            self.require_postable(reminder)
        except ChannelUnusable:
            return False
        return not self.has_outsiders(reminder.workspace_id, reminder.channel_id)
