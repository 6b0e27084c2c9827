"""Limits for whoever floods on purpose."""

from bot.domain.token_bucket import Allowance
from handlers.limits import RateLimits

_BOUNDLESS = Allowance(most=1e12, per_second=1e12)


def boundless() -> RateLimits:
    """Nobody is refused."""
    return RateLimits(lambda: 0.0, member=_BOUNDLESS, workspace=_BOUNDLESS)
