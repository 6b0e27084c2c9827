"""Notices that copies of appointments changed in Google, or are gone; their delivery decides what comes of it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.domain.calendars import SyncClaim
from bot.domain.events import RemoteEvent
from bot.domain.horizon import READ_BACK
from bot.ports import UnitOfWork


def notice_changed(work: UnitOfWork, claim: SyncClaim, events: Sequence[RemoteEvent], now: datetime) -> int:
    """Have the copies among these events looked at that are not as they were agreed on; returns how many.

    In the transaction that stores the events: after a crash both are told again. What we wrote ourselves comes back
    with the etag that was agreed on.
    """
    agreed = work.remote_links.etags(claim, [event.id for event in events])
    changed = [event.id for event in events if event.id in agreed and agreed[event.id] != event.etag]
    return work.effects.notice(claim, changed, now) if changed else 0


def notice_gone(
    work: UnitOfWork, claim: SyncClaim, removed: Collection[str], full_generation: int | None, now: datetime
) -> int:
    """Have the copies looked at that were removed, or that a full read did not meet; returns how many."""
    gone = set(removed)
    if full_generation is not None:
        gone |= set(work.remote_links.unmet(claim, generation=full_generation, since=now - READ_BACK))
    return work.effects.notice(claim, gone, now) if gone else 0
