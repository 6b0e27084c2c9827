"""Says one reminder, once, or brings the message about it up to date."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.domain.cards import CardGone, PostedCard
from bot.domain.errors import DaybookError, ProviderBusy, ProviderDown, ProviderError
from bot.domain.firings import CannotTell, ChannelUnusable, pause_after
from bot.domain.reminder_telling import Reminding, may_hold_again, told_start, why_silent
from bot.domain.reminders import ReminderClaim, ReminderState, next_try
from bot.ports import Clock, ReminderPosts, Store, UnitOfWork
from bot.usecases.delivering import CrashPoint, nowhere
from bot.usecases.hand_on_reminder import hand_on
from bot.usecases.reminder_channels import ReminderChannels
from bot.usecases.reminder_scene import meeting_now, reminding_now
from bot.usecases.try_once import try_once

# Clocks here and at Slack need not agree.
_SLACK_OF_CLOCKS = timedelta(minutes=2)
_LOOK_AGAIN = timedelta(minutes=1)


class _LeftOut(DaybookError):
    """There is nothing to be said; `is_for_now`: the meeting may come back to its start."""

    def __init__(self, why: str, *, is_for_now: bool) -> None:
        super().__init__(why)
        self.is_for_now = is_for_now


class SendReminder:
    """One try of one claimed reminder.

    Whether it still holds is looked up in the transaction that says it is about to be sent: what was cancelled or
    moved before then stays silent, and until its start it is looked whether it is back. A message is looked for before
    it is sent a second time, and where Daybook may not look, it is not sent again.
    """

    def __init__(
        self,
        store: Store,
        posts: ReminderPosts,
        channels: ReminderChannels,
        clock: Clock,
        jitter: Callable[[], float],
        crash_point: CrashPoint = nowhere,
    ) -> None:
        """Take what it works with; `jitter` gives random numbers from 0 up to 1."""
        self._store = store
        self._posts = posts
        self._channels = channels
        self._clock = clock
        self._jitter = jitter
        self._crash_point = crash_point

    def __call__(self, claim: ReminderClaim) -> bool:
        """Whether it is done, now or before. Somebody else having taken it over is no error."""
        failed = partial(self._record_failure, claim)
        return try_once(partial(self._do, claim), failed, partial(self._put_off, claim, was_sent=True))

    def _do(self, claim: ReminderClaim) -> None:
        reminder = claim.reminder
        if reminder.posted is not None:
            self._show_anew(claim, reminder.posted)
            return
        if reminder.sent_at is not None:
            found = self._posts.find(self._reminding(claim, may_name=False), reminder.sent_at - _SLACK_OF_CLOCKS)
            if found is not None:
                self._sent(claim, found, None)
                return
        self._channels.require_postable(reminder)
        reminding = self._about_to_send(claim, may_name=self._channels.may_name(reminder))
        self._crash_point("reminder: before it is sent")
        posted = self._posts.post(reminding)
        self._crash_point("reminder: after it is sent")
        self._sent(claim, posted, reminding)

    def _reminding(self, claim: ReminderClaim, *, may_name: bool) -> Reminding:
        reminder, now = claim.reminder, self._clock.now()
        with self._store.reading() as work:
            meeting = meeting_now(work, reminder)
            return reminding_now(work, reminder, meeting, now, self._said_at(claim), may_name=may_name)

    def _about_to_send(self, claim: ReminderClaim, *, may_name: bool) -> Reminding:
        """What is said; raises `_LeftOut` where there is nothing to say."""
        now = self._clock.now()
        with self._store.writing() as work:
            work.reminders.sending(claim, now)
            meeting = meeting_now(work, claim.reminder)
            reminding = reminding_now(work, claim.reminder, meeting, now, now, may_name=may_name)
            choice = work.reminders.choice(claim.reminder.member_id)
            if why := why_silent(claim.reminder, choice, reminding.host, meeting, now):
                raise _LeftOut(why, is_for_now=may_hold_again(claim.reminder, meeting, now))
            work.commit()
        return reminding

    def _show_anew(self, claim: ReminderClaim, posted: PostedCard) -> None:
        # The channel may have become another's to read since: then the message says less from now on.
        reminding = self._reminding(claim, may_name=self._channels.may_name(claim.reminder))
        with suppress(CardGone):
            self._posts.update(posted, reminding)
        self._sent(claim, None, reminding)

    def _sent(self, claim: ReminderClaim, posted: PostedCard | None, said: Reminding | None) -> None:
        """It stands there and says that, or nobody knows what; where it is not true any more, it is shown anew."""
        reminder, now = claim.reminder, self._clock.now()
        told = told_start(said) if said is not None else reminder.span.start
        with self._store.writing() as work:
            # Before it is looked: whoever changes the meeting waits for this row, or is waited for.
            work.reminders.sent(claim, posted, now, told_start=told)
            if said is None or not self._is_true(work, said):
                work.reminders.show_anew(claim, now)
            if posted is not None and reminder.channel_id:
                work.reminders.note_problem(reminder.member_id, reminder.channel_id, "")
            work.commit()

    def _is_true(self, work: UnitOfWork, said: Reminding) -> bool:
        """Whether it would be said so again: its meeting, and whoever is named, may be other ones by now."""
        reminder = said.reminder
        meeting = meeting_now(work, reminder)
        now = reminding_now(work, reminder, meeting, self._clock.now(), said.said_at, may_name=said.shows_titles)
        return _read_by_now(replace(now, stage=said.stage)) == _read_by_now(said)

    def _said_at(self, claim: ReminderClaim) -> datetime:
        return claim.reminder.sent_at or self._clock.now()

    def _record_failure(self, claim: ReminderClaim, error: DaybookError) -> None:
        match error:
            case _LeftOut():
                self._leave_out(claim, error)
            case CannotTell():
                self._end(claim, ReminderState.UNSURE, str(error))
            case ProviderBusy():
                self._put_off(claim, str(error), was_sent=False, retry_after=error.retry_after)
            case ProviderDown():
                self._put_off(claim, str(error), was_sent=error.is_silent)
            case ProviderError():
                self._give_up(claim, error)
            case _:
                self._put_off(claim, str(error), was_sent=True)

    def _give_up(self, claim: ReminderClaim, error: ProviderError) -> None:
        reminder = claim.reminder
        if reminder.posted is not None:
            # It will not be edited, whatever becomes of the meeting: as though it told how things are.
            self._sent(claim, None, self._reminding(claim, may_name=False))
            return
        with self._store.writing() as work:
            if not hand_on(work, claim, self._clock.now()):
                work.reminders.end(claim, ReminderState.FAILED, problem=str(error))
            if isinstance(error, ChannelUnusable):
                # He finds it beside the channel's name in his settings.
                work.reminders.note_problem(reminder.member_id, reminder.channel_id, str(error))
            work.commit()

    def _leave_out(self, claim: ReminderClaim, why: _LeftOut) -> None:
        now = self._clock.now()
        with self._store.writing() as work:
            if not hand_on(work, claim, now):
                if why.is_for_now:
                    work.reminders.not_now(claim, now + _LOOK_AGAIN, problem=str(why))
                else:
                    work.reminders.end(claim, ReminderState.LEFT_OUT, problem=str(why))
            work.commit()

    def _put_off(self, claim: ReminderClaim, problem: str, *, was_sent: bool, retry_after: float | None = None) -> None:
        now = self._clock.now()
        pause = pause_after(claim.reminder.attempts, self._jitter())
        with self._store.writing() as work:
            due_at = next_try(now, pause, retry_after)
            work.reminders.retry(claim, problem=problem, due_at=due_at, was_sent=was_sent)
            work.commit()

    def _end(self, claim: ReminderClaim, state: ReminderState, problem: str) -> None:
        with self._store.writing() as work:
            work.reminders.end(claim, state, problem=problem)
            work.commit()


def _read_by_now(reminding: Reminding) -> Reminding:
    """The same, of people who were all read from Slack just then: whenever that was, the message says nothing of it."""
    at = reminding.said_at
    hosts = tuple(replace(one, checked_at=at) for one in reminding.hosts)
    return replace(reminding, host=replace(reminding.host, checked_at=at), hosts=hosts)
