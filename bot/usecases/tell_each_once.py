"""Tells people what was claimed for them, once each, whoever runs it and however often."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.domain.errors import NotFound, ProviderError

_T = TypeVar("_T")


def tell_each_once(claimed: Sequence[_T], tell: Callable[[_T], None], give_back: Callable[[_T], None]) -> int:
    """How many were told.

    What Slack refused is given back for a later run, and whoever is not there any more is passed over. A mistake
    of ours is raised, but must not leave those untold who come after it: all of them are given back first.
    """
    told = 0
    for place, one in enumerate(claimed):
        try:
            tell(one)
        except NotFound:
            continue
        except ProviderError:
            give_back(one)
        except Exception:
            for untold in claimed[place:]:
                give_back(untold)
            raise
        else:
            told += 1
    return told
