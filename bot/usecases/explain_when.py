"""Why a time is or is not free, asked in words that have to say which time."""

from datetime import date

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


class ExplainWhen:
    """Read the words and have that time explained."""

    def __init__(self, explain_slot: ExplainSlot, clock: Clock) -> None:
        self._explain = explain_slot
        self._clock = clock

    def __call__(self, actor: Actor, request: SlotsRequest) -> SlotExplained:
        """Raises `UnclearWhen`, also for words without a time, `TimeUnknown` and `NotAllowed`."""
        when = self._read(actor, request)
        if when.at is None:
            raise UnclearWhen(f"Which time, {when.date_text}?")
        return self._explain(actor, request.members, epoch(when.at), request.minutes, request.mode)

    def day(self, actor: Actor, request: SlotsRequest) -> date:
        """The first of the days that words without a time mean; raises `UnclearWhen` and `NotAllowed`."""
        return self._read(actor, request).start.astimezone(zone_named(actor.zone)).date()

    def _read(self, actor: Actor, request: SlotsRequest) -> When:
        require_full_member(actor)
        zone, now = zone_named(actor.zone), self._clock.now()
        return parse_when(request.when or USUAL_WHEN, now=now, zone=zone, habits=actor.habits)
