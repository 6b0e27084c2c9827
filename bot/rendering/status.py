"""How each calendar is doing: when it was read, when it will be, and what stands in the way."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.accounts import Account, AccountStatus
from bot.domain.calendars import Calendar, Role
from bot.domain.connections import Status
from bot.domain.events import AllDay, RemoteEvent, Timed
from bot.domain.freshness import Freshness, freshness, stale_after
from bot.domain.wall_time import epoch
from bot.rendering.blocks import ACTIONS, actions, button, lines, section
from bot.rendering.connect import waiting
from bot.rendering.fuse import HELD, answers, waiting_line
from bot.rendering.names import ActionId
from bot.rendering.posting import long_message
from bot.rendering.reconnect import UNKNOWN_SINCE, account_title, reconnect
from bot.rendering.run_buttons import connect_google, run
from bot.rendering.surfaces import Block, Message
from bot.rendering.sync_options import option_name
from bot.rendering.text import clean, user_text
from bot.rendering.wording import counted, lasting
from bot.rendering.zones import day_of, short_day, told_moment

NAMED = 3


def status_message(status: Status, zone: str, *, note: str = "") -> Message:
    """The state of everything that the reader connected; `zone` is his, `note` what was just done."""
    if not status.is_connected:
        return _nothing_connected(status, zone)
    told = [section(note)] if note else []
    blocks = [*told, *status_blocks(status, zone)]
    buttons = [run("Calendar Settings", "settings")]
    active = {account.id for account in status.accounts if account.status is AccountStatus.ACTIVE}
    if any(one.account_id in active for one in status.calendars):
        buttons.insert(0, button("Sync now", ActionId.SYNC_NOW))
    return long_message(_summary(status), blocks, [actions(*buttons)])


def status_blocks(status: Status, zone: str, *, is_brief: bool = False) -> list[Block]:
    """Each account with its calendars; `is_brief` leaves out the ways to mend what is told of elsewhere."""
    return [
        *(block for account in status.pending for block in waiting(account)),
        *(block for account in status.accounts for block in _account(status, account, zone, is_brief=is_brief)),
    ]


def reading_note(number: int, *, is_paused: bool = False) -> str:
    """What *Sync now* set off; `is_paused` says that Google asked to be left alone about one of the calendars."""
    if not number and is_paused:
        return "Google asks Daybook to wait. It reads again by itself as soon as Google lets it."
    if not number:
        return "No calendar can be read now: connect its account again first."
    return f"Reading {counted(number, 'calendar')} now."


def still_reading_note() -> str:
    """Said where *Sync now* takes longer than one waits."""
    return "Still reading. Look again in a minute."


def _nothing_connected(status: Status, zone: str) -> Message:
    what = "No calendar" if status.accounts else "Nothing"
    sentence = f"{what} is connected yet. Connect Google Calendar, and Daybook can say when you are free."
    blocks = [block for account in status.pending for block in waiting(account)]
    blocks += [block for account in status.accounts for block in _account(status, account, zone)]
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


def _account(status: Status, account: Account, zone: str, *, is_brief: bool = False) -> Sequence[Block]:
    is_broken = account.status is AccountStatus.NEEDS_RECONNECT
    if not account.provider.has_calendars:
        state = "needs reconnecting" if is_broken else "connected"
        shown = section(f"{account_title(account)} · {state}")
        return [reconnect(account, zone), shown] if is_broken and not is_brief else [shown]
    own = status.of_account(account)
    told = [
        _calendar(one, status.now, zone, is_broken=is_broken, is_brief=is_brief)
        + _way_back(one, account)
        + _unreadable(status.unreadable.get(one.id, ()), one.zone)
        for one in own
    ] or ["No calendar of it is in use."]
    mends = [reconnect(account, zone)] if is_broken and not is_brief else []
    told_of = [*mends, section(lines([account_title(account), *told]))]
    return told_of if is_broken else [*told_of, *_asked(own), *([] if is_brief else _decisions(own))]


def _way_back(calendar: Calendar, account: Account) -> str:
    """What helps where a conflict calendar is not shared any more: only its owner can."""
    if not calendar.is_lost or calendar.role is not Role.CONFLICT:
        return ""
    return f" Ask its owner to share it with {user_text(account.address)} again, or stop using it."


def _asked(calendars: Sequence[Calendar]) -> Sequence[Block]:
    """The buttons under a question that only the owner can answer."""
    return [answers(one, fuse) for one in calendars if (fuse := one.open_fuse) is not None]


def _decisions(calendars: Sequence[Calendar]) -> Sequence[Block]:
    """The buttons under calendars that cannot be read any more."""
    lost = [
        run(f"Choose another for {clean(one.name, limit=40)}", "settings", mark=f"instead-{one.id}")
        for one in calendars
        if one.is_lost and one.role is Role.LINKED
    ]
    lost += [
        run(f"Stop using {clean(one.name, limit=40)}", "settings", mark=f"without-{one.id}")
        for one in calendars
        if one.is_lost and one.role is Role.CONFLICT
    ]
    return [actions(*lost[:ACTIONS])] if lost else []


def _calendar(calendar: Calendar, now: datetime, zone: str, *, is_broken: bool, is_brief: bool) -> str:
    role = "conflict" if calendar.role is Role.CONFLICT else f"linked, {option_name(calendar.option)}"
    state = _state(calendar, now, zone, is_broken=is_broken, is_brief=is_brief)
    parts = [f"{user_text(calendar.name, limit=80)} ({role})", state]
    if calendar.unreadable_events:
        number = calendar.unreadable_events
        parts.append(f"{counted(number, 'event')} could not be understood")
    return "· " + " · ".join(parts)


def _unreadable(events: Sequence[RemoteEvent], zone: str) -> str:
    """The events that could not be understood, each under its calendar with what is wrong with it, and what to do.

    `zone` is the calendar's.
    """
    if not events:
        return ""
    shown = [f"\n    ▫ {_misunderstood(event, zone)}" for event in events[:NAMED]]
    return "".join([*shown, "\n    Open them in Google, and correct or delete them."])


def _misunderstood(event: RemoteEvent, zone: str) -> str:
    title = user_text(event.title, limit=60, empty="(no title)")
    why = user_text(event.problem or "", limit=200)
    match event.start:
        case None:
            return f"{title}: {why} When it is, is unknown, and nothing of it blocks."
        case AllDay(day):
            day_told = short_day(day)
        case Timed(at):
            day_told = short_day(day_of(epoch(at), zone))
    rest = "its repetitions are unknown." if event.recurrence else "the rest of it is unknown."
    return f"{title}, {day_told}: {why} The time it names blocks; {rest}"


def _state(calendar: Calendar, now: datetime, zone: str, *, is_broken: bool, is_brief: bool) -> str:
    read_at = calendar.read_at
    if is_broken:
        return "not read at all yet" if read_at is None else f"last read {lasting(now - read_at)} ago"
    if calendar.problem:
        since = "cannot be read yet" if read_at is None else f"has not been readable since {told_moment(read_at, zone)}"
        # In brief, a reading that fails is told above already, but for what has other news of its own.
        is_told = is_brief and calendar.open_fuse is None and not calendar.is_lost
        why = "" if is_told else f": {user_text(calendar.problem, limit=300).rstrip('.')}"
        told = [f"*{since}*{why}.", "" if read_at is None or is_told else UNKNOWN_SINCE]
        if calendar.not_before is not None and calendar.not_before > now:
            told.append(f"Google asks Daybook to wait until {told_moment(calendar.not_before, zone)}.")
        if calendar.is_lost and calendar.role is Role.LINKED:
            told.append("Choose another calendar for appointments.")
        return " ".join(sentence for sentence in told if sentence)
    if read_at is None:
        return "being read for the first time"
    if calendar.open_fuse is not None:
        return f"{waiting_line(calendar.open_fuse)}. {HELD}"
    ago = f"read {lasting(now - read_at)} ago, {_next(calendar, now)}"
    if now - read_at > stale_after(calendar):
        return f"*late*: {ago}; newer events are unknown"
    how = f"*not fully understood* · {ago}" if calendar.unreadable_events else f"up to date · {ago}"
    return f"{how} · changes arrive in a few seconds" if calendar.told_for(now) else how


def _next(calendar: Calendar, now: datetime) -> str:
    if calendar.next_sync_at is None or calendar.next_sync_at <= now:
        return "due now"
    return f"next in {lasting(calendar.next_sync_at - now)}"
