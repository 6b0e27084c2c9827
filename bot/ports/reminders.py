"""Reminders: what members want, what is due, and how it is said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.cards import PostedCard
from bot.domain.people import Actor
from bot.domain.reminder_planning import Coming, Over
from bot.domain.reminder_telling import MeetingNow, Reminding
from bot.domain.reminders import Reminder, ReminderChoice, ReminderClaim, ReminderState


class Reminders(Protocol):
    """Reminders before appointments and the questions after them, each once for ever.

    Every write on behalf of a claim checks its fence and raises `LeaseLost`.
    """

    # --- What members want

    def choice(self, member_id: UUID) -> ReminderChoice:
        """What a member decided; the usual where he did not."""
        ...

    def choose(self, actor: Actor, choice: ReminderChoice, now: datetime) -> None:
        """Keep the actor's own; what was due before `now` is not made up for."""
        ...

    def note_problem(self, member_id: UUID, channel_id: str, problem: str) -> None:
        """Why his channel could not be posted in, if it is still the one that he chose; empty where it could."""
        ...

    # --- What is due

    def has_begun(self) -> bool:
        """Whether there is no workspace that still has to begin."""
        ...

    def begin(self, now: datetime) -> None:
        """Reminders count from `now` in workspaces that had none yet: nothing that was before is made up for."""
        ...

    def has_work(self, now: datetime) -> bool:
        """Whether it is worth the while to plan, to look at what stands in Slack, and to claim."""
        ...

    def coming(self, now: datetime, *, limit: int) -> Sequence[Coming]:
        """Starts of which a host is to be reminded by now, and for which nothing is entered, by start."""
        ...

    def over(self, now: datetime, *, limit: int) -> Sequence[Over]:
        """Confirmed appointments with contacts that ended within a day, and for which nothing is entered, by end."""
        ...

    def enter(self, reminders: Sequence[Reminder]) -> int:
        """Enter those that are not there; how many were not."""
        ...

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[ReminderClaim]:
        """Claim what is due and not held by a live lease; what begins first comes first."""
        ...

    def meeting(self, reminder: Reminder) -> MeetingNow | None:
        """A meeting taken from Google, at the time that the reminder is for; None where it is not there any more.

        Of a reminder that stands in Slack it is told as well where it was moved to, or that it was called off.
        """
        ...

    def look_at_taken(self, now: datetime) -> None:
        """Have messages shown anew which tell another start of a meeting from Google than it has by now."""
        ...

    # --- What became of it

    def sending(self, claim: ReminderClaim, now: datetime) -> None:
        """Hold it for a whole lease: it is about to be sent, and may have arrived from now on."""
        ...

    def retry(self, claim: ReminderClaim, *, problem: str, due_at: datetime, was_sent: bool) -> None:
        """The try failed: free the lease. `was_sent` is False where surely nothing arrived."""
        ...

    def give_back(self, claim: ReminderClaim) -> None:
        """It was not tried at all: free the lease."""
        ...

    def sent(self, claim: ReminderClaim, posted: PostedCard | None, now: datetime, *, told_start: int) -> None:
        """It stands there.

        `told_start` is the start that it tells, epoch seconds; 0 where it tells that there is none any more.
        From here to the end of the transaction a change of the meeting waits in `changed`.
        """
        ...

    def show_anew(self, claim: ReminderClaim, now: datetime) -> None:
        """What stands there does not say how things are."""
        ...

    def not_now(self, claim: ReminderClaim, until: datetime, *, problem: str) -> None:
        """The meeting is not what it is about, for now: free the lease, as though it were wanted then."""
        ...

    def hand_on(self, claim: ReminderClaim, member_id: UUID, now: datetime) -> None:
        """It surely did not arrive: another host of the meeting has it said by his wish, at once."""
        ...

    def end(self, claim: ReminderClaim, state: ReminderState, *, problem: str = "") -> None:
        """Nothing more is tried."""
        ...

    def changed(self, subject: UUID, now: datetime) -> None:
        """Have every message about it shown anew, as something about it changed; also what is being sent just now."""
        ...

    def of(self, subject: UUID) -> Sequence[Reminder]:
        """What was entered for a meeting, by start, and the longest before it first."""
        ...

    def forget(self, before: datetime) -> int:
        """Those of meetings that started before then."""
        ...


class ReminderPosts(Protocol):
    """Reminders in Slack. Raises `ProviderError`s; retries nothing.

    A `ProviderDown` that `is_silent` means that the message may have arrived.
    """

    def find(self, reminding: Reminding, since: datetime) -> PostedCard | None:
        """The message, if it stands there since then; raises `CannotTell` where Daybook may not read."""
        ...

    def post(self, reminding: Reminding) -> PostedCard:
        """Say it, to the host alone or in his channel."""
        ...

    def update(self, posted: PostedCard, reminding: Reminding) -> None:
        """Show the message as it is to be now; raises `CardGone`."""
        ...
