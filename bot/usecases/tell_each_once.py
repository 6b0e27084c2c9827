"""Tells people what was claimed for them, once each, whoever runs it and however often."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import TypeVar

from bot.domain.errors import NotFound, ProviderDown, ProviderError
from bot.ports import Store, UnitOfWork
from bot.usecases.each_on_its_own import each_on_its_own

_T = TypeVar("_T")
_log = logging.getLogger(__name__)

LATER = timedelta(hours=1)
"""When what Slack refused is tried again."""

TRIED_FOR = timedelta(days=1)
"""After that it is left to the screens that show it too: whom Slack refuses for good is not tried for ever."""

_AT_ONCE = 50


def one_by_one(store: Store, claim: Callable[[UnitOfWork], _T | None]) -> Iterator[_T]:
    """What `claim` finds, until it finds nothing, or enough for one tick.

    Each is claimed in a transaction of its own, once the one before it was told: a process that dies leaves one of
    them untold.
    """
    for _ in range(_AT_ONCE):
        with store.writing() as work:
            found = claim(work)
            work.commit()
        if not found:
            return
        yield found


def tell_each_once(claimed: Iterable[_T], tell: Callable[[_T], None], give_back: Callable[[_T], None]) -> int:
    """How many were told.

    `claimed` had better claim each only as it is asked for: a process that dies leaves untold whatever it holds.
    What Slack refused is given back for a later run, and whoever is not there any more is passed over. What Slack
    may have taken counts as told. A mistake of ours must not leave those untold who come after it: what it struck is
    given back, and it is raised when everybody else was told.
    """

    def is_told(one: _T) -> bool:
        try:
            tell(one)
        except NotFound:
            return False
        except ProviderError as error:
            if isinstance(error, ProviderDown) and error.is_silent:
                _log.info("nobody knows whether Slack took the message; it is not sent again")
                return True
            give_back(one)
            return False
        except Exception:
            give_back(one)
            raise
        return True

    return each_on_its_own(claimed, is_told)
