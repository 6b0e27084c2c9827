"""Decides which remote events take their owner's time."""

from bot.domain.events import Certainty, EventKind, EventStatus, RemoteEvent, Response, ShowsAs

_NEVER_BLOCKING = frozenset({EventKind.WORKING_LOCATION, EventKind.BIRTHDAY})


def blocks(event: RemoteEvent) -> bool:
    """Whether the event takes time; the first condition that fits decides.

    Tentative and unanswered invitations block, unless their owner decided otherwise: see `certainty`.
    """
    if event.status is EventStatus.CANCELLED:
        return False
    if event.kind in _NEVER_BLOCKING:
        return False
    if event.shows_as is ShowsAs.FREE:
        return False
    return event.response is not Response.DECLINED


_CERTAINTY = {Response.TENTATIVE: Certainty.TENTATIVE, Response.NEEDS_ACTION: Certainty.UNANSWERED}


def certainty(event: RemoteEvent) -> Certainty:
    """How certain its owner is to be there, by his answer to the invitation; what is his own is settled."""
    return Certainty.SETTLED if event.response is None else _CERTAINTY.get(event.response, Certainty.SETTLED)
