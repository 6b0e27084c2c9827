"""Names without @: in words that are read as a command, colleagues are found by what they are called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.people import Member

_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Called:
    """The words with everybody marked up whom a name means without doubt.

    Args:
        text: the words, colleagues as `<@U1>`.
        name: the first name that could mean several, as it was written; empty where there is none.
        meanings: each who could be meant, with the words as they are if he is.
    """

    text: str
    name: str = ""
    meanings: tuple[tuple[Member, str], ...] = ()


def called(text: str, people: Sequence[Member], is_taken: Callable[[str], bool]) -> Called:
    """Find colleagues by whole names and by first names, whatever the case.

    `is_taken` says of a lower-case word that it means something else here; with @ ahead it is a name all the same.
    """
    words, done, at = text.split(), list[str](), 0
    while at < len(words):
        length, found = _found(words[at:], people, is_taken)
        rest = words[at + length :]
        if len(found) > 1:
            meanings = [(one, " ".join([*done, _mark(one), *rest])) for one in found]
            return Called(text, _bare(" ".join(words[at : at + length])), tuple(meanings))
        done.append(_mark(found[0]) if found else words[at])
        at += length
    return Called(" ".join(done))


def _found(words: Sequence[str], people: Sequence[Member], is_taken: Callable[[str], bool]) -> tuple[int, list[Member]]:
    """How many words make the longest name at the beginning, and who has it."""
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        name = _bare(" ".join(words[:length])).casefold()
        if length == 1 and is_taken(name) and not words[0].startswith("@"):
            break
        found = [one for one in people if " ".join(one.name.split()).casefold() == name]
        if not found and length == 1:
            found = [one for one in people if one.name.split()[:1] and one.name.split()[0].casefold() == name]
        if found:
            return length, found
    return 1, []


def _bare(name: str) -> str:
    return name.removeprefix("@").rstrip(",;.?!")


def _mark(member: Member) -> str:
    return f"<@{member.slack_user_id}>"
