"""What counts as an error that went on behind a demo."""

import logging
import threading

import pytest

from bot.sandbox.heard import listening


def test_an_error_is_heard_with_what_was_raised_and_a_warning_is_not() -> None:
    log = logging.getLogger("bot.jobs")
    with listening() as heard:
        log.warning("Google is slow")
        try:
            int("noon")
        except ValueError:
            log.exception("a job failed")
        log.error("it gave up")
    assert heard.errors == (
        "bot.jobs: a job failed (ValueError: invalid literal for int() with base 10: 'noon')",
        "bot.jobs: it gave up",
    )


def test_a_thread_that_ends_by_an_error_is_heard_and_told_on(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", told.append)

    def fails() -> None:
        raise ValueError("no such calendar")

    with listening() as heard:
        thread = threading.Thread(target=fails, name="sync-1")
        thread.start()
        thread.join()
    assert heard.errors == ("the thread sync-1 ended (ValueError: no such calendar)",)
    assert len(told) == 1


def test_what_comes_afterwards_is_not_heard() -> None:
    with listening() as heard:
        pass
    logging.getLogger("bot.jobs").error("a job failed")
    assert heard.errors == ()
