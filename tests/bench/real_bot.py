"""The real bot in a process of its own, pointed at the stand-ins, with one member's calendar ready to be read."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from bot.app import build_app
from bot.clients.logs import configure_logging
from bot.clients.system import SystemClock
from bot.sandbox.serving import serving
from bot.settings import Settings
from storage.vault import new_key
from tests.bench.house import Tenant, moved_in, url_of
from tests.bench.outside import Outside
from tests.bench.processes import another_process, told
from tests.limits import boundless

_TICK_SECONDS = 0.1


@contextmanager
def served(file: Path, outside: Outside) -> Iterator[str]:
    """A new database at `file` and the bot on it; gives the bot's address. The calendar is not due yet."""
    key = new_key()
    tenant = Tenant(outside.team_id, outside.user_id, outside.google.access_token, key)
    with moved_in(file, SystemClock(), tenant):
        pass
    settings = {
        "secret_keys": key,
        "database_url": url_of(file),
        "public_url": "http://127.0.0.1:1",
        "slack_bot_token": outside.bot_token,
        "slack_signing_secret": outside.signing_secret,
        "slack_api_url": f"{outside.slack_url}/api/",
        "google_client_id": outside.google.client_id,
        "google_client_secret": outside.google.client_secret,
        "google_api_url": f"{outside.google_url}/calendar/v3/",
        "google_token_url": f"{outside.google_url}/token",
    }
    with running_with(settings, tick_seconds=_TICK_SECONDS) as url:
        yield url


@contextmanager
def running_with(settings: Mapping[str, str], *, tick_seconds: float | None = None) -> Iterator[str]:
    """The bot with these settings, by their names, on a database that is there; gives its address.

    It looks for due calendars every `tick_seconds` where they are given, else as often as always.
    """
    with another_process(_serve, settings, tick_seconds) as pipe:
        yield told(pipe, str)


def _serve(pipe: Connection, settings: Mapping[str, str], tick_seconds: float | None) -> None:
    """As `daybook serve`; ends when the pipe is closed."""
    configure_logging("ERROR")
    with build_app(Settings.model_validate(settings), limits=boundless()) as daybook, serving(daybook.web) as url:
        if tick_seconds is not None:
            daybook.scheduler.reschedule_job("sync_due_calendars", trigger="interval", seconds=tick_seconds)
        daybook.scheduler.start()
        pipe.send(url)
        try:
            pipe.recv()
        except EOFError:
            daybook.scheduler.shutdown()
