"""What becomes of a member's word as the list of a digest changes, and as he answers. Pure."""

from dataclasses import dataclass, replace
from uuid import UUID

from bot.domain.digests import Digest, Level, Share


@dataclass(frozen=True, slots=True)
class Relisted:
    """The word of somebody whose place in the list was entered once more.

    Args:
        share: his word now.
        asks_more: the digest shows more than he was ever asked about: a question that stands open says so by itself,
            else he is asked anew.
        is_news: the message that asks him may have to say something else.
    """

    share: Share
    asks_more: bool
    is_news: bool


def first_listed(digest: Digest, member_id: UUID, *, refuses: bool) -> Share:
    """Of whom nobody asked so far; whoever said no to another digest of its channel is not asked."""
    return Share(digest.id, member_id, digest.level, has_declined=refuses)


def taken_out(share: Share) -> Share | None:
    """Once he is not in the list any more: a yes is forgotten; that he was asked, or said no, is remembered."""
    return None if share.agreed is not None else replace(share, is_listed=False)


def listed_again(share: Share, level: Level, *, is_to_be_asked: bool) -> Relisted:
    """Once he is put in again, or left in it, the digest showing `level`; `is_to_be_asked`: nobody asked him yet."""
    listed = replace(share, is_listed=True)
    asks_more = not listed.has_declined and level.rank > listed.asked.rank
    if asks_more or is_to_be_asked:
        asked = level if listed.agreed is None else _more(listed.agreed, level)
        listed = replace(listed, asked=asked)
    return Relisted(listed, asks_more, is_news=asks_more or not share.is_listed)


def answered(share: Share, level: Level, agreed: Level | None) -> Share:
    """Once he answered, the digest showing `level`.

    Whoever agrees to all that it shows was asked about no more than that: if it shows more one day, he is asked again.
    Whoever agrees to less said no to the rest.
    """
    if agreed is None:
        return replace(share, agreed=None, has_declined=True)
    asked = agreed if agreed.rank >= level.rank else _more(share.asked, agreed)
    return replace(share, agreed=agreed, has_declined=False, asked=asked)


def _more(one: Level, other: Level) -> Level:
    return max(one, other, key=lambda level: level.rank)
