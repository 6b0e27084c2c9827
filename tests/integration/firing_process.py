"""One process that carries out what triggers fired for, and may be killed at a place that has a name."""

import os
import signal
from collections.abc import Callable
from datetime import datetime

from slack_sdk import WebClient

from bot.clients.slack_channels import SlackChannels
from bot.clients.slack_posts import SlackPosts
from bot.clients.webhooks import HttpWebhooks
from bot.rendering.triggered import trigger_message
from bot.usecases.carry_out_firing import CarryOutFiring
from bot.usecases.fire_triggers import FireTriggers
from storage.engine import open_engine
from storage.store import SqlStore
from storage.vault import Vault
from tests.fakes.clock import SettableClock
from tests.fakes.work_queue import ThreadlessQueue
from tests.integration.delivery_process import TIMEOUT_SECONDS, Wires


def fire_for(wires: Wires, now: datetime, crash_point: Callable[[str], None] = lambda _name: None) -> None:
    """Carry out what is due."""
    clock, engine = SettableClock(now), open_engine(wires.database)
    store = SqlStore(engine, Vault([wires.key]))
    slack = WebClient(wires.slack_token, base_url=f"{wires.slack_url}/api/", timeout=int(TIMEOUT_SECONDS))
    carry_out = CarryOutFiring(
        store,
        SlackPosts(slack, trigger_message),
        HttpWebhooks(allows_this_machine=True, seconds=TIMEOUT_SECONDS),
        clock,
        lambda: 0.0,
        crash_point,
        channels=SlackChannels(slack),
    )
    FireTriggers(store, carry_out, ThreadlessQueue(), clock, limit=8)()
    engine.dispose()


def die_firing_at(wires: Wires, now: datetime, place: str) -> None:
    """Do so, and be killed at that place: nothing is cleaned up, as when the power goes."""

    def crash_point(name: str) -> None:
        if name == place:
            os.kill(os.getpid(), signal.SIGKILL)

    fire_for(wires, now, crash_point)
