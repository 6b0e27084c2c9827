"""Counts requests against Zoom's limits: so many a second for an account, so many meetings a day for a host."""

import dataclasses
import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import UTC, date, datetime

from bot.sandbox.zoom.errors import ApiError, daily_body, per_second_body

DAILY = 100


@dataclasses.dataclass(frozen=True)
class Plan:
    """What an account has paid for: requests a second, by how heavy they are."""

    light: int
    medium: int
    heavy: int

    def limit(self, label: str) -> int:
        """How many requests of a `label` (light, medium, heavy) a second holds."""
        return {"light": self.light, "medium": self.medium, "heavy": self.heavy}[label]


FREE = Plan(4, 2, 1)
PRO = Plan(30, 20, 10)
BUSINESS = Plan(80, 60, 40)


class Limits:
    """What has been used up.

    Days are judged by Zoom's clock, seconds by a watch of their own, which goes on where a clock is held still.
    """

    def __init__(self, now: Callable[[], datetime], watch: Callable[[], float] = time.monotonic) -> None:
        """Start with nothing used, on the plan PRO."""
        self.plan = PRO
        self._now = now
        self._watch = watch
        self._seconds: dict[tuple[str, str], deque[float]] = defaultdict(deque)
        self._days: dict[tuple[str, date], int] = defaultdict(int)

    def admit(self, account_id: str, label: str) -> dict[str, str]:
        """Count one request; returns the headers that tell what is left.

        Raises:
            ApiError: this second is full.
        """
        recent, now, limit = self._seconds[account_id, label], self._watch(), self.plan.limit(label)
        while recent and recent[0] <= now - 1:
            recent.popleft()
        if len(recent) >= limit:
            wait = max(1, math.ceil(recent[0] + 1 - now))
            headers = {**_told(label, limit, 0), "X-RateLimit-Type": "QPS", "Retry-After": str(wait)}
            raise ApiError(429, per_second_body(), headers)
        recent.append(now)
        return _told(label, limit, limit - len(recent))

    def check_day(self, person_id: str) -> None:
        """Make sure that a host may make or change one more meeting today.

        Raises:
            ApiError: he may not, and is told nothing about when he may but the text.
        """
        if self._days[self._today(person_id)] >= DAILY:
            # The headers that were seen with it speak of another quota, and name no time.
            raise ApiError(429, daily_body(DAILY), _told("light", 6000, 5893))

    def spend(self, person_id: str, times: int = 1) -> None:
        """Count meetings made or changed today."""
        self._days[self._today(person_id)] += times

    def left_today(self, person_id: str) -> int:
        """How many meetings a host may still make or change before midnight in UTC."""
        return max(0, DAILY - self._days[self._today(person_id)])

    def _today(self, person_id: str) -> tuple[str, date]:
        return person_id, self._now().astimezone(UTC).date()


def _told(label: str, limit: int, left: int) -> dict[str, str]:
    return {
        "X-RateLimit-Category": label.capitalize(),
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(left),
    }
