"""Why a time is or is not free, asked in words that have to say which time."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.answers import SlotExplained
from bot.domain.day_words import UnclearWhen
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.slots_request import SlotsRequest
from bot.domain.wall_time import epoch, zone_named
from bot.domain.when import When, parse_when
from bot.ports import Clock
from bot.usecases.explain_slot import ExplainSlot
from bot.usecases.find_slots import USUAL_WHEN

# Times that people meet at, offered to somebody who named none.
_SUGGESTED_HOURS = (9, 11, 14, 16)


class ExplainWhen:
    """Read the words and have that time explained."""

    def __init__(self, explain_slot: ExplainSlot, clock: Clock) -> None:
        self._explain = explain_slot
        self._clock = clock

    def __call__(self, actor: Actor, request: SlotsRequest) -> SlotExplained:
        """Raises `UnclearWhen`, also for words without a time, `TimeUnknown` and `NotAllowed`."""
        require_full_member(actor)
        zone = zone_named(actor.zone)
        when = parse_when(request.when or USUAL_WHEN, now=self._clock.now(), zone=zone)
        if when.at is None:
            raise self._which_time(when, zone)
        return self._explain(actor, request.members, epoch(when.at), request.minutes, request.mode)

    def _which_time(self, when: When, zone: ZoneInfo) -> UnclearWhen:
        """The question which time of those days is meant, with some of the first day that has any left."""
        now = self._clock.now()
        first = when.start.astimezone(zone)
        for day in (first, first + timedelta(days=1)):
            times = [day.replace(hour=hour) for hour in _SUGGESTED_HOURS]
            if ahead := [f"{at.date().isoformat()} {at.hour}:00" for at in times if at > now]:
                return UnclearWhen(f"Which time, {when.text}?", ahead)
        return UnclearWhen(f"Which time, {when.text}?")
