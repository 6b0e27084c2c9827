"""Forgetting a member, or a contact: what is left in their place, and what is told of it. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.accounts import Provider
from bot.domain.appointments import Appointment
from bot.domain.connections import Revocation
from bot.domain.contacts import DELETED_NAME, Contact

LEFT_NAME = "somebody who left"
"""Who stands in the place of a member who was forgotten."""

PATIENCE = timedelta(hours=1)
"""How long what is on its way to Google and Zoom is waited for, before a member is forgotten all the same."""

LEASE = timedelta(seconds=90)
_SHORTEST_PART = 3
_SHORTEST_UNMISTAKABLE = 6


class Redaction:
    """Puts others in the place of words that name somebody; the parts of a name count, if they are long enough."""

    def __init__(self, words: Iterable[str], instead: str, *, in_parts: bool = True) -> None:
        told = {word.strip() for word in words if len(word.strip()) > 1}
        names = {word for word in told if "@" not in word and in_parts}
        parts = {part for word in names for part in word.split() if len(part) >= _SHORTEST_PART}
        longest_first = sorted(told | parts, key=lambda word: (-len(word), word))
        spelt = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?<!\w)(?:{spelt})(?!\w)", re.IGNORECASE) if spelt else None
        self._instead = instead

    def __call__(self, text: str) -> str:
        """The text without them."""
        return text if self._pattern is None else self._pattern.sub(lambda _found: self._instead, text)


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody outside the team who is to be forgotten: a contact, or one of whom an address is known alone.

    Args:
        addresses: normalised.
        names: by which he is told of: as a contact, in invitations, and where a host was asked about him.
    """

    workspace_id: UUID
    addresses: tuple[str, ...]
    names: tuple[str, ...] = ()
    phone: str = ""
    contact_id: UUID | None = None

    @property
    def unmistakable(self) -> tuple[str, ...]:
        """The words that name him wherever they stand: nobody else has them, as others may have his first name."""
        words = (*(name for name in self.names if len(name.split()) > 1), *self.addresses, self.phone)
        return tuple(sorted({word.strip() for word in words if len(word.strip()) >= _SHORTEST_UNMISTAKABLE}))

    def redaction(self, *names: str) -> Redaction:
        """Takes him out of texts that are about him; `names` are others that he has there."""
        return Redaction((*self.names, *names, self.phone, *self.addresses), DELETED_NAME)


def outsider_of(contact: Contact, addresses: Iterable[str], names: Iterable[str]) -> Outsider:
    """A contact as somebody to be forgotten; `names` are others that he has, or had."""
    every = tuple(sorted({contact.name, *names} - {""}))
    return Outsider(contact.workspace_id, tuple(addresses), every, contact.phone, contact.id)


def without_member(name: str) -> Redaction:
    """Takes a member out of texts."""
    return Redaction((name,), LEFT_NAME)


@dataclass(frozen=True, slots=True)
class EndedGrant:
    """What became of one permission of a member who is forgotten."""

    provider: Provider
    revocation: Revocation


@dataclass(frozen=True, slots=True)
class Forgetting:
    """A member who is being forgotten; at `until` what is on its way elsewhere is waited for no more."""

    workspace_id: UUID
    member_id: UUID
    slack_user_id: str
    until: datetime
    attempts: int = 0
    ended: tuple[EndedGrant, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberHeld:
    """What a member would have erased.

    Args:
        addresses: of his accounts, those that wait for his word included.
        calendars: how many are in use.
        events: how many were read from them.
        standing: live appointments to come of his, which need his word first.
        under_way: he is being forgotten already.
    """

    addresses: tuple[str, ...]
    calendars: int
    events: int
    standing: tuple[Appointment, ...]
    zone: str
    under_way: bool = False


@dataclass(frozen=True, slots=True)
class ContactForgotten:
    """What was done about a contact.

    Args:
        appointments: how many past ones keep that there was somebody.
        events: how many of Google's stored events named him.
        in_google: how many of the appointments have an event in somebody's Google calendar.
        in_zoom: how many of them have a meeting in Zoom.
    """

    appointments: int
    events: int
    in_google: int
    in_zoom: int


@dataclass(frozen=True, slots=True)
class ErasedContact:
    """What a store erased about a contact: which appointments, booked and taken, name him no more, by their ids."""

    appointments: tuple[UUID, ...]
    in_google: int
    in_zoom: int
    taken: tuple[UUID, ...] = ()
