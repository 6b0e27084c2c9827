"""No secret reaches the log, whoever logged it and whatever it stood in."""

import logging

import pytest

from bot.clients.logs import BLOTTED, blot
from tests.kept_logging import logging_to_text

OURS = logging.getLogger("handlers.example")


# fault 23
@pytest.mark.parametrize(
    "text",
    [
        "xoxb-{}",
        "xoxe.xoxp-{}",
        "xapp-1-{}",
        "ya29.{}",
        "refresh 1//0{}",
        "code 4/0{}",
        "GOCSPX-{}",
        "Authorization: Bearer {}",
        "GET https://daybook.test/oauth/google/callback?state={}&scope=x",
        "GET https://daybook.test/oauth/google/callback?scope=x&code={}",
        "GET https://daybook.test/connect/google?link={}",
        "https://hooks.slack.com/commands/T1/2/{}",
        '{{"access_token": "{}"}}',
        "{{'refresh_token': '{}', 'x': 1}}",
        "Credential(access_token='{}')",
        "client_secret={}",
        "DAYBOOK_SECRET_KEYS={}",
        "code_verifier={}",
        "key={}",
        "Cookie: __Host-daybook-connect=1; cookie={}",
    ],
)
def test_what_looks_like_a_secret_is_blotted_out(text: str) -> None:
    canary = "Canary0123456789canary"
    assert canary not in blot(text.format(canary))


@pytest.mark.parametrize(
    "text",
    [
        "refused situation=NotFound",
        "the code of the calendar is fine",
        "state: good, link: none",
        "deliver_effects took 0.2 s",
        "https://daybook.test/oauth/google/callback",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert blot(text) == text


def test_a_known_secret_is_blotted_out_whatever_it_looks_like() -> None:
    assert blot("password of postgres: plain words here", ["plain words here"]) == f"password of postgres: {BLOTTED}"


def test_a_traceback_is_blotted_out_as_well() -> None:
    with logging_to_text(secrets=["known-secret"]) as log:
        try:
            int("xoxb-canary and known-secret")
        except ValueError as error:
            OURS.error("unexpected error", exc_info=error, extra={"reference": "7F3K2", "sent": "ya29.canary"})
    assert "reference=7F3K2" in log.getvalue()
    assert "Traceback" in log.getvalue()
    assert "canary" not in log.getvalue()
    assert "known-secret" not in log.getvalue()


@pytest.mark.parametrize("library", ["slack_bolt.App", "slack_sdk.web", "httpx", "httpcore.http11", "uvicorn.access"])
def test_the_libraries_are_silent_below_a_warning(library: str) -> None:
    with logging_to_text("DEBUG") as log:
        logging.getLogger(library).info("a whole body")
    assert log.getvalue() == ""


def test_one_event_is_one_line() -> None:
    with logging_to_text("INFO") as log:
        OURS.info("two\nlines")
    assert log.getvalue().count("\n") == 1
    assert "level=info logger=handlers.example message=two\\nlines" in log.getvalue()
