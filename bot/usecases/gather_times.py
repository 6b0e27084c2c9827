"""What is known of several members' time, gathered for an answer or its explanation."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import chain
from uuid import UUID

from bot.domain.answers import Gathered
from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.calendars import Calendar
from bot.domain.errors import NotConnected
from bot.domain.freshness import stale, unread
from bot.domain.intervals import Interval, Span
from bot.domain.member_time import Busy, BusyReason, MemberTime, StaleCalendar, busy_needed
from bot.domain.people import Actor, Member
from bot.domain.permissions import may_see_appointment, require_shared, shares_time_with
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
    *,
    without: UUID | None = None,
    unanswered: Collection[UUID] = (),
    even_silent: bool = False,
) -> Gathered:
    """What decides over meetings of `minutes` that start in `window`, as far as the members share it with the actor.

    Args:
        work: where it is looked up.
        actor: who asks.
        members: whose time it is.
        preferences: those of all the members.
        window: epoch seconds.
        minutes: the length.
        now: aware.
        without: an appointment that takes no time here, because it is the one to be moved.
        unanswered: calendars that could not be read just now; they are stale, however lately they were read before.
        even_silent: of members without a calendar, their hours and appointments are told too; they stay silent.
    """
    shared = [member for member in members if shares_time_with(actor, member, preferences[member.id])]
    calendars = work.calendars.of_members(actor, [member.id for member in shared])
    needed = busy_needed([preferences[member.id].schedule for member in shared], window, minutes)
    busy = work.events.busy(actor, [calendar.id for calendar in calendars], needed, without=without)
    booked = work.appointments.between(actor, [member.id for member in shared], needed)
    asked = work.appointments.asked_about(actor, [member.id for member in shared], needed)
    silent, waiting, known, times = [], [], [], []
    for member in shared:
        own = [calendar for calendar in calendars if calendar.member_id == member.id]
        if not own:
            silent.append(member)
        if not own and not even_silent:
            continue
        if unread(own, now):
            waiting.append(member)
        else:
            known.append(member)
            taken = [one for one in booked.get(member.id, ()) if one.id != without and takes_time(one, now)]
            moved = [one for one in asked.get(member.id, ()) if one.id != without and takes_time(one, now)]
            ours = [*(_booked(one, actor) for one in taken), *(_as_google_has(one, actor) for one in moved)]
            times.append(
                _time_of(member.id, preferences[member.id], own, busy, sorted(ours), _late(own, now, unanswered))
            )
    withheld = tuple(member for member in members if member not in shared)
    is_public = all(
        preferences[member.id].audience is Audience.EVERYONE or [actor.member_id] == [one.id for one in known]
        for member in known
    )
    is_bookable = all(preferences[member.id].audience is not Audience.NOBODY for member in known)
    return Gathered(tuple(known), tuple(times), tuple(silent), tuple(waiting), withheld, is_public, is_bookable)


def takes_time(appointment: Appointment, now: datetime) -> bool:
    """Whether it takes its hosts' time, or took it; a hold that has run out does not, even before it is ended."""
    if appointment.status is AppointmentStatus.HELD:
        return appointment.expires_at is None or now < appointment.expires_at
    return appointment.status is not AppointmentStatus.CANCELLED


def require_known(actor: Actor, gathered: Gathered, *, even_silent: bool = False) -> None:
    """Raises `TimeWithheld`, and `NotConnected` with whose time is not known, and whether it will be soon.

    `even_silent`: it is no obstacle that somebody has no calendar.
    """
    require_shared(gathered.withheld)
    if gathered.unread or (gathered.silent and not even_silent):
        raise NotConnected(told_unknown(actor, gathered))


def told_unknown(actor: Actor, gathered: Gathered) -> str:
    """Whose time is not known, and whether it will be soon."""
    if gathered.silent:
        (first, *rest) = gathered.silent
        verb = "have" if rest or first.id == actor.member_id else "has"
        who = " and ".join("You" if one.id == actor.member_id else one.name for one in gathered.silent)
        return f"{who} {verb} no calendar connected, so nobody can say."
    whose = " and ".join("Your" if one.id == actor.member_id else f"{one.name}'s" for one in gathered.unread)
    return f"{whose} calendar is being read for the first time. Ask again in a minute."


def require_shared_time(work: UnitOfWork, actor: Actor, members: Sequence[Member]) -> None:
    """Raises `TimeWithheld` for the first of the members who does not let the actor book him."""
    preferences = preferences_of(work, actor, members)
    require_shared([member for member in members if not shares_time_with(actor, member, preferences[member.id])])


def _late(own: Sequence[Calendar], now: datetime, unanswered: Collection[UUID]) -> tuple[StaleCalendar, ...]:
    """Those that are stale by themselves, and those that nobody could read just now."""
    missed = [one for one in own if one.id in unanswered]
    by_age = stale([one for one in own if one not in missed], now)
    return (*by_age, *(StaleCalendar(one.member_id, one.id, one.name, one.read_at) for one in missed))


def _time_of(
    member_id: UUID,
    preferences: Preferences,
    own: Sequence[Calendar],
    busy: Mapping[UUID, Sequence[Span]],
    booked: Sequence[Busy],
    late: tuple[StaleCalendar, ...],
) -> MemberTime:
    return MemberTime(
        member_id=member_id,
        schedule=preferences.schedule,
        busy=list(chain.from_iterable(busy.get(calendar.id, ()) for calendar in own)),
        appointments=booked,
        stale=late,
        known_until=min((epoch(one.expanded_until) for one in own if one.expanded_until), default=None),
        is_paused=bool(late) and preferences.when_stale is WhenStale.OFFER_NOTHING,
    )


def _as_google_has(appointment: Appointment, actor: Actor) -> Busy:
    """Where its copy was moved to: as long as its host has not decided, people may expect it there."""
    theirs = appointment.question.theirs if appointment.question is not None else None
    title = appointment.title if may_see_appointment(actor, appointment) else ""
    return Busy(*(theirs or appointment.span), title=title)


def _booked(appointment: Appointment, actor: Actor) -> Busy:
    return Busy(
        *appointment.span,
        BusyReason.HOLD if appointment.status is AppointmentStatus.HELD else BusyReason.APPOINTMENT,
        title=appointment.title if may_see_appointment(actor, appointment) else "",
    )
