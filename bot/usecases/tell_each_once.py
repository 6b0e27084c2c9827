"""Tells people what was claimed for them, once each, whoever runs it and however often."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from bot.domain.errors import NotFound, ProviderDown, ProviderError

_T = TypeVar("_T")
_log = logging.getLogger(__name__)


def tell_each_once(claimed: Iterable[_T], tell: Callable[[_T], None], give_back: Callable[[_T], None]) -> int:
    """How many were told.

    `claimed` had better claim each only as it is asked for: a process that dies leaves untold whatever it holds.
    What Slack refused is given back for a later run, and whoever is not there any more is passed over. What Slack
    may have taken counts as told. A mistake of ours must not leave those untold who come after it: what it struck is
    given back, and it is raised when everybody else was told.
    """
    told = 0
    mistakes = list[Exception]()
    for one in claimed:
        try:
            tell(one)
        except NotFound:
            continue
        except ProviderError as error:
            if isinstance(error, ProviderDown) and error.is_silent:
                _log.info("nobody knows whether Slack took the message; it is not sent again")
                told += 1
            else:
                give_back(one)
        except Exception as mistake:  # noqa: BLE001 - raised again, when everybody else was told
            give_back(one)
            mistakes.append(mistake)
        else:
            told += 1
    for another in mistakes[1:]:
        _log.error("one more could not be told", exc_info=another)
    if mistakes:
        raise mistakes[0]
    return told
