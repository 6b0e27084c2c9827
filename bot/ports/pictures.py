"""Where pictures are shown."""

from typing import Protocol

from bot.domain.people import Actor
from bot.domain.week import Week


class WeekPictures(Protocol):
    """A member's own messages with Daybook, where he alone sees the pictures of weeks."""

    def is_there(self, actor: Actor, channel_id: str) -> bool:
        """Whether a conversation is that one; raises `ProviderError`."""
        ...

    def post(self, actor: Actor, week: Week, link: str) -> None:
        """Say the week there with its picture, or without it where Slack takes none; raises `ProviderError`.

        `link` is the address of the page with the same picture.
        """
        ...
