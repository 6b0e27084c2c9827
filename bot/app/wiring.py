"""Builds the use-cases on their foundation, for handlers, pages and jobs."""

import random
from collections.abc import Sequence
from datetime import timedelta

from bot.app.alerts import alert_cases, alert_jobs, notice_landings
from bot.app.booking import Deliveries, booking_cases, booking_jobs, deliveries
from bot.app.contacts import contact_cases, contact_jobs
from bot.app.deciding import decide_events, deciding_jobs, event_cases
from bot.app.digests import digest_cases, digest_jobs
from bot.app.erasure import forget_cases, forgetting_job, leave_workspace
from bot.app.foundation import SYNCS, Foundation
from bot.app.home import draw_home, home_jobs
from bot.app.option import leaving_cases, leaving_job, option_cases
from bot.app.reminders import reminder_cases, reminder_jobs
from bot.app.triggers import trigger_cases, trigger_jobs
from bot.app.troubleshooting import trouble_cases, trouble_jobs
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
from bot.usecases.choose_habits import ChooseHabits
from bot.usecases.clean_up import CleanUp
from bot.usecases.confirm_account import ConfirmAccount, RejectAccount
from bot.usecases.connect_account import BeginConnecting, FinishConnecting
from bot.usecases.disconnect_account import DisconnectAccount
from bot.usecases.explain_slot import ExplainSlot
from bot.usecases.explain_when import ExplainWhen
from bot.usecases.find_change_meant import FindChangeMeant
from bot.usecases.find_slots import FindSlots
from bot.usecases.forget_zoom_account import ForgetZoomAccount
from bot.usecases.ignore_event import IgnoreEvent, UnignoreEvent
from bot.usecases.make_connect_link import MakeConnectLink
from bot.usecases.mark_free import MarkFree
from bot.usecases.offer_connections import OfferConnections
from bot.usecases.open_channel import OpenChannel
from bot.usecases.read_words import ReadWords
from bot.usecases.receive_push import ReceivePush
from bot.usecases.renew_channels import RenewChannels
from bot.usecases.resolve_actor import ResolveActor
from bot.usecases.resolve_members import ResolveMembers
from bot.usecases.send_week import SendWeek
from bot.usecases.show_agenda import ShowAgenda
from bot.usecases.show_settings import ShowSettings
from bot.usecases.show_status import RequestSync, ShowStatus
from bot.usecases.stop_connecting import StopConnecting
from bot.usecases.sync_calendar import SyncCalendar
from bot.usecases.sync_due_calendars import SyncDueCalendars
from bot.web import GoogleHook, ZoomHook
from bot.web.connecting import Connecting
from handlers.use_cases import UseCases
from handlers.waiting import WaitForSync


def use_cases(settings: Settings, base: Foundation, outward: Deliveries, send_week: SendWeek) -> UseCases:
    """What handlers call."""
    store, clock = base.store, base.clock
    directory = SlackDirectory(base.slack)
    resolve_members = ResolveMembers(store, directory, clock, new_id)
    show_status = ShowStatus(store, clock)
    find_slots = FindSlots(store, clock, resolve_members)
    explain_slot = ExplainSlot(store, clock, resolve_members)
    offer_calendars = OfferCalendars(store, base.calendars, clock)
    make_link = MakeConnectLink(store, clock, new_id, new_secret, settings.base_url)
    request_sync = RequestSync(store, clock)
    booking = booking_cases(base, find_slots, resolve_members, _sync_calendar(settings, base), outward)
    return UseCases(
        alerts=alert_cases(base, booking.move),
        answer_fuse=AnswerFuse(store, clock),
        ask_to_connect=AskToConnect(store, base.notifier, resolve_members, clock),
        booking=booking,
        change_schedule=ChangeSchedule(store),
        choose_calendars=ChooseCalendars(store, offer_calendars, clock, new_id),
        choose_habits=ChooseHabits(store),
        confirm_account=ConfirmAccount(store, clock),
        contacts=contact_cases(base),
        digests=digest_cases(base, resolve_members),
        disconnect_account=DisconnectAccount(store, base.end_grant, base.clock),
        draw_home=draw_home(settings, base),
        events=event_cases(base),
        explain_slot=explain_slot,
        explain_when=ExplainWhen(explain_slot, clock),
        find_change_meant=FindChangeMeant(store, clock),
        find_slots=find_slots,
        forget=forget_cases(base),
        ignore_event=IgnoreEvent(store),
        leave_workspace=leave_workspace(base),
        leaving=leaving_cases(base),
        mark_free=MarkFree(store, base.events, clock),
        unignore_event=UnignoreEvent(store),
        offer_calendars=offer_calendars,
        offer_connections=OfferConnections(store, make_link, tuple(base.consent)),
        option=option_cases(base, request_sync),
        read_words=ReadWords(store),
        reject_account=RejectAccount(store, base.end_grant),
        reminders=reminder_cases(base),
        request_sync=request_sync,
        resolve_actor=ResolveActor(store, directory, clock, new_id),
        week=send_week,
        show_agenda=ShowAgenda(store, clock, resolve_members),
        show_settings=ShowSettings(store, clock),
        show_status=show_status,
        triggers=trigger_cases(base, resolve_members),
        troubles=trouble_cases(base),
        support=settings.support_url,
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


def push_address(settings: Settings, *, pushes_to_loopback: bool) -> str:
    """Where Google is told to tell of changes; nothing where it could not reach Daybook.

    Google calls https addresses alone. Its stand-in calls this machine too, which nobody can ask for by a setting.
    """
    is_reached = settings.public_url.startswith("https://") or (pushes_to_loopback and bool(settings.public_url))
    return f"{settings.public_url}/webhooks/google" if is_reached and settings.offers_google else ""


def google_hook(base: Foundation, address: str) -> GoogleHook | None:
    """What Google's messages reach, where it was told an address."""
    return GoogleHook(ReceivePush(base.store, base.clock)) if address else None


def outward_deliveries(base: Foundation) -> Deliveries:
    """What is written outside for appointments."""
    return deliveries(base, AnnounceBrokenAccounts(base.store, base.notifier, base.clock))


def jobs(
    settings: Settings,
    base: Foundation,
    cases: UseCases,
    wait_for_sync: WaitForSync,
    outward: Deliveries,
    address: str,
) -> Sequence[Job]:
    """What runs by the clock; Google tells of changes at `address`, if there is one."""
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
        Job("renew_channels", _renew_channels(base, address), every=timedelta(seconds=10), grace=timedelta(minutes=1)),
        leaving_job(base),
        forgetting_job(base),
        Job("clean_up", clean_up, every=timedelta(minutes=10), grace=timedelta(minutes=10)),
        *deciding_jobs(base),
        *booking_jobs(base, outward),
        *contact_jobs(base),
        *trigger_jobs(base),
        *digest_jobs(base),
        *trouble_jobs(base, cases.troubles),
        *alert_jobs(base),
        *reminder_jobs(base),
        *home_jobs(base, cases.draw_home),
    )


def _renew_channels(base: Foundation, address: str) -> RenewChannels:
    opens = OpenChannel(
        base.store,
        base.channels,
        base.clock,
        new_id,
        new_secret,
        jitter=random.SystemRandom().random,
        address=address,
    )
    return RenewChannels(
        base.store, opens if address else None, base.stop_channels, base.syncs, base.clock, limit=2 * SYNCS
    )


def _sync_calendar(settings: Settings, base: Foundation) -> SyncCalendar:
    return SyncCalendar(
        base.store,
        base.calendars,
        base.clock,
        interval=timedelta(seconds=settings.poll_seconds),
        jitter=random.SystemRandom().random,
        decide=decide_events(base),
        notice=notice_landings(base),
    )
