"""A workspace's contacts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
    union_all,
    update,
)

from bot.domain.contacts import MOST_TAGS, Contact, ContactChanged, NewContact, deleted_contact
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.sync_plan import portions
from storage.repositories.contact_rows import contact_columns, contact_from
from storage.repositories.upserts import insert, insert_unless_there
from storage.tables import APPOINTMENTS, CONTACT_ADDRESSES, CONTACTS, DECLINED, FIRING_CONTACTS, TAKEN_CONTACTS
from storage.text import storable

# What holds each contact once, and by what besides.
_HOLDERS = (
    (TAKEN_CONTACTS, ("taken_id",)),
    (DECLINED, ("subject", "member_id", "start_at")),
    (FIRING_CONTACTS, ("firing_id",)),
)
# The one without an address stands for all who were deleted, and is nobody.
_IS_SOMEBODY = CONTACTS.c.email != ""

_ALL = select(CONTACTS).where(CONTACTS.c.workspace_id == bindparam("workspace"), _IS_SOMEBODY)
_HELD = _ALL.where(CONTACTS.c.id == bindparam("contact")).with_for_update(read=True, key_share=True)
_HELD_BY_ADDRESS = _ALL.where(CONTACTS.c.email == bindparam("email")).with_for_update(read=True, key_share=True)
_BY_OTHER_ADDRESS = select(CONTACT_ADDRESSES.c.contact_id).where(
    CONTACT_ADDRESSES.c.workspace_id == bindparam("workspace"), CONTACT_ADDRESSES.c.email == bindparam("email")
)
_BY_ADDRESSES = union_all(
    select(CONTACTS, CONTACTS.c.email.label("asked")).where(
        CONTACTS.c.workspace_id == bindparam("workspace"),
        CONTACTS.c.email.in_(bindparam("emails", expanding=True)),
        _IS_SOMEBODY,
    ),
    select(CONTACTS, CONTACT_ADDRESSES.c.email.label("asked"))
    .join(CONTACT_ADDRESSES, CONTACT_ADDRESSES.c.contact_id == CONTACTS.c.id)
    .where(
        CONTACT_ADDRESSES.c.workspace_id == bindparam("workspace"),
        CONTACT_ADDRESSES.c.email.in_(bindparam("emails", expanding=True)),
    ),
)


class SqlContacts:
    """Implements `ports.Contacts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, actor: Actor, new: NewContact, *, new_id: UUID) -> Contact:
        """The contact of that address, made if there is none; a name that is there already stays."""
        of_address = self._by_other_address(actor.workspace_id, new.email)
        if of_address is None:
            made = self._insert(Contact(new_id, actor.workspace_id, new.email, new.name))
            # While the insert waited for somebody else's, the address may have gone over to another contact.
            of_address = self._by_other_address(actor.workspace_id, new.email)
            if of_address is not None and made:
                self._connection.execute(delete(CONTACTS).where(CONTACTS.c.id == new_id))
        if of_address is not None:
            return self.held(actor, of_address)
        return self._one(_HELD_BY_ADDRESS, {"workspace": actor.workspace_id, "email": new.email})

    def get(self, actor: Actor, contact_id: UUID) -> Contact:
        """One of the actor's workspace; raises `NotFound`."""
        return self._one(self._of(actor).where(CONTACTS.c.id == contact_id))

    def held(self, actor: Actor, contact_id: UUID) -> Contact:
        """The same, who stays until the transaction ends."""
        return self._one(_HELD, {"workspace": actor.workspace_id, "contact": contact_id})

    def search(self, actor: Actor, words: str, *, limit: int, offset: int = 0) -> Sequence[Contact]:
        """Those whose name, addresses or tags hold all the words, by name; all of them where there are no words."""
        found = self._of(actor).where(*_holding(words)).order_by(CONTACTS.c.findable, CONTACTS.c.id)
        return [contact_from(row) for row in self._connection.execute(found.limit(limit).offset(offset))]

    def count(self, actor: Actor, words: str) -> int:
        """How many there are of these."""
        return self._connection.execute(
            select(func.count()).where(CONTACTS.c.workspace_id == actor.workspace_id, _IS_SOMEBODY, *_holding(words))
        ).scalar_one()

    def by_address(self, workspace_id: UUID, emails: Collection[str]) -> Mapping[str, Contact]:
        """The contacts among the addresses, each under the one that was asked for."""
        found: dict[str, Contact] = {}
        for some in portions(sorted(set(emails))):
            asked = {"workspace": workspace_id, "emails": some}
            rows = self._connection.execute(_BY_ADDRESSES, asked)
            found |= {row.asked: contact_from(row) for row in rows}
        return found

    def of_domains(self, workspace_id: UUID, domains: Collection[str]) -> Sequence[str]:
        """The addresses of contacts that are at these domains."""
        if not domains:
            return ()
        found: set[str] = set()
        for table in (CONTACTS, CONTACT_ADDRESSES):
            at = or_(*(table.c.email.endswith(f"@{domain}", autoescape=True) for domain in domains))
            found |= set(
                self._connection.execute(
                    select(table.c.email).where(table.c.workspace_id == workspace_id, at)
                ).scalars()
            )
        return sorted(found)

    def other_addresses(self, actor: Actor, contact_id: UUID) -> Sequence[str]:
        """By which a contact is found beside his own."""
        return self._others(actor.workspace_id, contact_id)

    def save(self, changed: Contact) -> None:
        """Store the next version; raises `ContactChanged`."""
        others = self._others(changed.workspace_id, changed.id)
        saved = self._connection.execute(
            update(CONTACTS)
            .where(
                CONTACTS.c.workspace_id == changed.workspace_id,
                CONTACTS.c.id == changed.id,
                CONTACTS.c.version == changed.version - 1,
            )
            .values(_but_the_keys(contact_columns(changed, others)))
        )
        if saved.rowcount != 1:
            raise ContactChanged

    def add_address(self, actor: Actor, contact_id: UUID, email: str) -> None:
        """Have a contact found by another address too; nothing happens where somebody has it already."""
        contact = self.held(actor, contact_id)
        if self.by_address(actor.workspace_id, [email]):
            return
        self._connection.execute(
            insert(self._connection.dialect.name, CONTACT_ADDRESSES)
            .values(workspace_id=actor.workspace_id, email=email, contact_id=contact_id)
            .on_conflict_do_nothing()
        )
        self._write(contact)

    def drop_address(self, actor: Actor, contact_id: UUID, email: str) -> bool:
        """Have a contact found by that other address no more; False where it was not his."""
        contact = self.held(actor, contact_id)
        dropped = self._connection.execute(
            delete(CONTACT_ADDRESSES).where(
                CONTACT_ADDRESSES.c.workspace_id == actor.workspace_id,
                CONTACT_ADDRESSES.c.contact_id == contact_id,
                CONTACT_ADDRESSES.c.email == email,
            )
        ).rowcount
        self._write(contact)
        return dropped > 0

    def locked(self, actor: Actor, contact_ids: Collection[UUID]) -> Mapping[UUID, Contact]:
        """Contacts that are to be merged or deleted, in the order of their ids; raises `NotFound`."""
        rows = self._connection.execute(
            self._of(actor).where(CONTACTS.c.id.in_(list(contact_ids))).order_by(CONTACTS.c.id).with_for_update()
        ).all()
        if len(rows) != len(set(contact_ids)):
            raise NotFound
        return {row.id: contact_from(row) for row in rows}

    def tag(self, workspace_id: UUID, contact_id: UUID, tag: str) -> bool:
        """Add a tag, as a new version."""
        row = self._connection.execute(
            select(CONTACTS)
            .where(CONTACTS.c.workspace_id == workspace_id, CONTACTS.c.id == contact_id, _IS_SOMEBODY)
            .with_for_update(key_share=True)
        ).one_or_none()
        if row is None:
            return False
        contact = contact_from(row)
        if tag in contact.tags or len(contact.tags) >= MOST_TAGS:
            return False
        self.save(replace(contact, tags=(*contact.tags, tag), version=contact.version + 1))
        return True

    def merge(self, kept: Contact, gone: Contact) -> None:
        """Store `kept` in its next version, with all that refers to `gone` and its addresses."""
        self._hand_over(gone, kept)
        for holder, keys in _HOLDERS:
            other = holder.alias()
            is_there = exists().where(other.c.contact_id == kept.id, *(other.c[key] == holder.c[key] for key in keys))
            of_gone = holder.c.contact_id == gone.id
            self._connection.execute(update(holder).where(of_gone, not_(is_there)).values(contact_id=kept.id))
        self._drop_from_holders(gone)
        self._connection.execute(
            update(CONTACT_ADDRESSES).where(CONTACT_ADDRESSES.c.contact_id == gone.id).values(contact_id=kept.id)
        )
        self._connection.execute(delete(CONTACTS).where(CONTACTS.c.id == gone.id))
        self._connection.execute(
            insert(self._connection.dialect.name, CONTACT_ADDRESSES)
            .values(workspace_id=kept.workspace_id, email=gone.email, contact_id=kept.id)
            .on_conflict_do_nothing()
        )
        self.save(kept)

    def delete(self, contact: Contact) -> None:
        """Erase one that is locked; appointments keep that there was somebody."""
        nobody = deleted_contact(contact.workspace_id)
        self._insert(nobody)
        self._hand_over(contact, nobody)
        self._drop_from_holders(contact)
        self._connection.execute(
            delete(CONTACTS).where(CONTACTS.c.workspace_id == contact.workspace_id, CONTACTS.c.id == contact.id)
        )

    def _hand_over(self, gone: Contact, to: Contact) -> None:
        self._connection.execute(
            update(APPOINTMENTS).where(APPOINTMENTS.c.contact_id == gone.id).values(contact_id=to.id)
        )

    def _drop_from_holders(self, gone: Contact) -> None:
        for holder, _ in _HOLDERS:
            self._connection.execute(delete(holder).where(holder.c.contact_id == gone.id))

    def _insert(self, contact: Contact) -> bool:
        unless_there = insert_unless_there(self._connection.dialect.name, CONTACTS, by=("workspace_id", "email"))
        return self._connection.execute(unless_there, contact_columns(contact, ())).first() is not None

    def _write(self, contact: Contact) -> None:
        """The same version once more: what it is found by has changed."""
        others = self._others(contact.workspace_id, contact.id)
        self._connection.execute(
            update(CONTACTS)
            .where(CONTACTS.c.id == contact.id)
            .values(findable=contact_columns(contact, others)["findable"])
        )

    def _others(self, workspace_id: UUID, contact_id: UUID) -> Sequence[str]:
        found = select(CONTACT_ADDRESSES.c.email).where(
            CONTACT_ADDRESSES.c.workspace_id == workspace_id, CONTACT_ADDRESSES.c.contact_id == contact_id
        )
        return self._connection.execute(found.order_by(CONTACT_ADDRESSES.c.email)).scalars().all()

    def _by_other_address(self, workspace_id: UUID, email: str) -> UUID | None:
        asked = {"workspace": workspace_id, "email": email}
        return self._connection.execute(_BY_OTHER_ADDRESS, asked).scalar_one_or_none()

    def _of(self, actor: Actor) -> Select[Any]:
        return _ALL.params(workspace=actor.workspace_id)

    def _one(self, query: Select[Any], asked: Mapping[str, object] | None = None) -> Contact:
        row: Row[Any] | None = self._connection.execute(query, asked).one_or_none()
        if row is None:
            raise NotFound
        return contact_from(row)


def _holding(words: str) -> list[ColumnElement[bool]]:
    return [CONTACTS.c.findable.contains(word, autoescape=True) for word in storable(words).casefold().split()]


def _but_the_keys(columns: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in columns.items() if name not in ("id", "workspace_id", "email")}
