"""The demo judges itself: 0 when its journey went as told, 1 with the reason otherwise."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.__main__ import manifest_source, run_bot
from bot.queue.threads import ThreadQueue
from bot.sandbox.demo import play
from bot.sandbox.passing import PassingClock
from tests.patience import PATIENCE


@pytest.mark.longest
@pytest.mark.slow
def test_the_journey_goes_as_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert play(run_bot, manifest_source(), stay=False, patience=PATIENCE) == 0
    printed = capsys.readouterr().out
    for told in (
        "five actions from the first word to done",
        "mailed  invitation to maya@ortiz.test, update to maya@ortiz.test",
        " was taken a moment ago. Everything you typed is still here. Nearest:",
        "Zoom moves with it.",
        "*Outage drill* · confirmed, *no link yet*",
        "*Budget talk* · on hold until",
        "Cara has taken a time of Ana",
        "7 grey blocks become events in colour, 3 of them appointments",
        "2 contacts are added - _Noor Haddad and Pia Lund_ - 2 colleagues and 1 room are left out",
        "10:00-10:30 ▪ blue  Demo · with Noor Haddad (accepted)",
        "13:00-13:30 ▪ teal  Team lunch",
        "New meeting: Noor Haddad with Ana, ",
        "*Noor Haddad* declined *Demo*",
        "The demo's clock goes ahead from here on, for Daybook and Google.",
        f"The picture: {tmp_path / 'daybook-demo' / 'week-of-ana.png'}",
        "Joe Vance (joe@spam.test): never anybody at spam.test",
        "*Ana* is one-way again. 1 contact was removed. Nothing was written to Google.",
        "Pia Lund stays: edited since.",
        "15:00-15:30 ▪ grey  Kick-off with Noor",
        "Cancelled by Ana: The plans are not ready.",
    ):
        assert told in printed
    assert printed.count("The demo's clock goes ahead") == 1
    assert {file.name for file in tmp_path.rglob("*.png")} == {"week-of-ana.png", "what-ben-sees.png"}
    assert "\nThe journey went as told, in " in printed
    assert "did not go as told" not in printed


@contextmanager
def a_bot_that_cannot_exchange_codes(
    environment: Mapping[str, str], port: int, *, clock: PassingClock
) -> Iterator[None]:
    """The real bot, with one address of Google's wrong."""
    revoke = environment["google_revoke_url"]
    with run_bot({**environment, "google_token_url": revoke}, port, clock=clock):
        yield


@contextmanager
def a_bot_that_ends_with_a_failure(environment: Mapping[str, str], port: int, *, clock: PassingClock) -> Iterator[None]:
    """The real bot, and a piece of work on a queue that fails when everything is over."""

    def fails() -> None:
        raise ValueError("no such calendar")

    with run_bot(environment, port, clock=clock):
        yield
    queue = ThreadQueue(threads=1, waiting=1)
    queue.submit(fails)
    queue.close()


@pytest.mark.slow
def test_a_journey_that_breaks_off_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert play(a_bot_that_cannot_exchange_codes, manifest_source(), stay=False) == 1
    printed = capsys.readouterr().out
    assert "\nThe journey did not go as told: the page says:" in printed
    assert "Not connected" in printed
    assert "went as told, in" not in printed


@pytest.mark.slow
def test_a_journey_over_a_piece_of_work_that_failed_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert play(a_bot_that_ends_with_a_failure, manifest_source(), stay=False, chapters=()) == 1
    printed = capsys.readouterr().out
    assert (
        "The journey did not go as told: errors were logged meanwhile: 1\n"
        "  bot.queue.threads: work on the queue failed (ValueError: no such calendar)\n"
    ) in printed
    assert "went as told, in" not in printed
