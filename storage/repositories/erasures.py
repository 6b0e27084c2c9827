"""Members who are being forgotten, and what is erased of anybody."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, select, update

from bot.domain.accounts import Provider
from bot.domain.connections import Revocation
from bot.domain.contacts import BadAddress, normalised_email
from bot.domain.erasure import LEASE, EndedGrant, ErasedContact, Forgetting, Outsider
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from storage.repositories.contact_erasure import erase_outsider
from storage.repositories.exports import Rows, export_contact, export_member
from storage.repositories.forgotten import Forgotten
from storage.repositories.invitation_erasure import erase_invited, names_of
from storage.repositories.member_erasure import erase_member, is_delivering, leave_channels
from storage.repositories.upserts import insert
from storage.tables import ACCOUNTS, COLLEAGUES, CONTACTS, FORGETTINGS
from storage.vault import Vault


class SqlErasures:
    """Implements `ports.Erasures`."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._forgotten = Forgotten(connection, vault)

    def begin(self, forgetting: Forgetting, now: datetime) -> None:
        """A member is to be forgotten, and stands in no channel from now on; see the port."""
        self._connection.execute(
            insert(self._connection.dialect.name, FORGETTINGS)
            .values(
                member_id=forgetting.member_id,
                workspace_id=forgetting.workspace_id,
                slack_user_id=forgetting.slack_user_id,
                until=forgetting.until,
                due_at=now,
                attempts=0,
                ended="[]",
            )
            .on_conflict_do_nothing()
        )
        leave_channels(self._connection, forgetting)

    def is_under_way(self, actor: Actor) -> bool:
        """Whether the actor is being forgotten."""
        return (
            self._connection.scalar(select(FORGETTINGS.c.member_id).where(FORGETTINGS.c.member_id == actor.member_id))
            is not None
        )

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[Forgetting]:
        """Those who are to be worked on now."""
        due = (
            select(FORGETTINGS.c.member_id)
            .where(FORGETTINGS.c.due_at <= now)
            .order_by(FORGETTINGS.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = self._connection.execute(
            update(FORGETTINGS)
            .where(FORGETTINGS.c.member_id.in_(due))
            .values(due_at=now + LEASE, attempts=FORGETTINGS.c.attempts + 1)
            .returning(FORGETTINGS)
        )
        return [_forgetting(row) for row in rows]

    def known(self, member_id: UUID) -> Forgetting | None:
        """As it stands now."""
        row = self._connection.execute(select(FORGETTINGS).where(FORGETTINGS.c.member_id == member_id)).one_or_none()
        return None if row is None else _forgetting(row)

    def is_delivering(self, member_id: UUID) -> bool:
        """Whether something of his appointments is on its way to Google or Zoom."""
        return is_delivering(self._connection, member_id)

    def put_off(self, member_id: UUID, due_at: datetime) -> None:
        """Nothing more can be done now: try again then."""
        self._connection.execute(update(FORGETTINGS).where(FORGETTINGS.c.member_id == member_id).values(due_at=due_at))

    def note(self, member_id: UUID, ended: EndedGrant, address: str) -> None:
        """A permission of his was ended; what is remembered by the account's address goes."""
        known = self.known(member_id)
        if known is None:
            return
        told = [[one.provider, one.revocation.name] for one in (*known.ended, ended)]
        self._connection.execute(
            update(FORGETTINGS).where(FORGETTINGS.c.member_id == member_id).values(ended=json.dumps(told))
        )
        try:
            email = normalised_email(address)
        except BadAddress:
            return
        of_him = COLLEAGUES.c.workspace_id == known.workspace_id, COLLEAGUES.c.email == email
        self._connection.execute(delete(COLLEAGUES).where(*of_him))

    def erase_member(self, forgetting: Forgetting) -> bool:
        """Erase all that is his; False where he has an account still."""
        return erase_member(self._connection, forgetting)

    def done(self, member_id: UUID) -> None:
        """He was told: nothing is left to do."""
        self._connection.execute(delete(FORGETTINGS).where(FORGETTINGS.c.member_id == member_id))

    def connected_members(self, workspace_id: UUID) -> Sequence[UUID]:
        """The members of a workspace who have an account."""
        found = select(ACCOUNTS.c.member_id).where(ACCOUNTS.c.workspace_id == workspace_id).distinct()
        return self._connection.execute(found.order_by(ACCOUNTS.c.member_id)).scalars().all()

    def names(self, workspace_id: UUID, emails: Collection[str]) -> frozenset[str]:
        """By which invitations, and questions about them, name whoever has these addresses."""
        return names_of(self._connection, workspace_id, emails)

    def erase_invited(self, outsider: Outsider) -> int:
        """Take somebody out of the events that were read."""
        return erase_invited(self._connection, outsider)

    def erase_outsider(self, outsider: Outsider, now: datetime) -> ErasedContact:
        """Take somebody out of everything that tells of him."""
        self._forgotten.add(outsider.workspace_id, outsider.addresses, now)
        return erase_outsider(self._connection, outsider)

    def forgotten(self, workspace_id: UUID, emails: Collection[str]) -> frozenset[str]:
        """Of normalised addresses those that were forgotten."""
        return self._forgotten.among(workspace_id, emails)

    def welcome(self, workspace_id: UUID, email: str) -> None:
        """The address is not one that was forgotten any more."""
        self._forgotten.remove(workspace_id, email)

    def export_member(self, actor: Actor) -> dict[str, Rows]:
        """What is stored of the actor."""
        return export_member(self._connection, actor)

    def export_contact(self, actor: Actor, contact_id: UUID) -> dict[str, Rows]:
        """What is stored of a contact; raises `NotFound`."""
        of_workspace = CONTACTS.c.workspace_id == actor.workspace_id, CONTACTS.c.email != ""
        if self._connection.scalar(select(CONTACTS.c.id).where(CONTACTS.c.id == contact_id, *of_workspace)) is None:
            raise NotFound
        return export_contact(self._connection, actor, contact_id)


def _forgetting(row: Row[Any]) -> Forgetting:
    ended = tuple(EndedGrant(Provider(name), Revocation[told]) for name, told in json.loads(row.ended))
    return Forgetting(row.workspace_id, row.member_id, row.slack_user_id, row.until, row.attempts, ended)
