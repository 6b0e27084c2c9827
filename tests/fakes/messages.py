"""An in-memory repository of messages to people in appointments, with the semantics of `bot.ports`."""

from collections.abc import Mapping
from uuid import UUID

from bot.domain.cards import Message
from bot.domain.effects import EffectClaim
from tests.fakes.tables import Tables


class FakeMessages:
    """Implements `ports.Messages`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def of(self, appointment_id: UUID) -> Mapping[UUID, Message]:
        return {
            member: message for (whose, member), message in self._tables.messages.items() if whose == appointment_id
        }

    def keep(self, claim: EffectClaim, member_id: UUID, message: Message) -> None:
        self._tables.claimed_effect(claim)
        self._tables.messages[claim.effect.appointment_id, member_id] = message
