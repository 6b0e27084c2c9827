"""The answers to who is free and why: what was asked, made absolute, with whose time is known."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bot.domain.availability import Mode, Slot
from bot.domain.errors import NotConnected
from bot.domain.event_fixes import EventRef, Fix, OwnEvent
from bot.domain.events import AgendaEntry
from bot.domain.explanation import Reason
from bot.domain.member_time import MemberTime
from bot.domain.people import Member
from bot.domain.slots_request import SlotsRequest
from bot.domain.when import When


@dataclass(frozen=True, slots=True)
class Gathered:
    """Members whose time is known, and those of whom nobody can say when they are free.

    Args:
        known: members with at least one calendar, all of them read at least once.
        times: their time, in the same order.
        silent: members without a connected calendar.
        unread: members of whom a calendar is being read for the first time.
        withheld: members who do not share their time with the one who asks.
        is_public: anybody may see the time of those who are known, or it is the asker's own alone.
        is_bookable: somebody besides themselves may book those who are known.
    """

    known: tuple[Member, ...]
    times: tuple[MemberTime, ...]
    silent: tuple[Member, ...]
    unread: tuple[Member, ...]
    withheld: tuple[Member, ...] = ()
    is_public: bool = False
    is_bookable: bool = True

    @property
    def is_complete(self) -> bool:
        """Whether everybody's time is known."""
        return not (self.silent or self.unread or self.withheld)


@dataclass(frozen=True, slots=True)
class SlotsFound:
    """What was asked, made absolute, and the answer.

    Args:
        request: the words as they were read; `minutes` is the length, the usual one if none was written.
        when: the days in `zone`, the asker's.
        members: everyone asked about, in order.
        gathered: whose time is known and whose is not.
        slots: the starts that are free, earliest first; None where nobody can say.
    """

    request: SlotsRequest
    minutes: int
    when: When
    zone: str
    now: datetime
    members: tuple[Member, ...]
    gathered: Gathered
    slots: tuple[Slot, ...] | None


class TimeUnknown(NotConnected):
    """Nobody can say whether a time is free, as something of it is not known; `request` asks for it again."""

    def __init__(self, sentence: str, gathered: Gathered, request: SlotsRequest) -> None:
        super().__init__(sentence)
        self.gathered = gathered
        self.request = request


@dataclass(frozen=True, slots=True)
class SlotExplained:
    """A time, every reason against it, and the slots nearest to it.

    Args:
        mode: whether everyone has to be free, or anyone; the reasons of all are told either way.
        free: the members who are free then.
        left_open: the actor's own occurrences there that do not block.
        own: the actor's own events that block it, and those that he has Daybook ignore, with what he may do.
    """

    start: int
    minutes: int
    mode: Mode
    zone: str
    now: datetime
    gathered: Gathered
    free: tuple[UUID, ...]
    reasons: tuple[Reason, ...]
    left_open: tuple[AgendaEntry, ...]
    own: tuple[OwnEvent, ...]
    nearest: tuple[Slot, ...]

    @property
    def is_free(self) -> bool:
        """Whether the meeting can be held."""
        return bool(self.free) if self.mode is Mode.ANY else len(self.free) == len(self.gathered.known)

    def without_fix(self, ref: EventRef, fix: Fix) -> "SlotExplained":
        """The same, but that `fix` is not on offer for that event: it was done, and is only not read yet."""
        own = [
            replace(event, fixes=tuple(one for one in event.fixes if one is not fix)) if event.ref == ref else event
            for event in self.own
        ]
        return replace(self, own=tuple(own))
