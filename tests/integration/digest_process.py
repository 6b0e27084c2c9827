"""One process that posts the digests that are due, and may be killed at a place that has a name."""

import os
import signal
from collections.abc import Callable
from datetime import datetime

from slack_sdk import WebClient

from bot.clients.slack_digests import SlackDigestChannels, SlackDigests
from bot.clients.slack_directory import SlackDirectory
from bot.usecases.channel_readers import HasOutsiders
from bot.usecases.compose_digest import ComposeDigest
from bot.usecases.post_digests import PostDigest, PostDigests
from storage.engine import open_engine
from storage.store import SqlStore
from storage.vault import Vault
from tests.fakes.clock import SettableClock
from tests.fakes.work_queue import ThreadlessQueue
from tests.integration.delivery_process import TIMEOUT_SECONDS, Wires


def post_for(wires: Wires, now: datetime, crash_point: Callable[[str], None] = lambda _name: None) -> None:
    """Post what is due."""
    clock, engine = SettableClock(now), open_engine(wires.database)
    store = SqlStore(engine, Vault([wires.key]))
    slack = WebClient(wires.slack_token, base_url=f"{wires.slack_url}/api/", timeout=int(TIMEOUT_SECONDS))
    channels = SlackDigestChannels(slack)
    compose = ComposeDigest(store, HasOutsiders(store, channels, SlackDirectory(slack), clock), clock)
    post = PostDigest(store, compose, channels, SlackDigests(slack), clock, crash_point)
    PostDigests(store, post, ThreadlessQueue(), clock, limit=8)()
    engine.dispose()


def die_posting_at(wires: Wires, now: datetime, place: str) -> None:
    """Do so, and be killed at that place: nothing is cleaned up, as when the power goes."""

    def crash_point(name: str) -> None:
        if name == place:
            os.kill(os.getpid(), signal.SIGKILL)

    post_for(wires, now, crash_point)
