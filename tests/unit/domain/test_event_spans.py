"""In which zone an event's times are written."""

import pytest

from bot.domain.event_spans import written_zone
from bot.domain.events import AllDay, EventTime, Timed
from tests.builders import BERLIN, NEW_YORK, at

NINE = at("2026-11-24 9:00")


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        (Timed(NINE, NEW_YORK), NEW_YORK),
        (Timed(NINE, None), BERLIN),
        (Timed(NINE, "Mars/Olympus"), BERLIN),
        (Timed(NINE, "../etc/passwd"), BERLIN),
        (AllDay(NINE.date()), BERLIN),
        (None, BERLIN),
    ],
    ids=["its own", "none", "unknown", "a path", "a whole day", "no start"],
)
def test_times_are_written_in_the_zone_of_the_start_or_at_home(start: EventTime | None, zone: str) -> None:
    assert written_zone(start, BERLIN) == zone
