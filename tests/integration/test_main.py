"""The command line as somebody types it: what it prints, and how it refuses a start that would not be safe."""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from sqlalchemy import text
from typer.testing import CliRunner, Result

from bot.__main__ import UNUSABLE, app, manifest_source
from bot.sandbox.slack.standin import SlackStandIn
from storage.engine import for_purpose, open_engine
from storage.store import SqlStore
from storage.vault import Vault, new_key
from tests.contracts.storage_builders import a_person, an_account, stored
from tests.kept_logging import logging_to_text

COMPLETE = {
    "SECRET_KEYS": new_key(),
    "PUBLIC_URL": "https://daybook.example.com",
    "SLACK_BOT_TOKEN": "xoxb-canary-token",
    "SLACK_SIGNING_SECRET": "canary-signing-secret",
}


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No setting from outside, and logging as it was."""
    for name in os.environ:
        if name.startswith("DAYBOOK_"):
            monkeypatch.delenv(name)
    with logging_to_text("INFO"):
        yield


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The URL of a database that is not there yet."""
    return f"sqlite:///{tmp_path / 'daybook.db'}"


def daybook(*words: str, **settings: str) -> Result:
    """`daybook WORDS` with these settings, by their names without the prefix."""
    environment = {f"DAYBOOK_{name}": value for name, value in settings.items()}
    return CliRunner().invoke(app, words, env=environment)


def refused(result: Result) -> str:
    """What a refusal says: on the error stream, with the exit code that means it."""
    assert result.exit_code == UNUSABLE == 2
    assert result.stdout == ""
    return str(result.stderr)


def test_without_a_word_it_says_what_there_is() -> None:
    result = daybook()
    assert all(word in result.output for word in ("serve", "demo", "migrate", "manifest", "keys"))


@pytest.mark.slow
def test_it_is_a_program_of_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "keys", "new"], capture_output=True, text=True, check=True, timeout=300
    )
    vault = Vault([done.stdout.strip()])
    assert vault.open(vault.seal("a token", purpose="test"), purpose="test") == "a token"
    assert done.stderr == ""


def test_a_new_key_is_32_bytes_and_another_every_time() -> None:
    first, second = (daybook("keys", "new").stdout.strip() for _ in range(2))
    assert len(base64.urlsafe_b64decode(first)) == 32
    assert first != second


def test_the_manifest_is_printed_ready_to_paste() -> None:
    result = daybook("manifest", "--url", "https://daybook.example.com")
    printed = yaml.safe_load(result.stdout)
    assert result.exit_code == 0
    assert printed["settings"]["event_subscriptions"]["request_url"] == "https://daybook.example.com/slack/events"


def test_the_manifest_for_socket_mode_names_no_address() -> None:
    result = daybook("manifest", "--socket")
    assert result.exit_code == 0
    assert yaml.safe_load(result.stdout)["settings"]["socket_mode_enabled"] is True
    assert "https://" not in result.stdout


@pytest.mark.parametrize("url", ["http://daybook.example.com", "daybook.example.com", "https://x.test/path"])
def test_a_manifest_for_an_address_that_slack_cannot_use_is_refused(url: str) -> None:
    assert "https" in refused(daybook("manifest", "--url", url))


def test_a_manifest_for_no_address_says_what_to_give() -> None:
    assert "Give either --url https://daybook.example.com or --socket." in refused(daybook("manifest"))


@pytest.mark.slow
def test_migrate_brings_a_database_up_to_date_and_may_be_repeated(database: str) -> None:
    for _ in range(2):
        result = daybook("migrate", DATABASE_URL=database)
        assert (result.exit_code, result.stdout) == (0, "The schema is up to date.\n")


# fault 65
@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("nonsense", "it is no address of a database"),
        ("mysql://localhost/daybook", "Daybook does not store in mysql"),
        ("sqlite://", "SQLite needs a file"),
        ("sqlite:////no/such/folder/daybook.db", "it does not open (unable to open database file)"),
    ],
)
def test_a_database_that_cannot_be_used_is_named(url: str, why: str) -> None:
    told = refused(daybook("migrate", DATABASE_URL=url))
    assert f"DAYBOOK_DATABASE_URL cannot be used: {why}. Name a file, as in sqlite:///daybook.db" in told


# fault 65
def test_a_file_that_is_no_database_is_named(database: str, tmp_path: Path) -> None:
    (tmp_path / "daybook.db").write_text("A letter to somebody.\n" * 100)
    told = refused(daybook("migrate", DATABASE_URL=database))
    assert "DAYBOOK_DATABASE_URL cannot be used: it does not open (file is not a database)." in told
    assert (tmp_path / "daybook.db").read_text() == "A letter to somebody.\n" * 100


@pytest.mark.slow
@pytest.mark.parametrize("command", ["migrate", "serve"])
def test_a_database_that_a_newer_daybook_wrote_is_left_alone(command: str, database: str) -> None:  # fault 60
    daybook("migrate", DATABASE_URL=database)
    engine = open_engine(database)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from_tomorrow'"))
    engine.dispose()
    told = refused(daybook(command, **COMPLETE, DATABASE_URL=database))
    assert "The database is at revision from_tomorrow, which this Daybook does not know" in told


# fault 1
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("SECRET_KEYS", "Set DAYBOOK_SECRET_KEYS to a key: `daybook keys new` makes one."),
        ("SLACK_BOT_TOKEN", "Set DAYBOOK_SLACK_BOT_TOKEN: api.slack.com/apps, OAuth & Permissions"),
        ("SLACK_SIGNING_SECRET", "Without it anybody could speak for Slack."),
        ("PUBLIC_URL", "Set DAYBOOK_PUBLIC_URL to the https address that Slack and browsers reach Daybook by."),
    ],
)
def test_a_start_without_what_it_needs_says_how_to_get_it(
    name: str, sentence: str, database: str, tmp_path: Path
) -> None:
    told = refused(daybook("serve", **{**COMPLETE, name: ""}, DATABASE_URL=database))
    assert sentence in told
    assert len(told.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []  # nothing was begun


# fault 65
@pytest.mark.parametrize("token", ["xoxp-canary", "xoxb-", "xoxb-canary token", "canary"])
def test_a_start_with_what_is_no_bot_token_says_so_and_does_not_repeat_it(token: str, database: str) -> None:
    told = refused(daybook("serve", **{**COMPLETE, "SLACK_BOT_TOKEN": token}, DATABASE_URL=database))
    assert told.startswith("DAYBOOK_SLACK_BOT_TOKEN is no bot token: one begins with xoxb-")
    assert "canary" not in told


# fault 1
def test_blanks_are_no_secret(database: str) -> None:
    blank = dict.fromkeys(("SECRET_KEYS", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"), "  ")
    told = refused(daybook("serve", **{**COMPLETE, **blank}, DATABASE_URL=database))
    assert len(told.splitlines()) == 3


def test_a_start_without_anything_says_everything_at_once() -> None:
    told = refused(daybook("serve"))
    assert [line.split(":")[0].split(" to ")[0] for line in told.splitlines()] == [
        "Set DAYBOOK_SECRET_KEYS",
        "Set DAYBOOK_SLACK_BOT_TOKEN",
        "Set DAYBOOK_SLACK_SIGNING_SECRET",
        "Set DAYBOOK_PUBLIC_URL",
    ]


# fault 65
@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PUBLIC_URL", "http://daybook.example.com", "use an https address"),
        ("PUBLIC_URL", "https://daybook.example.com/path", "give scheme and host alone"),
        ("GOOGLE_TOKEN_URL", "http://oauth2.example.com/token", "http is for this machine alone"),
        ("GOOGLE_CLIENT_ID", "an-id", "Set DAYBOOK_GOOGLE_CLIENT_SECRET too: Google Calendar needs"),
        ("GOOGLE_CLIENT_SECRET", "canary-secret", "Set DAYBOOK_GOOGLE_CLIENT_ID too: Google Calendar needs"),
        ("PORT", "many", "DAYBOOK_PORT: Input should be a valid integer"),
        ("LOG_LEVEL", "LOUD", "DAYBOOK_LOG_LEVEL: Input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("QUEUE", "procrastinate", "DAYBOOK_QUEUE: Input should be 'local'"),
        ("TRUSTED_PROXIES", "*", "DAYBOOK_TRUSTED_PROXIES"),
    ],
)
def test_a_setting_that_cannot_be_is_named(name: str, value: str, sentence: str, database: str) -> None:
    told = refused(daybook("serve", **{**COMPLETE, "DATABASE_URL": database, name: value}))
    assert sentence in told
    assert "canary" not in told


# fault 23
def test_a_key_that_is_none_is_refused_without_a_word_of_it(database: str) -> None:
    told = refused(daybook("serve", **{**COMPLETE, "SECRET_KEYS": "canary-key"}, DATABASE_URL=database))
    assert "Secret key number 1 is not 32 bytes in base64." in told
    assert "canary" not in told


# fault 25
@pytest.mark.slow
def test_a_start_without_the_key_of_a_stored_token_is_refused_until_the_key_is_given_up(database: str) -> None:
    daybook("migrate", DATABASE_URL=database)
    engine = open_engine(database)
    store = SqlStore(engine, Vault([new_key()]))
    stored(store, an_account(a_person(store)))
    engine.dispose()
    told = refused(daybook("serve", **COMPLETE, DATABASE_URL=database))
    assert "Stored tokens were sealed with a key that DAYBOOK_SECRET_KEYS lacks" in told
    assert "run `daybook keys lost`" in told

    given_up = daybook("keys", "lost", SECRET_KEYS=COMPLETE["SECRET_KEYS"], DATABASE_URL=database)
    assert (given_up.exit_code, given_up.stdout) == (0, "Accounts that have to be connected anew: 1.\n")
    told = refused(daybook("serve", **COMPLETE, DATABASE_URL=database, SLACK_API_URL="http://127.0.0.1:9/api/"))
    assert "Slack could not be reached" in told


# fault 6
@pytest.mark.slow
def test_a_database_that_would_book_a_host_twice_is_not_served(database: str) -> None:
    daybook("migrate", DATABASE_URL=database)
    engine = open_engine(database)
    with for_purpose(engine, "writing").begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER appointment_host_insert")
    engine.dispose()
    told = refused(daybook("serve", **COMPLETE, DATABASE_URL=database))
    assert "The database lacks the guard that keeps one host from being booked twice" in told


# fault 65
@pytest.mark.slow
def test_a_token_that_slack_does_not_take_is_named(database: str) -> None:
    with SlackStandIn(manifest_source()).serve() as slack:
        told = refused(daybook("serve", **COMPLETE, DATABASE_URL=database, SLACK_API_URL=f"{slack}/api/"))
    assert "Slack did not accept DAYBOOK_SLACK_BOT_TOKEN, or did not answer" in told
    assert "canary" not in told


# fault 65
@pytest.mark.slow
def test_slack_that_cannot_be_reached_is_named(database: str) -> None:
    told = refused(daybook("serve", **COMPLETE, DATABASE_URL=database, SLACK_API_URL="http://127.0.0.1:9/api/"))
    assert "Slack could not be reached at http://127.0.0.1:9/api/, so Daybook cannot start." in told
    assert "canary" not in told
