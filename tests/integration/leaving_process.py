"""One process that ends what was begun when somebody left an account, and may be killed at a place that has a name."""

import os
import signal
from collections.abc import Callable
from datetime import datetime

import googleapiclient.discovery  # noqa: F401 - whoever forks from here need not import it
import httpx
from slack_sdk import WebClient

from bot.clients.google.consent import GoogleConsent
from bot.clients.google.copies import GoogleCopies
from bot.clients.google.oauth import GoogleOAuth
from bot.clients.google.service import GoogleService
from bot.clients.google.tokens import GoogleTokens
from bot.clients.slack_notifier import SlackNotifier
from bot.clients.system import new_id
from bot.domain.accounts import Provider
from bot.usecases.end_grant import EndGrant
from bot.usecases.finish_leaving import FinishLeaving
from storage.credentials import SealedCredentials
from storage.engine import open_engine
from storage.store import SqlStore
from storage.vault import Vault
from tests.fakes.clock import SettableClock
from tests.integration.delivery_process import TIMEOUT_SECONDS, Wires


def finish_leaving_for(wires: Wires, now: datetime, crash_point: Callable[[str], None] = lambda _name: None) -> None:
    """Go on once with whatever is due."""
    clock, engine = SettableClock(now), open_engine(wires.database)
    store = SqlStore(engine, Vault([wires.key]))
    credentials = SealedCredentials(store)
    with httpx.Client(timeout=TIMEOUT_SECONDS, verify=False, trust_env=False) as http:
        service = GoogleService(f"{wires.google_url}/calendar/v3/", timeout_seconds=TIMEOUT_SECONDS)
        client_id, secret = wires.google
        google = GoogleOAuth(
            client_id=client_id,
            client_secret=secret,
            auth_url=f"{wires.google_url}/o/oauth2/v2/auth",
            token_url=f"{wires.google_url}/token",
            revoke_url=f"{wires.google_url}/revoke",
            http=http,
            clock=clock,
        )
        slack = WebClient(wires.slack_token, base_url=f"{wires.slack_url}/api/", timeout=int(TIMEOUT_SECONDS))
        finish = FinishLeaving(
            store,
            GoogleCopies(service, GoogleTokens(credentials, google, clock)),
            EndGrant(store, credentials, {Provider.GOOGLE: GoogleConsent(google, service)}),
            SlackNotifier(slack),
            clock,
            new_id,
            crash_point,
        )
        finish()
        service.close()
    engine.dispose()


def die_leaving_at(wires: Wires, now: datetime, place: str) -> None:
    """Do so, and be killed at that place: nothing is cleaned up, as when the power goes."""

    def crash_point(name: str) -> None:
        if name == place:
            os.kill(os.getpid(), signal.SIGKILL)

    finish_leaving_for(wires, now, crash_point)
