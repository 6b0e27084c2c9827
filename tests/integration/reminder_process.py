"""One process that sends reminders, and may be killed at a place that has a name."""

import os
import signal
from collections.abc import Callable
from datetime import datetime

from slack_sdk import WebClient

from bot.clients.slack_channels import SlackChannels
from bot.clients.slack_digests import SlackDigestChannels
from bot.clients.slack_directory import SlackDirectory
from bot.clients.slack_reminders import SlackReminders
from bot.rendering.reminders import reminder_message
from bot.usecases.channel_readers import HasOutsiders
from bot.usecases.plan_questions import PlanQuestions
from bot.usecases.reminder_channels import ReminderChannels
from bot.usecases.send_reminder import SendReminder
from bot.usecases.send_reminders import SendReminders
from storage.engine import open_engine
from storage.store import SqlStore
from storage.vault import Vault
from tests.fakes.clock import SettableClock
from tests.fakes.work_queue import ThreadlessQueue
from tests.integration.delivery_process import TIMEOUT_SECONDS, Wires


def remind_for(wires: Wires, now: datetime, crash_point: Callable[[str], None] = lambda _name: None) -> None:
    """Send what is due."""
    clock, engine = SettableClock(now), open_engine(wires.database)
    store = SqlStore(engine, Vault([wires.key]))
    slack = WebClient(wires.slack_token, base_url=f"{wires.slack_url}/api/", timeout=int(TIMEOUT_SECONDS))
    posts = SlackReminders(slack, reminder_message)
    has_outsiders = HasOutsiders(store, SlackDigestChannels(slack), SlackDirectory(slack), clock)
    channels = ReminderChannels(store, SlackChannels(slack), has_outsiders)
    send = SendReminder(store, posts, channels, clock, lambda: 0.0, crash_point)
    PlanQuestions(store, clock)()
    SendReminders(store, send, ThreadlessQueue(), clock, limit=8)()
    engine.dispose()


def die_reminding_at(wires: Wires, now: datetime, place: str) -> None:
    """Do so, and be killed at that place: nothing is cleaned up, as when the power goes."""

    def crash_point(name: str) -> None:
        if name == place:
            os.kill(os.getpid(), signal.SIGKILL)

    remind_for(wires, now, crash_point)
