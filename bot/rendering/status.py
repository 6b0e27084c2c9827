"""How each calendar is doing: when it was read, when it will be, and what stands in the way."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.accounts import Account, AccountStatus
from bot.domain.calendars import Calendar, Role
from bot.domain.connections import Status
from bot.domain.events import RemoteEvent
from bot.domain.freshness import Freshness, freshness, stale_after
from bot.rendering.blocks import MESSAGE_BLOCKS, actions, button, fit, lines, section
from bot.rendering.connect import waiting
from bot.rendering.fuse import HELD, answers, waiting_line
from bot.rendering.names import ActionId
from bot.rendering.reconnect import UNKNOWN_SINCE, account_title, reconnect
from bot.rendering.run_buttons import connect_google, run
from bot.rendering.surfaces import Block, Message
from bot.rendering.sync_options import option_name
from bot.rendering.text import clean, user_text
from bot.rendering.wording import counted, lasting
from bot.rendering.zones import told_moment

NAMED = 3


def status_message(status: Status, zone: str, *, note: str = "") -> Message:
    """The state of everything that the reader connected; `zone` is his, `note` what was just done."""
    if not status.is_connected:
        return _nothing_connected(status)
    told = [section(note)] if note else []
    blocks = [
        *told,
        *(block for account in status.pending for block in waiting(account)),
        *(block for account in status.accounts for block in _account(status, account, zone)),
    ]
    buttons = [run("Calendar Settings", "settings")]
    active = {account.id for account in status.accounts if account.status is AccountStatus.ACTIVE}
    if any(one.account_id in active for one in status.calendars):
        buttons.insert(0, button("Sync now", ActionId.SYNC_NOW))
    return Message(_summary(status), (*fit(blocks, limit=MESSAGE_BLOCKS - 1), actions(*buttons)))


def reading_note(number: int) -> str:
    """What *Sync now* set off."""
    if not number:
        return "No calendar can be read now: connect its account again first."
    return f"Reading {counted(number, 'calendar')} now."


def still_reading_note() -> str:
    """Said where *Sync now* takes longer than one waits."""
    return "Still reading. Look again in a minute."


def _nothing_connected(status: Status) -> Message:
    sentence = "Nothing is connected yet. Connect Google Calendar, and Daybook can say when you are free."
    blocks = [block for account in status.pending for block in waiting(account)]
    blocks.append(section(sentence))
    return Message(sentence, (*blocks, actions(connect_google())))


def _summary(status: Status) -> str:
    number = len(status.calendars)
    late = sum(freshness(one, status.now) is not Freshness.FRESH for one in status.calendars)
    broken = sum(account.status is AccountStatus.NEEDS_RECONNECT for account in status.accounts)
    state = f"{late} not up to date" if late else "all up to date" if number > 1 else "up to date"
    told = [f"{counted(number, 'calendar')}, {state}" if number else "No calendar is in use"]
    if broken:
        told.append(f"{counted(broken, 'account')} to be connected again")
    return "; ".join(told) + "."


def _account(status: Status, account: Account, zone: str) -> Sequence[Block]:
    is_broken = account.status is AccountStatus.NEEDS_RECONNECT
    own = status.of_account(account)
    told = [
        _calendar(one, status.now, zone, is_broken=is_broken) + _unreadable(status.unreadable.get(one.id, ()))
        for one in own
    ] or ["No calendar of it is in use."]
    told_of = [*([reconnect(account, zone)] if is_broken else []), section(lines([account_title(account), *told]))]
    return told_of if is_broken else [*told_of, *_decisions(own)]


def _decisions(calendars: Sequence[Calendar]) -> Sequence[Block]:
    """The buttons under what only the owner can decide."""
    asked = [answers(one, one.fuse) for one in calendars if one.fuse is not None and not one.fuse.is_approved]
    lost = [
        run(f"Choose another for {clean(one.name, limit=40)}", "settings", mark=f"instead-{one.id}")
        for one in calendars
        if one.is_lost and one.role is Role.LINKED
    ]
    return [*asked, *([actions(*lost)] if lost else [])]


def _calendar(calendar: Calendar, now: datetime, zone: str, *, is_broken: bool) -> str:
    role = "conflict" if calendar.role is Role.CONFLICT else f"linked, {option_name(calendar.option)}"
    parts = [f"{user_text(calendar.name, limit=80)} ({role})", _state(calendar, now, zone, is_broken=is_broken)]
    if calendar.unreadable_events:
        number = calendar.unreadable_events
        whose = "its time is" if number == 1 else "their time is"
        parts.append(f"{counted(number, 'event')} could not be understood, so {whose} unknown")
    return "· " + " · ".join(parts)


def _unreadable(events: Sequence[RemoteEvent]) -> str:
    """The events that could not be understood, each under its calendar with what is wrong with it."""
    shown = [
        f"\n    ▫ {user_text(event.title, limit=60, empty='(no title)')}: {user_text(event.problem or '', limit=200)}"
        for event in events[:NAMED]
    ]
    return "".join(shown)


def _state(calendar: Calendar, now: datetime, zone: str, *, is_broken: bool) -> str:
    read_at = calendar.read_at
    if is_broken:
        return "not read at all yet" if read_at is None else f"last read {lasting(now - read_at)} ago"
    if calendar.problem:
        since = "cannot be read yet" if read_at is None else f"has not been readable since {told_moment(read_at, zone)}"
        why = user_text(calendar.problem, limit=300).rstrip(".")
        told = [f"*{since}*: {why}.", "" if read_at is None else UNKNOWN_SINCE]
        if calendar.is_lost and calendar.role is Role.LINKED:
            told.append("Choose another calendar for appointments.")
        return " ".join(sentence for sentence in told if sentence)
    if read_at is None:
        return "being read for the first time"
    if calendar.fuse is not None and not calendar.fuse.is_approved:
        return f"{waiting_line(calendar.fuse)}. {HELD}"
    ago = f"read {lasting(now - read_at)} ago, {_next(calendar, now)}"
    if now - read_at > stale_after(calendar):
        return f"*late*: {ago}; newer events are unknown"
    return f"*not fully understood* · {ago}" if calendar.unreadable_events else f"up to date · {ago}"


def _next(calendar: Calendar, now: datetime) -> str:
    if calendar.next_sync_at is None or calendar.next_sync_at <= now:
        return "due now"
    return f"next in {lasting(calendar.next_sync_at - now)}"
