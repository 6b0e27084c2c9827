"""The words in which triggers are spoken of."""

from bot.domain.calendars import Calendar
from bot.domain.firings import Firing, FiringState
from bot.domain.occasions import BookedIn, What
from bot.domain.people import Member
from bot.domain.triggers import ActionKind, Trigger
from bot.rendering.card_words import contact_of, reader_start
from bot.rendering.text import user_text
from bot.rendering.wording import channel_text, counted, listed, name_of
from bot.rendering.zones import told_moment

WHAT = {
    What.BOOKED: "booked",
    What.RESCHEDULED: "rescheduled",
    What.CANCELLED: "cancelled",
    What.SHOWED: "showed",
    What.NO_SHOW: "no-show",
    What.CONTACT_ADDED: "contact added",
}
BOOKED_IN = {BookedIn.DAYBOOK: "booked in Daybook", BookedIn.GOOGLE: "from Google"}
_TEXT_SHOWN = 300
_PROBLEM = 300


def trigger_name(trigger: Trigger) -> str:
    """What it is called, ready for mrkdwn."""
    return f"*{user_text(trigger.name, limit=80)}*"


def when_text(trigger: Trigger) -> str:
    """`When booked or rescheduled`."""
    return f"When {listed([WHAT[what] for what in What if what in trigger.when], last='or')}"


def does_text(trigger: Trigger) -> str:
    """`posts to #sales`."""
    action = trigger.action
    match action.kind:
        case ActionKind.POST:
            return f"posts to {channel_text(action.channel_name)}"
        case ActionKind.MESSAGE:
            return "messages the host"
        case ActionKind.WEBHOOK:
            return f"calls {user_text(action.webhook_host, limit=100)}"
        case ActionKind.TAG:
            return f"tags the contact {user_text(action.tag, limit=60)}"


def says_text(trigger: Trigger) -> str:
    """What it says, in quotes; empty where it says nothing, or what is usually said."""
    text = trigger.action.text
    return f"“{user_text(text, limit=_TEXT_SHOWN)}”" if text else ""


def looks_at(trigger: Trigger, hosts: tuple[Member, ...], calendar: Calendar | None, reader: Member | None) -> str:
    """Whose appointments count, and which of them.

    Args:
        trigger: that looks.
        hosts: the members of its filter.
        calendar: that of its filter, where it is in use.
        reader: who is meant by "you", if anybody.
    """
    names = ["you" if reader is not None and host.id == reader.id else name_of(host) for host in hosts]
    parts = [f"hosted by {listed(names, last='or')}" if hosts else "hosted by anybody"]
    if trigger.only.calendar_id is not None:
        shown = user_text(calendar.name) if calendar is not None else "a calendar that is not in use any more"
        parts.append(f"in {shown}")
    if trigger.only.booked_in is not None:
        parts.append(BOOKED_IN[trigger.only.booked_in])
    if trigger.only.tag:
        parts.append(f"with a contact tagged {user_text(trigger.only.tag, limit=60)}")
    return ", ".join(parts)


def about(firing: Firing) -> str:
    """What it fired for: `Booked · Maya Ortiz · 24 Nov 15:00`."""
    occasion = firing.occasion
    people = listed([contact_of(contact) for contact in occasion.contacts])
    title = user_text(occasion.title, limit=80, empty="")
    when = reader_start(occasion.span, occasion.zone) if occasion.span is not None else ""
    return " · ".join(part for part in (WHAT[occasion.what].capitalize(), people or title, when) if part)


def outcome(firing: Firing, zone: str, *, is_paused: bool = False) -> str:
    """What came of it, and what happens next; `is_paused` is the trigger."""
    problem = user_text(firing.problem, limit=_PROBLEM, empty="")
    ended = f" {told_moment(firing.ended_at, zone)}" if firing.ended_at is not None else ""
    match firing.state:
        case FiringState.DONE:
            return f"done{ended}"
        case FiringState.FAILED:
            return f"*failed*{ended}: {problem}"
        case FiringState.UNSURE:
            return f"*perhaps posted*: {problem}"
        case FiringState.LEFT_OUT:
            return f"left out{ended}: {problem}"
        case FiringState.WAITING:
            if not firing.attempts:
                return "not done while the trigger is paused" if is_paused else "about to be done"
            again = f" Next try {told_moment(firing.due_at, zone)}." if firing.due_at is not None else ""
            if is_paused:
                again = " No more tries while the trigger is paused."
            return f"failed {counted(firing.attempts, 'time')} so far: {problem}{again}"
