"""What there is to see of digests, as far as its reader may see it."""

from dataclasses import dataclass

from bot.domain.digests import Digest, Level, Run, Share
from bot.domain.people import Member


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody of the list, with his word."""

    member: Member
    share: Share


@dataclass(frozen=True, slots=True)
class Answered:
    """A member's word as it counts now: up to which level he agrees; without a calendar nothing can be shown of him."""

    digest: Digest
    agreed: Level | None
    has_calendar: bool


@dataclass(frozen=True, slots=True)
class DigestShown:
    """A digest as its reader may see it.

    Args:
        people: the list; empty for whom it is not.
        own: the reader's own word, where he was ever asked for it.
        last: its last day that was settled.
        before: the last day on which its channel saw a digest that was deleted since; None where this one has a day.
        may_change: he may edit, pause and delete it.
        may_preview: he may read what would be posted.
        may_take_over: its creator left, and he may take his place.
        zone: the reader's.
        paused_by: whoever paused it, where somebody did.
        is_own_pause: that was the reader.
        is_veiled: guests or people of other organisations may read its channel: it shows busy times alone for now.
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
    paused_by: Member | None = None
    before: Run | None = None
    is_own_pause: bool = False
    is_veiled: bool = False

    @property
    def may_open(self) -> bool:
        """The reader may see more than that it is there."""
        return self.may_change or self.may_preview or self.may_take_over or self.own is not None

    @property
    def refused(self) -> tuple[Member, ...]:
        """Who is in the list and said no, but for the reader: nobody asks them again."""
        reader = None if self.own is None else self.own.member_id
        return tuple(one.member for one in self.people if one.share.has_declined and one.member.id != reader)
