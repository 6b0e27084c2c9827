"""A notifier that remembers what it said to whom."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.accounts import Account
from bot.domain.calendars import Calendar
from bot.domain.invitee_questions import InviteeBatch
from bot.domain.leaving import LeftReport
from bot.domain.people import Actor, Member
from bot.domain.taken import Declined


@dataclass
class RecordingNotifier:
    """Implements `ports.Notifier`; the next of `refusals`, while there are any, is raised instead."""

    asked: list[tuple[Actor, Account]] = field(default_factory=list)
    asked_to_connect: list[tuple[str, str]] = field(default_factory=list)
    told_to_reconnect: list[tuple[str, str]] = field(default_factory=list)
    asked_about_invitees: list[tuple[str, InviteeBatch]] = field(default_factory=list)
    asked_about_losses: list[tuple[str, str, int, int]] = field(default_factory=list)
    declined: list[tuple[str, str, str]] = field(default_factory=list)
    left: list[tuple[str, str, int, tuple[str, ...]]] = field(default_factory=list)
    refusals: list[BaseException] = field(default_factory=list)

    def ask_to_confirm(self, actor: Actor, account: Account) -> None:
        self.asked.append((actor, account))

    def needs_reconnecting(self, member: Member, account: Account) -> None:
        """Remembers the member's Slack id and the account's address."""
        if self.refusals:
            raise self.refusals.pop(0)
        self.told_to_reconnect.append((member.slack_user_id, account.address))

    def ask_about_loss(self, member: Member, calendar: Calendar) -> None:
        """Remembers the member's Slack id, the calendar's name, and how many of its coming events are gone."""
        if self.refusals:
            raise self.refusals.pop(0)
        if calendar.fuse is not None:
            fuse = calendar.fuse
            self.asked_about_losses.append((member.slack_user_id, calendar.name, fuse.gone, fuse.coming))

    def ask_about_invitees(self, host: Member, batch: InviteeBatch) -> None:
        """Remembers the host's Slack id and what he is asked."""
        if self.refusals:
            raise self.refusals.pop(0)
        self.asked_about_invitees.append((host.slack_user_id, batch))

    def contact_declined(self, member: Member, declined: Declined) -> None:
        """Remembers the host's Slack id, the contact's name, and the title."""
        if self.refusals:
            raise self.refusals.pop(0)
        self.declined.append((member.slack_user_id, declined.contact.name, declined.title))

    def copies_removed(self, member: Member, report: LeftReport, kept: Sequence[str]) -> None:
        """Remembers the member's Slack id, the address, and what became of the events."""
        if self.refusals:
            raise self.refusals.pop(0)
        self.left.append((member.slack_user_id, report.address, report.removed, tuple(kept)))

    def ask_to_connect(self, actor: Actor, member: Member) -> None:
        """Remembers the Slack ids of the one who asks and the one who is asked."""
        if self.refusals:
            raise self.refusals.pop(0)
        self.asked_to_connect.append((actor.slack_user_id, member.slack_user_id))
