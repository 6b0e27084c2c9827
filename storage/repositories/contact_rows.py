"""How a contact is kept in columns and read from them."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Row

from bot.domain.contacts import Contact
from storage.text import storable


def contact_columns(contact: Contact, others: Collection[str]) -> dict[str, object]:
    """All columns of a contact, who is found by the addresses `others` too."""
    name, tags = storable(contact.name), [storable(tag) for tag in contact.tags]
    return {
        "id": contact.id,
        "workspace_id": contact.workspace_id,
        "email": contact.email,
        "name": name,
        "zone": contact.zone,
        "phone": storable(contact.phone),
        "note": storable(contact.note),
        "tags": json.dumps(tags, ensure_ascii=False),
        "version": contact.version,
        "findable": findable(name, contact.email, *sorted(others), *tags),
    }


def findable(name: str, email: str, *more: str) -> str:
    """What a search looks at: databases fold the letters of foreign alphabets each in its own way, or not at all."""
    return "\n".join([name.casefold(), email, *(each.casefold() for each in more)])


def contact_from(row: Row[Any]) -> Contact:
    """The contact of a row."""
    return Contact(
        row.id, row.workspace_id, row.email, row.name, row.zone, row.phone, row.note, tags_from(row.tags), row.version
    )


def tags_from(column: str) -> tuple[str, ...]:
    """The tags of a contact's column."""
    return tuple(json.loads(column))
