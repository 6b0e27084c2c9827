"""Messages to everybody in an appointment besides its first host."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Connection, select

from bot.domain.cards import Message, PostedCard
from bot.domain.effects import EffectClaim
from storage.repositories.effect_rows import hold_claim
from storage.repositories.upserts import upsert
from storage.tables import MESSAGES

_KEY = ("appointment_id", "member_id")


class SqlMessages:
    """Implements `ports.Messages`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, appointment_id: UUID) -> Mapping[UUID, Message]:
        """By member."""
        found = self._connection.execute(select(MESSAGES).where(MESSAGES.c.appointment_id == appointment_id))
        return {
            row.member_id: Message(PostedCard(row.channel, row.message) if row.message else None, row.shown)
            for row in found
        }

    def keep(self, claim: EffectClaim, member_id: UUID, message: Message) -> None:
        """Store it, before it is posted as well; raises `LeaseLost`."""
        hold_claim(self._connection, claim)
        posted = message.posted
        self._connection.execute(
            upsert(self._connection.dialect.name, MESSAGES, by=_KEY, updating=("channel", "message", "shown")),
            {
                "appointment_id": claim.effect.appointment_id,
                "member_id": member_id,
                "channel": posted.channel if posted else "",
                "message": posted.message if posted else "",
                "shown": message.shown,
            },
        )
