"""What appointments have in Slack besides their cards."""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from bot.domain.cards import Message
from bot.domain.effects import EffectClaim


class Messages(Protocol):
    """The messages to everybody in an appointment besides its first host, who has the card."""

    def of(self, appointment_id: UUID) -> Mapping[UUID, Message]:
        """By member."""
        ...

    def keep(self, claim: EffectClaim, member_id: UUID, message: Message) -> None:
        """Store it, before it is posted as well; raises `LeaseLost`."""
        ...
