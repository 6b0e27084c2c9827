"""When a member's Home is looked at again, and whose turn it is to draw it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.home import Home
from bot.domain.wall_time import moment

HOME_LEASE = timedelta(seconds=60)
"""Longer than it takes to draw one, by far."""

LOOK_EVERY = timedelta(minutes=10)
"""What nobody told of is found out by then: a calendar that is late by now, a permission that ended elsewhere."""

QUIET_AFTER = timedelta(days=7)
"""Who has not opened his Home for so long gets a new one each day, and at once when he opens it."""


@dataclass(frozen=True, slots=True)
class HomeTurn:
    """One attempt at drawing a member's Home.

    Args:
        fence: counts the turns, so that of two at once the later is known.
        state: what stands on it, as its fingerprint; empty where that is not known.
        chosen: the only calendar that he has it show, or None for all.
        opened_at: when he last opened it, or did something that changed it.
        until: when somebody else tries, if this one never ends.
    """

    workspace_id: UUID
    member_id: UUID
    fence: int
    state: str
    chosen: UUID | None
    opened_at: datetime
    until: datetime


def next_look(home: Home, turn: HomeTurn, now: datetime) -> datetime:
    """When it may say something else without anybody telling of it: when the day is over, at the latest."""
    midnight = moment(home.window.end)
    if now - turn.opened_at > QUIET_AFTER:
        return midnight
    following = home.following_span
    ends = [moment(following.end)] if following is not None else []
    return min(each for each in (midnight, now + LOOK_EVERY, *ends) if each > now)
