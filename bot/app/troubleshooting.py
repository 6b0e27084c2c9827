"""Builds what *Events not syncing?* needs: its use-cases, and the jobs behind the round trip check."""

from datetime import timedelta

from bot.app.foundation import Foundation
from bot.clients.slack_permissions import SlackPermissions
from bot.clients.system import new_id
from bot.jobs import Job
from bot.usecases.check_round_trip import BeginRoundTrip, ShowRoundTrip
from bot.usecases.choose_calendars import OfferCalendars
from bot.usecases.compare_day import CompareDay
from bot.usecases.diagnose import Diagnose
from bot.usecases.ignore_event import UnignoreEvent
from bot.usecases.offer_own_calendars import OfferOwnCalendars
from bot.usecases.show_status import RequestSync, ShowStatus
from bot.usecases.tidy_round_trips import TidyRoundTrips
from handlers.trouble_cases import TroubleCases
from handlers.waiting_for_round_trip import WaitForRoundTrip


def trouble_cases(base: Foundation) -> TroubleCases:
    """What the status, the form for a missing event, and the round trip check call."""
    store, clock = base.store, base.clock
    offer_own_calendars = OfferOwnCalendars(store, OfferCalendars(store, base.calendars, clock))
    return TroubleCases(
        begin_round_trip=BeginRoundTrip(store, base.round_trip_events, clock, new_id),
        compare_day=CompareDay(store, offer_own_calendars, base.days, base.syncs, clock),
        diagnose=Diagnose(store, SlackPermissions(base.slack), clock),
        offer_own_calendars=offer_own_calendars,
        request_sync=RequestSync(store, clock),
        show_status=ShowStatus(store, clock),
        unignore=UnignoreEvent(store),
        wait_for_round_trip=WaitForRoundTrip(ShowRoundTrip(store, clock), base.work),
    )


def trouble_jobs(base: Foundation, cases: TroubleCases) -> tuple[Job, ...]:
    """What removes the events of checks, and what tells those who wait that their check has its answer."""
    tidy, look = TidyRoundTrips(base.store, base.round_trip_events, base.clock), cases.wait_for_round_trip.look
    return (
        Job("tidy_round_trips", tidy, every=timedelta(seconds=2), grace=timedelta(minutes=1)),
        Job("show_round_trips", look, every=timedelta(seconds=1), grace=timedelta(seconds=30)),
    )
