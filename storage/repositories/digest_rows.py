"""How a digest, a consent, the question for it and a day are kept in columns and read from them."""

import json
from datetime import time
from typing import Any

from sqlalchemy import Row

from bot.domain.cards import PostedCard
from bot.domain.digest_questions import Question
from bot.domain.digests import Digest, Plan, Run, Share
from storage.text import storable


def digest_columns(digest: Digest) -> dict[str, object]:
    """The columns of a digest besides those of its claims."""
    plan = digest.plan
    return {
        "id": digest.id,
        "workspace_id": digest.workspace_id,
        "creator_id": digest.creator_id,
        "channel_id": digest.channel_id,
        "channel_name": storable(digest.channel_name),
        "rhythm": plan.rhythm,
        "at_minute": plan.at.hour * 60 + plan.at.minute,
        "weekdays": json.dumps(sorted(plan.weekdays)),
        "zone": plan.zone,
        "level": digest.level,
        "is_quiet": digest.is_quiet,
        "created_at": digest.created_at,
        "next_day": digest.next_day,
        "next_due_at": digest.next_due_at,
        "paused": digest.paused,
        "paused_by": digest.paused_by,
        "paused_at": digest.paused_at,
    }


def digest_from(row: Row[Any]) -> Digest:
    """The digest of a row of its table."""
    weekdays = frozenset(int(day) for day in json.loads(row.weekdays))
    return Digest(
        id=row.id,
        workspace_id=row.workspace_id,
        creator_id=row.creator_id,
        channel_id=row.channel_id,
        channel_name=row.channel_name,
        plan=Plan(row.rhythm, time(*divmod(row.at_minute, 60)), weekdays, row.zone),
        level=row.level,
        is_quiet=row.is_quiet,
        created_at=row.created_at,
        next_day=row.next_day,
        next_due_at=row.next_due_at,
        paused=row.paused,
        paused_by=row.paused_by,
        paused_at=row.paused_at,
    )


def share_from(row: Row[Any]) -> Share:
    """A member's word."""
    return Share(row.digest_id, row.member_id, row.asked, row.agreed, row.has_declined, row.is_listed)


def question_from(row: Row[Any]) -> Question:
    """A message that asks."""
    return Question(
        id=row.id,
        digest_id=row.digest_id,
        workspace_id=row.workspace_id,
        member_id=row.member_id,
        channel_name=row.channel_name,
        asked=row.asked,
        version=row.wanted,
        is_open=row.is_open,
        ended=row.ended,
        posted=PostedCard(row.channel, row.message) if row.message else None,
    )


def run_from(row: Row[Any]) -> Run:
    """A day."""
    return Run(row.day, row.state, row.at)
