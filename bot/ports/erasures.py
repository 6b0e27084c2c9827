"""Forgetting members and contacts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.erasure import EndedGrant, ErasedContact, Forgetting, Outsider
from bot.domain.people import Actor

Exported = Mapping[str, Sequence[Mapping[str, object]]]
"""What is stored of somebody, as values that JSON knows, by what it is."""


class Erasures(Protocol):
    """What is stored of somebody: told, and erased. Whatever is erased twice is erased once."""

    # --- Members, in the background

    def begin(self, forgetting: Forgetting, now: datetime) -> None:
        """A member, who is locked, is to be forgotten: from now on he is in no digest, and reminds no channel.

        Where he is being forgotten already, that goes on as it was begun.
        """
        ...

    def is_under_way(self, actor: Actor) -> bool:
        """Whether the actor is being forgotten."""
        ...

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[Forgetting]:
        """Those who are to be worked on now; each comes again after a while, until he is done."""
        ...

    def known(self, member_id: UUID) -> Forgetting | None:
        """As it stands now; None where nobody forgets him."""
        ...

    def is_delivering(self, member_id: UUID) -> bool:
        """Whether something of his appointments is on its way to Google or Zoom."""
        ...

    def put_off(self, member_id: UUID, due_at: datetime) -> None:
        """Nothing more can be done now: try again then."""
        ...

    def note(self, member_id: UUID, ended: EndedGrant, address: str) -> None:
        """A permission of his was ended; what is remembered by the account's address goes."""
        ...

    def erase_member(self, forgetting: Forgetting) -> bool:
        """Erase all that is his and leave a nameless row in his place; False where he has an account still."""
        ...

    def done(self, member_id: UUID) -> None:
        """He was told: nothing is left to do."""
        ...

    def connected_members(self, workspace_id: UUID) -> Sequence[UUID]:
        """The members of a workspace who have an account, pending ones included."""
        ...

    # --- Contacts

    def names(self, workspace_id: UUID, emails: Collection[str]) -> frozenset[str]:
        """By which invitations, and questions about them, name whoever has these normalised addresses."""
        ...

    def erase_invited(self, outsider: Outsider) -> int:
        """Take somebody out of the events that were read; how many there were. Before any contact is locked."""
        ...

    def erase_outsider(self, outsider: Outsider, now: datetime) -> ErasedContact:
        """Take somebody out of everything that tells of him, and keep him from coming back by himself.

        Of a contact, who is locked before, the own row stays for its repository to delete.
        """
        ...

    def forgotten(self, workspace_id: UUID, emails: Collection[str]) -> frozenset[str]:
        """Of normalised addresses those that were forgotten: they become no contacts by themselves."""
        ...

    def welcome(self, workspace_id: UUID, email: str) -> None:
        """A member makes him a contact on purpose: the address is not one that was forgotten any more."""
        ...

    # --- Exports

    def export_member(self, actor: Actor) -> Exported:
        """What is stored of the actor, without secrets, and without what was read from Google but for its number."""
        ...

    def export_contact(self, actor: Actor, contact_id: UUID) -> Exported:
        """What is stored of a contact, as far as it is the actor's to read; raises `NotFound`."""
        ...


class Installation(Protocol):
    """Slack's word on where Daybook is installed."""

    def is_installed(self, slack_team_id: str) -> bool:
        """Whether it is in that workspace; raises `ProviderError` where Slack does not say."""
        ...


class PrivacyMessages(Protocol):
    """What is told about one's data, always to the one whose it is or who asked. Raises `ProviderError`."""

    def exported(self, actor: Actor, subject: str, exported: Exported) -> bool:
        """Send an export; False where it was too long and was cut."""
        ...

    def forgotten(self, forgetting: Forgetting) -> None:
        """The report after a member was forgotten."""
        ...
