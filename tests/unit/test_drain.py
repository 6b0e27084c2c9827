"""What is told about how long an end takes, and how long each part waits for what it is at."""

import re
from pathlib import Path

from starlette.applications import Starlette

from bot.queue.threads import DRAIN_SECONDS
from bot.web import make_server

FAULTS = Path(__file__).parents[2] / "docs" / "faults.md"


def told_seconds() -> float:
    """Within how many seconds it ends, as the page says of fault 59."""
    [row] = [line for line in FAULTS.read_text().splitlines() if line.startswith("| 59 |")]
    found = re.search(r"drained within (\d+) seconds", row)
    assert found is not None, row
    return float(found[1])


# fault 59
def test_neither_requests_nor_work_is_waited_for_longer_than_it_is_told() -> None:
    server = make_server(Starlette(), host="127.0.0.1", port=0, trusted_proxies=())
    for_requests = server.config.timeout_graceful_shutdown
    assert for_requests is not None
    assert 0 < for_requests <= told_seconds()
    assert 0 < DRAIN_SECONDS <= told_seconds()
