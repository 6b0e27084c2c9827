"""A member's Home: today, what comes next, what is connected, and how it is doing."""

from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.agenda import one_calendar, window_of
from bot.domain.digests import Digest
from bot.domain.home import Home
from bot.domain.intervals import Interval
from bot.domain.join_links import AgendaAppointment, join_url_of
from bot.domain.people import Actor
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
            return Home(
                status,
                actor.slack_user_id,
                actor.zone,
                today,
                window,
                shown,
                chosen,
                appointments_of(work, actor, window, now, status.calendars, chosen),
                following=_following(work, actor, now),
                digests=tuple(one for one in work.digests.of(actor) if _shows_or_is_his(work, actor, one)),
                support=self._support,
            )


def _shows_or_is_his(work: UnitOfWork, actor: Actor, digest: Digest) -> bool:
    """What shows nothing of his days, because he did not agree, is not said to be his."""
    if digest.creator_id == actor.member_id:
        return True
    words = (share for share in work.digests.shares(digest.id) if share.member_id == actor.member_id)
    return any(share.is_listed and share.agreed is not None for share in words)


def _following(work: UnitOfWork, actor: Actor, now: datetime) -> AgendaAppointment | None:
    """The next appointment that the actor hosts, or the one that he is in."""
    ahead = Interval(epoch(now), epoch(now + LOOKED_AHEAD))
    booked = work.appointments.between(actor, [actor.member_id], ahead).get(actor.member_id, ())
    coming = [one for one in booked if one.is_live and takes_time(one, now)]
    if not coming:
        return None
    first = min(coming, key=lambda one: one.span.start)
    return AgendaAppointment(first, join_url_of(first.venue, work.remote_links.of(first.id)))
