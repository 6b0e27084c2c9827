"""What buttons of digests, and their form, carry with them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.domain.digests import Level
from bot.domain.errors import NotFound

_REF = re.compile(r"(?P<deed>[a-z]{1,10}) (?P<digest>[0-9a-f-]{36})(?: (?P<level>[a-z]{1,10}))?")
_ANSWER = re.compile(r"(?P<digest>[0-9a-f-]{36}) (?P<level>[a-z]{1,10})")
_MARK = re.compile(r"(?P<opened>\S{1,200}) (?P<digest>[0-9a-f-]{36}|-) (?P<channel>\S{1,50}) (?P<below>\S{1,100})")
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
    LEAVE = "leave"
    """The presser's own days go out."""


@dataclass(frozen=True, slots=True)
class DigestRef:
    """One button, and the digest that it is about; who presses *JOIN* agrees to `level`, and to no more."""

    deed: DigestDeed
    digest_id: UUID
    level: Level | None = None

    def value(self) -> str:
        """What the button carries."""
        return " ".join(str(part) for part in (self.deed, self.digest_id, self.level) if part is not None)


@dataclass(frozen=True, slots=True)
class DigestAnswer:
    """An answer to the question about one's days; without a level it is a no."""

    digest_id: UUID
    level: Level | None

    def value(self) -> str:
        """What the button carries."""
        return f"{self.digest_id} {self.level or 'no'}"


@dataclass(frozen=True, slots=True)
class DigestMark:
    """One form, from its opening until it was saved.

    Args:
        opened: names the opening: a form that is delivered twice saves once.
        digest_id: what is changed; None for a new one.
        channel_id: where a new one goes; empty where that is chosen in the form.
        below: the id of the view that the form is on top of.
    """

    opened: str
    digest_id: UUID | None = None
    channel_id: str = ""
    below: str = ""

    def metadata(self) -> str:
        """What the view carries."""
        parts = (self.opened, self.digest_id, self.channel_id, self.below)
        return " ".join(str(part or _NOTHING) for part in parts)


def digest_ref(value: str) -> DigestRef:
    """What a pressed button carried; raises `NotFound` for what no button of ours carries."""
    found = _REF.fullmatch(value)
    if found is None:
        raise NotFound
    try:
        level = None if found["level"] is None else Level(found["level"])
        return DigestRef(DigestDeed(found["deed"]), UUID(found["digest"]), level)
    except ValueError as error:
        raise NotFound from error


def digest_answer(value: str) -> DigestAnswer:
    """What an answer carried; raises `NotFound` for what none of ours carries."""
    found = _ANSWER.fullmatch(value)
    if found is None:
        raise NotFound
    try:
        return DigestAnswer(UUID(found["digest"]), None if found["level"] == "no" else Level(found["level"]))
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
    return DigestMark(found["opened"], digest_id, channel, below)
