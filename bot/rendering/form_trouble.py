"""Why a booking or a move was not taken, told on top of its form, in which everything typed still stands."""

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
from bot.rendering.surfaces import Block
from bot.rendering.text import user_text
from bot.rendering.wording import listed, name_of
from bot.rendering.zones import begins, clock_time, day_of, told_moment

STILL_HERE = "Everything you typed is still here."
_SENTENCE = 1000


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads it, and about whose time: `zone` is the reader's, IANA name; `start` what he wanted."""

    member_id: UUID
    zone: str
    hosts: tuple[Member, ...]
    start: int | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands on top of the form.

    Args:
        text: mrkdwn.
        nearest: starts to take instead.
        wanted: the start that was refused, in epoch seconds.
        asks_anyway: the reader may say that he books all the same.
    """

    text: str = ""
    nearest: tuple[Slot, ...] = ()
    wanted: int | None = None
    asks_anyway: bool = False


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
            return Trouble(_unread(refused.stale, reader), wanted=reader.start, asks_anyway=True)
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


def _unread(stale: Sequence[StaleCalendar], reader: Reader) -> str:
    names = {member.id: name_of(member) for member in reader.hosts}
    own = [user_text(one.name, limit=60) for one in stale if one.member_id == reader.member_id]
    others = list(dict.fromkeys(names.get(one.member_id, "") for one in stale if one.member_id != reader.member_id))
    which = listed([*own, *(f"a calendar of {name}" if name else "a calendar" for name in others)])
    since = _since([one.read_at for one in stale], reader.zone)
    return (
        f"Daybook could not read {which} just now{since}. What was known still blocks; newer events are unknown. "
        f"{STILL_HERE} Tick *Book anyway* if you want the time all the same."
    )


def _since(reads: Sequence[datetime | None], zone: str) -> str:
    known = [at for at in reads if at is not None]
    return f"; last read {told_moment(min(known), zone)}" if len(known) == len(reads) and known else ""
