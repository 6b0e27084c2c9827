"""What follows for the channels of a calendar from what became of one of them."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.calendars import SyncClaim
from bot.domain.channels import kept_silent, newest, outlived, replaced_at
from bot.ports import UnitOfWork


def tend_channels(work: UnitOfWork, calendar_id: UUID, now: datetime) -> None:
    """Let the older channels of a held calendar make way, and plan the successor of the newest."""
    channels = work.push_channels.of(calendar_id)
    for older in outlived(channels, now):
        work.push_channels.save(older)
    latest = newest(channels)
    if latest is not None:
        work.push_channels.plan(calendar_id, replaced_at(latest))


def notice_silence(work: UnitOfWork, claim: SyncClaim, now: datetime) -> bool:
    """A poll found changes: whether no channel had told of them, by which each stops counting as alive.

    A message that was merely late sets it right again.
    """
    calendar_id = claim.calendar.id
    if not work.push_channels.hold(calendar_id):
        return False
    channels = work.push_channels.of(calendar_id)
    if not kept_silent(channels, claim):
        return False
    for channel in channels:
        if channel.is_alive(now):
            work.push_channels.save(replace(channel, missed_at=now))
    tend_channels(work, calendar_id, now)
    return True
