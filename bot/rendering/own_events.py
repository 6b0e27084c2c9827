"""What the reader may do about each event of his own that stands in the way, or that he has Daybook ignore."""

from datetime import datetime

from bot.domain.answers import SlotExplained
from bot.domain.event_fixes import Fix, OwnEvent
from bot.domain.events import AgendaEntry
from bot.rendering.blocks import actions, button, confirmation, context, section
from bot.rendering.colours import mark_of
from bot.rendering.event_mark import EventMark
from bot.rendering.names import ActionId, numbered
from bot.rendering.question import SlotRef
from bot.rendering.surfaces import Block
from bot.rendering.text import user_text
from bot.rendering.zones import day_of, from_to, told_moment

EVENTS_SHOWN = 5
TITLE_LENGTH = 80
NO_TITLE = "(no title)"


def own_event_blocks(explained: SlotExplained) -> list[Block]:
    """Each event with its buttons; the rest is counted."""
    blocks: list[Block] = []
    for number, event in enumerate(explained.own[:EVENTS_SHOWN]):
        buttons = _buttons(explained, event, number)
        if buttons:
            blocks += [section(_told(explained, event.entry)), actions(*buttons)]
    left = len(explained.own) - EVENTS_SHOWN
    return [*blocks, context(f"+{left} more")] if left > 0 else blocks


def marked_free_note(entry: AgendaEntry, zone: str, *, is_read: bool, paused_until: datetime | None = None) -> str:
    """What was written to Google, and whether it shows here already, or from when on, by the clock of `zone`."""
    if is_read:
        read = ""
    elif paused_until is not None:
        until = told_moment(paused_until, zone)
        read = f" Google asks Daybook to wait with reading until {until}; until then it blocks here as before."
    else:
        read = " Daybook is reading it again; look again in a minute."
    return f"*{_title(entry)}* is Free in Google now.{read}"


def ignored_note(entry: AgendaEntry) -> str:
    """What Daybook does from now on; Google knows nothing of it."""
    what = "does not block your time any more" if not entry.repeats else "blocks none of its times any more"
    return f"*{_title(entry)}* {what}. Google is unchanged, and you can take it back here or on the agenda."


def unignored_note(entry: AgendaEntry) -> str:
    """What counts again."""
    return f"*{_title(entry)}* counts again{'' if entry.occurrence.blocks else ', and leaves its time open'}."


def _buttons(explained: SlotExplained, event: OwnEvent, number: int) -> list[Block]:
    members = tuple(member.slack_user_id for member in explained.gathered.known)
    then = SlotRef(explained.start, explained.minutes, explained.mode, members)
    value = EventMark(event.ref, then).value()
    buttons = [_fix(explained, event.entry, fix, number, value) for fix in event.fixes] if value else []
    if event.link:
        link = button("Open in Google", numbered(ActionId.OPEN_LINK, f"event-{number}"), url=event.link)
        # Beside the fixes that are Google's own; what only Daybook does comes last.
        written = [fix for fix in event.fixes if fix in (Fix.MARK_FREE, Fix.CHANGE)]
        buttons.insert(len(written) if buttons else 0, link)
    return buttons


def _fix(explained: SlotExplained, entry: AgendaEntry, fix: Fix, number: int, value: str) -> Block:
    match fix:
        case Fix.MARK_FREE:
            once = " Only this one time is changed." if entry.repeats else ""
            question = confirmation(
                "Mark it free in Google?",
                f"*{_title(entry)}*, {_when(explained, entry)}, becomes Free, and its time can be booked.{once}",
                yes="Mark it free",
            )
            return button("Mark it free", numbered(ActionId.MARK_FREE, number), value=value, confirm=question)
        case Fix.IGNORE:
            all_times = " Every time of it is ignored." if entry.repeats else ""
            question = confirmation(
                "Ignore it in Daybook?",
                f"*{_title(entry)}*, {_when(explained, entry)}, stays in Google, and Daybook treats its time as free."
                f"{all_times} You can take it back.",
                yes="Ignore it",
            )
            return button(
                "Ignore it in Daybook", numbered(ActionId.IGNORE_EVENT, number), value=value, confirm=question
            )
        case Fix.CHANGE:
            return button("Move or cancel", numbered(ActionId.EVENT, number), value=value)
        case Fix.UNIGNORE:
            return button("Take back", numbered(ActionId.UNIGNORE_EVENT, number), value=value)


def _told(explained: SlotExplained, entry: AgendaEntry) -> str:
    calendar = user_text(entry.calendar_name, limit=60)
    ignored = " · ignored" if entry.is_ignored else ""
    return f"{_when(explained, entry)} {mark_of(entry)}  *{_title(entry)}* · {calendar}{ignored}"


def _when(explained: SlotExplained, entry: AgendaEntry) -> str:
    start, end = entry.occurrence.span
    return from_to(start, end, explained.zone, near=day_of(explained.start, explained.zone))


def _title(entry: AgendaEntry) -> str:
    return user_text(entry.title, limit=TITLE_LENGTH, empty=NO_TITLE)
