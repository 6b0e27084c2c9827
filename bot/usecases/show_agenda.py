"""One day of a member: his own with what is in it, somebody else's as busy and free."""

from bot.domain.agenda import Agenda, AgendaRequest, day_asked, one_calendar, window_of
from bot.domain.answers import Gathered
from bot.domain.intervals import Interval, clip, merged
from bot.domain.people import Actor
from bot.domain.permissions import may_see_titles, require_full_member, require_shared
from bot.domain.wall_time import zone_named
from bot.ports import Clock, Store
from bot.usecases.appointments_of import appointments_of
from bot.usecases.gather_times import gather, preferences_of
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
        day = day_asked(request.when, now.astimezone(zone_named(actor.zone)).date())
        window = window_of(day, actor.zone)
        (member,) = self._resolve(actor, [request.member] if request.member else [])
        is_own = may_see_titles(actor, member.id)
        with self._store.reading() as work:
            gathered = gather(work, actor, [member], preferences_of(work, actor, [member]), window, 0, now)
            require_shared(gathered.withheld)
            calendars = tuple(work.calendars.of(actor)) if is_own else ()
            entries = work.events.agenda(actor, window) if is_own else ()
            chosen, shown = one_calendar(entries, calendars, request.calendar_id)
            booked = appointments_of(work, actor, window, now, calendars, chosen) if is_own else ()
        return Agenda(
            day=day,
            zone=actor.zone,
            now=now,
            window=window,
            member=member,
            is_own=is_own,
            gathered=gathered,
            calendars=calendars,
            chosen=chosen,
            entries=shown,
            busy=() if is_own else _busy(gathered, window),
            appointments=booked,
        )


def _busy(gathered: Gathered, window: Interval) -> tuple[Interval, ...]:
    taken = (span for time in gathered.times for span in (*time.busy, *time.appointments))
    return tuple(clip(merged(taken), window))
