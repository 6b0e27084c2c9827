"""An in-memory repository of offers, with the semantics of `bot.ports`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.errors import NotFound
from bot.domain.offers import Offer
from bot.domain.people import Actor
from tests.fakes.tables import Tables, aware


class FakeOffers:
    """Implements `ports.Offers`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, offer: Offer, *, origin: str) -> Offer:
        aware(offer.created_at)
        key = (offer.workspace_id, offer.host_id, origin)
        return self._tables.offers.setdefault(key, offer)

    def get(self, actor: Actor, offer_id: UUID) -> Offer:
        for offer in self._tables.offers.values():
            if (offer.workspace_id, offer.id) == (actor.workspace_id, offer_id):
                return offer
        raise NotFound

    def claim(self, offer_id: UUID, *, claimer_id: UUID, appointment_id: UUID) -> bool:
        for key, offer in self._tables.offers.items():
            if offer.id == offer_id and offer.appointment_id is None:
                self._tables.offers[key] = replace(offer, claimer_id=claimer_id, appointment_id=appointment_id)
                return True
        return False

    def withdraw(self, offer_id: UUID) -> bool:
        return self._erase(lambda offer: offer.id == offer_id and offer.appointment_id is None) == 1

    def forget_passed(self, before: datetime) -> int:
        until = aware(before).timestamp()
        return self._erase(lambda offer: offer.starts[-1] < until)

    def _erase(self, is_to_go: Callable[[Offer], bool]) -> int:
        gone = [key for key, offer in self._tables.offers.items() if is_to_go(offer)]
        for key in gone:
            del self._tables.offers[key]
        return len(gone)
