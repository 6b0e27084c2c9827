"""What a browser window shows of a member's screen, one surface at a time, each under a key that finds it again."""

import dataclasses

from bot.sandbox.slack.finding import Surface
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.mrkdwn import Reader, resolved
from bot.sandbox.slack.screen import Screen
from bot.sandbox.slack.views import View

# As far back as anyone would scroll.
_MOST_MESSAGES = 100


@dataclasses.dataclass(frozen=True)
class Headline:
    """What stands above a message: who said it, where and when, whether it was edited and who sees it."""

    author: str
    by_app: bool
    place: str
    at: str
    edited: bool
    private: bool


def key_of(surface: Surface) -> str:
    """The name by which a form on the page says which message or view it belongs to."""
    return surface.id if isinstance(surface, View) else f"{surface.channel_id}/{surface.ts}"


class Window(Screen):
    """A member's screen as a browser looks at it."""

    def recent(self) -> list[Message]:
        """The messages to be drawn, the one that changed last at the end."""
        return self.messages[-_MOST_MESSAGES:]

    def reader(self) -> Reader:
        """Whoever looks at this screen."""
        return self._reader()

    def headline(self, message: Message) -> Headline:
        """What stands above a message."""
        wording = "{date_short_pretty} {time}"
        at = resolved(f"<!date^{message.ts.partition('.')[0]}^{wording}|>", self._reader())
        return Headline(
            author=self._author(message),
            by_app=message.user_id == self._workspace.bot.id,
            place=self._place(message),
            at=at,
            edited=message.edited_ts is not None,
            private=message.only_for is not None,
        )

    def within_reach(self, key: str) -> Surface | None:
        """The surface with this key, if the member can do something on it: behind a modal nothing can be done."""
        return next((surface for surface in self.surfaces() if key_of(surface) == key), None)
