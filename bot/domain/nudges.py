"""When the owner of a broken connection is reminded of it, after he was first told."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.domain.accounts import Account
from bot.domain.wall_time import zone_named

NUDGE_DAYS = (1, 3, 7, 14)
"""After the first message; then nothing more is said."""

DAY_BEGINS, DAY_ENDS = time(9), time(17)
"""Nobody is reminded outside these hours of his own day."""

TRY_AGAIN = timedelta(hours=1)
_GIVEN_UP = timedelta(days=NUDGE_DAYS[-1] + 2)


@dataclass(frozen=True, slots=True)
class DueNudge:
    """A broken account whose owner may have to be reminded.

    Args:
        told_at: when he was first told.
        sent: how many reminders there were, of those that are due passed ones included.
        due_at: when this one was to be looked at.
    """

    account: Account
    told_at: datetime
    sent: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class NudgePlan:
    """What is to be done about it: to remind him now or not, and what is stored for the next time.

    `next_at` is None where nothing more is said.
    """

    is_now: bool
    sent: int
    next_at: datetime | None


def nudge_plan(due: DueNudge, zone: str, now: datetime) -> NudgePlan:
    """After an outage only the latest that is due is said; those before it count as said.

    Args:
        due: what is known of it.
        zone: IANA name of its owner's zone.
        now: aware.
    """
    passed = sum(due.told_at + timedelta(days=days) <= now for days in NUDGE_DAYS)
    if now >= due.told_at + _GIVEN_UP:
        return NudgePlan(False, len(NUDGE_DAYS), None)
    if passed <= due.sent:
        return NudgePlan(False, due.sent, next_nudge(due.told_at, due.sent))
    waking = next_waking(now, zone)
    if waking > now:
        return NudgePlan(False, due.sent, waking)
    return NudgePlan(True, passed, next_nudge(due.told_at, passed))


def next_nudge(told_at: datetime, sent: int) -> datetime | None:
    """When the one after `sent` is due; None after the last."""
    return told_at + timedelta(days=NUDGE_DAYS[sent]) if sent < len(NUDGE_DAYS) else None


def next_waking(now: datetime, zone: str) -> datetime:
    """That moment where it is by day on the wall of `zone`, or else the next morning there."""
    there = zone_named(zone)
    local = now.astimezone(there)
    if DAY_BEGINS <= local.time() < DAY_ENDS:
        return now
    day = local.date() if local.time() < DAY_BEGINS else local.date() + timedelta(days=1)
    return datetime.combine(day, DAY_BEGINS, tzinfo=there).astimezone(now.tzinfo)
