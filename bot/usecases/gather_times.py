"""What is known of several members' time, gathered for an answer or its explanation."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from uuid import UUID

from bot.domain.answers import Gathered
from bot.domain.calendars import Calendar
from bot.domain.freshness import stale, unread
from bot.domain.intervals import Interval, Span
from bot.domain.member_time import MemberTime, busy_needed
from bot.domain.people import Actor, Member
from bot.domain.permissions import shares_time_with
from bot.domain.preferences import Preferences, WhenStale
from bot.ports import UnitOfWork


def gather(
    work: UnitOfWork, actor: Actor, members: Sequence[Member], window: Interval, minutes: int, now: datetime
) -> Gathered:
    """What decides over meetings of `minutes` that start in `window`, as far as the members share it with the actor."""
    preferences = _preferences(work, actor, members)
    shared = [member for member in members if shares_time_with(actor, member, preferences[member.id])]
    calendars = work.calendars.of_members(actor, [member.id for member in shared])
    needed = busy_needed([preferences[member.id].schedule for member in shared], window, minutes)
    busy = work.events.busy(actor, [calendar.id for calendar in calendars], needed)
    silent, waiting, known, times = [], [], [], []
    for member in shared:
        own = [calendar for calendar in calendars if calendar.member_id == member.id]
        if not own:
            silent.append(member)
        elif unread(own, now):
            waiting.append(member)
        else:
            known.append(member)
            times.append(_time_of(preferences[member.id], own, busy, now))
    withheld = tuple(member for member in members if member not in shared)
    return Gathered(tuple(known), tuple(times), tuple(silent), tuple(waiting), withheld)


def usual_minutes(work: UnitOfWork, actor: Actor, members: Sequence[Member]) -> int:
    """How long a meeting with these members is when nobody says: as the first of them wants it."""
    return _preferences(work, actor, members[:1])[members[0].id].schedule.slot_minutes


def _preferences(work: UnitOfWork, actor: Actor, members: Sequence[Member]) -> Mapping[UUID, Preferences]:
    return work.schedules.of(actor, {member.id: member.zone for member in members})


def _time_of(
    preferences: Preferences,
    own: Sequence[Calendar],
    busy: Mapping[UUID, Sequence[Span]],
    now: datetime,
) -> MemberTime:
    member_id = own[0].member_id
    late = stale(own, now)
    return MemberTime(
        member_id=member_id,
        schedule=preferences.schedule,
        busy=list(chain.from_iterable(busy.get(calendar.id, ()) for calendar in own)),
        stale=late,
        is_paused=bool(late) and preferences.when_stale is WhenStale.OFFER_NOTHING,
    )
