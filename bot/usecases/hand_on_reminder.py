"""Gives a channel's reminder to another host who wants the same one there, where it comes to nothing by the first."""

from dataclasses import replace
from datetime import datetime

from bot.domain.reminder_telling import why_silent
from bot.domain.reminders import Reminder, ReminderClaim, ReminderState
from bot.ports import UnitOfWork
from bot.usecases.reminder_scene import meeting_now


def hand_on(work: UnitOfWork, claim: ReminderClaim, now: datetime) -> bool:
    """Whether somebody else has it now. It goes through the hosts by their ids, so that it comes to nobody twice."""
    if not claim.reminder.channel_id:
        return False
    for host_id in sorted(own.member_id for own in work.reminders.of(claim.reminder.subject) if _may_take(own, claim)):
        other = replace(claim.reminder, member_id=host_id)
        host, choice = work.members.get(other.workspace_id, host_id), work.reminders.choice(host_id)
        if not why_silent(other, choice, host, meeting_now(work, other), now):
            work.reminders.hand_on(claim, host_id, now)
            return True
    return False


def _may_take(own: Reminder, claim: ReminderClaim) -> bool:
    """Whether it is the same reminder to a host after the one who has the channel's; who wants none left his out."""
    wanted = claim.reminder
    is_same = (own.span.start, own.minutes, own.kind) == (wanted.span.start, wanted.minutes, wanted.kind)
    is_his = not own.channel_id and own.state is not ReminderState.LEFT_OUT
    return is_same and is_his and own.member_id > wanted.member_id
