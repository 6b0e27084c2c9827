"""An app as it is registered with Slack: what its manifest says, and what Slack gave it in return."""

import dataclasses
import secrets
from collections.abc import Mapping
from typing import Any

from bot.sandbox.slack.identifiers import new_id


@dataclasses.dataclass(frozen=True)
class Registration:
    """What Slack knows of an app.

    `commands` maps a command to whether its text is delivered escaped; `shortcuts` maps the name of a global
    shortcut to its callback id. What is not in here, Slack neither delivers nor allows.
    """

    name: str
    scopes: frozenset[str]
    commands: Mapping[str, bool]
    shortcuts: Mapping[str, str]
    events: frozenset[str]
    home_tab: bool
    messages_tab: bool
    messages_tab_read_only: bool
    app_id: str = dataclasses.field(default_factory=lambda: new_id("A"))
    signing_secret: str = dataclasses.field(default_factory=lambda: secrets.token_hex(16), repr=False)
    app_token: str = dataclasses.field(default_factory=lambda: f"xapp-1-{secrets.token_hex(32)}", repr=False)
    # Sent with every payload since before there were signatures, and still.
    verification_token: str = dataclasses.field(default_factory=lambda: secrets.token_urlsafe(18), repr=False)


def registered(manifest: Mapping[str, Any]) -> Registration:
    """Register the app that this manifest describes.

    Raises:
        KeyError: the manifest lacks what Slack asks of every manifest.
    """
    features: Mapping[str, Any] = manifest.get("features", {})
    settings: Mapping[str, Any] = manifest.get("settings", {})
    home: Mapping[str, Any] = features.get("app_home", {})
    return Registration(
        name=manifest["display_information"]["name"],
        scopes=frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
        commands={c["command"]: c.get("should_escape", False) for c in features.get("slash_commands", ())},
        shortcuts={s["name"]: s["callback_id"] for s in features.get("shortcuts", ()) if s["type"] == "global"},
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
        home_tab=home.get("home_tab_enabled", False),
        messages_tab=home.get("messages_tab_enabled", False),
        messages_tab_read_only=home.get("messages_tab_read_only_enabled", False),
    )
