"""What the buttons and forms of contacts carry: what is to be done, to whom as he was shown, and the way back."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from bot.domain.errors import NotFound

LONGEST_WORDS = 100
_NOTHING = "-"
_MARK = re.compile(
    r"(?P<deed>[a-z_]{1,20}) (?P<contact>[0-9a-f-]{36}|-) (?P<version>[0-9]{1,9}) "
    r"(?P<other>[0-9a-f-]{36}|-) (?P<other_version>[0-9]{1,9}) (?P<first>[0-9]{1,7}) (?P<words>.{0,100})"
)


class ContactDeed(StrEnum):
    """What a button of theirs does."""

    LIST = "list"
    OPEN = "open"
    NEW = "new"
    EDIT = "edit"
    MERGE = "merge"
    DELETE = "delete"
    BOOK = "book"
    LEFT_OUT = "left_out"
    ALLOW = "allow"
    """Lets somebody become a contact again who was left out; the words are who."""
    QUESTIONS = "questions"
    TAKE_OFF = "take_off"
    """Lets an address be no contact's any more; the words are the address."""


@dataclass(frozen=True, slots=True)
class ContactMark:
    """One button or form.

    Args:
        deed: what it does.
        contact_id: to whom, in his `version`.
        other_id: with whom he is merged, in that one's version.
        first: the number of contacts ahead of the page from which he was opened.
        words: by which that page was asked for.
    """

    deed: ContactDeed
    contact_id: UUID | None = None
    version: int = 0
    other_id: UUID | None = None
    other_version: int = 0
    first: int = 0
    words: str = ""

    def to(self, deed: ContactDeed) -> "ContactMark":
        """Another deed at the same place."""
        return replace(self, deed=deed)

    def value(self) -> str:
        """What a button or a view carries."""
        words = " ".join(self.words.split())[:LONGEST_WORDS]
        return (
            f"{self.deed} {self.contact_id or _NOTHING} {self.version} {self.other_id or _NOTHING} "
            f"{self.other_version} {self.first} {words}"
        )


def contact_mark(value: str) -> ContactMark:
    """What was carried; raises `NotFound` for what no button or form of ours carries."""
    found = _MARK.fullmatch(value)
    if found is None:
        raise NotFound
    try:
        return ContactMark(
            deed=ContactDeed(found["deed"]),
            contact_id=_id(found["contact"]),
            version=int(found["version"]),
            other_id=_id(found["other"]),
            other_version=int(found["other_version"]),
            first=int(found["first"]),
            words=found["words"],
        )
    except ValueError as error:
        raise NotFound from error


def _id(text: str) -> UUID | None:
    return None if text == _NOTHING else UUID(text)
