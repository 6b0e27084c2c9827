"""Names without @: in words that are read as a command, people are found by what they are called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.domain.day_words import nearness_to_a_day

_LONGEST_NAME = 4
_CLOSENESS = 0.65
_NEAREST = 5
_POSSESSIVE = ("'s", "’s")
_IN_NAMES = dict.fromkeys(map(ord, "-'’."))


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom a name may mean.

    Args:
        mark: what stands for him in a command: `<@U1>`, or a contact's address.
        address: what tells a contact from others of that name; empty for a colleague.
    """

    name: str
    mark: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """The words with everybody marked up whom a name means without doubt.

    Args:
        text: the words, people as their marks.
        name: the first name that could mean several, or means nobody, as it was written; empty where there is none.
        meanings: each who could be meant, with the words as they are if he is; of a name that means nobody those
            who are called nearly so.
        is_unknown: nobody is called so.
        without: the words without an unknown name.
        is_contact: the meanings are contacts, where only colleagues can be asked about.
    """

    text: str
    name: str = ""
    meanings: tuple[tuple[Named, str], ...] = ()
    is_unknown: bool = False
    without: str = ""
    is_contact: bool = False


def called(text: str, people: Sequence[Named], is_taken: Callable[[str], bool]) -> Called:
    """Find people by whole names and by first names, whatever the case.

    `is_taken` says of a lower-case word that it means something else here; with @ ahead it is a name all the same.
    """
    words, done, at = text.split(), list[str](), 0
    while at < len(words):
        length, found = _found(words[at:], people, is_taken)
        rest = words[at + length :]
        if len(found) > 1:
            meanings = [(one, " ".join([*done, one.mark, *rest])) for one in found]
            return Called(text, bare_name(" ".join(words[at : at + length])), tuple(meanings))
        done.append(found[0].mark if found else words[at])
        at += length
    return Called(" ".join(done))


def with_contact(found: Called, contacts: Sequence[Named], is_taken: Callable[[str], bool]) -> Called:
    """The same, with the first contact who is named where only colleagues can be asked about."""
    if found.meanings:
        return found
    marked = called(found.text, contacts, is_taken)
    meanings = marked.meanings or tuple((one, marked.text) for one in contacts if one.mark in marked.text.split())[:1]
    if not meanings:
        return found
    return Called(found.text, marked.name or meanings[0][0].name, meanings, is_contact=True)


def with_unknown(found: Called, people: Sequence[Named], is_taken: Callable[[str], bool]) -> Called:
    """The same, with the first word that is neither a name nor anything else, and whoever is called nearly so.

    What is nearer to a day's word stays: the grammar of days asks about it. So do words with figures or marks in them.
    """
    if found.meanings:
        return found
    words = found.text.split()
    for at, word in enumerate(words):
        name = bare_name(word)
        if not is_name(name) or (is_taken(name.casefold()) and not word.startswith("@")):
            continue
        near = _nearest(name, people)
        if nearness_to_a_day(name.lower()) > max((closeness for closeness, _ in near), default=0.0):
            continue
        meanings = [(one, " ".join([*words[:at], one.mark, *words[at + 1 :]])) for _, one in near]
        without = " ".join(words[:at] + words[at + 1 :])
        return Called(found.text, name, tuple(meanings), is_unknown=True, without=without)
    return found


def _nearest(name: str, people: Sequence[Named]) -> list[tuple[float, Named]]:
    """Whose name, or part of it, is nearly that, and how nearly; the nearest first."""
    wanted = name.casefold()

    def closeness(one: Named) -> float:
        whole = one.name.casefold()
        return max(SequenceMatcher(None, wanted, part).ratio() for part in (whole, *whole.split()))

    close = [(closeness(one), one) for one in people]
    return sorted((each for each in close if each[0] >= _CLOSENESS), key=lambda each: (-each[0], each[1].name))[
        :_NEAREST
    ]


def _found(words: Sequence[str], people: Sequence[Named], is_taken: Callable[[str], bool]) -> tuple[int, list[Named]]:
    """How many words make the longest name at the beginning, and who has it."""
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        name = bare_name(" ".join(words[:length])).casefold()
        if length == 1 and is_taken(name) and not words[0].startswith("@"):
            break
        found = [one for one in people if " ".join(one.name.split()).casefold() == name]
        if not found and length == 1:
            found = [one for one in people if one.name.split()[:1] and one.name.split()[0].casefold() == name]
        if found:
            return length, found
    return 1, []


def is_name(word: str) -> bool:
    """Whether it may be somebody's name, by its letters."""
    return word.translate(_IN_NAMES).isalpha()


def bare_name(name: str) -> str:
    """The name without what stands around it in a sentence: `@ana`, `ana,` and `ana's` are `ana`."""
    bare = name.removeprefix("@").rstrip(",;.?!")
    return next((bare.removesuffix(end) for end in _POSSESSIVE if bare.endswith(end)), bare)
