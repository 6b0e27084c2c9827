"""One try of something that was claimed: whatever comes of it is recorded."""

from collections.abc import Callable
from contextlib import suppress

from bot.domain.errors import DaybookError, LeaseLost

_OWN_MISTAKE = "Something went wrong in Daybook itself."


def try_once(
    attempt: Callable[[], None], failed: Callable[[DaybookError], None], put_off: Callable[[str], None]
) -> bool:
    """Whether it is done, now or before. Somebody else having taken it over is no error.

    Args:
        attempt: the try itself.
        failed: records why it was not done.
        put_off: has it tried later, for the reason that it is told.
    """
    try:
        attempt()
    except LeaseLost:
        return False
    except DaybookError as error:
        with suppress(LeaseLost):
            failed(error)
        return False
    except Exception:
        # A mistake of ours goes on to whoever logs it, and is not made again at every tick.
        with suppress(LeaseLost):
            put_off(_OWN_MISTAKE)
        raise
    return True
