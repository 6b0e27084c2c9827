"""Settings: what is read from where, and the starts that are refused."""

import logging
from pathlib import Path

import pytest

from bot.addresses import origin
from bot.settings import Settings, UnusableSettings, load_settings

COMPLETE = {
    "DAYBOOK_SECRET_KEYS": "key-one, key-two",
    "DAYBOOK_SLACK_BOT_TOKEN": "xoxb-canary",
    "DAYBOOK_SLACK_SIGNING_SECRET": "signing-canary",
    "DAYBOOK_PUBLIC_URL": "https://daybook.example.com/",
}


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*Settings.model_fields]:
        for suffix in ("", "_FILE"):
            monkeypatch.delenv(f"DAYBOOK_{name.upper()}{suffix}", raising=False)


def with_environment(monkeypatch: pytest.MonkeyPatch, **changed: str) -> Settings:
    for name, value in {**COMPLETE, **{f"DAYBOOK_{name}": value for name, value in changed.items()}}.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def problems_of(settings: Settings) -> tuple[str, ...]:
    with pytest.raises(UnusableSettings) as caught:
        settings.require_serving()
    return caught.value.problems


def test_a_complete_environment_may_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_environment(monkeypatch)
    settings.require_serving()
    assert settings.keys == ("key-one", "key-two")
    assert settings.base_url == "https://daybook.example.com"
    assert settings.database_url.get_secret_value() == "sqlite:///daybook.db"
    assert settings.queue == "local"
    assert settings.poll_seconds == 300


# fault 1
@pytest.mark.parametrize("empty", ["", "   "])
def test_an_empty_signing_secret_is_no_start(monkeypatch: pytest.MonkeyPatch, empty: str) -> None:
    [problem] = problems_of(with_environment(monkeypatch, SLACK_SIGNING_SECRET=empty))
    assert problem.startswith("Set DAYBOOK_SLACK_SIGNING_SECRET: at api.slack.com/apps, Basic Information")


def test_no_key_is_no_start_and_the_sentence_says_how_to_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    [problem] = problems_of(with_environment(monkeypatch, SECRET_KEYS=" , "))
    assert "`daybook keys new` makes one" in problem


def test_everything_that_is_missing_is_named_at_once() -> None:
    assert [problem.split()[1].strip(":") for problem in problems_of(load_settings())] == [
        "DAYBOOK_SECRET_KEYS",
        "DAYBOOK_SLACK_BOT_TOKEN",
        "DAYBOOK_SLACK_SIGNING_SECRET",
        "DAYBOOK_PUBLIC_URL",
    ]


def test_socket_mode_needs_neither_address_nor_signing_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_environment(monkeypatch, SLACK_APP_TOKEN="xapp-1", SLACK_SIGNING_SECRET="", PUBLIC_URL="")
    settings.require_serving()
    assert settings.is_socket_mode
    assert settings.base_url == "http://localhost:8000"


def test_a_queue_that_is_not_built_yet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnusableSettings, match="DAYBOOK_QUEUE: Input should be 'local'"):
        with_environment(monkeypatch, QUEUE="procrastinate")


def test_a_secret_can_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("xoxb-from-file\n")
    monkeypatch.setenv("DAYBOOK_SLACK_BOT_TOKEN_FILE", str(tmp_path / "token"))
    assert load_settings().slack_bot_token.get_secret_value() == "xoxb-from-file"


def test_a_secret_in_two_places_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnusableSettings, match="Set DAYBOOK_SLACK_BOT_TOKEN or DAYBOOK_SLACK_BOT_TOKEN_FILE, not both"):
        with_environment(monkeypatch, SLACK_BOT_TOKEN_FILE="/run/secrets/token")


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DAYBOOK_SECRET_KEYS_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(UnusableSettings, match="DAYBOOK_SECRET_KEYS_FILE names a file that cannot be read"):
        load_settings()


def test_a_variable_that_nothing_reads_is_warned_of_with_the_nearest(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DAYBOOK_SPECS", "/somewhere")
    with caplog.at_level(logging.WARNING):
        with_environment(monkeypatch, SLACK_BOT_TOKN="xoxb-canary")
    assert caplog.messages == ["DAYBOOK_SLACK_BOT_TOKN is set, but nothing reads it; DAYBOOK_SLACK_BOT_TOKEN is read"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "many"),
        ("PORT", "70000"),
        ("POLL_SECONDS", "0"),
        ("QUEUE", "redis"),
        ("LOG_LEVEL", "LOUD"),
        ("TRUSTED_PROXIES", "*"),
        ("TRUSTED_PROXIES", "10.0.0.1, proxy.internal"),
        ("PUBLIC_URL", "http://daybook.example.com"),
        ("GOOGLE_API_URL", "http://www.example.com/calendar/v3/"),
        ("GOOGLE_AUTH_URL", "http://accounts.example.com/auth"),
        ("GOOGLE_TOKEN_URL", "http://127.0.0.1.evil.test/token"),
        ("GOOGLE_REVOKE_URL", "oauth2.example.com/revoke"),
        ("SLACK_API_URL", "http://slack.example.com/api/"),
        ("ZOOM_API_URL", "http://api.example.com/v2/"),
        ("ZOOM_AUTH_URL", "http://zoom.example.com/oauth/authorize"),
        ("ZOOM_TOKEN_URL", "http://127.0.0.1.evil.test/token"),
        ("ZOOM_REVOKE_URL", "zoom.example.com/revoke"),
    ],
)
def test_a_value_that_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    with pytest.raises(UnusableSettings) as caught:
        with_environment(monkeypatch, **{name: value})
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith(f"DAYBOOK_{name}: ")


# fault 23
def test_no_secret_shows_in_a_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_environment(
        monkeypatch, GOOGLE_CLIENT_SECRET="google-canary", DATABASE_URL="postgresql://u:canary@h/d"
    )
    assert "canary" not in repr(settings)
    assert "canary" not in str(settings)
    assert {"key-one", "key-two", "xoxb-canary", "signing-canary", "google-canary"} <= set(settings.secrets())


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://daybook.example.com", "https://daybook.example.com"),
        ("https://daybook.example.com:8443/", "https://daybook.example.com:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_address_is_kept_as_an_origin(url: str, kept: str) -> None:
    assert origin(url) == kept


# fault 18
@pytest.mark.parametrize(
    "url",
    [
        "http://daybook.example.com",
        "http://127.0.0.1.evil.test",
        "https://daybook.example.com/path",
        "https://daybook.example.com?x",
        "https://daybook.example.com#x",
        "https://user@daybook.example.com",
        "//daybook.example.com",
        "daybook.example.com",
        "https://",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_is_not_safe_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="such as https://daybook"):
        origin(url)


def test_an_api_address_always_ends_in_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_environment(monkeypatch, SLACK_API_URL="http://127.0.0.1:9/api")
    assert settings.slack_api_url == "http://127.0.0.1:9/api/"


@pytest.mark.parametrize("name", ["GOOGLE_API_URL", "GOOGLE_TOKEN_URL", "GOOGLE_REVOKE_URL", "SLACK_API_URL"])
def test_on_this_machine_secrets_may_travel_by_http(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    settings = with_environment(monkeypatch, **{name: "http://127.0.0.1:9/x/"})
    assert getattr(settings, name.lower()) == "http://127.0.0.1:9/x/"


@pytest.mark.parametrize(
    ("given", "lacking"), [("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"), ("GOOGLE_CLIENT_SECRET", "GOOGLE_CLIENT_ID")]
)
def test_half_a_google_client_is_no_start(monkeypatch: pytest.MonkeyPatch, given: str, lacking: str) -> None:
    [problem] = problems_of(with_environment(monkeypatch, **{given: "canary"}))
    assert problem.startswith(f"Set DAYBOOK_{lacking} too")
    assert "canary" not in problem


def test_google_is_offered_with_a_client_and_its_secret_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not with_environment(monkeypatch, GOOGLE_CLIENT_ID="client").offers_google
    assert with_environment(monkeypatch, GOOGLE_CLIENT_ID="client", GOOGLE_CLIENT_SECRET="secret").offers_google


def test_zoom_is_offered_once_its_app_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not with_environment(monkeypatch).offers_zoom
    settings = with_environment(monkeypatch, ZOOM_CLIENT_ID="app", ZOOM_CLIENT_SECRET="zoom-canary")
    settings.require_serving()
    assert settings.offers_zoom
    assert (settings.zoom_api_url, settings.zoom_auth_url, settings.zoom_token_url, settings.zoom_revoke_url) == (
        "https://api.zoom.us/v2/",
        "https://zoom.us/oauth/authorize",
        "https://zoom.us/oauth/token",
        "https://zoom.us/oauth/revoke",
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"ZOOM_CLIENT_ID": "app"}, "Set DAYBOOK_ZOOM_CLIENT_SECRET too"),
        ({"ZOOM_CLIENT_SECRET": "zoom-canary"}, "Set DAYBOOK_ZOOM_CLIENT_ID too"),
        ({"ZOOM_WEBHOOK_SECRET": "hook-canary"}, "Set DAYBOOK_ZOOM_CLIENT_ID and DAYBOOK_ZOOM_CLIENT_SECRET too"),
    ],
)
def test_half_of_what_zoom_needs_is_no_start(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], sentence: str
) -> None:
    settings = with_environment(monkeypatch, **given)
    [problem] = problems_of(settings)
    assert problem.startswith(sentence)
    assert "canary" not in problem + repr(settings)


def test_an_api_address_is_completed_with_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_environment(monkeypatch, ZOOM_API_URL="http://127.0.0.1:9/v2")
    assert settings.zoom_api_url == "http://127.0.0.1:9/v2/"


@pytest.mark.parametrize("support", ["https://help.acme.test/daybook?from=slack", "mailto:help@acme.test"])
def test_support_is_a_page_or_an_address(monkeypatch: pytest.MonkeyPatch, support: str) -> None:
    assert with_environment(monkeypatch, SUPPORT_URL=support).support_url == support


@pytest.mark.parametrize(
    "support", ["help@acme.test", "http://help.acme.test", "https://", "https://a.test/|x", "ftp:x"]
)
def test_support_that_is_no_link_is_refused(monkeypatch: pytest.MonkeyPatch, support: str) -> None:
    with pytest.raises(UnusableSettings, match="DAYBOOK_SUPPORT_URL"):
        with_environment(monkeypatch, SUPPORT_URL=support)
