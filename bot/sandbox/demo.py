"""The main journey, played by a small team on stand-ins for Slack, Google and Zoom, printed as each person sees it."""

import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from bot.sandbox.bot_settings import free_port, settings_for, stay_up, zoom_settings_for
from bot.sandbox.chapter import Chapter, NotAsTold
from bot.sandbox.google.app import google_app
from bot.sandbox.heard import Heard, listening
from bot.sandbox.journey import CHAPTERS, Journey
from bot.sandbox.passing import PassingClock
from bot.sandbox.serving import HOST, serving
from bot.sandbox.slack.delivery import PATIENCE
from bot.sandbox.slack.person import CannotDo
from bot.sandbox.town import BERLIN, Town, build_town
from bot.sandbox.week_chapter import pictures_folder
from bot.sandbox.zoom.app import serve_zoom

_ERRORS_SHOWN = 5


class StartBot(Protocol):
    """Runs the real bot with these settings (by their names, lower case) on a port of this machine, by this clock."""

    def __call__(
        self, environment: Mapping[str, str], port: int, *, clock: PassingClock
    ) -> AbstractContextManager[object]:
        """The bot, up for as long as the block lasts."""


def play(
    start_bot: StartBot,
    manifest: Mapping[str, Any],
    *,
    stay: bool,
    chapters: Sequence[type[Chapter]] = CHAPTERS,
    patience: float = PATIENCE,
) -> int:
    """Play it, and stay up afterwards if wanted; the exit code is 0 when everything went as told, else 1.

    Nothing did where an error was logged meanwhile, or while the bot ended, whatever people saw. Slack and Zoom wait
    for the bot for `patience` seconds.
    """
    began = time.monotonic()
    with listening() as heard:
        with ExitStack() as closing:
            scene = _set(start_bot, manifest, patience, closing)
            problem = _played(Journey(scene.town, scene.clock, chapters)) or _complaint(heard)
            seconds = time.monotonic() - began
            if stay and not problem:
                print(_went_well(seconds))
                print(_clock_told(scene.clock))
                stay_up(
                    scene.slack,
                    scene.google,
                    scene.bot,
                    "Ana, Ben or Cara",
                    kept=f"the pictures in {pictures_folder()}",
                )
        problem = problem or _complaint(heard)
    if problem:
        print(f"\nThe journey did not go as told: {problem}")
        return 1
    if not stay:
        print(_went_well(seconds))
    return 0


class _Scene(NamedTuple):
    """Where it is played: the town, its clock, and the addresses of Slack, Google and the bot."""

    town: Town
    clock: PassingClock
    slack: str
    google: str
    bot: str


def _set(start_bot: StartBot, manifest: Mapping[str, Any], patience: float, closing: ExitStack) -> _Scene:
    clock = PassingClock()
    town = build_town(manifest, clock.now(), clock.now, patience=patience)
    # Triggers go by when an event was made, which is for Google to say: by the same clock as the bot's.
    town.google.now = clock.now
    town.slack.tells_time_of_app(clock.now)
    folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="daybook-demo-")))
    google = closing.enter_context(serving(google_app(town.google)))
    slack = closing.enter_context(town.slack.serve())
    zoom = closing.enter_context(serve_zoom(town.zoom)).url
    port = free_port()
    bot = f"http://{HOST}:{port}"
    settings = settings_for(town.slack, town.workspace, town.google, (bot, slack, google), folder)
    settings |= zoom_settings_for(town.zoom, bot, zoom)
    closing.enter_context(start_bot(settings, port, clock=clock))
    town.slack.delivers_to(f"{bot}/slack/events")
    print(f"Stand-ins for Slack ({slack}), Google ({google}) and Zoom ({zoom}) and the real bot ({bot}) are up.")
    return _Scene(town, clock, slack, google, bot)


def _played(journey: Journey) -> str:
    """What was not as told; empty if all was."""
    try:
        journey.play()
    except (NotAsTold, CannotDo) as error:
        return str(error)
    return ""


def _complaint(heard: Heard) -> str:
    """What was logged as an error, if anything was."""
    errors = heard.errors
    if not errors:
        return ""
    shown = [f"  {line}" for line in errors[:_ERRORS_SHOWN]]
    more = [f"  and {len(errors) - len(shown)} more"] if len(errors) > len(shown) else []
    return "\n".join([f"errors were logged meanwhile: {len(errors)}", *shown, *more])


def _clock_told(clock: PassingClock) -> str:
    """What time it is for the bot, after all that the journey let go by."""
    now = clock.now().astimezone(ZoneInfo(BERLIN))
    return f"Daybook's clock stands at {now:%A} {now.day} {now:%B}, {now.hour}:{now:%M} in Berlin; Slack's does not."


def _went_well(seconds: float) -> str:
    return f"\nThe journey went as told, in {seconds:.0f} seconds."
