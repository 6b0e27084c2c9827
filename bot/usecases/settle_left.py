"""What becomes of meetings whose events went from a calendar: they were moved, or are over, or were called off."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from bot.domain.calendars import EventStyle, SyncClaim
from bot.domain.occasions import What
from bot.domain.taken import LeftMeeting, TakenKey
from bot.domain.taken_news import fires_for
from bot.domain.taken_occasions import occasion_of_taken
from bot.domain.taking import cancelled
from bot.domain.wall_time import epoch
from bot.ports import UnitOfWork
from bot.usecases.record_occasion import record_occasion


def settle_left(
    work: UnitOfWork, claim: SyncClaim, missing: Collection[UUID], moved: Collection[UUID], now: datetime
) -> None:
    """Settle each of them that can be; the others wait.

    Args:
        work: a transaction that writes.
        claim: of the calendar.
        missing: those that were looked for everywhere in vain.
        moved: those that were found where they are no appointments.
        now: what is over by now goes unnoticed: calendars forget it, and people tidy up.
    """
    calendar = work.taken.begin(claim)
    is_plain = calendar.option.event_style is EventStyle.BLOCKED
    waiting: set[str] = set()
    for left in work.taken.left(calendar):
        taken = left.taken
        if taken.is_cancelled or taken.is_over(epoch(now)):
            work.taken.settle(claim, left, None, stays=True)
        elif is_plain or left.is_elsewhere or taken.id in moved:
            work.taken.settle(claim, left, None, stays=False)
        elif _is_part(work, left):
            # With its series it goes, or it stands where the series puts it again: nobody is told of that.
            if taken.ical_uid not in waiting:
                work.taken.settle(claim, left, None, stays=False)
        elif taken.id in missing:
            over = cancelled(taken)
            work.taken.settle(claim, left, over, stays=False)
            if fires_for(calendar, over.created_at):
                record_occasion(work, occasion_of_taken(calendar, over, What.CANCELLED, now))
        else:
            waiting.add(taken.ical_uid)


def _is_part(work: UnitOfWork, left: LeftMeeting) -> bool:
    """Whether it is one time of a series that is known as well."""
    if left.taken.original == 0:
        return False
    series = TakenKey(left.taken.ical_uid, 0)
    return series in work.taken.by_key(left.taken.workspace_id, [series])
