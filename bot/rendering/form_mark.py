"""What the forms that book and move carry with them, because no field of theirs says it."""

import re
from dataclasses import dataclass
from uuid import UUID

from bot.domain.errors import NotFound

_MARK = re.compile(
    r"(?P<opened>\S{1,200}) (?P<zone>\S{1,80}) (?P<turn>[0-9]{1,6}) (?P<flags>[-ai]{1,3}) (?P<wanted>[0-9]{1,10}|-)"
    r"(?: (?P<appointment>[0-9a-f-]{36}) (?P<version>[0-9]{1,9}))?"
)
_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class FormMark:
    """One form, from its opening until it was submitted well.

    Args:
        opened: names the opening; a form that is delivered twice books once.
        zone: in which its days and times are; IANA name.
        turn: how often a start was taken by a button. Slack keeps what stands in a field under its ids, so that
            fields which are to hold something else need others.
        asks_anyway: whether *Book anyway* is offered.
        shows_invites: whether the invitation could be ticked; otherwise its absence means nothing.
        wanted: the start that was asked for last, in epoch seconds, free or not.
        moves: the appointment that is to be moved, and its version when the form was opened.
    """

    opened: str
    zone: str
    turn: int = 0
    asks_anyway: bool = False
    shows_invites: bool = False
    wanted: int | None = None
    moves: tuple[UUID, int] | None = None

    def metadata(self) -> str:
        """What the view carries."""
        flags = ("a" if self.asks_anyway else "") + ("i" if self.shows_invites else "")
        moves = f" {self.moves[0]} {self.moves[1]}" if self.moves else ""
        wanted = _NOTHING if self.wanted is None else self.wanted
        return f"{self.opened or _NOTHING} {self.zone} {self.turn} {flags or _NOTHING} {wanted}{moves}"


def form_mark(metadata: str) -> FormMark:
    """What a form carried; raises `NotFound` for what no form of ours carries."""
    found = _MARK.fullmatch(metadata)
    if found is None:
        raise NotFound
    try:
        moves = (UUID(found["appointment"]), int(found["version"])) if found["appointment"] else None
    except ValueError as error:
        raise NotFound from error
    return FormMark(
        opened=found["opened"],
        zone=found["zone"],
        turn=int(found["turn"]),
        asks_anyway="a" in found["flags"],
        shows_invites="i" in found["flags"],
        wanted=None if found["wanted"] == _NOTHING else int(found["wanted"]),
        moves=moves,
    )
