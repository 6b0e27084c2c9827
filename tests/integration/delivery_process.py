"""One process that delivers what is due, and may be killed at a place that has a name."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import googleapiclient.discovery  # noqa: F401 - whoever forks from here need not import it
import httpx
from slack_sdk import WebClient

from bot.clients.google.copies import GoogleCopies
from bot.clients.google.oauth import GoogleOAuth
from bot.clients.google.service import GoogleService
from bot.clients.google.tokens import GoogleTokens
from bot.clients.slack_cards import SlackCards
from bot.clients.zoom.asking import ZoomApi, ZoomAsking
from bot.clients.zoom.meetings import ZoomMeetings
from bot.clients.zoom.oauth import ZoomOAuth
from bot.clients.zoom.tokens import ZoomTokens
from bot.domain.effects import EffectKind
from bot.rendering.card import card_message
from bot.rendering.card_log import log_message
from bot.usecases.deliver_card import DeliverCard
from bot.usecases.deliver_effects import DeliverEffects
from bot.usecases.deliver_event import DeliverEvent
from bot.usecases.deliver_meeting import DeliverMeeting
from bot.usecases.deliver_messages import DeliverMessages
from storage.credentials import SealedCredentials
from storage.engine import open_engine
from storage.store import SqlStore
from storage.vault import Vault
from tests.fakes.clock import SettableClock
from tests.fakes.work_queue import HandQueue
from tests.patience import PATIENCE

TIMEOUT_SECONDS = PATIENCE
STEP_SECONDS = 5


@dataclass(frozen=True)
class Wires:
    """What a process has to know of the town; `google` and `zoom` are the app's id and secret there."""

    database: str
    key: str = field(repr=False)
    google_url: str
    google: tuple[str, str] = field(repr=False)
    zoom_url: str
    zoom: tuple[str, str] = field(repr=False)
    slack_url: str
    slack_token: str = field(repr=False)


def deliver_for(
    wires: Wires, since: datetime, seconds: int, crash_point: Callable[[str], None] = lambda _name: None
) -> list[Exception]:
    """Deliver for so many seconds by the clock of the domain; returns what escaped."""
    clock, queue = SettableClock(since), HandQueue()
    engine = open_engine(wires.database)
    store = SqlStore(engine, Vault([wires.key]))
    credentials = SealedCredentials(store)
    with httpx.Client(timeout=TIMEOUT_SECONDS, verify=False, trust_env=False) as http:
        service = GoogleService(f"{wires.google_url}/calendar/v3/", timeout_seconds=TIMEOUT_SECONDS)
        url, (google_id, google_secret) = wires.google_url, wires.google
        google = GoogleOAuth(
            client_id=google_id,
            client_secret=google_secret,
            auth_url=f"{url}/o/oauth2/v2/auth",
            token_url=f"{url}/token",
            revoke_url=f"{url}/revoke",
            http=http,
            clock=clock,
        )
        url, (zoom_id, zoom_secret) = wires.zoom_url, wires.zoom
        zoom = ZoomOAuth(
            client_id=zoom_id,
            client_secret=zoom_secret,
            auth_url=f"{url}/oauth/authorize",
            token_url=f"{url}/oauth/token",
            revoke_url=f"{url}/oauth/revoke",
            http=http,
            clock=clock,
        )
        copies = GoogleCopies(service, GoogleTokens(credentials, google, clock))
        meetings = ZoomMeetings(
            ZoomAsking(ZoomApi(f"{wires.zoom_url}/v2/", http, clock), ZoomTokens(credentials, zoom, clock))
        )
        slack = WebClient(wires.slack_token, base_url=f"{wires.slack_url}/api/", timeout=int(TIMEOUT_SECONDS))
        cards = SlackCards(slack, card_message, log_message)
        deliver = DeliverEffects(
            store,
            {
                EffectKind.MEETING: DeliverMeeting(store, meetings, clock, crash_point),
                EffectKind.EVENT: DeliverEvent(store, copies, clock, crash_point),
                EffectKind.CARD: DeliverCard(store, cards, clock, crash_point),
                EffectKind.MESSAGES: DeliverMessages(store, cards, clock, crash_point),
            },
            lambda: None,
            queue,
            clock,
            jitter=lambda: 0.0,
            limit=50,
        )
        for passed in range(0, seconds + 1, STEP_SECONDS):
            clock.time = since + timedelta(seconds=passed)
            while deliver():
                queue.run_all()
        service.close()
    engine.dispose()
    return queue.escaped


def die_at(wires: Wires, since: datetime, seconds: int, place: str) -> None:
    """Deliver, and be killed at that place: nothing is cleaned up, as when the power goes."""

    def crash_point(name: str) -> None:
        if name == place:
            os.kill(os.getpid(), signal.SIGKILL)

    deliver_for(wires, since, seconds, crash_point)
