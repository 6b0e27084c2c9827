"""Settings from the environment: `DAYBOOK_` and the names below, each secret also as `…_FILE`."""

import logging
import os
import re
from collections.abc import Iterator
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.addresses import link, origin, require_https

PREFIX = "DAYBOOK_"
_FILE = "_FILE"
_BOT_TOKEN = re.compile(r"xoxb-[A-Za-z0-9-]+")
# Read by the project's tests, never by the program.
_OF_THE_TESTS = frozenset({"DAYBOOK_SPECS", "DAYBOOK_TEST_POSTGRES_URL"})
_log = logging.getLogger(__name__)


class UnusableSettings(Exception):
    """Daybook must not start like this; each of `problems` says what to set, and to what."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """Everything that can be set. Every URL defaults to the real service, so that all can point at loopback."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    database_url: SecretStr = SecretStr("sqlite:///daybook.db")
    public_url: str = ""
    secret_keys: SecretStr = SecretStr("")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    queue: Literal["local"] = "local"
    poll_seconds: int = Field(default=300, ge=1, le=86_400)
    trusted_proxies: str = ""
    support_url: str = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    slack_signing_secret: SecretStr = SecretStr("")
    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"

    google_client_id: str = ""
    google_client_secret: SecretStr = SecretStr("")
    google_api_url: str = "https://www.googleapis.com/calendar/v3/"
    google_auth_url: str = "https://accounts.google.com/o/oauth2/v2/auth"
    google_token_url: str = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
    google_revoke_url: str = "https://oauth2.googleapis.com/revoke"

    zoom_client_id: str = ""
    zoom_client_secret: SecretStr = SecretStr("")
    zoom_webhook_secret: SecretStr = SecretStr("")
    zoom_api_url: str = "https://api.zoom.us/v2/"
    zoom_auth_url: str = "https://zoom.us/oauth/authorize"
    zoom_token_url: str = "https://zoom.us/oauth/token"  # noqa: S105 - an address
    zoom_revoke_url: str = "https://zoom.us/oauth/revoke"

    @field_validator("public_url")
    @classmethod
    def _public_url_is_an_origin(cls, value: str) -> str:
        return origin(value) if value else ""

    @field_validator("slack_api_url", "google_api_url", "zoom_api_url")
    @classmethod
    def _api_url_ends_in_a_slash(cls, value: str) -> str:
        return value if value.endswith("/") else value + "/"

    @field_validator(
        *("google_api_url", "google_auth_url", "google_token_url", "google_revoke_url", "slack_api_url"),
        *("zoom_api_url", "zoom_auth_url", "zoom_token_url", "zoom_revoke_url"),
    )
    @classmethod
    def _secrets_travel_by_https(cls, value: str) -> str:
        require_https(value)
        return value

    @field_validator("support_url")
    @classmethod
    def _support_is_a_link(cls, value: str) -> str:
        return link(value) if value else ""

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies_are_addresses(cls, value: str) -> str:
        for proxy in _listed(value):
            ip_network(proxy)  # a name or `*` would let anybody say where he comes from
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - no .env is read behind anyone's back
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - that is a folder; we read `…_FILE`
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is passed, then the environment, then the files that it names."""
        return init_settings, env_settings, _SecretFiles(settings_cls)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the vault: the first seals, all open."""
        return _listed(self.secret_keys.get_secret_value())

    @property
    def proxies(self) -> tuple[str, ...]:
        """Addresses whose forwarded headers are believed."""
        return _listed(self.trusted_proxies)

    @property
    def is_socket_mode(self) -> bool:
        """Whether Daybook calls Slack instead of being called."""
        return _is_set(self.slack_app_token)

    @property
    def base_url(self) -> str:
        """Where browsers reach Daybook; without a public URL that is this machine alone."""
        return self.public_url or f"http://localhost:{self.port}"

    @property
    def offers_google(self) -> bool:
        """A provider without a client id is not offered."""
        return bool(self.google_client_id) and _is_set(self.google_client_secret)

    @property
    def offers_zoom(self) -> bool:
        """As for Google."""
        return bool(self.zoom_client_id) and _is_set(self.zoom_client_secret)

    def secrets(self) -> tuple[str, ...]:
        """Every secret's value, for the log to blot out."""
        values = [value for value in self.__dict__.values() if isinstance(value, SecretStr)]
        return tuple(part for value in values for part in _listed(value.get_secret_value()))

    def require_serving(self) -> None:
        """Raises `UnusableSettings` with everything that stands in the way of a safe start."""
        problems = tuple(self._missing())
        if problems:
            raise UnusableSettings(*problems)

    def _missing(self) -> Iterator[str]:
        if not self.keys:
            yield "Set DAYBOOK_SECRET_KEYS to a key: `daybook keys new` makes one. Without it no token can be stored."
        if not _is_set(self.slack_bot_token):
            yield (
                "Set DAYBOOK_SLACK_BOT_TOKEN: api.slack.com/apps, OAuth & Permissions, Bot User OAuth Token (xoxb-…)."
            )
        elif not _BOT_TOKEN.fullmatch(self.slack_bot_token.get_secret_value()):
            yield (
                "DAYBOOK_SLACK_BOT_TOKEN is no bot token: one begins with xoxb- and holds letters, digits and dashes "
                "alone. Copy it anew from api.slack.com/apps, OAuth & Permissions, Bot User OAuth Token."
            )
        if not self.is_socket_mode and not _is_set(self.slack_signing_secret):
            yield (
                "Set DAYBOOK_SLACK_SIGNING_SECRET: at api.slack.com/apps, Basic Information, Signing Secret. "
                "Without it anybody could speak for Slack."
            )
        if not self.is_socket_mode and not self.public_url:
            yield "Set DAYBOOK_PUBLIC_URL to the https address that Slack and browsers reach Daybook by."
        if bool(self.google_client_id) != _is_set(self.google_client_secret):
            lacking = "DAYBOOK_GOOGLE_CLIENT_SECRET" if self.google_client_id else "DAYBOOK_GOOGLE_CLIENT_ID"
            yield (
                f"Set {lacking} too: Google Calendar needs the client's id and its secret. "
                "Both are at console.cloud.google.com, Google Auth Platform, Clients. To do without, set neither."
            )
        yield from self._missing_of_zoom()

    def _missing_of_zoom(self) -> Iterator[str]:
        if bool(self.zoom_client_id) != _is_set(self.zoom_client_secret):
            lacking = "DAYBOOK_ZOOM_CLIENT_SECRET" if self.zoom_client_id else "DAYBOOK_ZOOM_CLIENT_ID"
            yield (
                f"Set {lacking} too: Zoom needs the app's client id and its secret. "
                "Both are at marketplace.zoom.us, Manage, your app, App Credentials. To do without, set neither."
            )
        if _is_set(self.zoom_webhook_secret) and not self.zoom_client_id:
            yield (
                "Set DAYBOOK_ZOOM_CLIENT_ID and DAYBOOK_ZOOM_CLIENT_SECRET too, or take DAYBOOK_ZOOM_WEBHOOK_SECRET "
                "away: without the app there is nothing that Zoom could tell."
            )


def load_settings() -> Settings:
    """Read the environment, warning of variables that nothing reads.

    Raises:
        UnusableSettings: a value cannot be what it should; nothing is said of the value if it is a secret.
    """
    _warn_of_unknown()
    both = [name for name in _secret_names() if os.environ.get(name) and os.environ.get(name + _FILE)]
    if both:
        raise UnusableSettings(*(f"Set {name} or {name}{_FILE}, not both." for name in both))
    try:
        return Settings()
    except ValidationError as error:
        raise UnusableSettings(
            *(f"{PREFIX}{str(one['loc'][0]).upper()}: {one['msg']}." for one in error.errors(include_input=False))
        ) from None


class _SecretFiles(PydanticBaseSettingsSource):
    """Reads a secret from the file that its variable with `_FILE` names, as Docker and systemd hand them over."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        variable = f"{PREFIX}{field_name.upper()}{_FILE}"
        path = os.environ.get(variable, "") if field.annotation is SecretStr else ""
        if not path:
            return None, field_name, False
        try:
            return Path(path).read_text(encoding="utf-8").strip(), field_name, False
        except (OSError, UnicodeDecodeError) as error:
            raise UnusableSettings(f"{variable} names a file that cannot be read: {path}.") from error

    def __call__(self) -> dict[str, Any]:
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}


def _secret_names() -> tuple[str, ...]:
    fields = Settings.model_fields.items()
    return tuple(f"{PREFIX}{name.upper()}" for name, field in fields if field.annotation is SecretStr)


def _warn_of_unknown() -> None:
    names = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    known = {*names, *(name + _FILE for name in _secret_names())}
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known | _OF_THE_TESTS:
            nearest = get_close_matches(name, known, n=1)
            _log.warning("%s is set, but nothing reads it%s", name, f"; {nearest[0]} is read" if nearest else "")


def _is_set(secret: SecretStr) -> bool:
    return bool(secret.get_secret_value().strip())


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for piece in text.split(",") if (part := piece.strip()))
