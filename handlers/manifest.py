"""The Slack app's manifest, ready to paste for one way of running."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

_SOURCE = Path(__file__).resolve().parent.parent / "manifest.yml"
_EVENTS_PATH = "/slack/events"


def manifest_text(*, url: str = "", socket: bool = False) -> str:
    """The manifest as YAML, with every address filled in, or set to Socket Mode, where there are none.

    Raises:
        ValueError: neither or both were given, or `url` is not an https address of scheme and host alone.
    """
    if bool(url) == socket:
        raise ValueError("Give either --url https://daybook.example.com or --socket.")
    manifest = _source()
    if socket:
        manifest["settings"]["socket_mode_enabled"] = True
    else:
        _fill_in(manifest, _https_origin(url) + _EVENTS_PATH)
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=120)


def _source() -> dict[str, Any]:
    manifest: dict[str, Any] = yaml.safe_load(_SOURCE.read_text(encoding="utf-8"))
    return manifest


def _fill_in(manifest: dict[str, Any], address: str) -> None:
    for command in manifest["features"]["slash_commands"]:
        command["url"] = address
    settings = manifest["settings"]
    settings["event_subscriptions"] = {"request_url": address, **settings["event_subscriptions"]}
    settings["interactivity"]["request_url"] = address
    # Without it a select that asks for its options stays empty; in Socket Mode they come the same way as all else.
    settings["interactivity"]["message_menu_options_url"] = address


def _https_origin(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError(f"Slack calls https addresses alone, such as https://daybook.example.com; {url!r} is none.")
    if parts.username or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(f"Give scheme and host alone, such as https://daybook.example.com; {url!r} has more.")
    return f"https://{parts.netloc}"
