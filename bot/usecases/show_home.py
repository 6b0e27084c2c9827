"""A member's Home: today, what is connected, and how it is doing."""

from uuid import UUID

from bot.domain.agenda import window_of
from bot.domain.answers import Home
from bot.domain.people import Actor
from bot.domain.wall_time import zone_named
from bot.ports import Clock, Store
from bot.usecases.show_status import ShowStatus


class ShowHome:
    """Gather the actor's Home."""

    def __init__(self, store: Store, clock: Clock, show_status: ShowStatus) -> None:
        self._store = store
        self._clock = clock
        self._show_status = show_status

    def __call__(self, actor: Actor, calendar_id: UUID | None = None) -> Home:
        """With a `calendar_id` of his own, only what is in that calendar is shown of the day."""
        now = self._clock.now()
        today = now.astimezone(zone_named(actor.zone)).date()
        with self._store.reading() as work:
            entries = work.events.agenda(actor, window_of(today, actor.zone))
        status = self._show_status(actor)
        chosen = calendar_id if calendar_id in [one.id for one in status.calendars] else None
        shown = tuple(entry for entry in entries if chosen in (None, entry.calendar_id))
        return Home(status, actor.slack_user_id, actor.zone, today, shown, chosen)
