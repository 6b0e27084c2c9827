"""Ana in Berlin, Ben in New York and Cara in Berlin, and answers about when they are free."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.answers import Gathered, SlotExplained, SlotsFound
from bot.domain.availability import Mode, free_slots, nearest_slots
from bot.domain.event_fixes import OwnEvent
from bot.domain.events import AgendaEntry, EventKind, Occurrence, ShowsAs
from bot.domain.explanation import judged
from bot.domain.member_time import MemberTime
from bot.domain.people import Actor, Member, Standing, Workspace, actor_of
from bot.domain.reading_habits import EVERYBODYS
from bot.domain.slots_request import parse_slots_request
from bot.domain.when import parse_when
from tests.builders import ANA, BEN, BERLIN, CARA, NEW_YORK, TUESDAY, a_member, a_schedule, at, days, second, span

ACME = Workspace(UUID(int=100), "T1", "Acme")
NOON = at("12:00")
CALENDAR = UUID(int=300)


def a_person(member_id: UUID, name: str, zone: str) -> Member:
    """A full member of Acme; the Slack id is a U with the number of the id."""
    return Member(member_id, ACME.id, f"U{member_id.int}", name, zone, Standing.FULL, is_admin=False, checked_at=NOON)


ana = a_person(ANA, "Ana", BERLIN)
ben = a_person(BEN, "Ben", NEW_YORK)
cara = a_person(CARA, "Cara", BERLIN)


def actor(member: Member = ana) -> Actor:
    """Somebody as the one who asks."""
    return actor_of(member, ACME)


def found(
    words: str,
    known: Sequence[Member] = (ana, ben),
    *,
    times: Sequence[MemberTime] | None = None,
    silent: Sequence[Member] = (),
    unread: Sequence[Member] = (),
    now: datetime = NOON,
) -> SlotsFound:
    """What Ana is answered to `words`; all of `known` work from nine to five and have nothing on, unless told."""
    request = parse_slots_request(words)
    minutes = request.minutes or 30
    when = parse_when(request.when or "today", now=now, zone=ZoneInfo(BERLIN), habits=EVERYBODYS)
    known_times = tuple(times if times is not None else map(time_of, known))
    gathered = Gathered(tuple(known), known_times, tuple(silent), tuple(unread), is_public=True)
    can_say = known_times and (gathered.is_complete or request.mode is Mode.ANY)
    slots = free_slots(known_times, when.window, minutes, request.mode, now=now) if can_say else None
    return SlotsFound(request, minutes, when, BERLIN, now, (*known, *silent, *unread), gathered, slots)


def explained(
    time: str,
    times: Sequence[MemberTime],
    known: Sequence[Member] = (ana, ben),
    *,
    mode: Mode = Mode.ALL,
    left_open: Sequence[AgendaEntry] = (),
    own: Sequence[OwnEvent] = (),
    now: datetime = NOON,
) -> SlotExplained:
    """Half an hour at `time`, looked at for everybody."""
    start = second(time)
    verdict = judged(times, start, 30, mode, now=now)
    return SlotExplained(
        start=start,
        minutes=30,
        mode=mode,
        zone=BERLIN,
        now=now,
        gathered=Gathered(tuple(known), tuple(times), (), ()),
        free=verdict.free,
        reasons=verdict.reasons,
        left_open=tuple(left_open),
        own=tuple(own),
        nearest=nearest_slots(free_slots(times, days(), 30, mode, now=now), start),
    )


def time_of(member: Member) -> MemberTime:
    """Nine to five in the member's zone, and nothing on."""
    return a_member(a_schedule(zone=member.zone), member_id=member.id)


def an_entry(
    times: str,
    title: str,
    *,
    calendar: str = "Ana",
    is_linked: bool = True,
    blocks: bool = True,
    is_all_day: bool = False,
) -> AgendaEntry:
    """An event of Ana's own, on the usual day in Berlin."""
    occurrence = Occurrence(*span(times), title, title, blocks)
    shows_as = ShowsAs.BUSY if blocks else ShowsAs.FREE
    return AgendaEntry(occurrence, calendar, is_linked, title, shows_as, EventKind.DEFAULT, False, is_all_day, CALENDAR)


def all_day(title: str, *, blocks: bool = True, first: str = TUESDAY, last: str = TUESDAY) -> AgendaEntry:
    """An event of Ana's own that lasts whole days in Berlin."""
    entry = an_entry("0:00-1:00", title, blocks=blocks, is_all_day=True)
    window = days(first, last)
    return replace(entry, occurrence=entry.occurrence._replace(start=window.start, end=window.end))
