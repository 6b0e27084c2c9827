"""Free starts for one or several members, as the asker may see them."""

from bot.domain.answers import SlotsFound
from bot.domain.availability import Mode, free_slots
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.slots_request import SlotsRequest
from bot.domain.wall_time import MINUTE, epoch, zone_named
from bot.domain.when import When, parse_when
from bot.ports import Clock, Store
from bot.usecases.gather_times import gather, preferences_of, usual_minutes
from bot.usecases.resolve_members import ResolveMembers

USUAL_WHEN = "today"
HOUR = 60 * MINUTE


class FindSlots:
    """Gather what takes the members' time and let the engine answer."""

    def __init__(self, store: Store, clock: Clock, resolve_members: ResolveMembers) -> None:
        self._store = store
        self._clock = clock
        self._resolve = resolve_members

    def __call__(self, actor: Actor, request: SlotsRequest) -> SlotsFound:
        """Raises `UnclearWhen` and `NotAllowed`.

        With everyone wanted, one member of whom nothing is known makes the answer unknown; with anyone wanted,
        those who are known can be answered for.
        """
        require_full_member(actor)
        now = self._clock.now()
        when = parse_when(request.when or USUAL_WHEN, now=now, zone=zone_named(actor.zone), habits=actor.habits)
        window = starts_of(when)
        members = self._resolve(actor, request.members)
        with self._store.reading() as work:
            preferences = preferences_of(work, actor, members)
            minutes = request.minutes or usual_minutes(preferences, members)
            gathered = gather(work, actor, members, preferences, window, minutes, now)
        known = gathered.times and (gathered.is_complete or request.mode is Mode.ANY)
        slots = free_slots(gathered.times, window, minutes, request.mode, now=now) if known else None
        return SlotsFound(request, minutes, when, actor.zone, now, members, gathered, slots)


def starts_of(when: When) -> Interval:
    """Where starts may lie: the days asked about, or up to an hour from the time asked about."""
    if when.at is None:
        return when.window
    at = epoch(when.at)
    return Interval(max(when.window.start, at - HOUR), min(when.window.end, at + HOUR + 1))
