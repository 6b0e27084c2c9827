"""One day of a member: his own with what is in it, somebody else's as busy and free."""

from bot.domain.agenda import Agenda, AgendaRequest, day_asked, window_of
from bot.domain.people import Actor
from bot.domain.permissions import may_see_titles, require_full_member
from bot.domain.wall_time import zone_named
from bot.ports import Clock, Store
from bot.usecases.member_days import days_of
from bot.usecases.resolve_members import ResolveMembers


class ShowAgenda:
    """Gather the day as the actor may see it."""

    def __init__(self, store: Store, clock: Clock, resolve_members: ResolveMembers) -> None:
        self._store = store
        self._clock = clock
        self._resolve = resolve_members

    def __call__(self, actor: Actor, request: AgendaRequest) -> Agenda:
        """The day is the actor's: it begins and ends by his clock. Raises `UnclearWhen` and `NotAllowed`.

        An id of a calendar that is not his own shows all of his.
        """
        require_full_member(actor)
        now = self._clock.now()
        day = day_asked(request.when, now.astimezone(zone_named(actor.zone)).date(), actor.habits.first_day)
        window = window_of(day, actor.zone)
        (member,) = self._resolve(actor, [request.member] if request.member else [])
        with self._store.reading() as work:
            days = days_of(work, actor, member, window, request.calendar_id, now)
        return Agenda(
            day=day,
            zone=actor.zone,
            now=now,
            window=window,
            member=member,
            is_own=may_see_titles(actor, member.id),
            gathered=days.gathered,
            calendars=days.calendars,
            chosen=days.chosen,
            entries=days.entries,
            busy=days.busy,
            appointments=days.appointments,
        )
