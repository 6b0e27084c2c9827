"""How often a member may have Google mail somebody."""

from datetime import datetime, timedelta

from bot.domain.booking import INVITATIONS_A_DAY, BadBooking
from bot.domain.people import Actor
from bot.ports import UnitOfWork

_A_DAY = timedelta(days=1)


def require_invitation(work: UnitOfWork, actor: Actor, now: datetime, *, field: str, instead: str) -> None:
    """Raises `BadBooking` of that field where the actor had as many mailed as he may; `instead` says what he can do."""
    if work.appointments.invitations_since(actor, now - _A_DAY) >= INVITATIONS_A_DAY:
        raise BadBooking(
            field, f"You have had {INVITATIONS_A_DAY} invitations mailed within a day, which is the most. {instead}"
        )
