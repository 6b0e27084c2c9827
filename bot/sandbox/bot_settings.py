"""How the real bot is told to run against the stand-ins, and where."""

import socket
import time
from pathlib import Path

from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.serving import HOST
from bot.sandbox.slack.people import Workspace
from bot.sandbox.slack.standin import SlackStandIn
from bot.sandbox.zoom.world import ZoomWorld


def settings_for(
    slack: SlackStandIn, workspace: Workspace, google: GoogleWorld, urls: tuple[str, str, str], folder: Path
) -> dict[str, str]:
    """The settings by their names, in lower case; the bot becomes a client of Google.

    Args:
        slack: the stand-in for Slack.
        workspace: where the bot is installed.
        google: the stand-in for Google.
        urls: the addresses of the bot, of Slack and of Google.
        folder: where the database goes.
    """
    bot_url, slack_url, google_url = urls
    client = google.register_client([f"{bot_url}/oauth/google/callback"])
    return {
        "database_url": f"sqlite:///{folder / 'daybook.db'}",
        "public_url": bot_url,
        "poll_seconds": "60",
        "slack_bot_token": workspace.bot_token,
        "slack_signing_secret": slack.app.signing_secret,
        "slack_api_url": f"{slack_url}/api/",
        "google_client_id": client.id,
        "google_client_secret": client.secret,
        "google_api_url": f"{google_url}/calendar/v3/",
        "google_auth_url": f"{google_url}/o/oauth2/v2/auth",
        "google_token_url": f"{google_url}/token",
        "google_revoke_url": f"{google_url}/revoke",
    }


def zoom_settings_for(zoom: ZoomWorld, bot_url: str, zoom_url: str) -> dict[str, str]:
    """The settings about Zoom by their names, in lower case; the bot becomes an app there."""
    client = zoom.register_client([f"{bot_url}/oauth/zoom/callback"])
    return {
        "zoom_client_id": client.id,
        "zoom_client_secret": client.secret,
        "zoom_webhook_secret": client.webhook_secret,
        "zoom_api_url": f"{zoom_url}/v2/",
        "zoom_auth_url": f"{zoom_url}/oauth/authorize",
        "zoom_token_url": f"{zoom_url}/oauth/token",
        "zoom_revoke_url": f"{zoom_url}/oauth/revoke",
    }


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])


def stay_up(slack_url: str, google_url: str, bot_url: str, people: str, *, kept: str = "") -> None:
    """Say where to look around, and as whom, until Ctrl-C; `kept` is what stays after that."""
    print(f"\nHave a look around: open {slack_url}/ and be {people} in Slack.")
    print(f"Put events into their Google calendars at {google_url}/put: Daybook hears of them by itself.")
    left = f"nothing is kept but {kept}" if kept else "nothing is kept"
    print(f"The bot's health is at {bot_url}/healthz. Ctrl-C ends everything; {left}.")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        print("\nBye.")
