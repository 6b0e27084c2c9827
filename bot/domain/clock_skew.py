"""How far this machine's clock is from the clocks of those it talks to."""

from datetime import datetime, timedelta

LARGEST_SKEW = timedelta(minutes=2)


def skew(own: datetime, told: datetime) -> timedelta:
    """How far `own` is ahead of `told`; negative where it is behind. Both aware."""
    return own - told


def skew_warning(ahead: timedelta | None) -> str | None:
    """What whoever runs Daybook has to know of a skew; nothing while it does no harm or none is known.

    Booked times stay right, because they are absolute; what suffers is when things happen: reminders, expiries.
    """
    if ahead is None or abs(ahead) <= LARGEST_SKEW:
        return None
    minutes = round(abs(ahead) / timedelta(minutes=1))
    side = "ahead of" if ahead > timedelta() else "behind"
    return f"this machine's clock is {minutes} minutes {side} Google's; check its time synchronisation"
