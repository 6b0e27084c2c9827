"""Reminders before appointments, and the question after them: what a member wants, and how one stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from bot.domain.cards import PostedCard
from bot.domain.errors import DaybookError
from bot.domain.intervals import Interval
from bot.domain.occasions import BookedIn
from bot.domain.wall_time import moment

USUAL_MINUTES = 10
"""How long before the start somebody is reminded who decided nothing."""

MOST_REMINDERS = 5
LONGEST_AHEAD = 24 * 60
"""Minutes; a reminder of the day after tomorrow is a matter of the agenda."""

REMINDER_LEASE = timedelta(seconds=90)
"""Longer than any one try takes, by far."""

ASKED_WITHIN = timedelta(hours=24)
"""How late the question after the end may come; later nobody is asked at all."""

REMINDER_LIFE = timedelta(days=30)
"""How long after the start what was sent is remembered, and its message kept up to date."""

LATE = timedelta(minutes=2)
"""From when on a reminder says that it is late."""

_LONGEST_PAUSE = timedelta(seconds=30)


class ReminderKind(StrEnum):
    """What is said."""

    BEFORE = "before"
    AFTER = "after"
    """The question how it went."""


class ReminderState(StrEnum):
    """How a reminder stands; `UNSURE`: it was sent and no answer came, and nobody can look for it."""

    WAITING = "waiting"
    SENT = "sent"
    LEFT_OUT = "left_out"
    FAILED = "failed"
    UNSURE = "unsure"


class BadReminders(DaybookError):
    """A wish that cannot be kept; the sentence says what to enter."""


@dataclass(frozen=True, slots=True)
class ReminderChoice:
    """What a member decided about reminders of his appointments. Raises `BadReminders`.

    Args:
        minutes: how long before the start, the longest first; none is off.
        channel_id: a channel that is reminded as well; empty for none.
        shows_titles: the channel reads titles and names; otherwise only that he has an appointment.
        asks_after: he is asked how it went.
        problem: why the channel could not be posted in the last time, for people.
    """

    minutes: tuple[int, ...] = (USUAL_MINUTES,)
    channel_id: str = ""
    channel_name: str = ""
    shows_titles: bool = False
    asks_after: bool = True
    problem: str = ""

    def __post_init__(self) -> None:
        if len(self.minutes) > MOST_REMINDERS:
            raise BadReminders(f"Choose {MOST_REMINDERS} reminders at most.")
        if not all(1 <= one <= LONGEST_AHEAD for one in self.minutes):
            raise BadReminders(f"Reminders come from 1 minute to {LONGEST_AHEAD // 60} hours before the start.")
        if list(self.minutes) != sorted(set(self.minutes), reverse=True):
            raise BadReminders("Name each time once, the longest first.")


USUAL_CHOICE = ReminderChoice()
"""What holds for a member who decided nothing."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder of one start, to a host or to his channel, or the question after the end.

    It is bound to the time for which it was made: what was moved has others.

    Args:
        member_id: the host by whose wish it is.
        subject: the appointment, or the taken one.
        version: that of the subject when it was made.
        span: when the meeting was then; epoch seconds, half-open.
        wanted_at: when it is to be said.
        minutes: how long before the start; 0 for the question.
        channel_id: where it is posted; empty for the host's direct messages.
        due_at: when something is to be done: to send it, to try again, to show it anew; None for never.
        sent_at: when it was last sent without anybody knowing whether it arrived, or when it arrived.
        posted: the message, once it is known.
    """

    id: UUID
    workspace_id: UUID
    member_id: UUID
    kind: ReminderKind
    subject: UUID
    booked_in: BookedIn
    version: int
    span: Interval
    wanted_at: datetime
    minutes: int = 0
    channel_id: str = ""
    state: ReminderState = ReminderState.WAITING
    attempts: int = 0
    problem: str = ""
    due_at: datetime | None = None
    sent_at: datetime | None = None
    posted: PostedCard | None = None


@dataclass(frozen=True, slots=True)
class ReminderClaim:
    """A reminder claimed for one try: `fence` rises with every claim, so that a late holder writes nothing."""

    reminder: Reminder
    fence: int


def is_too_late(reminder: Reminder, now: datetime) -> bool:
    """Whether it says nothing any more: the meeting has begun, or the question has waited for too long."""
    if reminder.kind is ReminderKind.BEFORE:
        return now >= moment(reminder.span.start)
    return now > reminder.wanted_at + ASKED_WITHIN


def is_late(reminder: Reminder, now: datetime) -> bool:
    """Whether a reminder has to say that it comes late."""
    return reminder.kind is ReminderKind.BEFORE and now - reminder.wanted_at > LATE


def reminder_id_of(subject: UUID, start: int, recipient: str, minutes: int) -> UUID:
    """The same whoever makes it: one reminder of one start to one recipient, so long before it."""
    return uuid5(subject, f"{start}:{recipient}:{minutes}")


def next_try(now: datetime, pause: timedelta, retry_after: float | None) -> datetime:
    """When a try that failed is made again: soon, because the start does not wait, but not before Slack says."""
    return now + max(min(pause, _LONGEST_PAUSE), timedelta(seconds=retry_after or 0.0))
