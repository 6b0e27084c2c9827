"""`daybook`: the command line. What is heavy is imported by the command that needs it, so that `--help` is quick."""

import io
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.ports import Clock
    from bot.sandbox.ics_demo import Look

app = typer.Typer(
    help="Daybook, a CRM calendar that lives in Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks show local variables, and so secrets
    rich_markup_mode=None,
)
keys = typer.Typer(help="The keys that seal tokens.", no_args_is_help=True)
app.add_typer(keys, name="keys")

UNUSABLE = 2
"""Exit code where the settings or the database do not allow a safe start."""


@app.command()
def serve() -> None:
    """Run web, Slack and the jobs in this process, with settings from the environment."""
    _explained(_serve)


@app.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="End after the journey: 0 if it went as told, else 1.")] = False,
    ics: Annotated[
        list[Path] | None, typer.Option(help="Try your own calendar: an iCalendar file. Repeatable.")
    ] = None,
    zone: Annotated[str, typer.Option(help="With --ics: your time zone; Europe/Berlin unless told.")] = "",
    at: Annotated[str, typer.Option(help="With --ics: from when, like 2026-11-25T09:00Z; else from now.")] = "",
    json: Annotated[Path | None, typer.Option(help="With --ics: a file for what came of it.")] = None,
) -> None:
    """Play the main journey on stand-ins for Slack and Google on this machine, then stay up for a look around.

    With --ics, load real calendars instead, the first as the linked one, and see when they leave you free.
    """
    from bot.clients.logs import configure_logging
    from bot.clients.system import SystemClock
    from bot.sandbox.demo import play
    from bot.sandbox.ics_demo import CannotLoad, play_ics, wish

    configure_logging("ERROR")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # it may be read through a pipe, while everything stays up
    if not ics:
        if zone or at or json:
            _refuse("--zone, --at and --json go with --ics.")
        with _signals_unwind(signal.SIGTERM):
            sys.exit(play(run_bot, manifest_source(), stay=not once))
    try:
        wanted = wish(ics, zone, at, json, SystemClock().now())
    except CannotLoad as error:
        _refuse(str(error))
    with _signals_unwind(signal.SIGTERM):
        sys.exit(play_ics(run_bot, manifest_source(), wanted, stay=not once))


@app.command()
def migrate() -> None:
    """Bring the database's schema up to date; `serve` does it by itself."""
    _explained(_migrate)


@app.command()
def manifest(
    url: Annotated[str, typer.Option(help="The https address that Slack reaches Daybook by.")] = "",
    socket: Annotated[bool, typer.Option("--socket", help="For Socket Mode: Daybook calls Slack.")] = False,
) -> None:
    """Print the Slack app's manifest, ready to paste. Example: daybook manifest --url https://daybook.example.com"""
    from handlers.manifest import manifest_text

    try:
        print(manifest_text(url=url, socket=socket), end="")
    except ValueError as error:
        _refuse(str(error))


@keys.command()
def new() -> None:
    """Print a new key for DAYBOOK_SECRET_KEYS. Put it in front of older ones: the first seals, all open."""
    from storage.vault import new_key

    print(new_key())


@keys.command()
def lost() -> None:
    """Give up the tokens whose key is lost; their owners are asked to connect their accounts anew."""
    _explained(_give_up_lost)


def main() -> None:
    """The console script."""
    app()


def _serve() -> None:
    from bot.app import running
    from bot.clients.logs import configure_logging
    from bot.settings import load_settings
    from bot.web import make_server
    from storage.migrate import upgrade

    settings = load_settings()
    configure_logging(settings.log_level, secrets=settings.secrets())
    settings.require_serving()
    upgrade(settings.database_url.get_secret_value())
    with _signals_unwind(signal.SIGTERM, signal.SIGINT), running(settings) as daybook:
        way = "Socket Mode" if settings.is_socket_mode else f"{settings.base_url}/slack/events"
        print(f"Daybook serves {settings.base_url} on {settings.host}:{settings.port}; Slack by {way}.", flush=True)
        make_server(daybook.web, host=settings.host, port=settings.port, trusted_proxies=settings.proxies).run()


@contextmanager
def _signals_unwind(*numbers: signal.Signals) -> Iterator[None]:
    """Let these signals leave the blocks around, which finish the work that was taken on.

    The server ends by itself and then raises the signal once more; as it is, that would end the process on the spot.
    """

    def leave(_number: int, _frame: object) -> None:
        raise SystemExit(0)

    before = {number: signal.signal(number, leave) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _migrate() -> None:
    from bot.settings import load_settings
    from storage.migrate import upgrade

    upgrade(load_settings().database_url.get_secret_value())
    print("The schema is up to date.")


def _give_up_lost() -> None:
    from bot.clients.system import SystemClock
    from bot.settings import load_settings
    from storage.engine import open_engine
    from storage.lost_keys import give_up_lost
    from storage.migrate import check
    from storage.store import SqlStore
    from storage.vault import Vault

    settings = load_settings()
    database_url = settings.database_url.get_secret_value()
    check(database_url)
    engine = open_engine(database_url, pool_size=1)
    try:
        number = give_up_lost(SqlStore(engine, Vault(settings.keys)), SystemClock().now())
    finally:
        engine.dispose()
    print(f"Accounts that have to be connected anew: {number}.")


@contextmanager
def run_bot(
    environment: Mapping[str, str], port: int, at: datetime | None = None, *, clock: "Clock | None" = None
) -> Iterator["Look"]:
    """The real bot as the demos run it: settings by name, served on a port of this machine.

    It is as if it were `at` now, or goes by a `clock` of the demo's own. Gives a look at what it has read of
    somebody's calendars.
    """
    from time import monotonic

    from bot.app import running
    from bot.clients.system import ShiftedClock, SystemClock
    from bot.domain.token_bucket import Allowance
    from bot.sandbox.serving import serving
    from bot.settings import Settings
    from handlers.limits import RateLimits
    from storage.migrate import upgrade
    from storage.vault import new_key

    settings = Settings.model_validate({"secret_keys": new_key(), **environment})
    upgrade(settings.database_url.get_secret_value())
    usual = SystemClock() if at is None else ShiftedClock(at)
    # The people of a demo press as fast as a program does, and look again and again whether something came.
    ample = Allowance(most=9000, per_second=900)
    limits = RateLimits(monotonic, member=ample, workspace=ample)
    bot = running(settings, clock=clock or usual, pushes_to_loopback=True, webhooks_to_loopback=True, limits=limits)
    with bot as daybook, serving(daybook.web, port=port):
        yield daybook.review


def manifest_source() -> Mapping[str, object]:
    """The manifest as the stand-in for Slack registers it."""
    import yaml

    from handlers.manifest import manifest_text

    loaded: dict[str, object] = yaml.safe_load(manifest_text(url="https://daybook.example.com"))
    return loaded


def _explained(run: Callable[[], None]) -> None:
    """Run, and say in words what keeps Daybook from starting; everything else is a mistake of ours and shows as one."""
    from slack_bolt.error import BoltError
    from slack_sdk.errors import SlackApiError, SlackClientError

    from bot.domain.errors import DaybookError
    from bot.settings import UnusableSettings

    try:
        run()
    except UnusableSettings as error:
        _refuse("\n".join(error.problems))
    except DaybookError as error:
        _refuse(str(error))
    except (BoltError, SlackApiError, SlackClientError) as error:
        _refuse(f"Slack did not accept DAYBOOK_SLACK_BOT_TOKEN, or did not answer: {error}")


def _refuse(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    raise typer.Exit(UNUSABLE)


if __name__ == "__main__":
    main()
