"""What a reminder says: the meeting as it is when it is said, and what became of it since it was."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.appointments import NOWHERE, Appointment, AppointmentStatus, Venue
from bot.domain.contacts import Contact
from bot.domain.intervals import Interval
from bot.domain.people import Member, Standing
from bot.domain.reminders import Reminder, ReminderChoice, ReminderKind, is_too_late
from bot.domain.wall_time import MINUTE, moment


@dataclass(frozen=True, slots=True)
class MeetingNow:
    """A meeting as it stands.

    Args:
        appointment: where it was booked in Daybook; None for a meeting taken from Google.
        hosts: the members whose meeting it is.
        join_url: by which one joins its video call, if there is one.
        link: where its event is shown in Google, for its host; safe to open, empty where there is none.
        is_private: Google says so, and nobody else reads its title.
        is_cancelled: it was taken from Google, and called off there.
    """

    title: str
    span: Interval
    version: int
    hosts: tuple[UUID, ...]
    contacts: tuple[Contact, ...] = ()
    venue: Venue = NOWHERE
    join_url: str = ""
    link: str = ""
    is_private: bool = False
    is_cancelled: bool = False
    appointment: Appointment | None = None


class Stage(StrEnum):
    """What a message about a meeting has to say by now."""

    OPEN = "open"
    """It is as it was: it is about to begin, or nobody has said how it went."""
    MOVED = "moved"
    CANCELLED = "cancelled"
    OVER = "over"
    """Nothing is left to say: it ended, or somebody said how it went."""


@dataclass(frozen=True, slots=True)
class Reminding:
    """Everything there is to say.

    Args:
        host: by whose wish it is said, and who reads it unless a channel does.
        meeting: None where it is gone.
        hosts: who is named: in a channel those alone who chose it.
        stage: what became of it.
        said_at: when it is said, or was.
        shows_titles: a channel may read more than that there is an appointment.
    """

    reminder: Reminder
    host: Member
    meeting: MeetingNow | None
    hosts: tuple[Member, ...]
    stage: Stage
    said_at: datetime
    shows_titles: bool = False


def why_silent(
    reminder: Reminder, choice: ReminderChoice, host: Member, meeting: MeetingNow | None, now: datetime
) -> str:
    """Why nothing is said after all, for whoever looks at the row; empty where it is to be said."""
    if host.standing is not Standing.FULL:
        return "The host is no full member of this workspace any more."
    if meeting is None:
        return "The meeting is gone."
    if why := _why_moot(reminder, meeting):
        return why
    if is_too_late(reminder, now):
        return "It was too late."
    return _why_unwanted(reminder, choice, meeting, now)


def may_hold_again(reminder: Reminder, meeting: MeetingNow | None, now: datetime) -> bool:
    """Whether it is only for now that nothing is said: before the start, the meeting may come back to it."""
    if reminder.kind is not ReminderKind.BEFORE or is_too_late(reminder, now):
        return False
    return meeting is None or bool(_why_moot(reminder, meeting))


def stage_of(reminder: Reminder, meeting: MeetingNow | None, now: datetime) -> Stage:
    """What a message that was sent has to say by now."""
    if meeting is None or meeting.is_cancelled:
        return Stage.CANCELLED
    status = meeting.appointment.status if meeting.appointment is not None else AppointmentStatus.CONFIRMED
    if status is AppointmentStatus.CANCELLED:
        return Stage.CANCELLED
    if status in (AppointmentStatus.SHOWED, AppointmentStatus.NO_SHOW):
        return Stage.OVER
    if meeting.span.start != reminder.span.start:
        return Stage.MOVED
    is_over = reminder.kind is ReminderKind.BEFORE and now >= moment(meeting.span.end)
    return Stage.OVER if is_over else Stage.OPEN


def told_start(reminding: Reminding) -> int:
    """The start that is told, epoch seconds; 0 where there is none any more."""
    meeting = reminding.meeting
    return meeting.span.start if meeting is not None and reminding.stage is not Stage.CANCELLED else 0


def _why_moot(reminder: Reminder, meeting: MeetingNow) -> str:
    if reminder.member_id not in meeting.hosts:
        return "It is another host's now."
    if meeting.span.start != reminder.span.start:
        return "It was moved."
    if meeting.appointment is not None and meeting.appointment.status is not AppointmentStatus.CONFIRMED:
        return f"It is {meeting.appointment.status.value.replace('_', '-')}."
    return ""


def _why_unwanted(reminder: Reminder, choice: ReminderChoice, meeting: MeetingNow, now: datetime) -> str:
    if reminder.kind is ReminderKind.AFTER:
        is_over = now >= moment(meeting.span.end)
        return "" if choice.asks_after and is_over else "Nobody is to be asked."
    if reminder.minutes not in choice.minutes or reminder.channel_id not in ("", choice.channel_id):
        return "The host wants no such reminder any more."
    later = [one for one in choice.minutes if one < reminder.minutes]
    # After an outage one says it all.
    if later and now >= moment(reminder.span.start - later[0] * MINUTE):
        return "A later reminder says it."
    return ""
