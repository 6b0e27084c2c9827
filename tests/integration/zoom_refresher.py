"""One of the processes that find the same Zoom token expired; it can be made to die at a named point."""

import os
import signal
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import httpx

from bot.clients.zoom.oauth import ZoomOAuth
from bot.clients.zoom.tokens import ZoomTokens
from bot.sandbox.zoom.app import ZoomUrls
from bot.sandbox.zoom.grants import Client
from storage.credentials import SealedCredentials
from storage.engine import open_engine
from storage.store import SqlStore
from storage.vault import Vault
from tests.fakes.clock import SettableClock
from tests.patience import PATIENCE


@dataclass(frozen=True)
class Refresher:
    """What a process has to know; it dies at `dies_at`, if that is a point it comes by."""

    database_url: str
    key: str
    zoom_url: str
    client_id: str
    client_secret: str
    account_id: UUID
    now: datetime
    dies_at: str = ""
    patience_seconds: float = PATIENCE


def refresher(url: str, key: str, zoom: ZoomUrls, client: Client, account_id: UUID, now: datetime) -> Refresher:
    """A process on this database and in front of this Zoom."""
    return Refresher(url, key, zoom.url, client.id, client.secret, account_id, now)


def access_token(told: Refresher) -> str:
    """The access token that the process uses in the end."""
    engine = open_engine(told.database_url)
    clock, urls = SettableClock(told.now), ZoomUrls(told.zoom_url)

    def crash_point(name: str) -> None:
        if name == told.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        with httpx.Client(verify=False, trust_env=False, timeout=PATIENCE) as http:
            oauth = ZoomOAuth(
                client_id=told.client_id,
                client_secret=told.client_secret,
                auth_url=urls.auth_url,
                token_url=urls.token_url,
                revoke_url=urls.revoke_url,
                http=http,
                clock=clock,
            )
            credentials = SealedCredentials(SqlStore(engine, Vault([told.key])))
            tokens = ZoomTokens(
                credentials, oauth, clock, crash_point=crash_point, patience_seconds=told.patience_seconds
            )
            return tokens.access_token(told.account_id)
    finally:
        engine.dispose()
