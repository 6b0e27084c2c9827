"""What one member has on his screen: messages, a modal, Home, and how all of it reads."""

from datetime import UTC, datetime

from bot.sandbox.slack.backend import Backend
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.mrkdwn import Reader
from bot.sandbox.slack.people import Member, Workspace
from bot.sandbox.slack.reading import read_message, read_view
from bot.sandbox.slack.views import View

_RECENT = 5


class Screen:
    """The screen of one member."""

    def __init__(self, backend: Backend, workspace: Workspace, member: Member) -> None:
        """Look over the shoulder of `member`."""
        self._backend = backend
        self._workspace = workspace
        self._member = member
        self.at_home = False
        self._since = backend.pulse.count

    def turn_to(self, *, home: bool) -> None:
        """From now on look at Home, or at messages; what changes after this is new."""
        self.at_home = home
        self.mark()

    def mark(self) -> None:
        """What changes after this is new."""
        self._since = self._backend.pulse.count

    @property
    def modal(self) -> View | None:
        """The modal on top."""
        stack = self._backend.views.stack(self._member.id)
        return stack[-1] if stack else None

    @property
    def home(self) -> View | None:
        """The Home tab, if anything was published there."""
        return self._backend.views.home(self._member.id)

    @property
    def messages(self) -> list[Message]:
        """Every message the member sees, the one that changed last at the end."""
        return self._backend.messages.seen_by(self._workspace, self._member)

    def surfaces(self) -> list[Message | View]:
        """Where the member can do something, in the order in which he would look; behind a modal nothing can be."""
        if self.modal is not None:
            return [self.modal]
        home = [self.home] if self.home is not None else []
        messages = list(reversed(self.messages))
        return [*home, *messages] if self.at_home else [*messages, *home]

    def news(self) -> str:
        """What is new since the last thing done, and the modal if one is open; else the newest there is."""
        with self._backend.pulse:
            fresh = [message for message in self.messages if message.changed > self._since]
            parts = [self.read(message) for message in fresh]
            if self.home is not None and (self.at_home or self.home.changed > self._since):
                parts.append(self.read(self.home))
            if self.modal is not None:
                parts.append(self.read(self.modal))
            return "\n\n".join(parts or self._newest())

    def _newest(self) -> list[str]:
        shown: list[Message | View] = [*self.messages, *([self.home] if self.home else [])]
        return [self.read(max(shown, key=lambda one: one.changed))] if shown else []

    def picture(self) -> str:
        """The whole screen, as far as anyone would scroll."""
        with self._backend.pulse:
            shown: list[Message | View] = list(self.messages[-_RECENT:])
            shown += [view for view in (self.home, self.modal) if view is not None]
            return "\n\n".join(self.read(one) for one in shown) or "(nothing)"

    def read(self, shown: Message | View) -> str:
        """A message or view as this member reads it."""
        with self._backend.pulse:
            if isinstance(shown, View):
                return read_view(shown, f"{self._backend.app.name} · Home", self._reader())
            return read_message(shown, self._author(shown), self._place(shown), self._reader())

    def _reader(self) -> Reader:
        now = datetime.fromtimestamp(self._backend.clock(), UTC)
        return Reader(self._member.tz or "UTC", now, self._member.twelve_hours, self._name_of)

    def _name_of(self, identifier: str) -> str | None:
        if identifier in self._workspace.members:
            return self._workspace.members[identifier].name
        channel = self._workspace.channels.get(identifier)
        return channel.name if channel else None

    def _author(self, message: Message) -> str:
        if message.user_id == self._workspace.bot.id:
            return self._backend.app.name
        author = self._workspace.members.get(message.user_id)
        return author.real_name if author else "Slackbot"

    def _place(self, message: Message) -> str:
        channel = self._workspace.channels[message.channel_id]
        place = "direct message" if channel.kind == "im" else f"#{channel.name}"
        return f"{place}, in a thread" if message.thread_ts else place
