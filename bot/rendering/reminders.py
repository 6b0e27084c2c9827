"""Reminders before appointments, to the host and to a channel, and what takes their place later."""

from datetime import timedelta

from bot.domain.cards import CardButton
from bot.domain.people import Member
from bot.domain.reading_habits import EVERYBODYS
from bot.domain.reminder_telling import MeetingNow, Reminding, Stage
from bot.domain.reminders import ReminderKind, is_late
from bot.domain.wall_time import moment
from bot.rendering.blocks import actions, button, context, section
from bot.rendering.booking_words import join_button, venue_text
from bot.rendering.card_ref import CardRef
from bot.rendering.card_words import TITLE_SHOWN, contact_of, host_times, reader_start, reader_times
from bot.rendering.how_it_went import question_message
from bot.rendering.names import ActionId, numbered
from bot.rendering.reader import read_by
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text
from bot.rendering.wording import counted, lasting, listed, meeting_length, name_of
from bot.rendering.zones import city, day_of, from_to

TIMES_SHOWN = 8
_NO_TITLE = "(no title)"


def reminder_message(reminding: Reminding) -> Message:
    """The reminder or the question, as it is to be read now: by its host's clock, or by everybody's."""
    with read_by(EVERYBODYS if reminding.reminder.channel_id else reminding.host.habits):
        return _message(reminding)


def _message(reminding: Reminding) -> Message:
    if reminding.reminder.kind is ReminderKind.AFTER:
        return question_message(reminding)
    if reminding.meeting is None:
        return _said("*The appointment is gone.*", "The appointment is gone.")
    if reminding.reminder.channel_id:
        return _to_channel(reminding, reminding.meeting)
    return _to_host(reminding, reminding.meeting)


def _to_host(reminding: Reminding, meeting: MeetingNow) -> Message:
    title, host = _title(meeting), reminding.host
    if reminding.stage is not Stage.OPEN:
        return _said(*_what_became(reminding, meeting, title))
    facts = [reader_times(meeting.span, host.zone), _with(meeting), venue_text(meeting.venue)]
    others = [name_of(member) for member in reminding.hosts if member.id != host.id]
    facts.append(f"hosted by you and {listed(others)}" if others else "")
    blocks = [section(f"*{title}* begins {_in(reminding)}\n{' · '.join(fact for fact in facts if fact)}")]
    beside = [*_times_there(meeting, host), *_lateness(reminding), *_waiting(meeting)]
    blocks += [context(one) for one in beside]
    buttons = _buttons(reminding, meeting)
    blocks += [actions(*buttons)] if buttons else []
    return Message(f"Begins {_in(reminding)}: {title}, {host_times(meeting.span, host.zone)}", tuple(blocks))


def _to_channel(reminding: Reminding, meeting: MeetingNow) -> Message:
    """No title and no name of a contact, unless the host wants the channel to read them."""
    shows = reminding.shows_titles and not meeting.is_private
    who = listed([name_of(member) for member in reminding.hosts])
    what = f"*{_title(meeting)}* ({who})" if shows else f"An appointment of *{who}*"
    plain = f"{_title(meeting)} ({who})" if shows else f"An appointment of {who}"
    if reminding.stage is not Stage.OPEN:
        return _said(*_what_became(reminding, meeting, plain))
    facts = [reader_times(meeting.span, reminding.host.zone), venue_text(meeting.venue) if shows else ""]
    told = f"{what} begins {_in(reminding)}\n{' · '.join(fact for fact in facts if fact)}"
    blocks = [section(told), *([context(*late)] if (late := _lateness(reminding)) else [])]
    return Message(f"Begins {_in(reminding)}: {plain}, {host_times(meeting.span, reminding.host.zone)}", tuple(blocks))


def _what_became(reminding: Reminding, meeting: MeetingNow, what: str) -> tuple[str, str]:
    """What takes the place of a reminder, as it is seen and as it is read out."""
    match reminding.stage:
        case Stage.MOVED:
            start, zone = reader_start(meeting.span, reminding.host.zone), reminding.host.zone
            return f"{what} was *moved to {start}*.", f"Moved: {what}, {host_times(meeting.span, zone)}"
        case Stage.CANCELLED:
            return f"~{what}~ · cancelled", f"Cancelled: {what}"
        case _:
            return f"{what} is over.", f"Over: {what}"


def _said(shown: str, read_out: str) -> Message:
    return Message(read_out, (section(shown),))


def _in(reminding: Reminding) -> str:
    """`in 10 minutes`, from when it was said."""
    left = moment(reminding.reminder.span.start) - reminding.said_at
    # It is sent a moment after the minute, which is still that minute to people.
    rounded = left + timedelta(seconds=30)
    return f"in {_to_the_minute(rounded)}"


def _lateness(reminding: Reminding) -> list[str]:
    reminder = reminding.reminder
    if not is_late(reminder, reminding.said_at):
        return []
    late = _to_the_minute(reminding.said_at - reminder.wanted_at)
    return [f"This comes {late} late: Daybook could not send it before."]


def _to_the_minute(time: timedelta) -> str:
    """`1 hour 55 minutes`: people go by it, so that no unit is rounded down to a larger one."""
    minutes = int(time.total_seconds()) // 60
    days, rest = divmod(max(0, minutes), 24 * 60)
    if not days:
        return meeting_length(rest) if rest else lasting(time)
    return " ".join([counted(days, "day"), *([meeting_length(rest)] if rest else [])])


def _times_there(meeting: MeetingNow, host: Member) -> list[str]:
    """`9:00-9:30 for Maya Ortiz in New York`, of everybody whose clock shows something else."""
    near = day_of(meeting.span.start, host.zone)
    here = from_to(*meeting.span, host.zone, near=near)
    told = [(one, from_to(*meeting.span, one.zone, near=near)) for one in meeting.contacts if one.zone]
    abroad = [f"{there} for {contact_of(one)} in {city(one.zone)}" for one, there in told if there != here]
    left = len(abroad) - TIMES_SHOWN
    return [*abroad[:TIMES_SHOWN], *([f"+{left} more on other clocks"] if left > 0 else [])]


def _waiting(meeting: MeetingNow) -> list[str]:
    if meeting.appointment is None or meeting.appointment.question is None:
        return []
    return ["It waits for your decision: see its card."]


def _buttons(reminding: Reminding, meeting: MeetingNow) -> list[Block]:
    mark = reminding.reminder.id
    join = join_button(meeting.join_url, meeting.venue.where, f"join-{mark}")
    appointment = meeting.appointment
    if appointment is not None:
        ref = CardRef(CardButton.RESCHEDULE, appointment.id, appointment.version)
        change = button("Reschedule", numbered(ActionId.CARD, CardButton.RESCHEDULE), value=ref.value())
    elif meeting.link:
        change = button("Open in Google", numbered(ActionId.OPEN_LINK, f"event-{mark}"), url=meeting.link)
    else:
        return [join] if join is not None else []
    return [join, change] if join is not None else [change]


def _title(meeting: MeetingNow) -> str:
    return user_text(meeting.title, limit=TITLE_SHOWN, empty=_NO_TITLE)


def _with(meeting: MeetingNow) -> str:
    names = [contact_of(one) for one in meeting.contacts]
    return f"with {listed(names)}" if names else ""
