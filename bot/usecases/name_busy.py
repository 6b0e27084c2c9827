"""Whose time is taken by what, by name, for the one whose time it is."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.events import AgendaEntry
from bot.domain.intervals import Interval
from bot.domain.member_time import Busy, BusyReason, MemberTime, busy_needed
from bot.domain.people import Actor
from bot.domain.permissions import may_see_titles
from bot.ports import UnitOfWork


def own_entries(
    work: UnitOfWork, actor: Actor, times: Sequence[MemberTime], around: Interval, minutes: int
) -> Sequence[AgendaEntry]:
    """The actor's own occurrences that decide over meetings of `minutes` around there, if his time is asked about."""
    own = [time.schedule for time in times if may_see_titles(actor, time.member_id)]
    return work.events.agenda(actor, busy_needed(own, around, minutes)) if own else ()


def named(time: MemberTime, actor: Actor, entries: Sequence[AgendaEntry]) -> MemberTime:
    """The actor's own time with the titles that are his to read; other people's stays "busy"."""
    if not may_see_titles(actor, time.member_id):
        return time
    return replace(time, busy=[_busy(entry) for entry in entries if entry.occurrence.blocks])


def _busy(entry: AgendaEntry) -> Busy:
    return Busy(
        entry.occurrence.start,
        entry.occurrence.end,
        BusyReason.EVENT if entry.is_linked else BusyReason.CONFLICT,
        calendar_name=entry.calendar_name,
        event_id=entry.occurrence.event_id,
        title=entry.title,
    )
