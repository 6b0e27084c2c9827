"""The messages of all channels, and those shown to one person alone."""

import dataclasses
from collections.abc import Callable, Sequence

from bot.sandbox.slack.blocks import completed
from bot.sandbox.slack.forms import Values, initial_values
from bot.sandbox.slack.identifiers import stamp
from bot.sandbox.slack.people import Channel, Member, Workspace
from bot.sandbox.slack.pulse import Pulse
from bot.sandbox.slack.shape import Json


@dataclasses.dataclass
class Message:
    """One message as it stands now; `changed` is the number of its last change.

    `user_id` is its author, empty where Slack itself speaks. `only_for` is the one member who sees it.
    """

    team_id: str
    channel_id: str
    ts: str
    user_id: str
    text: str
    blocks: list[Json]
    changed: int
    thread_ts: str | None = None
    metadata: Json | None = None
    only_for: str | None = None
    edited_ts: str | None = None
    values: Values = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Draft:
    """What is to be said. None leaves what was there before."""

    text: str | None = None
    blocks: Sequence[Json] | None = None
    metadata: Json | None = None
    thread_ts: str | None = None


class Messages:
    """All of them, in the order in which they were posted."""

    def __init__(self, pulse: Pulse, clock: Callable[[], float]) -> None:
        """Start with none; `clock` gives seconds since 1970."""
        self._pulse = pulse
        self._clock = clock
        self._all: list[Message] = []

    def post(self, channel: Channel, user_id: str, draft: Draft, only_for: str | None = None) -> Message:
        """Add a message; with `only_for`, one that only this member sees."""
        with self._pulse:
            number = self._pulse.beat()
            blocks = completed(draft.blocks or [])
            message = Message(
                channel.team_id,
                channel.id,
                stamp(self._clock(), number),
                user_id,
                draft.text or "",
                blocks,
                number,
                draft.thread_ts,
                draft.metadata,
                only_for,
                values=initial_values(blocks),
            )
            self._all.append(message)
            return message

    def edit(self, message: Message, draft: Draft) -> None:
        """Change what a message says, in its place."""
        with self._pulse:
            message.changed = self._pulse.beat()
            message.edited_ts = stamp(self._clock(), message.changed)
            if draft.text is not None:
                message.text = draft.text
            if draft.metadata is not None:
                message.metadata = draft.metadata
            if draft.blocks is not None:
                message.blocks = completed(draft.blocks)
                message.values = initial_values(message.blocks, message.values)

    def remove(self, message: Message) -> None:
        """Take a message away."""
        with self._pulse:
            self._all.remove(message)
            self._pulse.beat()

    def find(self, channel_id: str, ts: str) -> Message | None:
        """The message of this channel with this time stamp."""
        with self._pulse:
            return next((m for m in self._all if (m.channel_id, m.ts) == (channel_id, ts)), None)

    def of_channel(self, channel_id: str) -> list[Message]:
        """What everybody in a channel sees, oldest first."""
        with self._pulse:
            return [m for m in self._all if m.channel_id == channel_id and m.only_for is None]

    def seen_by(self, workspace: Workspace, member: Member) -> list[Message]:
        """What one member can see in his channels and what is for him alone, in order of the last change."""
        with self._pulse:
            inside = {c.id for c in workspace.channels.values() if member.id in c.members}
            seen = [m for m in self._all if m.only_for == member.id or (m.only_for is None and m.channel_id in inside)]
            return sorted(seen, key=lambda m: m.changed)
