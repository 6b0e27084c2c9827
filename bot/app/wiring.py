"""Builds the use-cases on their foundation, for handlers, pages and jobs."""

import random
from collections.abc import Sequence
from datetime import timedelta

from bot.app.booking import Deliveries, booking_cases, booking_jobs, deliveries
from bot.app.foundation import SYNCS, Foundation
from bot.clients.slack_directory import SlackDirectory
from bot.clients.system import new_id, new_secret
from bot.jobs import Job
from bot.settings import Settings
from bot.usecases.announce_broken_accounts import AnnounceBrokenAccounts
from bot.usecases.answer_fuse import AnswerFuse
from bot.usecases.ask_about_losses import AskAboutLosses
from bot.usecases.ask_to_connect import AskToConnect
from bot.usecases.change_schedule import ChangeSchedule
from bot.usecases.choose_calendars import ChooseCalendars, OfferCalendars
from bot.usecases.clean_up import CleanUp
from bot.usecases.confirm_account import ConfirmAccount, RejectAccount
from bot.usecases.connect_account import BeginConnecting, FinishConnecting
from bot.usecases.disconnect_account import DisconnectAccount
from bot.usecases.explain_slot import ExplainSlot
from bot.usecases.explain_when import ExplainWhen
from bot.usecases.find_slots import FindSlots
from bot.usecases.forget_zoom_account import ForgetZoomAccount
from bot.usecases.ignore_event import IgnoreEvent, UnignoreEvent
from bot.usecases.make_connect_link import MakeConnectLink
from bot.usecases.mark_free import MarkFree
from bot.usecases.offer_connections import OfferConnections
from bot.usecases.resolve_actor import ResolveActor
from bot.usecases.resolve_members import ResolveMembers
from bot.usecases.show_agenda import ShowAgenda
from bot.usecases.show_home import ShowHome
from bot.usecases.show_settings import ShowSettings
from bot.usecases.show_status import RequestSync, ShowStatus
from bot.usecases.stop_connecting import StopConnecting
from bot.usecases.sync_calendar import SyncCalendar
from bot.usecases.sync_due_calendars import SyncDueCalendars
from bot.web import ZoomHook
from bot.web.connecting import Connecting
from handlers.catalogue import UseCases
from handlers.waiting import WaitForSync


def use_cases(settings: Settings, base: Foundation, outward: Deliveries) -> UseCases:
    """What handlers call."""
    store, clock = base.store, base.clock
    directory = SlackDirectory(base.slack)
    resolve_members = ResolveMembers(store, directory, clock, new_id)
    show_status = ShowStatus(store, clock)
    find_slots = FindSlots(store, clock, resolve_members)
    explain_slot = ExplainSlot(store, clock, resolve_members)
    offer_calendars = OfferCalendars(store, base.calendars, clock)
    make_link = MakeConnectLink(store, clock, new_id, new_secret, settings.base_url)
    return UseCases(
        answer_fuse=AnswerFuse(store, clock),
        ask_to_connect=AskToConnect(store, base.notifier, resolve_members, clock),
        booking=booking_cases(base, find_slots, resolve_members, _sync_calendar(settings, base), outward),
        change_schedule=ChangeSchedule(store),
        choose_calendars=ChooseCalendars(store, offer_calendars, clock, new_id),
        confirm_account=ConfirmAccount(store, clock),
        disconnect_account=DisconnectAccount(store, base.end_grant, base.clock),
        explain_slot=explain_slot,
        explain_when=ExplainWhen(explain_slot, clock),
        find_slots=find_slots,
        ignore_event=IgnoreEvent(store),
        mark_free=MarkFree(store, base.events, clock),
        unignore_event=UnignoreEvent(store),
        offer_calendars=offer_calendars,
        offer_connections=OfferConnections(store, make_link, tuple(base.consent)),
        reject_account=RejectAccount(store, base.end_grant),
        request_sync=RequestSync(store, clock),
        resolve_actor=ResolveActor(store, directory, clock, new_id),
        show_agenda=ShowAgenda(store, clock, resolve_members),
        show_home=ShowHome(store, clock, show_status),
        show_settings=ShowSettings(store, clock),
        show_status=show_status,
    )


def connecting(settings: Settings, base: Foundation) -> Connecting:
    """What the pages of connecting an account call."""
    store, clock, sealer, url = base.store, base.clock, base.vault, settings.base_url
    return Connecting(
        begin_connecting=BeginConnecting(store, clock, new_secret, sealer, base.consent, url),
        finish_connecting=FinishConnecting(store, clock, new_id, sealer, base.consent, base.notifier, url),
        stop_connecting=StopConnecting(store, sealer, base.end_grant, clock),
    )


def zoom_hook(settings: Settings, base: Foundation) -> ZoomHook | None:
    """What Zoom's messages reach, where there is a secret to know them by."""
    secret = settings.zoom_webhook_secret.get_secret_value().strip()
    return ZoomHook(secret, ForgetZoomAccount(base.store, base.clock), base.clock.now) if secret else None


def outward_deliveries(base: Foundation) -> Deliveries:
    """What is written outside for appointments."""
    return deliveries(base, AnnounceBrokenAccounts(base.store, base.notifier, base.clock))


def jobs(settings: Settings, base: Foundation, wait_for_sync: WaitForSync, outward: Deliveries) -> Sequence[Job]:
    """What runs by the clock."""
    announce = AnnounceBrokenAccounts(base.store, base.notifier, base.clock)
    ask = AskAboutLosses(base.store, base.notifier, base.clock)
    sync = _sync_calendar(settings, base)
    sync_due = SyncDueCalendars(base.store, sync, announce, ask, base.syncs, base.clock, limit=2 * SYNCS)
    clean_up = CleanUp(base.store, base.clock, base.end_grant)
    return (
        Job("sync_due_calendars", sync_due, every=timedelta(seconds=2), grace=timedelta(seconds=30)),
        Job("show_what_was_read", wait_for_sync.look, every=timedelta(seconds=1), grace=timedelta(seconds=30)),
        Job("announce_broken_accounts", announce, every=timedelta(minutes=1), grace=timedelta(minutes=5)),
        Job("ask_about_losses", ask, every=timedelta(minutes=1), grace=timedelta(minutes=5)),
        Job("clean_up", clean_up, every=timedelta(minutes=10), grace=timedelta(minutes=10)),
        *booking_jobs(base, outward),
    )


def _sync_calendar(settings: Settings, base: Foundation) -> SyncCalendar:
    return SyncCalendar(
        base.store,
        base.calendars,
        base.clock,
        interval=timedelta(seconds=settings.poll_seconds),
        jitter=random.SystemRandom().random,
    )
