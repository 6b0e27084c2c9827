"""Every reason why a time is or is not free, for the members it was asked about."""

from collections.abc import Iterator, Sequence

from bot.domain.answers import SlotExplained, TimeUnknown
from bot.domain.availability import Mode, free_slots, nearest_slots
from bot.domain.event_fixes import OwnEvent, own_event
from bot.domain.events import AgendaEntry
from bot.domain.explanation import Reason, judged
from bot.domain.intervals import Interval, overlaps
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member, require_shared
from bot.domain.slots_request import SlotsRequest
from bot.domain.wall_time import DAY, MINUTE, moment, zone_named
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.gather_times import gather, preferences_of, told_unknown, usual_minutes
from bot.usecases.name_busy import named, own_entries
from bot.usecases.resolve_members import ResolveMembers

# Where nothing is free within a day of the time: a whole day off, a week of holidays.
_FURTHER_DAYS = (7, 14)


class ExplainSlot:
    """The explanation, by the rules that `FindSlots` follows."""

    def __init__(self, store: Store, clock: Clock, resolve_members: ResolveMembers) -> None:
        self._store = store
        self._clock = clock
        self._resolve = resolve_members

    def __call__(
        self, actor: Actor, slack_user_ids: Sequence[str], start: int, length: int | None, mode: Mode
    ) -> SlotExplained:
        """`start` in epoch seconds; without a `length` in minutes it is that of the first member's meetings.

        Raises `TimeUnknown` where somebody's time is unknown, and `NotAllowed`.
        """
        require_full_member(actor)
        now = self._clock.now()
        members = self._resolve(actor, slack_user_ids)
        around = Interval(start - DAY, start + DAY)
        with self._store.reading() as work:
            preferences = preferences_of(work, actor, members)
            minutes = length or usual_minutes(preferences, members)
            gathered = gather(work, actor, members, preferences, around, minutes, now)
            require_shared(gathered.withheld)
            if not gathered.is_complete:
                asked = SlotsRequest(tuple(one.slack_user_id for one in members), mode, minutes, _words(start, actor))
                raise TimeUnknown(told_unknown(actor, gathered), gathered, asked)
            entries = own_entries(work, actor, gathered.times, around, minutes)
            fixable = _fixable(work, actor, entries)
            nearest = nearest_slots(free_slots(gathered.times, around, minutes, mode, now=now), start)
            for days in _FURTHER_DAYS:
                if nearest:
                    break
                wider = Interval(start - days * DAY, start + days * DAY)
                further = gather(work, actor, members, preferences, wider, minutes, now)
                nearest = nearest_slots(free_slots(further.times, wider, minutes, mode, now=now), start)
        times = [named(time, actor, entries) for time in gathered.times]
        verdict = judged(times, start, minutes, mode, now=now)
        slot = Interval(start, start + minutes * MINUTE)
        left_open = tuple(
            entry for entry in entries if not entry.occurrence.blocks and overlaps(entry.occurrence, slot)
        )
        concerned = [*_in_the_way(entries, verdict.reasons, actor), *(one for one in left_open if one.is_ignored)]
        return SlotExplained(
            start=start,
            minutes=minutes,
            mode=mode,
            zone=actor.zone,
            now=now,
            gathered=gathered,
            free=verdict.free,
            reasons=verdict.reasons,
            left_open=left_open,
            own=tuple(event for event in fixable if event.entry in concerned),
            nearest=nearest,
        )


def _words(start: int, actor: Actor) -> str:
    at = moment(start).astimezone(zone_named(actor.zone))
    return f"{at.date().isoformat()} {at.hour}:{at.minute:02}"


def _fixable(work: UnitOfWork, actor: Actor, entries: Sequence[AgendaEntry]) -> list[OwnEvent]:
    """The entries with what the actor may do about each."""
    if not entries:
        return []
    calendars = {calendar.id: calendar for calendar in work.calendars.of(actor)}
    accounts = {account.id: account for account in work.accounts.of(actor)}
    return [
        own_event(entry, calendar, accounts[calendar.account_id])
        for entry in entries
        if (calendar := calendars.get(entry.calendar_id)) is not None
    ]


def _in_the_way(entries: Sequence[AgendaEntry], reasons: Sequence[Reason], actor: Actor) -> Iterator[AgendaEntry]:
    """Those of the actor's entries that a reason against the time comes from, as such or by the time around it."""
    sources = {
        (reason.source.start, reason.source.end, reason.source.event_id)
        for reason in reasons
        if reason.source is not None and reason.member_id == actor.member_id
    }
    for entry in entries:
        occurrence = entry.occurrence
        if occurrence.blocks and (occurrence.start, occurrence.end, occurrence.event_id) in sources:
            yield entry
