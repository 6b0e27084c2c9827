"""Why a booking or a move was not taken, told on top of its form, in which everything typed still stands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.availability import Slot
from bot.domain.booking import NeedsAnyway, NotOffered, SlotTaken
from bot.domain.errors import DaybookError
from bot.domain.member_time import StaleCalendar
from bot.domain.people import Member
from bot.rendering.blocks import SECTION_TEXT, actions, button, lines, section
from bot.rendering.names import ActionId, numbered
from bot.rendering.reasons import Wording
from bot.rendering.reconnect import UNKNOWN_SINCE
from bot.rendering.surfaces import Block
from bot.rendering.text import user_text
from bot.rendering.tie_words import NOT_FOLLOWED
from bot.rendering.wording import lasting, listed, name_of
from bot.rendering.zones import begins, clock_time, day_of, told_time

STILL_HERE = "Everything you typed is still here."
BOOK_ANYWAY = "Book anyway"
MOVE_ANYWAY = "Move it anyway"
UNKNOWN_IN_THE_WAY = "What is not known of their calendars may be in the way"
"""Stands below the tick of either name."""
ERASED = "Only {whose} appointments in Daybook still block."
"""Of whoever disconnected Google: what was read there is erased."""
_SENTENCE = 1000


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads it, and about whose time.

    Args:
        member_id: the reader's.
        zone: the reader's, IANA name.
        hosts: whose time it takes.
        start: what he wanted, in epoch seconds.
        now: aware.
        anyway: what the tick is called that passes over calendars which could not be read.
    """

    member_id: UUID
    zone: str
    hosts: tuple[Member, ...]
    start: int | None
    now: datetime
    anyway: str = BOOK_ANYWAY


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands on top of the form.

    Args:
        text: mrkdwn.
        nearest: starts to take instead.
        wanted: the start that was refused, in epoch seconds.
        unknown: what nobody knows, as in `NeedsAnyway`; the reader may say that he books all the same.
    """

    text: str = ""
    nearest: tuple[Slot, ...] = ()
    wanted: int | None = None
    unknown: frozenset[str] = frozenset()


NO_TROUBLE = Trouble()


def trouble_of(refused: DaybookError, reader: Reader) -> Trouble:
    """The refusal in words, with what can be done about it."""
    match refused:
        case SlotTaken() if reader.start is not None:
            taken = f"{clock_time(reader.start, reader.zone)} was taken a moment ago. {STILL_HERE}"
            return Trouble(taken, refused.nearest, reader.start)
        case NotOffered() if reader.start is not None:
            return Trouble(_not_offered(refused, reader, reader.start), refused.nearest, reader.start)
        case NeedsAnyway():
            return Trouble(_unread(refused, reader), wanted=reader.start, unknown=refused.unknown)
        case _:
            return Trouble(f"{user_text(str(refused), limit=_SENTENCE)} {STILL_HERE}", wanted=reader.start)


def trouble_blocks(trouble: Trouble, zone: str, take: ActionId) -> list[Block]:
    """What is said, and the nearest starts as buttons; `take` is the action that takes one."""
    if not trouble.text:
        return []
    if not trouble.nearest:
        return [section(trouble.text)]
    near = day_of(trouble.wanted if trouble.wanted is not None else trouble.nearest[0].start, zone)
    buttons = [
        button(begins(slot.start, zone, near=near), numbered(take, slot.start), value=str(slot.start))
        for slot in trouble.nearest
    ]
    return [section(f"{trouble.text} Nearest:"), actions(*buttons)]


def _not_offered(refused: NotOffered, reader: Reader, start: int) -> str:
    told = Wording(reader.hosts, reader.member_id, zone=reader.zone, start=start).lines(refused.reasons)
    reasons = lines([f"· {line}" for line in told], limit=SECTION_TEXT - 500)
    way = " Tick *Outside my hours too* to take it all the same." if refused.may_override else ""
    return f"{clock_time(start, reader.zone)} is not free:\n{reasons}\n{STILL_HERE}{way}"


def _unread(refused: NeedsAnyway, reader: Reader) -> str:
    silent = [_no_calendar(member, reader) for member in refused.silent]
    missed = [one for one in refused.stale if one.calendar_id in refused.unanswered]
    partial = [one for one in refused.stale if one.is_partial]
    late = [one for one in refused.stale if one not in missed and one not in partial]
    # The event is in the first host's calendar, whoever else has none.
    told = [*silent, NOT_FOLLOWED] if reader.hosts[0] in refused.silent else silent
    if missed:
        was = "it was" if len(missed) == 1 else "they were"
        since = _since(missed, reader)
        told.append(f"Google did not answer about {_which(missed, reader)}{f'; {was} {since}' if since else ''}.")
    if late:
        since = _since(late, reader)
        told.append(f"Daybook could not read {_which(late, reader)} just now{f'; {since}' if since else ''}.")
    if partial:
        told.append(f"Some events of {_which(partial, reader)} could not be understood.")
    if refused.silent:
        whose = listed([possessive(member, reader.member_id) for member in refused.silent])
        told.append(ERASED.format(whose=whose))
    if refused.stale:
        told.append(UNKNOWN_SINCE)
    return f"{' '.join(told)} {STILL_HERE} Tick *{reader.anyway}* if you want the time all the same."


def _no_calendar(member: Member, reader: Reader) -> str:
    if member.id == reader.member_id:
        return "You have no calendar connected, so nobody can say whether you are free."
    name = name_of(member)
    return f"{name} has no calendar connected, so nobody can say whether {name} is free."


def possessive(member: Member, reader_id: UUID) -> str:
    """`your`, or `Ana's`, within a sentence."""
    return "your" if member.id == reader_id else f"{name_of(member)}'s"


def _which(stale: Sequence[StaleCalendar], reader: Reader) -> str:
    """The reader's own calendars by name, and whose the others are."""
    names = {member.id: name_of(member) for member in reader.hosts}
    own = [f"*{user_text(one.name, limit=60)}*" for one in stale if one.member_id == reader.member_id]
    others = Counter(names.get(one.member_id, "") for one in stale if one.member_id != reader.member_id)
    told = [
        f"{'a calendar' if number == 1 else f'{number} calendars'}{f' of {name}' if name else ''}"
        for name, number in others.items()
    ]
    return listed([*own, *told])


def _since(stale: Sequence[StaleCalendar], reader: Reader) -> str:
    known = [one.read_at for one in stale if one.read_at is not None]
    if not known or len(known) < len(stale):
        return ""
    return f"last read {told_time(min(known), reader.zone, now=reader.now)} ({lasting(reader.now - min(known))} ago)"
