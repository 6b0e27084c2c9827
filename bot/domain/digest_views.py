"""What there is to see of digests, as far as its reader may see it."""

from dataclasses import dataclass

from bot.domain.digests import Digest, Run, Share
from bot.domain.people import Member


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody of the list, with his word."""

    member: Member
    share: Share


@dataclass(frozen=True, slots=True)
class DigestShown:
    """A digest as its reader may see it.

    Args:
        people: the list; empty for whom it is not.
        own: the reader's own word, where he was ever asked for it.
        last: the last day that was settled.
        may_change: he may edit, pause and delete it.
        may_preview: he may read what would be posted.
        may_take_over: its creator left, and he may take his place.
        zone: the reader's.
    """

    digest: Digest
    creator: Member
    people: tuple[Listed, ...]
    own: Share | None
    last: Run | None
    may_change: bool
    may_preview: bool
    may_take_over: bool
    zone: str
