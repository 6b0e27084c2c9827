"""The product's own clients on stand-ins that are called instead of served."""

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, cast

import httpx
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine

from bot.app.foundation import Foundation
from bot.clients.clock_watch import ClockWatch
from bot.clients.google.channels import GoogleChannels
from bot.clients.google.consent import GoogleConsent
from bot.clients.google.copies import GoogleCopies
from bot.clients.google.days import GoogleDays
from bot.clients.google.gateway import GoogleCalendars
from bot.clients.google.oauth import GoogleOAuth
from bot.clients.google.round_trip_events import GoogleRoundTripEvents
from bot.clients.google.tokens import GoogleTokens
from bot.clients.google.writing import GoogleEvents
from bot.clients.zoom.asking import ZoomApi, ZoomAsking
from bot.clients.zoom.meetings import ZoomMeetings
from bot.clients.zoom.oauth import ZoomOAuth
from bot.clients.zoom.tokens import ZoomTokens
from bot.domain.accounts import Provider
from bot.sandbox.google.app import google_app
from bot.sandbox.google.messenger import Messenger, Told
from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.zoom.app import zoom_app
from bot.sandbox.zoom.world import ZoomWorld
from bot.settings import Settings
from bot.usecases.end_grant import EndGrant
from bot.usecases.stop_channels import StopChannels
from storage.credentials import SealedCredentials
from storage.store import SqlStore
from storage.vault import Vault
from tests.fakes.cards import FakeCards
from tests.fakes.clock import SettableClock
from tests.fakes.notifier import RecordingNotifier
from tests.fakes.posts import FakePosts, FakeWebhooks
from tests.fakes.reminder_posts import FakeReminderPosts
from tests.fakes.work_queue import ThreadlessQueue
from tests.integration.in_process import GoogleInProcess, InProcess

TEAM = {
    "ana@acme.test": "Europe/Berlin",
    "ben@acme.test": "America/New_York",
    "cara@acme.test": "Asia/Kolkata",
    "dan@acme.test": "Australia/Sydney",
}


class Postbag(Messenger):
    """Messages of channels, until somebody carries them."""

    def __init__(self) -> None:
        super().__init__()
        self.bag: deque[Told] = deque()

    def send(self, message: Told) -> None:
        self.bag.append(message)


class _Directory(WebClient):
    """Slack, as far as it is asked who somebody is."""

    def conversations_info(self, *, channel: str, **_others: Any) -> Any:
        return {"channel": {"id": channel, "name": "bookings", "is_member": True}}

    def users_lookupByEmail(self, *, email: str, **_others: Any) -> Any:  # noqa: N802 - Slack's
        if email not in TEAM:
            raise cast("Any", SlackApiError)("no", {"ok": False, "error": "users_not_found"})
        return {"user": {"id": user_of(email), "team_id": "T1", "tz": TEAM[email], "name": email}}


def user_of(address: str) -> str:
    return f"U{address.split('@')[0].upper()}"


def foundation(
    settings: Settings,
    engine: Engine,
    key: str,
    clock: SettableClock,
    google: GoogleWorld,
    zoom: ZoomWorld,
    stack: ExitStack,
) -> Foundation:
    """What the product stands on; Slack is in memory, and work is done at once by whoever asks for it."""
    store = SqlStore(engine, Vault([key]))
    credentials = SealedCredentials(store)
    google_side, zoom_side = google_app(google), zoom_app(zoom)
    service = GoogleInProcess(google_side)
    google_http = stack.enter_context(httpx.Client(transport=InProcess(google_side)))
    zoom_http = stack.enter_context(httpx.Client(transport=InProcess(zoom_side)))
    oauth = GoogleOAuth(
        client_id=settings.google_client_id,
        client_secret=settings.google_client_secret.get_secret_value(),
        auth_url="http://127.0.0.1:1/o/oauth2/v2/auth",
        token_url="http://127.0.0.1:1/token",
        revoke_url="http://127.0.0.1:1/revoke",
        http=google_http,
        clock=clock,
    )
    zoom_oauth = ZoomOAuth(
        client_id=settings.zoom_client_id,
        client_secret=settings.zoom_client_secret.get_secret_value(),
        auth_url="http://127.0.0.1:2/oauth/authorize",
        token_url="http://127.0.0.1:2/oauth/token",
        revoke_url="http://127.0.0.1:2/oauth/revoke",
        http=zoom_http,
        clock=clock,
    )
    tokens = GoogleTokens(credentials, oauth, clock)
    consent = {Provider.GOOGLE: GoogleConsent(oauth, service)}
    channels = GoogleChannels(service, tokens)
    stop_channels = StopChannels(store, channels, clock)
    queue = cast("Any", ThreadlessQueue())
    return Foundation(
        store=store,
        credentials=credentials,
        vault=store.vault,
        clock=clock,
        clock_watch=ClockWatch(clock),
        slack=_Directory("xoxb"),
        calendars=GoogleCalendars(service, tokens),
        days=GoogleDays(service, tokens),
        round_trip_events=GoogleRoundTripEvents(service, tokens),
        events=GoogleEvents(service, tokens),
        copies=GoogleCopies(service, tokens),
        meetings=ZoomMeetings(
            ZoomAsking(ZoomApi("http://127.0.0.1:2/v2/", zoom_http, clock), ZoomTokens(credentials, zoom_oauth, clock))
        ),
        cards=cast("Any", FakeCards()),
        consent=consent,
        end_grant=EndGrant(store, credentials, consent, stop_channels.of_account),
        channels=channels,
        stop_channels=stop_channels,
        posts=cast("Any", FakePosts()),
        reminder_posts=cast("Any", FakeReminderPosts()),
        webhooks=cast("Any", FakeWebhooks()),
        notifier=cast("Any", RecordingNotifier()),
        openings=queue,
        work=queue,
        syncs=queue,
        deliveries=queue,
        firings=queue,
        acknowledgements=stack.enter_context(ThreadPoolExecutor(1)),
    )
