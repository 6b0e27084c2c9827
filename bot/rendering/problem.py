"""How Daybook says that something did not work."""

from uuid import UUID

from bot.rendering.blocks import context, section
from bot.rendering.surfaces import Message
from bot.rendering.text import user_text

# Crockford's letters: none is taken for another when it is read out.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_REFERENCE_LENGTH = 5
_SENTENCE = 1000
OUTDATED = "That belongs to an older version of Daybook. Nothing was done; start again with /daybook."
"""Said of a button, modal, field or shortcut that this version does not have any more."""


def problem(sentence: str) -> Message:
    """A situation that the person can understand; the sentence may name foreign things and is shown literally."""
    shown = user_text(sentence, limit=_SENTENCE)
    return Message(text=shown, blocks=(section(shown),))


def problem_with_note(sentence: str, note: str) -> Message:
    """What was done, and why nothing more can be shown; `note` is mrkdwn already."""
    shown = user_text(sentence, limit=_SENTENCE)
    return Message(text=f"{note} {shown}", blocks=(section(note), section(shown)))


def unknown_problem(reference: str) -> Message:
    """A failure of ours; the log has it under the same reference."""
    sentence = "That did not work: something failed inside Daybook. Nothing was changed as far as is known. Try again."
    quiet = f"If it keeps happening, tell us reference {reference}."
    return Message(text=f"{sentence} {quiet}", blocks=(section(sentence), context(quiet)))


def reference_of(random: UUID) -> str:
    """A reference that is short enough to be told, such as `7F3K2`."""
    number = random.int
    letters = []
    for _ in range(_REFERENCE_LENGTH):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return "".join(letters)
