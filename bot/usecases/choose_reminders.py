"""A member decides how he is reminded of his appointments, and whether a channel is as well."""

from dataclasses import dataclass, replace

from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.reminders import ReminderChoice
from bot.ports import Clock, PostChannels, Store


@dataclass(frozen=True, slots=True)
class ChooseReminders:
    """Keep what the actor decided."""

    store: Store
    channels: PostChannels
    clock: Clock

    def __call__(self, actor: Actor, choice: ReminderChoice) -> ReminderChoice:
        """With the channel's name. Raises `ChannelUnusable` and `ProviderDown`, and then nothing was kept."""
        require_full_member(actor)
        name = self.channels.require_postable(actor, choice.channel_id) if choice.channel_id else ""
        kept = replace(choice, channel_name=name, problem="")
        with self.store.writing() as work:
            work.reminders.choose(actor, kept, self.clock.now())
            work.commit()
        return kept
