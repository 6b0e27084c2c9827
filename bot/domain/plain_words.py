"""What people write to Daybook as they speak, as the command that they mean by it.

A few sentences are known, each of them as one command: `am I free friday 3pm` is `why friday 3pm`. Names, days and
times stay as they were written, for the command's own parser; whatever is no such sentence stays as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.day_words import PARTS_OF_A_DAY, is_day_word
from bot.domain.sentences import COMMANDS, HELP, OTHER_WORDS, PLANS, POLITE, SENTENCES, THANKS, WHAT_IS
from bot.domain.slots_request import is_own_word, names_somebody
from bot.domain.when import has_time, joined_halves, unknown_word


class Meant(StrEnum):
    """What words ask for: a command, or something that is done in another way."""

    COMMAND = "command"
    THANKS = "thanks"
    CANCEL = "cancel"
    MOVE = "move"
    WHO = "who"


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Words as they are understood.

    Args:
        command: what would be typed after `/daybook`; of `CANCEL` and `MOVE` the day that was named, if any; of `WHO`,
            which asks who is free and names nobody, when.
        left_out: parts of a day, such as `afternoon`, which the grammar of times does not have.
        about: of `CANCEL` and `MOVE` the words for the appointment, without those for where it is to go.
    """

    command: str
    meant: Meant = Meant.COMMAND
    left_out: tuple[str, ...] = ()
    about: str = ""


_CHANGES = re.compile(r"(?P<cancel>cancel|call off)\b|(?:move|reschedule|postpone)\b", re.IGNORECASE)
_MAY_CHANGE = re.compile(r"(?P<cancel>delete|remove|drop)\b|(?:shift|change)\b", re.IGNORECASE)
_APPOINTMENT = re.compile(r"\b(?:appointment|meeting|booking|call)s?\b", re.IGNORECASE)
# What can be called off or changed, but is no appointment.
_OTHER_THINGS = re.compile(
    r"\b(?:accounts?|calendars?|contacts?|daybook|digests?|google|hours|options?|reminders?|settings|subscription"
    r"|sync|triggers?|zone|zoom)\b",
    re.IGNORECASE,
)
_GOES_TO = re.compile(r"(?:^|\s)(?:to|onto|until|till)\s", re.IGNORECASE)
_ONESELF = frozenset({"i", "me", "myself", "we", "us"})
_BESIDE = frozenset(
    {
        *("please", "pls", "a", "an", "the", "my", "our", "some", "anytime", "o'clock", "then", "there", "it", "to"),
        *("have", "got", "on", "in", "of", "is", "are", "am", "do", "calendar", "agenda", "diary", "meeting", "call"),
        "appointment",
    }
)
_TO_MEET = re.compile(r"\bto (?:meet|see|(?:talk|speak) (?:to|with))\b", re.IGNORECASE)
_THIS_PART = re.compile(r"\b(?:today )?this (?=(?:morning|afternoon|evening)\b)", re.IGNORECASE)
_TONIGHT = re.compile(r"\b(?:today )?tonight\b", re.IGNORECASE)


def plain_words(text: str) -> PlainWords:
    """What a message means; one line, without a mark at its end."""
    line = text.replace("’", "'").strip()
    if THANKS.fullmatch(line):
        return PlainWords("", Meant.THANKS)
    while (polite := POLITE.match(line)) is not None:
        line = line[polite.end() :]
    if HELP.fullmatch(line):
        return PlainWords("help")
    if (change := _change_in(line)) is not None:
        return change
    for pattern, command in SENTENCES:
        if (found := pattern.fullmatch(line)) is not None:
            return _as_command(command, " ".join(filter(None, found.groups())), is_sentence=True)
    return _as_typed(line)


def _change_in(line: str) -> PlainWords | None:
    """An appointment that is to be moved or cancelled, rather than an option or an account."""
    found = _CHANGES.match(line) or _MAY_CHANGE.match(line)
    if found is None:
        return None
    rest = line[found.end() :]
    about = joined_halves(rest if found["cancel"] else _GOES_TO.split(rest, maxsplit=1)[0]).strip()
    words = about.lower().replace(",", " ").split()
    days = [day for word in words if is_day_word(day := word.removesuffix("'s"))]
    is_sure = found.re is _CHANGES and _OTHER_THINGS.search(rest) is None
    if not (is_sure or has_time(rest) or _APPOINTMENT.search(rest)):
        return None
    return PlainWords(" ".join(days), Meant.CANCEL if found["cancel"] else Meant.MOVE, about=about)


def _as_typed(line: str) -> PlainWords:
    """What begins with a command's own word, or says nothing but when, or whom and when."""
    whom, _, other = line.partition(" ")
    if whom.startswith(("<@", "@")) and (not other or unknown_word(other) is None):
        return _as_command("free", line)
    said = WHAT_IS.sub("", line)
    when = " ".join(word for word in _spelt_out(said) if _bare(word) not in PARTS_OF_A_DAY)
    if when and unknown_word(when) is None:
        return _as_command("why" if has_time(when) else "agenda", said)
    word, _, rest = line.partition(" ")
    word = word.lower()
    if word == "schedule" and rest and unknown_word(rest) is not None:
        return _as_command("book", rest)
    word = "agenda" if word in PLANS else OTHER_WORDS.get(word, word)
    return _as_command(word, rest) if word in COMMANDS else PlainWords(line)


def _as_command(command: str, said: str, *, is_sentence: bool = False) -> PlainWords:
    """The command with what was said besides, as far as it says who and when.

    Of a sentence more is meant than is said: whoever asks for a time with somebody is at the meeting too.
    """
    words = _spelt_out(_TO_MEET.sub("with", said) if command == "slots" else said)
    left_out = [bare for word in words if (bare := _bare(word)) in PARTS_OF_A_DAY]
    kept = ["me" if _bare(word) in _ONESELF else word for at, word in enumerate(words) if _counts(words, at)]
    if command == "slots" and is_sentence and _is_with_others(kept):
        kept = ["me", *kept]
    # Where nobody else is named, oneself is meant anyway.
    if command == "book" or all(word == "me" or is_own_word(_bare(word)) for word in kept):
        kept = [word for word in kept if word != "me"]
    if command == "agenda" and has_time(" ".join(kept)):
        command = "why"
    if command == "free":
        command = "why" if has_time(" ".join(kept)) else "slots"
        kept = kept or ["today"]
    if command == "who":
        if all(is_own_word(_bare(word)) for word in kept):
            return PlainWords(" ".join(kept), Meant.WHO, tuple(left_out))
        command, kept = "slots", ["any", *kept]
    return PlainWords(" ".join([command, *kept]), left_out=tuple(left_out))


def _is_with_others(kept: Sequence[str]) -> bool:
    """Whether it says with whom, but not who: nobody is named ahead of `with`, and not the one who asks."""
    words = [_bare(word) for word in kept]
    return "with" in words and "me" not in words and not names_somebody(words[: words.index("with")])


def _spelt_out(said: str) -> list[str]:
    """The words, a time being one of them, with the day of `tonight` and of `this afternoon`."""
    return _TONIGHT.sub("today tonight", _THIS_PART.sub("today ", joined_halves(said))).split()


def _counts(words: Sequence[str], at: int) -> bool:
    """Whether a word says who or when; `to` does between two days."""
    bare = _bare(words[at])
    if bare == "to":
        return 0 < at < len(words) - 1 and is_day_word(_bare(words[at - 1])) and is_day_word(_bare(words[at + 1]))
    return bare not in PARTS_OF_A_DAY and bare not in _BESIDE


def _bare(word: str) -> str:
    return word.lower().rstrip(",.;?!")
