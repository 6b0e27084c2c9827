"""The use-cases that the handlers of *Events not syncing?* call."""

from dataclasses import dataclass

from bot.usecases.check_round_trip import BeginRoundTrip
from bot.usecases.compare_day import CompareDay
from bot.usecases.diagnose import Diagnose
from bot.usecases.ignore_event import UnignoreEvent
from bot.usecases.offer_own_calendars import OfferOwnCalendars
from bot.usecases.show_status import RequestSync, ShowStatus
from handlers.waiting_for_round_trip import WaitForRoundTrip


@dataclass(frozen=True, slots=True)
class TroubleCases:
    """What the status, the form for a missing event, and the round trip check call."""

    begin_round_trip: BeginRoundTrip
    compare_day: CompareDay
    diagnose: Diagnose
    offer_own_calendars: OfferOwnCalendars
    request_sync: RequestSync
    show_status: ShowStatus
    unignore: UnignoreEvent
    wait_for_round_trip: WaitForRoundTrip
