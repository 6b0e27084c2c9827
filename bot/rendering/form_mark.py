"""What the forms that book and move carry with them, because no field of theirs says it."""

import re
from dataclasses import dataclass
from uuid import UUID

from bot.domain.errors import NotFound

_MARK = re.compile(
    r"(?P<opened>\S{1,200}) (?P<zone>\S{1,80}) (?P<turn>[0-9]{1,6}) (?P<flags>[-io]{1,2}) (?P<wanted>[0-9]{1,10}|-)"
    r"(?: ~(?P<unknown>[0-9a-f]{8}(?:\.[0-9a-f]{8}){0,199}))?"
    r"(?: (?P<appointment>[0-9a-f-]{36}) (?P<version>[0-9]{1,9}))?"
)
_NOTHING = "-"
_MOST_UNKNOWN = 200
"""Slack carries so much; nobody has ten hosts with more calendars that cannot be read."""


@dataclass(frozen=True, slots=True)
class FormMark:
    """One form, from its opening until it was submitted well.

    Args:
        opened: names the opening; a form that is delivered twice books once.
        zone: in which its days and times are; IANA name.
        turn: how often a start was taken by a button. Slack keeps what stands in a field under its ids, so that
            fields which are to hold something else need others.
        unknown: what the reader was told that nobody knows, as in `NeedsAnyway`; that he may pass over.
        shows_invites: whether the invitation could be ticked; otherwise its absence means nothing.
        has_own_contact: the contact that was chosen is the reader himself.
        wanted: the start that was asked for last, in epoch seconds, free or not.
        moves: the appointment that is to be moved, and its version when the form was opened.
    """

    opened: str
    zone: str
    turn: int = 0
    unknown: frozenset[str] = frozenset()
    shows_invites: bool = False
    has_own_contact: bool = False
    wanted: int | None = None
    moves: tuple[UUID, int] | None = None

    @property
    def asks_anyway(self) -> bool:
        """Whether *Book anyway* is offered."""
        return bool(self.unknown)

    def metadata(self) -> str:
        """What the view carries."""
        flags = f"{'i' if self.shows_invites else ''}{'o' if self.has_own_contact else ''}"
        unknown = f" ~{'.'.join(sorted(self.unknown)[:_MOST_UNKNOWN])}" if self.unknown else ""
        moves = f" {self.moves[0]} {self.moves[1]}" if self.moves else ""
        wanted = _NOTHING if self.wanted is None else self.wanted
        return f"{self.opened or _NOTHING} {self.zone} {self.turn} {flags or _NOTHING} {wanted}{unknown}{moves}"


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
        unknown=frozenset(found["unknown"].split(".")) if found["unknown"] else frozenset(),
        shows_invites="i" in found["flags"],
        has_own_contact="o" in found["flags"],
        wanted=None if found["wanted"] == _NOTHING else int(found["wanted"]),
        moves=moves,
    )
