"""What a trigger says: plain text with named fields in braces, such as `{contact} comes {when}`."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import DaybookError
from bot.domain.occasions import What

LONGEST_TEMPLATE = 1500
_BRACES = re.compile(r"\{([^{}]*)\}")


class TemplateField(StrEnum):
    """What can stand in braces."""

    CONTACT = "contact"
    EMAIL = "email"
    HOST = "host"
    TITLE = "title"
    WHEN = "when"
    BEFORE = "before"
    WHERE = "where"
    WHAT = "what"


_NAMES = {str(field): field for field in TemplateField}
OF_A_CONTACT = frozenset({TemplateField.CONTACT, TemplateField.EMAIL, TemplateField.WHAT})
"""What there is to say of a contact without an appointment."""

USUAL = {
    What.BOOKED: "Booked: {contact} with {host}, {when}",
    What.RESCHEDULED: "Moved: {contact} with {host}, {before} to {when}",
    What.CANCELLED: "Cancelled: {contact} with {host}, {when}",
    What.SHOWED: "{contact} met {host}, {when}",
    What.NO_SHOW: "{contact} did not show: {host}, {when}",
    What.CONTACT_ADDED: "New contact: {contact}, {email}",
}
"""What is said where nobody wrote anything."""

USUAL_ALONE = {
    What.BOOKED: "Booked: {host}, {when}",
    What.RESCHEDULED: "Moved: {host}, {before} to {when}",
    What.CANCELLED: "Cancelled: {host}, {when}",
    What.SHOWED: "It took place: {host}, {when}",
    What.NO_SHOW: "Nobody came: {host}, {when}",
    What.CONTACT_ADDED: "New contact",
}
"""The same where there is no contact to name."""


class BadTemplate(DaybookError):
    """A text that cannot be filled in; the sentence says what to write."""


@dataclass(frozen=True, slots=True)
class Words:
    """Text that stands as it was written."""

    text: str


Piece = Words | TemplateField


def pieces_of(template: str) -> Sequence[Piece]:
    """The template taken apart. What stands in braces and is no field stays as it is written."""
    pieces: list[Piece] = []
    end = 0
    for found in _BRACES.finditer(template):
        named = _NAMES.get(_name_in(found[1]))
        if named is not None:
            pieces += [Words(template[end : found.start()]), named]
            end = found.end()
    pieces.append(Words(template[end:]))
    return [piece for piece in pieces if piece != Words("")]


def require_template(template: str, when: Collection[What]) -> None:
    """Raises `BadTemplate` for a field that does not exist, or that there is nothing to fill in for."""
    if len(template) > LONGEST_TEMPLATE:
        raise BadTemplate(f"Write {LONGEST_TEMPLATE} characters at most.")
    possible = OF_A_CONTACT if What.CONTACT_ADDED in when else frozenset(TemplateField)
    for name in _BRACES.findall(template):
        named = _NAMES.get(_name_in(name))
        if named is None:
            raise BadTemplate(f"There is no {{{_shown(name)}}}. Write {fields_text(possible)}.")
        if named not in possible:
            raise BadTemplate(f"A new contact has no {{{named}}}. Write {fields_text(possible)}.")


def fields_text(fields: Collection[TemplateField] = frozenset(TemplateField)) -> str:
    """`{contact}, {email} or {what}`: what can be written."""
    names = [f"{{{field}}}" for field in TemplateField if field in fields]
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _name_in(braces: str) -> str:
    return braces.strip().lower()


def _shown(name: str) -> str:
    return " ".join(name.split())[:30]
