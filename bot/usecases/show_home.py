"""A member's Home: today, what is connected, and how it is doing."""

from uuid import UUID

from bot.domain.agenda import one_calendar, window_of
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.domain.wall_time import zone_named
from bot.ports import Clock, Store
from bot.usecases.appointments_of import appointments_of
from bot.usecases.show_status import ShowStatus


class ShowHome:
    """Gather the actor's Home."""

    def __init__(self, store: Store, clock: Clock, show_status: ShowStatus) -> None:
        self._store = store
        self._clock = clock
        self._show_status = show_status

    def __call__(self, actor: Actor, calendar_id: UUID | None = None) -> Home:
        """With a `calendar_id` of his own, only what is in that calendar is shown of the day."""
        status = self._show_status(actor)
        now = self._clock.now()
        today = now.astimezone(zone_named(actor.zone)).date()
        window = window_of(today, actor.zone)
        with self._store.reading() as work:
            entries = work.events.agenda(actor, window)
            chosen, shown = one_calendar(entries, status.calendars, calendar_id)
            booked = appointments_of(work, actor, window, now, status.calendars, chosen)
        return Home(status, actor.slack_user_id, actor.zone, today, window, shown, chosen, booked)
