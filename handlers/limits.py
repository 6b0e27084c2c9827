"""How much one person, and one workspace, may ask for at once: what comes beyond it is refused before any work.

It is counted in this process alone, because it is this process's threads that it keeps free.
"""

import threading
from collections.abc import Callable
from typing import TypeVar

from bot.domain.token_bucket import Allowance, Bucket, TooMuchAtOnce, full
from bot.usecases.resolve_actor import Asker

MEMBER = Allowance(most=90, per_second=3)
"""A person who presses as fast as he can for a minute is not held up; a program is after half a second."""

WORKSPACE = Allowance(most=900, per_second=60)

USUAL, DEAR = 1, 3
_SILENCE_SECONDS = 5.0
_MOST_REMEMBERED = 10_000

_K = TypeVar("_K", str, tuple[str, str])


class RateLimits:
    """A bucket of tokens for every person and every workspace that asked lately."""

    def __init__(
        self, seconds: Callable[[], float], *, member: Allowance = MEMBER, workspace: Allowance = WORKSPACE
    ) -> None:
        """`seconds` is any clock that never runs back."""
        self._seconds = seconds
        self._member = member
        self._workspace = workspace
        self._members: dict[tuple[str, str], Bucket] = {}
        self._workspaces: dict[str, Bucket] = {}
        self._told: dict[tuple[str, str], float] = {}
        self._counting = threading.Lock()

    def spend(self, asker: Asker, *, is_dear: bool = False) -> None:
        """Count one interaction; raises `TooMuchAtOnce`, with nothing spent, where it is more than what is left."""
        cost, team, person = DEAR if is_dear else USUAL, asker.installed_team_id, _person(asker)
        now = self._seconds()
        with self._counting:
            own = self._members.get(person, full(self._member, now)).filled(self._member, now)
            if wait := own.wait(cost, self._member):
                raise TooMuchAtOnce(wait)
            # His own comes first: what he is refused is nothing that his colleagues have to spare.
            everybody = self._workspaces.get(team, full(self._workspace, now)).filled(self._workspace, now)
            if wait := everybody.wait(cost, self._workspace):
                raise TooMuchAtOnce(wait, is_everybody=True)
            self._members[person] = own.without(cost)
            self._workspaces[team] = everybody.without(cost)
            self._forget(now)

    def is_to_be_told(self, asker: Asker) -> bool:
        """Whether a refusal is said to him: once in a few seconds, or what is said would be the next flood."""
        now, person = self._seconds(), _person(asker)
        with self._counting:
            if now < self._told.get(person, now):
                return False
            self._told[person] = now + _SILENCE_SECONDS
            return True

    def _forget(self, now: float) -> None:
        """Whoever has all his tokens back is as somebody who never asked."""
        if len(self._members) > _MOST_REMEMBERED:
            self._members = _spending(self._members, self._member, now)
            self._workspaces = _spending(self._workspaces, self._workspace, now)
            self._told = {person: until for person, until in self._told.items() if until > now}


def share_of(asker: Asker) -> str:
    """In whose turn his work is done."""
    return " ".join((asker.installed_team_id, *_person(asker)))


def _person(asker: Asker) -> tuple[str, str]:
    return asker.team_id, asker.user_id


def _spending(buckets: dict[_K, Bucket], allowance: Allowance, now: float) -> dict[_K, Bucket]:
    filled = {key: bucket.filled(allowance, now) for key, bucket in buckets.items()}
    return {key: bucket for key, bucket in filled.items() if bucket.tokens < allowance.most}
