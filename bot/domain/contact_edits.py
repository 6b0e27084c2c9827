"""What people change about contacts: read from a form, and two contacts made into one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from unicodedata import category

from bot.domain.contacts import LONGEST_NAME, LONGEST_NOTE, LONGEST_PHONE, MOST_TAGS, BadAddress, Contact, new_contact
from bot.domain.errors import DaybookError
from bot.domain.preference_changes import FieldMistakes
from bot.domain.triggers import tidied_tag
from bot.domain.wall_time import UnknownZone, zone_named

_PARAGRAPH = "\n\n"
# What is only dialled within a house is a number too.
_FEWEST_DIGITS = 2


class ContactField(StrEnum):
    """The fields of a contact's forms, as block ids."""

    EMAIL = "contact_email"
    NAME = "contact_name"
    PHONE = "contact_phone"
    ZONE = "contact_zone"
    TAGS = "contact_tags"
    NOTE = "contact_note"
    WORDS = "contact_words"
    OTHER = "contact_other"
    STAYS = "contact_stays"
    NEVER = "contact_never"
    DOMAINS = "contact_domains"


class CannotMerge(DaybookError):
    """Two contacts cannot be made into one as they are; the sentence says what to do first."""


class EditedByOthers(DaybookError):
    """Somebody changed the contact while the form was open; `now` is how it stands."""

    def __init__(self, now: Contact) -> None:
        super().__init__("Somebody changed this contact while you were typing. Nothing of yours is saved yet.")
        self.now = now


@dataclass(frozen=True, slots=True)
class ContactTyped:
    """What stands in the form, as it was typed; `email` only where the contact is new."""

    name: str = ""
    phone: str = ""
    zone: str = ""
    tags: str = ""
    note: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class ContactEdit:
    """What a contact is to be."""

    name: str
    phone: str
    zone: str
    tags: tuple[str, ...]
    note: str

    def on(self, contact: Contact) -> Contact:
        """The next version, so edited; the same where nothing differs."""
        edited = replace(contact, name=self.name, phone=self.phone, zone=self.zone, tags=self.tags, note=self.note)
        return contact if edited == contact else replace(edited, version=contact.version + 1)


def read_edit(typed: ContactTyped) -> ContactEdit:
    """What was typed, tidied; raises `FieldMistakes`."""
    mistakes: dict[str, str] = {}
    name, phone = _one_line(typed.name), _one_line(typed.phone)
    note = _paragraphs(typed.note)
    if not name:
        mistakes[ContactField.NAME] = "Write a name."
    for field, text, most in (
        (ContactField.NAME, name, LONGEST_NAME),
        (ContactField.PHONE, phone, LONGEST_PHONE),
        (ContactField.NOTE, note, LONGEST_NOTE),
    ):
        if len(text) > most:
            mistakes[field] = f"Write at most {most:,} characters; these are {len(text):,}."
    if phone and sum(letter.isdecimal() for letter in phone) < _FEWEST_DIGITS:
        mistakes[ContactField.PHONE] = "Write a phone number with its digits, like +49 30 1234567."
    tags: tuple[str, ...] = ()
    try:
        tags = tags_in(typed.tags)
    except ValueError as refused:
        mistakes[ContactField.TAGS] = str(refused)
    try:
        if typed.zone:
            zone_named(typed.zone)
    except UnknownZone as refused:
        mistakes[ContactField.ZONE] = str(refused)
    if mistakes:
        raise FieldMistakes(mistakes)
    return ContactEdit(name, phone, typed.zone, tags, note)


def read_new(typed: ContactTyped) -> tuple[str, ContactEdit]:
    """The address of a new contact, and the rest; raises `FieldMistakes`. Without a name it is made of the address."""
    mistakes: dict[str, str] = {}
    email = ""
    try:
        new = new_contact(typed.email, typed.name)
        email, typed = new.email, replace(typed, name=typed.name if _one_line(typed.name) else new.name)
    except BadAddress as refused:
        mistakes[ContactField.EMAIL] = str(refused)
        typed = replace(typed, name=typed.name or "?")
    try:
        edit = read_edit(typed)
    except FieldMistakes as found:
        raise FieldMistakes(mistakes | found.by_field) from found
    if mistakes:
        raise FieldMistakes(mistakes)
    return email, edit


def tags_in(text: str) -> tuple[str, ...]:
    """The tags in words with commas between, each once; raises `ValueError` with what to write instead."""
    tags = tuple(dict.fromkeys(tidied_tag(word) for word in text.replace(";", ",").split(",") if word.strip()))
    if len(tags) > MOST_TAGS:
        raise ValueError(f"Write at most {MOST_TAGS} tags; these are {len(tags)}.")
    return tags


def merged(kept: Contact, gone: Contact) -> Contact:
    """`kept` in its next version, with what only `gone` knew; raises `CannotMerge`."""
    tags = tuple(dict.fromkeys((*kept.tags, *gone.tags)))
    if len(tags) > MOST_TAGS:
        raise CannotMerge(
            f"Together they would have {len(tags)} tags, and {MOST_TAGS} are the most. Remove some of either first."
        )
    notes = dict.fromkeys(note for note in (kept.note, gone.note) if note)
    note = _PARAGRAPH.join(notes)
    if len(note) > LONGEST_NOTE:
        raise CannotMerge(
            f"Together their notes would have {len(note):,} characters, and {LONGEST_NOTE:,} are the most. "
            "Shorten one first."
        )
    return replace(
        kept,
        phone=kept.phone or gone.phone,
        zone=kept.zone or gone.zone,
        tags=tags,
        note=note,
        version=kept.version + 1,
    )


def differing(before: ContactTyped, now: Contact) -> Sequence[ContactField]:
    """The fields in which a contact is not what stands in a form."""
    stands = {
        ContactField.NAME: (_one_line(before.name), now.name),
        ContactField.PHONE: (_one_line(before.phone), now.phone),
        ContactField.ZONE: (before.zone, now.zone),
        ContactField.TAGS: (before.tags, ", ".join(now.tags)),
        ContactField.NOTE: (_paragraphs(before.note), now.note),
    }
    return [field for field, (typed, stored) in stands.items() if typed != stored]


def _one_line(text: str) -> str:
    return " ".join(_visible(text).split())


def _paragraphs(text: str) -> str:
    return "\n".join(_visible(line).rstrip() for line in text.splitlines()).strip()


def _visible(text: str) -> str:
    """Without what turns the direction of writing: it would turn the other words of a screen as well."""
    return "".join(
        " " if category(letter) == "Cc" else letter
        for letter in text
        if letter in "\u200c\u200d" or category(letter) != "Cf"
    )
