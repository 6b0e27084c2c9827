"""What use-cases stand on: the store, the clients, and the threads that work."""

import gc
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from time import monotonic
from typing import NamedTuple

import httpx
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.clients.clock_watch import ClockWatch
from bot.clients.google.channels import GoogleChannels
from bot.clients.google.consent import GoogleConsent
from bot.clients.google.copies import GoogleCopies
from bot.clients.google.days import GoogleDays
from bot.clients.google.gateway import GoogleCalendars
from bot.clients.google.oauth import GoogleOAuth
from bot.clients.google.round_trip_events import GoogleRoundTripEvents
from bot.clients.google.service import GoogleService
from bot.clients.google.tokens import GoogleTokens
from bot.clients.google.writing import GoogleEvents
from bot.clients.slack_cards import SlackCards
from bot.clients.slack_notifier import SlackNotifier
from bot.clients.slack_posts import SlackPosts
from bot.clients.slack_reminders import SlackReminders
from bot.clients.webhooks import HttpWebhooks
from bot.clients.zoom.asking import ZoomApi, ZoomAsking
from bot.clients.zoom.consent import ZoomConsent
from bot.clients.zoom.meetings import ZoomMeetings
from bot.clients.zoom.oauth import ZoomOAuth
from bot.clients.zoom.sending import TIMEOUT_SECONDS as ZOOM_SECONDS
from bot.clients.zoom.tokens import ZoomTokens
from bot.domain.accounts import Provider
from bot.ports import Clock, ConsentGateway, WorkQueue
from bot.queue.threads import DRAIN_SECONDS, ThreadQueue
from bot.rendering.card import card_message
from bot.rendering.card_log import log_message
from bot.rendering.reminders import reminder_message
from bot.rendering.triggered import trigger_message
from bot.settings import Settings
from bot.usecases.end_grant import EndGrant
from bot.usecases.stop_channels import StopChannels
from bot.usecases.tidy_round_trips import TidyRoundTrips
from storage.credentials import SealedCredentials
from storage.engine import open_engine
from storage.lost_keys import require_keys
from storage.migrate import check
from storage.store import SqlStore
from storage.vault import Vault

LISTENERS = 16
OPENINGS = 16
WORKERS = 16
SYNCS = 8
DELIVERIES = 8
# Webhooks may take ten seconds each, and wait for nobody but one another.
FIRINGS = 4
# What one answer takes of the interpreter, and as much again for the acknowledgements beside it. So 250 a second,
# which is more than the workers can do: most of their time they wait for Slack.
WORK_SPACING = 0.004
GOOGLE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Foundation:
    """What use-cases stand on: the store, the clients, and the threads that work."""

    store: SqlStore
    credentials: SealedCredentials
    vault: Vault
    clock: Clock
    clock_watch: ClockWatch
    slack: WebClient
    calendars: GoogleCalendars
    days: GoogleDays
    round_trip_events: GoogleRoundTripEvents
    events: GoogleEvents
    copies: GoogleCopies
    meetings: ZoomMeetings
    cards: SlackCards
    consent: Mapping[Provider, ConsentGateway]
    end_grant: EndGrant
    channels: GoogleChannels
    stop_channels: StopChannels
    posts: SlackPosts
    reminder_posts: SlackReminders
    webhooks: HttpWebhooks
    notifier: SlackNotifier
    openings: WorkQueue
    work: WorkQueue
    syncs: WorkQueue
    deliveries: WorkQueue
    firings: WorkQueue
    acknowledgements: Executor


def lay_foundation(
    settings: Settings, clock: Clock, closing: ExitStack, *, webhooks_to_loopback: bool = False
) -> Foundation:
    """Open what is needed; `closing` closes it again. Takes and raises what `build_app` does."""
    database_url = settings.database_url.get_secret_value()
    vault = Vault(settings.keys)
    check(database_url)
    engine = open_engine(database_url, pool_size=LISTENERS + WORKERS + SYNCS + DELIVERIES + FIRINGS)
    closing.callback(engine.dispose)
    store = SqlStore(engine, vault)
    require_keys(store)
    credentials = SealedCredentials(store)
    watch = ClockWatch(clock)
    google = _google(settings, credentials, watch, clock, closing)
    zoom = _zoom(settings, credentials, clock, closing)
    consent = {**google.consent, **zoom.consent}
    channels = GoogleChannels(google.service, google.tokens)
    stop_channels = StopChannels(store, channels, clock)
    round_trip_events = GoogleRoundTripEvents(google.service, google.tokens)
    tidy = TidyRoundTrips(store, round_trip_events, clock)
    slack = WebClient(settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url)
    slack.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))
    queues = _queues(closing)
    _spare_the_collector(closing)
    acknowledgements = closing.enter_context(ThreadPoolExecutor(LISTENERS, thread_name_prefix="listener"))
    return Foundation(
        store=store,
        credentials=credentials,
        vault=vault,
        clock=clock,
        clock_watch=watch,
        slack=slack,
        calendars=GoogleCalendars(google.service, google.tokens),
        days=GoogleDays(google.service, google.tokens),
        round_trip_events=round_trip_events,
        events=GoogleEvents(google.service, google.tokens),
        copies=GoogleCopies(google.service, google.tokens),
        meetings=zoom.meetings,
        cards=SlackCards(slack, card_message, log_message),
        consent=consent,
        end_grant=EndGrant(store, credentials, consent, stop_channels.of_account, tidy.of_account),
        channels=channels,
        stop_channels=stop_channels,
        posts=SlackPosts(slack, trigger_message),
        reminder_posts=SlackReminders(slack, reminder_message),
        webhooks=HttpWebhooks(allows_this_machine=webhooks_to_loopback),
        notifier=SlackNotifier(slack),
        openings=queues.openings,
        work=queues.work,
        syncs=queues.syncs,
        deliveries=queues.deliveries,
        firings=queues.firings,
        acknowledgements=acknowledgements,
    )


class _Google(NamedTuple):
    """The ways to Google; `consent` is empty where it is not offered."""

    service: GoogleService
    tokens: GoogleTokens
    consent: Mapping[Provider, ConsentGateway]


def _google(
    settings: Settings, credentials: SealedCredentials, watch: ClockWatch, clock: Clock, closing: ExitStack
) -> _Google:
    http = closing.enter_context(httpx.Client(timeout=GOOGLE_SECONDS))
    service = GoogleService(settings.google_api_url, timeout_seconds=GOOGLE_SECONDS, heard_time=watch.heard)
    closing.callback(service.close)
    oauth = GoogleOAuth(
        client_id=settings.google_client_id,
        client_secret=settings.google_client_secret.get_secret_value(),
        auth_url=settings.google_auth_url,
        token_url=settings.google_token_url,
        revoke_url=settings.google_revoke_url,
        http=http,
        clock=clock,
    )
    consent = {Provider.GOOGLE: GoogleConsent(oauth, service)} if settings.offers_google else {}
    return _Google(service, GoogleTokens(credentials, oauth, clock), consent)


class _Zoom(NamedTuple):
    """The ways to Zoom; `consent` is empty where it is not offered."""

    meetings: ZoomMeetings
    consent: Mapping[Provider, ConsentGateway]


def _zoom(settings: Settings, credentials: SealedCredentials, clock: Clock, closing: ExitStack) -> _Zoom:
    http = closing.enter_context(httpx.Client(timeout=ZOOM_SECONDS))
    oauth = ZoomOAuth(
        client_id=settings.zoom_client_id,
        client_secret=settings.zoom_client_secret.get_secret_value(),
        auth_url=settings.zoom_auth_url,
        token_url=settings.zoom_token_url,
        revoke_url=settings.zoom_revoke_url,
        http=http,
        clock=clock,
    )
    api = ZoomApi(settings.zoom_api_url, http, clock)
    consent = {Provider.ZOOM: ZoomConsent(oauth, api)} if settings.offers_zoom else {}
    return _Zoom(ZoomMeetings(ZoomAsking(api, ZoomTokens(credentials, oauth, clock))), consent)


class _Queues(NamedTuple):
    """The threads that work."""

    openings: ThreadQueue
    work: ThreadQueue
    syncs: ThreadQueue
    deliveries: ThreadQueue
    firings: ThreadQueue


def _queues(closing: ExitStack) -> _Queues:
    queues = _Queues(
        openings=ThreadQueue(threads=OPENINGS, waiting=500, name="opening"),
        work=ThreadQueue(threads=WORKERS, waiting=500, name="work", spacing=WORK_SPACING),
        syncs=ThreadQueue(threads=SYNCS, waiting=SYNCS, name="sync"),
        deliveries=ThreadQueue(threads=DELIVERIES, waiting=DELIVERIES, name="delivery"),
        firings=ThreadQueue(threads=FIRINGS, waiting=FIRINGS, name="firing"),
    )
    closing.callback(_drain, queues.openings, queues[1:])
    return queues


def _spare_the_collector(closing: ExitStack) -> None:
    """Have Python look for garbage less often, and not in what stays anyway."""
    # What is imported and built by now stays: to look through all of it for garbage holds everything up for 0.1 s.
    gc.freeze()
    closing.callback(gc.unfreeze)
    # What is short-lived goes without it; looking for rings of garbage at every 700 objects takes a tenth of the time.
    closing.callback(gc.set_threshold, *gc.get_threshold())
    gc.set_threshold(20_000, 20, 20)


def _drain(openings: ThreadQueue, queues: Sequence[ThreadQueue]) -> None:
    """Finish what was taken on, on all queues within the same few seconds; what is left is found by its lease.

    What opens views hands work to the others, so it ends ahead of them.
    """
    until = monotonic() + DRAIN_SECONDS
    openings.close(seconds=DRAIN_SECONDS / 3)
    for queue in queues:
        queue.close(seconds=0)
    for queue in queues:
        queue.close(seconds=max(0.0, until - monotonic()))
