"""The words of `/daybook slots`: who, everyone or anyone, how long; the rest says when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.availability import Mode
from bot.domain.day_words import PARTS_OF_A_DAY, not_understood
from bot.domain.errors import DaybookError
from bot.domain.when import unknown_word

SHORTEST_MINUTES = 5
LONGEST_MINUTES = 480

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_OTHER_MENTION = re.compile(r"<[!#][^<>]*>")
_NAME = re.compile(r"(?<!\S)@\S+")
_LENGTH = re.compile(
    r"(?<!\S)(?:(?P<hours>[0-9]{1,3})\s?h(?:(?:ou)?rs?)?"
    r"(?:(?P<rest>[0-9]{1,2})m?|\s(?P<more>[0-9]{1,2})\s?m(?:in(?:ute)?s?)?)?"
    r"|(?P<minutes>[0-9]{1,4})\s?m(?:in(?:ute)?s?)?)(?!\S)"
)
_MODES = {"all": Mode.ALL, "everyone": Mode.ALL, "any": Mode.ANY, "anyone": Mode.ANY}
_FILLERS = frozenset({"and", "with", "for", "&", "+"})
_JOINING = frozenset({"at", "on", "in", "is", "free", "of", "the", "last", "previous"})


class UnclearRequest(DaybookError):
    """Words about who or how long that cannot be followed; the sentence says what to write instead."""


class UnknownNames(UnclearRequest):
    """Names that Slack did not turn into people, as they were written."""

    def __init__(self, names: tuple[str, ...]) -> None:
        told = ", ".join(name[:40] for name in names[:5])
        super().__init__(f"Daybook does not know {told}. Pick from the list that Slack shows while you type.")
        self.names = names


@dataclass(frozen=True, slots=True)
class SlotsRequest:
    """What somebody asked of `slots`.

    Args:
        members: Slack ids in the order they were named; none means the asker.
        mode: whether everyone has to be free, or anyone.
        minutes: the length; None where none was written.
        when: the words that say when, known to the grammar and not read yet; empty where none were written.
    """

    members: tuple[str, ...] = ()
    mode: Mode = Mode.ALL
    minutes: int | None = None
    when: str = ""


def parse_slots_request(text: str) -> SlotsRequest:
    """The request in a command's text, in any order of its parts; mentions are escaped, `<@U123|ana>`.

    Raises `UnknownNames`, `UnclearRequest`, and `UnclearWhen` for a word that is none of these.
    """
    members = tuple(dict.fromkeys(_MENTION.findall(text)))
    rest = _MENTION.sub(" ", text)
    if _OTHER_MENTION.search(rest):
        raise UnclearRequest("Name people one by one; channels and groups have no calendar.")
    if names := tuple(_NAME.findall(rest)):
        raise UnknownNames(names)
    lengths = [_minutes(found) for found in _LENGTH.finditer(rest.lower())]
    words = _LENGTH.sub(" ", rest.lower()).replace(",", " ").split()
    modes = {_MODES[word] for word in words if word in _MODES}
    if len(lengths) > 1:
        raise UnclearRequest("Write one length, like 30m or 1h30.")
    if len(modes) > 1:
        raise UnclearRequest("Write all, if everyone has to be free, or any, if one of them is enough.")
    when = " ".join(word for word in words if word not in _MODES and word not in _FILLERS)
    if (word := unknown_word(when)) is not None:
        raise not_understood(word, is_name=True)
    return SlotsRequest(
        members=members,
        mode=next(iter(modes), Mode.ALL),
        minutes=_checked(lengths[0]) if lengths else None,
        when=when,
    )


def is_own_word(word: str) -> bool:
    """Whether a lower-case word says when, how long or how many, or merely joins others: then it is nobody's name."""
    known = word in _MODES or word in _FILLERS or word in _JOINING or _LENGTH.fullmatch(word) is not None
    return known or word in PARTS_OF_A_DAY or unknown_word(word) is None


def names_somebody(words: Sequence[str]) -> bool:
    """Whether any of the lower-case words may be a name; a length may be two of them, `30 minutes`."""
    return not all(map(is_own_word, _LENGTH.sub(" ", " ".join(words)).split()))


def _minutes(found: re.Match[str]) -> int:
    if found["minutes"] is not None:
        return int(found["minutes"])
    return int(found["hours"]) * 60 + int(found["rest"] or found["more"] or 0)


def _checked(minutes: int) -> int:
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise UnclearRequest(
            f"A meeting takes from {SHORTEST_MINUTES} minutes to 8 hours; write for example 30m or 1h30."
        )
    return minutes
