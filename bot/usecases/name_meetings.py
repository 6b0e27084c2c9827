"""Names, in a question about people, the meeting in which each of them is met."""

from dataclasses import replace
from datetime import datetime

from bot.domain.invitee_questions import InviteeBatch
from bot.domain.wall_time import epoch
from bot.ports import UnitOfWork


def with_meetings(work: UnitOfWork, batch: InviteeBatch, now: datetime) -> InviteeBatch:
    """The batch with the next meeting to come beside each who waits for the host's word."""
    met = work.taken.met(batch.workspace_id, batch.host_id, [one.email for one in batch.open], epoch(now))
    named = (replace(one, met_on=met.get(one.email)) if one.answer is None else one for one in batch.questions)
    return replace(batch, questions=tuple(named))
