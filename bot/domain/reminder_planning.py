"""Which reminders a meeting has, and when its host is asked how it went."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bot.domain.intervals import Interval
from bot.domain.occasions import BookedIn
from bot.domain.reminders import ASKED_WITHIN, Reminder, ReminderKind, ReminderState, reminder_id_of
from bot.domain.schedule import Schedule, working_time
from bot.domain.wall_time import DAY, MINUTE, moment

# Whoever has no hours for longer than this is away, and asked nothing.
_DAYS_OF_HOURS = 7


@dataclass(frozen=True, slots=True)
class Coming:
    """A start that is so near that one of its hosts wants to be reminded, and was not yet.

    Args:
        made_at: when the meeting was made, or got that start in Daybook; what was moved in Google was moved before
            anybody here knew, and nobody tells when.
        known_at: when Daybook knew of that start: nothing was late before.
        minutes: how long before the start he wants to be.
        since: epoch seconds from which on his reminders count.
    """

    workspace_id: UUID
    member_id: UUID
    subject: UUID
    booked_in: BookedIn
    version: int
    span: Interval
    made_at: datetime
    known_at: datetime
    minutes: int
    channel_id: str
    since: int


@dataclass(frozen=True, slots=True)
class Over:
    """An appointment with a contact that has ended, about which nobody was asked yet."""

    workspace_id: UUID
    member_id: UUID
    subject: UUID
    version: int
    span: Interval
    asks_after: bool


def reminders_of(coming: Coming) -> list[Reminder]:
    """The reminder to the host, and to his channel if there is one.

    Nobody is reminded at a moment that had passed when he asked for it, or when the meeting was made or moved here:
    whoever books something for in five minutes knows. These are entered as left out, so that they are not found again;
    not for the channel, which another host may have asked for in time.
    """
    due = moment(coming.span.start - coming.minutes * MINUTE)
    is_past = due < max(moment(coming.since), coming.made_at)
    made = Reminder(
        id=reminder_id_of(coming.subject, coming.span.start, str(coming.member_id), coming.minutes),
        workspace_id=coming.workspace_id,
        member_id=coming.member_id,
        kind=ReminderKind.BEFORE,
        subject=coming.subject,
        booked_in=coming.booked_in,
        version=coming.version,
        span=coming.span,
        wanted_at=max(due, coming.known_at),
        minutes=coming.minutes,
        state=ReminderState.LEFT_OUT if is_past else ReminderState.WAITING,
        due_at=None if is_past else due,
    )
    if is_past or not coming.channel_id:
        return [made]
    # By the channel's own id, so that two hosts with the same wish make one message.
    channel_id = reminder_id_of(coming.subject, coming.span.start, coming.channel_id, coming.minutes)
    return [made, replace(made, id=channel_id, channel_id=coming.channel_id)]


def question_of(over: Over, schedule: Schedule, now: datetime) -> Reminder:
    """The question to the first host: left out where he wants none, or where it is too late for it."""
    asked_from = asking_time(schedule, over.span.end) if over.asks_after else None
    wanted_at = moment(over.span.end if asked_from is None else asked_from)
    is_wanted = asked_from is not None and now <= wanted_at + ASKED_WITHIN
    return Reminder(
        id=reminder_id_of(over.subject, over.span.start, "question", 0),
        workspace_id=over.workspace_id,
        member_id=over.member_id,
        kind=ReminderKind.AFTER,
        subject=over.subject,
        booked_in=BookedIn.DAYBOOK,
        version=over.version,
        span=over.span,
        wanted_at=wanted_at,
        state=ReminderState.WAITING if is_wanted else ReminderState.LEFT_OUT,
        due_at=wanted_at if is_wanted else None,
    )


def asking_time(schedule: Schedule, end: int) -> int | None:
    """When somebody is asked about what ended then: at once within his hours, else when the next ones begin.

    Epoch seconds; None where he has no hours within a week. What ends with the hours is still within them.
    """
    windows = working_time(schedule, Interval(end - 1, end + _DAYS_OF_HOURS * DAY)).windows
    following = next((window for window in windows if window.end >= end), None)
    return max(following.start, end) if following is not None else None
