"""What members offer of their time."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, select, update

from bot.domain.appointments import Venue
from bot.domain.errors import NotFound
from bot.domain.offers import Offer
from bot.domain.people import Actor
from bot.domain.sync_plan import portions
from storage.repositories.upserts import insert
from storage.tables import OFFERS
from storage.text import storable


class SqlOffers:
    """Implements `ports.Offers`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, offer: Offer, *, origin: str) -> Offer:
        """Store it, or return the one that the same submission of the host's has made."""
        self._connection.execute(
            insert(self._connection.dialect.name, OFFERS)
            .values(
                id=offer.id,
                workspace_id=offer.workspace_id,
                host_id=offer.host_id,
                origin=origin,
                starts=json.dumps(offer.starts),
                minutes=offer.minutes,
                created_at=offer.created_at,
                title=storable(offer.title),
                venue=offer.venue.where,
                venue_details=storable(offer.venue.details),
                note=storable(offer.note),
                claimer_id=offer.claimer_id,
                appointment_id=offer.appointment_id,
            )
            .on_conflict_do_nothing(index_elements=["workspace_id", "host_id", "origin"])
        )
        row = self._connection.execute(
            select(OFFERS).where(
                OFFERS.c.workspace_id == offer.workspace_id,
                OFFERS.c.host_id == offer.host_id,
                OFFERS.c.origin == origin,
            )
        ).one()
        return _offer(row)

    def get(self, actor: Actor, offer_id: UUID) -> Offer:
        """One of the actor's workspace; raises `NotFound`."""
        row = self._connection.execute(
            select(OFFERS).where(OFFERS.c.workspace_id == actor.workspace_id, OFFERS.c.id == offer_id)
        ).one_or_none()
        if row is None:
            raise NotFound
        return _offer(row)

    def claim(self, offer_id: UUID, *, claimer_id: UUID, appointment_id: UUID) -> bool:
        """True for exactly one caller; on PostgreSQL the others wait for the end of his transaction."""
        claimed = self._connection.execute(
            update(OFFERS)
            .where(OFFERS.c.id == offer_id, OFFERS.c.appointment_id.is_(None))
            .values(claimer_id=claimer_id, appointment_id=appointment_id)
        )
        return claimed.rowcount == 1

    def withdraw(self, offer_id: UUID) -> bool:
        """Erase it unless somebody has claimed it; on PostgreSQL a claim under way is waited for."""
        gone = self._connection.execute(
            delete(OFFERS).where(OFFERS.c.id == offer_id, OFFERS.c.appointment_id.is_(None))
        )
        return gone.rowcount == 1

    def forget_passed(self, before: datetime) -> int:
        """Erase those whose last start was before then, claimed or not; how many they were."""
        older = select(OFFERS.c.id, OFFERS.c.starts).where(OFFERS.c.created_at < before)
        passed = [row.id for row in self._connection.execute(older) if max(json.loads(row.starts)) < before.timestamp()]
        for ids in portions(passed):
            self._connection.execute(delete(OFFERS).where(OFFERS.c.id.in_(ids)))
        return len(passed)


def _offer(row: Row[Any]) -> Offer:
    return Offer(
        id=row.id,
        workspace_id=row.workspace_id,
        host_id=row.host_id,
        starts=tuple(json.loads(row.starts)),
        minutes=row.minutes,
        created_at=row.created_at,
        title=row.title,
        venue=Venue(row.venue, row.venue_details),
        note=row.note,
        claimer_id=row.claimer_id,
        appointment_id=row.appointment_id,
    )
