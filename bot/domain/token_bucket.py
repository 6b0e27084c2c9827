"""How much somebody may ask for at once, and after what time again."""

from dataclasses import dataclass, replace
from math import ceil

from bot.domain.errors import DaybookError


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many tokens can be spent at once; so many come back in a second."""

    most: float
    per_second: float


@dataclass(frozen=True, slots=True)
class Bucket:
    """What somebody has left of his allowance; `at` are seconds of any clock that never runs back."""

    tokens: float
    at: float

    def filled(self, allowance: Allowance, now: float) -> "Bucket":
        """The same at another moment."""
        come = max(0.0, now - self.at) * allowance.per_second
        return Bucket(min(allowance.most, self.tokens + come), max(self.at, now))

    def without(self, cost: float) -> "Bucket":
        """The same after something was spent."""
        return replace(self, tokens=self.tokens - cost)

    def wait(self, cost: float, allowance: Allowance) -> float:
        """For how many seconds it is too little; 0 where it is enough."""
        lacking = min(cost, allowance.most) - self.tokens
        return max(0.0, lacking / allowance.per_second)


def full(allowance: Allowance, now: float) -> Bucket:
    """That of somebody who asked for nothing yet."""
    return Bucket(allowance.most, now)


class TooMuchAtOnce(DaybookError):
    """Somebody asked for more than his share; nothing of it was begun."""

    def __init__(self, seconds: float, *, is_everybody: bool = False) -> None:
        """`is_everybody`: it is the workspace that asked for so much, not this person alone."""
        self.seconds = max(1, ceil(seconds))
        told = "1 second" if self.seconds == 1 else f"{self.seconds} seconds"
        much = "Your workspace asked for a lot at once." if is_everybody else "That was a lot at once."
        super().__init__(f"{much} Nothing was done. Try again in {told}.")
