"""What is Ana's, and the requests by which a stranger could name it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from bot.rendering.names import EventName
from tests.integration import deliveries
from tests.integration.deliveries import Who


@dataclass(frozen=True)
class Hers:
    """What is Ana's, by the ids that a stranger could have got hold of; she is busy at `start` on `day`.

    Her appointment with the contact is at another time of that day.
    """

    slack_id: str
    account: UUID
    waiting: UUID
    calendar: UUID
    day: str
    start: int
    appointment: UUID
    contact: UUID
    question: UUID
    trigger: UUID
    firing: UUID
    digest: UUID
    landing: UUID


Sent = Callable[[Who, Hers], tuple[bytes, str]]
"""Makes the request that a person sends, with ids of what is hers."""


def commands(name: str, *texts: str) -> list[Sent]:
    """The command with each of the texts, in which `{hers}` stands for what is Ana's."""

    def row(text: str) -> Sent:
        return lambda who, hers: deliveries.command(who, name, text.format(hers=hers))

    return [row(text) for text in texts]


def actions(action_id: str, *values: str) -> list[Sent]:
    """The button with each of the values."""

    def row(value: str) -> Sent:
        return lambda who, hers: deliveries.action(who, action_id, value.format(hers=hers))

    return [row(value) for value in values]


def written(text: str) -> Sent:
    """Words written to Daybook itself, in which `{hers}` stands for what is Ana's."""

    def row(who: Who, hers: Hers) -> tuple[bytes, str]:
        content = {"type": EventName.MESSAGE, "channel_type": "im", "channel": "D1", "user": who.user_id}
        return deliveries.event(who, {**content, "text": text.format(hers=hers)})

    return row
