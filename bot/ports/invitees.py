"""Addresses that wait for a host's word, those that never become contacts, and those that are ours."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.contacts import NewContact
from bot.domain.invitee_questions import InviteeAnswer, InviteeBatch, InviteeQuestion
from bot.domain.people import Actor


class Invitees(Protocol):
    """What a workspace decided about addresses, and what its hosts are still to decide."""

    def blocked(self, workspace_id: UUID) -> frozenset[str]:
        """Addresses, and domains with an "@" in front, that never become contacts."""
        ...

    def block(self, actor: Actor, pattern: str, now: datetime) -> None:
        """Let an address, or a domain with an "@" in front, never become a contact again."""
        ...

    def unblock(self, actor: Actor, pattern: str) -> None:
        """Take that back; whoever was left out by it may be asked about again."""
        ...

    def left_out(self, workspace_id: UUID, pattern: str) -> Sequence[str]:
        """The addresses about which somebody was asked and that were left out by that."""
        ...

    def domains(self, workspace_id: UUID) -> frozenset[str]:
        """Domains that an admin named as the team's own."""
        ...

    def set_domains(self, actor: Actor, domains: Collection[str], now: datetime) -> None:
        """Have these be the team's own, and no others."""
        ...

    def colleagues(self, workspace_id: UUID, emails: Collection[str], since: datetime) -> Mapping[str, bool]:
        """Whether addresses are those of full members, of those that were looked up since then."""
        ...

    def remember_colleagues(self, workspace_id: UUID, found: Mapping[str, bool], now: datetime) -> None:
        """Keep what Slack said about addresses, for as long as that may be relied on."""
        ...

    def ask(
        self,
        workspace_id: UUID,
        host_id: UUID,
        unknown: Sequence[NewContact],
        now: datetime,
        *,
        met_at: datetime | None = None,
    ) -> None:
        """Have the host asked about them; whoever is asked about already, or was decided on, stays as he is.

        `met_at` is when the event was made on which they are; of several the latest counts.
        """
        ...

    def reopen(self, workspace_id: UUID, emails: Collection[str]) -> None:
        """Those who had become contacts are none after all: what that answered is open again, and is forgotten where
        nobody had been asked yet."""
        ...

    def has_unasked(self, now: datetime) -> bool:
        """Whether it is worth the while to claim."""
        ...

    def claim_batch(self, now: datetime) -> InviteeBatch | None:
        """All that one host was not asked yet, once the first of it has waited for `WAIT`; to exactly one caller."""
        ...

    def release_batch(self, batch: InviteeBatch, due_at: datetime, *, first_asked: datetime) -> None:
        """It could not be asked after all: whoever claims from `due_at` on may try, and nothing of that host sooner.

        Nobody will ask what came up at `first_asked` or before.
        """
        ...

    def question(self, actor: Actor, question_id: UUID) -> InviteeQuestion:
        """One that the actor himself is asked; raises `NotFound`."""
        ...

    def batch(self, actor: Actor, number: int) -> InviteeBatch:
        """One that the actor himself is asked; raises `NotFound`."""
        ...

    def waiting(self, actor: Actor) -> InviteeBatch | None:
        """The actor's first batch with something in it that he did not answer."""
        ...

    def open_at(self, workspace_id: UUID, domains: Collection[str]) -> Sequence[str]:
        """Addresses at these domains about which somebody is asked still."""
        ...

    def settle(
        self,
        workspace_id: UUID,
        emails: Collection[str],
        answer: InviteeAnswer,
        *,
        told: str = "",
        host_id: UUID | None = None,
        batch: int | None = None,
    ) -> None:
        """Answer what is open about these addresses, for all hosts or for one.

        With a `batch` of his they are taken out of it: that they were asked about is not worth telling any more.
        """
        ...

    def forget(self, workspace_id: UUID, emails: Collection[str]) -> None:
        """Erase what was asked about these addresses, and what Slack said about them; not what is blocked."""
        ...
