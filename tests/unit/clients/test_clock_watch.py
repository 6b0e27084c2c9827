"""The clock that is held against a provider's."""

import logging
from datetime import timedelta

import pytest

from bot.clients.clock_watch import ClockWatch
from tests.builders import at
from tests.fakes.clock import SettableClock

NOON = at("12:00")
BEHIND = "this machine's clock is 10 minutes behind Google's; check its time synchronisation"


# fault 43
def test_a_wrong_clock_is_told_until_it_is_right_again_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    watch = ClockWatch(SettableClock(NOON))
    told = []
    for minutes in (0, 10, 10, 1):
        watch.heard(NOON + timedelta(minutes=minutes))
        told.append(watch.warning())
    assert told == [None, BEHIND, BEHIND, None]
    assert caplog.messages == [f"clock: {BEHIND}", "clock: this machine and Google agree again"]
