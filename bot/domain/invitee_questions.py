"""What a host is asked about people who were invited and are no contacts, and what he said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from bot.domain.intervals import Interval
from bot.domain.mail_domains import domain_of, is_public

WAIT = timedelta(minutes=1)
"""How long the first question waits for others, so that one message asks them all."""


class InviteeAnswer(StrEnum):
    """What became of somebody."""

    ADDED = "added"
    LINKED = "linked"
    """His address is one of a contact who was there already."""
    IGNORED = "ignored"
    NEVER = "never"
    """Nobody of his domain becomes a contact."""
    OURS = "ours"
    """His domain turned out to be the team's own."""


class Met(NamedTuple):
    """A meeting to come on which somebody is, as its host reads it."""

    span: Interval
    title: str


@dataclass(frozen=True, slots=True)
class InviteeQuestion:
    """One person about whom one host is asked.

    Args:
        host_id: in whose calendar he was met.
        batch: the number of the message that asks about him; None while none was sent.
        answer: None while the host said nothing.
        told: with which contact it ended, as the message names him.
        met_at: when the latest event was made on which the host met him, if anybody knows; aware UTC.
        met_on: the next meeting to come with him in the host's calendar, where it was looked up.
    """

    id: UUID
    workspace_id: UUID
    host_id: UUID
    email: str
    name: str
    batch: int | None = None
    answer: InviteeAnswer | None = None
    told: str = ""
    met_at: datetime | None = None
    met_on: Met | None = None

    @property
    def domain(self) -> str:
        """What stands behind the "@"."""
        return domain_of(self.email)

    @property
    def may_bar_domain(self) -> bool:
        """Whether *Never for this domain* makes sense: not where anybody gets an address."""
        return not is_public(self.domain)


@dataclass(frozen=True, slots=True)
class InviteeBatch:
    """All that one message asks a host, in one order for good."""

    workspace_id: UUID
    host_id: UUID
    number: int
    questions: tuple[InviteeQuestion, ...]

    @property
    def open(self) -> Sequence[InviteeQuestion]:
        """Those that wait for his word."""
        return [one for one in self.questions if one.answer is None]


def question_id(workspace_id: UUID, host_id: UUID, email: str) -> UUID:
    """The id of a question: the same however often somebody is met."""
    return uuid5(NAMESPACE_URL, f"daybook:invitee:{workspace_id}:{host_id}:{email}")
