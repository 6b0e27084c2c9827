"""The round trip check: write an event that nobody sees, and look whether it has come back."""

from bot.domain.errors import DaybookError, ProviderDown
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.round_trips import RoundTripShown, check_span, checked_calendar, refused
from bot.ports import Clock, NewId, RoundTripEvents, Store


class BeginRoundTrip:
    """Write the event of a check of the actor's linked calendar; the ordinary sync, and a job, do the rest.

    The check is stored first: whatever becomes of us then, the job removes the event.
    """

    def __init__(self, store: Store, events: RoundTripEvents, clock: Clock, new_id: NewId) -> None:
        self._store = store
        self._events = events
        self._clock = clock
        self._new_id = new_id

    def __call__(self, actor: Actor) -> RoundTripShown:
        """The check as it stands; raises `CannotCheck`. That the event was refused is part of the answer."""
        require_full_member(actor)
        now = self._clock.now()
        with self._store.writing() as work:
            calendar = checked_calendar(work.calendars.of(actor), work.accounts.of(actor))
            trip = work.round_trips.begin(actor, calendar, now, new_id=self._new_id())
            work.commit()
        try:
            span = check_span(calendar.zone, now)
            self._events.write(trip.account_id, trip.remote_id, trip.event_id, span, calendar.zone)
        except DaybookError as error:
            trip = refused(trip, str(error), self._clock.now(), may_be_there=isinstance(error, ProviderDown))
            with self._store.writing() as work:
                work.round_trips.refuse(trip)
                work.commit()
        return RoundTripShown(trip, calendar, self._clock.now())


class ShowRoundTrip:
    """The actor's last check."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor) -> RoundTripShown | None:
        """None where he never made one, or left the account since."""
        with self._store.reading() as work:
            trip = work.round_trips.of(actor)
            if trip is None:
                return None
            calendars = work.calendars.of(actor)
        calendar = next((one for one in calendars if one.id == trip.calendar_id), None)
        return RoundTripShown(trip, calendar, self._clock.now())
