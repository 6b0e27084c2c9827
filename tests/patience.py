"""How tests live with a machine that is slow, or full."""

from collections.abc import Callable

# Seconds to wait for what comes by itself: whoever has it sooner goes on at once.
PATIENCE = 60.0
TRIES = 3


def in_time(seconds: float, take: Callable[[], float]) -> bool:
    """Whether what `take` does takes less than this; it gives how many seconds it took, and may be tried again.

    Late now and then is the machine, late every time is Daybook.
    """
    return any(take() < seconds for _ in range(TRIES))
