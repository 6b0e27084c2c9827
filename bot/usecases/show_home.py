"""A member's Home: today, what comes next, what is connected, and how it is doing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.agenda import one_calendar, window_of
from bot.domain.digests import Digest, concerns
from bot.domain.events import AgendaEntry
from bot.domain.home import Home, following_of
from bot.domain.intervals import Interval
from bot.domain.join_links import AgendaAppointment, join_url_of
from bot.domain.people import Actor, Member
from bot.domain.wall_time import epoch, zone_named
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.appointments_of import appointments_of
from bot.usecases.gather_times import takes_time
from bot.usecases.show_status import ShowStatus

LOOKED_AHEAD = timedelta(days=14)


class ShowHome:
    """Gather the actor's Home."""

    def __init__(self, store: Store, clock: Clock, show_status: ShowStatus, *, support: str = "") -> None:
        """`support` is where people write who need help, as an address of the web or of mail."""
        self._store = store
        self._clock = clock
        self._show_status = show_status
        self._support = support

    def __call__(self, actor: Actor, calendar_id: UUID | None = None) -> Home:
        """With a `calendar_id` of his own, only what is in that calendar is shown of the day."""
        status = self._show_status(actor)
        now = self._clock.now()
        today = now.astimezone(zone_named(actor.zone)).date()
        window = window_of(today, actor.zone)
        with self._store.reading() as work:
            entries = work.events.agenda(actor, window)
            chosen, shown = one_calendar(entries, status.calendars, calendar_id)
            of_him = work.digests.of(actor)
            digests = tuple(one for one in of_him if concerns(actor, one, work.digests.shares(one.id)))
            return Home(
                status,
                actor.slack_user_id,
                actor.zone,
                today,
                window,
                shown,
                chosen,
                appointments_of(work, actor, window, now, status.calendars, chosen, even_booked=True),
                following=_following(work, actor, now),
                digests=digests,
                paused_by=_pausers(work, digests),
                support=self._support,
                habits=actor.habits,
            )


def _pausers(work: UnitOfWork, digests: Sequence[Digest]) -> Mapping[UUID, Member]:
    paused = ((one, one.paused_by) for one in digests)
    return {one.id: work.members.get(one.workspace_id, by) for one, by in paused if by is not None}


def _following(work: UnitOfWork, actor: Actor, now: datetime) -> AgendaAppointment | AgendaEntry | None:
    """The next appointment or meeting that the actor hosts, or the one that he is in."""
    ahead = Interval(epoch(now), epoch(now + LOOKED_AHEAD))
    booked = work.appointments.between(actor, [actor.member_id], ahead).get(actor.member_id, ())
    coming = [one for one in booked if one.is_live and takes_time(one, now)]
    first = min(coming, key=lambda one: one.span.start, default=None)
    if first is None:
        return following_of((), work.events.agenda(actor, ahead))
    appointment = AgendaAppointment(first, join_url_of(first.venue, work.remote_links.of(first.id)))
    # Nothing that begins later comes before it.
    return following_of([appointment], work.events.agenda(actor, Interval(ahead.start, first.span.start + 1)))
