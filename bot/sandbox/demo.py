"""The main journey, played by a small team on stand-ins for Slack, Google and Zoom, printed as each person sees it."""

import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.sandbox.bot_settings import free_port, settings_for, stay_up, zoom_settings_for
from bot.sandbox.chapter import NotAsTold
from bot.sandbox.google.app import google_app
from bot.sandbox.journey import Journey
from bot.sandbox.serving import HOST, serving
from bot.sandbox.slack.person import CannotDo
from bot.sandbox.town import build_town
from bot.sandbox.zoom.app import serve_zoom

StartBot = Callable[[Mapping[str, str], int], AbstractContextManager[object]]
"""Runs the real bot with these settings (by their names, lower case) on a port of this machine."""


def play(start_bot: StartBot, manifest: Mapping[str, Any], *, stay: bool) -> int:
    """Play it, and stay up afterwards if wanted; the exit code is 0 when everything went as told, else 1."""
    began = time.monotonic()
    with ExitStack() as closing:
        town = build_town(manifest, datetime.now(UTC))
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="daybook-demo-")))
        google = closing.enter_context(serving(google_app(town.google)))
        slack = closing.enter_context(town.slack.serve())
        zoom = closing.enter_context(serve_zoom(town.zoom)).url
        port = free_port()
        bot = f"http://{HOST}:{port}"
        settings = settings_for(town.slack, town.workspace, town.google, (bot, slack, google), folder)
        settings |= zoom_settings_for(town.zoom, bot, zoom)
        closing.enter_context(start_bot(settings, port))
        town.slack.delivers_to(f"{bot}/slack/events")
        print(f"Stand-ins for Slack ({slack}), Google ({google}) and Zoom ({zoom}) and the real bot ({bot}) are up.")
        try:
            Journey(town).play()
        except (NotAsTold, CannotDo) as error:
            print(f"\nThe journey did not go as told: {error}")
            return 1
        print(f"\nThe journey went as told, in {time.monotonic() - began:.0f} seconds.")
        if stay:
            stay_up(slack, bot, "Ana, Ben or Cara")
    return 0
