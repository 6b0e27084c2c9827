"""Whether a digest can go on, and with which day it would."""

from datetime import datetime

from bot.domain.digest_times import Turn, first_turn
from bot.domain.digests import Digest, PauseReason
from bot.domain.people import Standing
from bot.ports import UnitOfWork


def why_unusable(work: UnitOfWork, digest: Digest) -> PauseReason | None:
    """Why nothing can be posted until somebody mends it; None where all is well."""
    if work.members.get(digest.workspace_id, digest.creator_id).standing is not Standing.FULL:
        return PauseReason.CREATOR_LEFT
    listed = [share.member_id for share in work.digests.shares(digest.id) if share.is_listed]
    members = (work.members.get(digest.workspace_id, one) for one in listed)
    return None if any(member.standing is Standing.FULL for member in members) else PauseReason.NOBODY


def next_of(work: UnitOfWork, digest: Digest, now: datetime) -> Turn:
    """What comes next of one that goes on now, or would."""
    last = work.digests.last_run(digest.id)
    return first_turn(digest.plan, now, last_day=None if last is None else last.day)
