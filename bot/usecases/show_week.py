"""One week of a member: his own with what is in it, somebody else's as busy and free."""

from bot.domain.agenda import window_of
from bot.domain.intervals import Interval, clip, merged
from bot.domain.people import Actor
from bot.domain.permissions import may_see_titles, require_full_member
from bot.domain.schedule import Schedule, working_time
from bot.domain.wall_time import zone_named
from bot.domain.week import DAYS, Week, WeekRequest, first_day_asked
from bot.ports import Clock, Store
from bot.usecases.member_days import days_of
from bot.usecases.resolve_members import ResolveMembers


class ShowWeek:
    """Gather the week as the actor may see it; by the same rules as his agenda."""

    def __init__(self, store: Store, clock: Clock, resolve_members: ResolveMembers) -> None:
        self._store = store
        self._clock = clock
        self._resolve = resolve_members

    def __call__(self, actor: Actor, request: WeekRequest) -> Week:
        """The week is the actor's: it and its days begin as his do. Raises `UnclearWhen` and `NotAllowed`.

        An id of a calendar that is not his own shows all of his.
        """
        require_full_member(actor)
        now = self._clock.now()
        today = now.astimezone(zone_named(actor.zone)).date()
        first = first_day_asked(request, today, actor.habits.first_day)
        window = window_of(first, actor.zone, days=DAYS)
        (member,) = self._resolve(actor, [request.member] if request.member else [])
        with self._store.reading() as work:
            days = days_of(work, actor, member, window, request.calendar_id, now)
        return Week(
            first=first,
            zone=actor.zone,
            now=now,
            member=member,
            is_own=may_see_titles(actor, member.id),
            gathered=days.gathered,
            calendars=days.calendars,
            chosen=days.chosen,
            entries=days.entries,
            busy=days.busy,
            appointments=days.appointments,
            working=_working(days.schedule, window),
            habits=actor.habits,
        )


def _working(schedule: Schedule, window: Interval) -> tuple[Interval, ...]:
    return tuple(clip(merged(working_time(schedule, window).windows), window))
