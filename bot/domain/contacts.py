"""People outside the team, one per e-mail address and workspace."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.headerregistry import Address
from unicodedata import category
from uuid import NAMESPACE_URL, UUID, uuid5

import idna

from bot.domain.errors import DaybookError

LONGEST_ADDRESS = 254
LONGEST_NAME = 120
LONGEST_PHONE = 40
LONGEST_NOTE = 2000
MOST_TAGS = 20
DELETED_NAME = "a deleted contact"
"""What past appointments keep of a contact that was deleted; it has no address."""

_LONGEST_LOCAL_PART = 64
# What mail servers take without quoting; anything rarer is a slip of the keyboard or an attack on a header.
_LOCAL_PART = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


class BadAddress(DaybookError):
    """No e-mail address; the sentence says what one looks like."""

    def __init__(self) -> None:
        super().__init__("Write one e-mail address, like maya@ortiz.test.")


class ContactChanged(DaybookError):
    """The contact is not any more as it was read; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Somebody changed this contact at the same moment. Nothing was changed; look again.")


@dataclass(frozen=True, slots=True)
class Contact:
    """A person outside the team, known in one workspace; `zone` is an IANA name, empty where nobody knows.

    `version` rises with every edit by a person; `tags` are words in their order.
    """

    id: UUID
    workspace_id: UUID
    email: str
    name: str
    zone: str = ""
    phone: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class NewContact:
    """Somebody as he was written into a form: `email` is normalised, `name` falls back to it."""

    email: str
    name: str


def deleted_contact(workspace_id: UUID) -> Contact:
    """Who stands in the place of everybody that the workspace deleted."""
    return Contact(uuid5(NAMESPACE_URL, f"daybook:deleted:{workspace_id}"), workspace_id, "", DELETED_NAME)


def normalised_email(written: str) -> str:
    """The address by which a contact is known: lower case, the domain in its ASCII form; raises `BadAddress`.

    A part after "+" stays, because only the address's own mail server knows what it means. The ASCII form shows
    what a look-alike domain really is.
    """
    local, at, domain = written.strip().rpartition("@")
    try:
        # Of 2008: the one before makes another name of some letters, and so a stranger's address.
        domain = idna.encode(domain, uts46=True, std3_rules=True).decode("ascii")
    except UnicodeError as error:
        raise BadAddress from error
    if not local.isascii():  # some letters of other alphabets have an ASCII one as their small form
        raise BadAddress
    local = local.lower()
    email = f"{local}@{domain}"
    is_sound = (
        at
        and len(email) <= LONGEST_ADDRESS
        and len(local) <= _LONGEST_LOCAL_PART
        and _LOCAL_PART.fullmatch(local)
        and "." in domain
        and all(_LABEL.fullmatch(label) for label in domain.split("."))
        and not domain.rpartition(".")[2].isdigit()
    )
    if not is_sound:
        raise BadAddress
    return email


def normalised_emails(written: Iterable[str]) -> frozenset[str]:
    """The addresses by which contacts of these would be known; what is no address is left out."""
    found = set()
    for one in written:
        try:
            found.add(normalised_email(one))
        except BadAddress:
            continue
    return frozenset(found)


def new_contact(email: str, name: str) -> NewContact:
    """A contact from what was typed; raises `BadAddress`."""
    address = normalised_email(email)
    # What turns the direction of writing would turn the mail's other words as well.
    visible = "".join(letter for letter in name if category(letter) != "Cf")
    told = " ".join(visible.split())[:LONGEST_NAME].rstrip()
    return NewContact(address, told or Address(addr_spec=address).username)


def is_one_of(email: str, addresses: Iterable[str]) -> bool:
    """Whether a contact's address is one of these, however they are written."""
    return email.casefold() in (address.casefold() for address in addresses)
