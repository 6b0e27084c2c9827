"""What members offer of their time."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.offers import Offer
from bot.domain.people import Actor


class Offers(Protocol):
    """Starts that were offered in a channel; everybody in the workspace may look at them."""

    def add(self, offer: Offer, *, origin: str) -> Offer:
        """Store it, or return the one that the same submission of the host's has made."""
        ...

    def get(self, actor: Actor, offer_id: UUID) -> Offer:
        """One of the actor's workspace; raises `NotFound`."""
        ...

    def claim(self, offer_id: UUID, *, claimer_id: UUID, appointment_id: UUID) -> bool:
        """True for exactly one caller, whose transaction has to store the appointment as well."""
        ...

    def withdraw(self, offer_id: UUID) -> bool:
        """Erase it unless somebody has claimed it; True if it was there."""
        ...

    def forget_passed(self, before: datetime) -> int:
        """Erase those whose last start was before then, claimed or not; how many they were."""
        ...
