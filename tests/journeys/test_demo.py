"""The demo judges itself: 0 when its journey went as told, 1 with the reason otherwise."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from bot.__main__ import manifest_source, run_bot
from bot.sandbox.demo import play


@pytest.mark.slow
def test_the_journey_goes_as_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert play(run_bot, manifest_source(), stay=False) == 0
    printed = capsys.readouterr().out
    for told in (
        "five actions from the first word to done",
        "mailed  invitation to maya@ortiz.test, update to maya@ortiz.test",
        " was taken a moment ago. Everything you typed is still here. Nearest:",
        "Zoom moves with it.",
        "*Outage drill* · confirmed, *no link yet*",
        "*Budget talk* · on hold until",
        "Cara has taken a time of Ana",
        "Cancelled by Ana: The plans are not ready.",
    ):
        assert told in printed
    assert "\nThe journey went as told, in " in printed
    assert "did not go as told" not in printed


@contextmanager
def a_bot_that_cannot_exchange_codes(environment: Mapping[str, str], port: int) -> Iterator[None]:
    """The real bot, with one address of Google's wrong."""
    revoke = environment["google_revoke_url"]
    with run_bot({**environment, "google_token_url": revoke}, port):
        yield


@pytest.mark.slow
def test_a_journey_that_breaks_off_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert play(a_bot_that_cannot_exchange_codes, manifest_source(), stay=False) == 1
    printed = capsys.readouterr().out
    assert "\nThe journey did not go as told: the page says:" in printed
    assert "Not connected" in printed
    assert "went as told, in" not in printed
