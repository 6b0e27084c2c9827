"""What a reminder tells at this moment, gathered from what is stored."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bot.domain.join_links import join_url_of
from bot.domain.occasions import BookedIn
from bot.domain.people import Member
from bot.domain.reminder_telling import MeetingNow, Reminding, stage_of
from bot.domain.reminders import Reminder, ReminderChoice
from bot.ports import UnitOfWork
from bot.usecases.members_of import members_of


def meeting_now(work: UnitOfWork, reminder: Reminder) -> MeetingNow | None:
    """The meeting that it is about, as it stands; None where it is gone."""
    if reminder.booked_in is BookedIn.GOOGLE:
        return work.reminders.meeting(reminder)
    appointment = work.appointments.known(reminder.subject)
    if appointment is None:
        return None
    return MeetingNow(
        title=appointment.title,
        span=appointment.span,
        version=appointment.version,
        hosts=appointment.hosts,
        contacts=(appointment.contact,) if appointment.contact is not None else (),
        venue=appointment.venue,
        join_url=join_url_of(appointment.venue, work.remote_links.of(appointment.id)) if appointment.is_live else "",
        # Its host reads the title anyway.
        is_private=bool(reminder.channel_id) and appointment.id in work.remote_links.private_among([appointment.id]),
        appointment=appointment,
    )


def reminding_now(
    work: UnitOfWork,
    reminder: Reminder,
    meeting: MeetingNow | None,
    now: datetime,
    said_at: datetime,
    *,
    may_name: bool,
) -> Reminding:
    """Everything there is to say; what was said once goes on to say how late that was."""
    host = work.members.get(reminder.workspace_id, reminder.member_id)
    hosts = members_of(work, reminder.workspace_id, meeting.hosts) if meeting is not None else ()
    others = _others_in_channel(work, reminder, hosts)
    if reminder.channel_id and hosts:
        hosts = tuple(one for one in hosts if one.id == host.id or one.id in others) or (host,)
    return Reminding(
        reminder=reminder,
        host=host,
        meeting=meeting,
        hosts=hosts,
        stage=stage_of(reminder, meeting, now),
        said_at=said_at,
        shows_titles=may_name and all(choice.shows_titles for choice in others.values()),
    )


def _others_in_channel(work: UnitOfWork, reminder: Reminder, hosts: Sequence[Member]) -> Mapping[UUID, ReminderChoice]:
    """What the other hosts want who chose the same channel: nobody else is named there."""
    choices = {one.id: work.reminders.choice(one.id) for one in hosts if one.id != reminder.member_id}
    return {whose: one for whose, one in choices.items() if one.channel_id == reminder.channel_id != ""}
