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
from bot.domain.preferences import Audience, Preferences, WhenStale
from bot.domain.wall_time import epoch
from bot.ports import UnitOfWork


def preferences_of(work: UnitOfWork, actor: Actor, members: Sequence[Member]) -> Mapping[UUID, Preferences]:
    """What each of the members decided about his time, by id; read once for all that is asked of it."""
    return work.schedules.of(actor, {member.id: member.zone for member in members})


def usual_minutes(preferences: Mapping[UUID, Preferences], members: Sequence[Member]) -> int:
    """How long a meeting with these members is when nobody says: as the first of them wants it."""
    return preferences[members[0].id].schedule.slot_minutes


def gather(
    work: UnitOfWork,
    actor: Actor,
    members: Sequence[Member],
    preferences: Mapping[UUID, Preferences],
    window: Interval,
    minutes: int,
    now: datetime,
) -> Gathered:
    """What decides over meetings of `minutes` that start in `window`, as far as the members share it with the actor.

    `preferences` are those of all the members.
    """
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
    is_public = all(
        preferences[member.id].audience is Audience.EVERYONE or [actor.member_id] == [one.id for one in known]
        for member in known
    )
    return Gathered(tuple(known), tuple(times), tuple(silent), tuple(waiting), withheld, is_public)


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
        known_until=min((epoch(one.expanded_until) for one in own if one.expanded_until), default=None),
        is_paused=bool(late) and preferences.when_stale is WhenStale.OFFER_NOTHING,
    )
