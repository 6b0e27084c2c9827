"""What buttons of digests, and their form, carry with them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.domain.digests import Level
from bot.domain.errors import NotFound

_REF = re.compile(r"(?P<deed>[a-z]{1,10}) (?P<digest>[0-9a-f-]{36})(?: (?P<level>[a-z]{1,10}))?")
_ASKING = re.compile(r"(?P<digest>[0-9a-f-]{36}) (?P<whom>\S{1,50})")
_MARK = re.compile(
    r"(?P<opened>\S{1,200}) (?P<digest>[0-9a-f-]{36}|-) (?P<channel>\S{1,50}) (?P<below>\S{1,100})(?P<listed> listed)?"
)
_NOTHING = "-"

POSTED = "posted"
"""What the button below a post says after the subcommand: there was a digest in that channel."""


class DigestDeed(StrEnum):
    """What can be done with a digest by pressing a button."""

    PAUSE = "pause"
    RESUME = "resume"
    DELETE = "delete"
    TAKE_OVER = "takeover"
    JOIN = "join"
    """The presser's own days come in, up to the level that he was shown."""
    STAY = "stay"
    """He was asked about more, and wants no more shown than the level that he had agreed to."""
    LEAVE = "leave"
    """The presser's own days go out."""


_WITH_LEVEL = (DigestDeed.JOIN, DigestDeed.STAY)


@dataclass(frozen=True, slots=True)
class DigestRef:
    """One button, and the digest that it is about; a deed that lets days be shown says up to which level."""

    deed: DigestDeed
    digest_id: UUID
    level: Level | None = None

    def value(self) -> str:
        """What the button carries."""
        return " ".join(str(part) for part in (self.deed, self.digest_id, self.level) if part is not None)


@dataclass(frozen=True, slots=True)
class DigestAsking:
    """A button in a digest's preview: who is to be asked to connect a calendar, by his Slack id."""

    digest_id: UUID
    slack_user_id: str

    def value(self) -> str:
        """What the button carries."""
        return f"{self.digest_id} {self.slack_user_id}"


@dataclass(frozen=True, slots=True)
class DigestMark:
    """One form, from its opening until it was saved.

    Args:
        opened: names the opening: a form that is delivered twice saves once.
        digest_id: what is changed; None for a new one.
        channel_id: where a new one goes; empty where that is chosen in the form.
        below: the id of the view that the form is on top of.
        was_listed: whoever opened it was in the digest's list then.
    """

    opened: str
    digest_id: UUID | None = None
    channel_id: str = ""
    below: str = ""
    was_listed: bool = False

    def metadata(self) -> str:
        """What the view carries."""
        parts = (self.opened, self.digest_id, self.channel_id, self.below)
        told = " ".join(str(part or _NOTHING) for part in parts)
        return f"{told} listed" if self.was_listed else told


def digest_ref(value: str) -> DigestRef:
    """What a pressed button carried; raises `NotFound` for what no button of ours carries."""
    found = _REF.fullmatch(value)
    if found is None:
        raise NotFound
    try:
        level = None if found["level"] is None else Level(found["level"])
        ref = DigestRef(DigestDeed(found["deed"]), UUID(found["digest"]), level)
    except ValueError as error:
        raise NotFound from error
    if (ref.level is not None) != (ref.deed in _WITH_LEVEL):
        raise NotFound
    return ref


def digest_asking(value: str) -> DigestAsking:
    """What a pressed button carried; raises `NotFound` for what no button of ours carries."""
    found = _ASKING.fullmatch(value)
    if found is None:
        raise NotFound
    try:
        return DigestAsking(UUID(found["digest"]), found["whom"])
    except ValueError as error:
        raise NotFound from error


def digest_mark(metadata: str) -> DigestMark:
    """What a form carried; raises `NotFound` for what no form of ours carries."""
    found = _MARK.fullmatch(metadata)
    if found is None:
        raise NotFound
    try:
        digest_id = None if found["digest"] == _NOTHING else UUID(found["digest"])
    except ValueError as error:
        raise NotFound from error
    channel, below = ("" if found[name] == _NOTHING else found[name] for name in ("channel", "below"))
    return DigestMark(found["opened"], digest_id, channel, below, was_listed=bool(found["listed"]))
