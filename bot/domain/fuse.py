"""Tells an ordinary loss of events from one that its owner has to be asked about before anything goes."""

from dataclasses import dataclass

# So many may go unasked, however small the calendar is; beyond them a fifth of what is coming.
MOST_UNASKED = 5
_SHARE = 5


@dataclass(frozen=True, slots=True)
class Fuse:
    """A loss that is held back: everything goes on to block until the calendar's owner has spoken.

    Args:
        number: tells this question from an earlier one about the same calendar.
        gone: how many coming events the provider does not list any more.
        coming: how many there were, those included.
        is_approved: the owner said that they are to go.
    """

    number: int
    gone: int
    coming: int
    is_approved: bool = False


def enough_coming(gone: int) -> int:
    """How many events must be coming for the loss of `gone` of them to be ordinary."""
    return gone * _SHARE


def blows(gone: int, coming: int) -> bool:
    """Whether the loss of `gone` events out of `coming` ones is too sudden to be believed."""
    return gone > MOST_UNASKED and coming < enough_coming(gone)


def may_go(gone: int, coming: int, fuse: Fuse | None) -> bool:
    """Whether events may be removed now.

    While a question is open nothing goes that could be part of it. An approval covers as many as the owner was
    told of; for more he is asked anew.

    Args:
        gone: coming events that would be removed.
        coming: events that are coming, those included; exact only as far as `enough_coming` asks.
        fuse: what is held back already.
    """
    if fuse is not None and not fuse.is_approved:
        return gone == 0
    is_covered = fuse is not None and gone <= fuse.gone
    return is_covered or not blows(gone, coming)
