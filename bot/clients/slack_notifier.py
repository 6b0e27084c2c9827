"""What Daybook says unasked, as direct messages to the one it concerns."""

from collections.abc import Sequence

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.accounts import Account
from bot.domain.calendars import Calendar
from bot.domain.errors import ProviderDown
from bot.domain.invitee_questions import InviteeBatch
from bot.domain.leaving import LeftReport
from bot.domain.people import Actor, Member
from bot.domain.taken import Declined
from bot.rendering.connect import ask_to_confirm, invitation
from bot.rendering.declined import contact_declined
from bot.rendering.disconnect import copies_removed
from bot.rendering.fuse import question
from bot.rendering.invitees import invitees_message
from bot.rendering.reconnect import needs_reconnecting
from bot.rendering.surfaces import Message


class SlackNotifier:
    """The `Notifier` over Slack's Web API; every failure is a `ProviderDown`, to be tried again by whoever asked."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def ask_to_confirm(self, actor: Actor, account: Account) -> None:
        """The question after the browser."""
        self._tell(actor.slack_user_id, ask_to_confirm(account))

    def needs_reconnecting(self, member: Member, account: Account) -> None:
        """The one message about a permission that died."""
        self._tell(member.slack_user_id, needs_reconnecting(account, member.zone))

    def ask_about_loss(self, member: Member, calendar: Calendar) -> None:
        """The one question about a loss that is held back; nothing where it was settled meanwhile."""
        if calendar.fuse is not None:
            self._tell(member.slack_user_id, question(calendar, calendar.fuse))

    def ask_about_invitees(self, host: Member, batch: InviteeBatch) -> None:
        """The one question about people in his calendar who are no contacts."""
        self._tell(host.slack_user_id, invitees_message(batch))

    def contact_declined(self, member: Member, declined: Declined) -> None:
        """The one message about a contact who will not come."""
        self._tell(member.slack_user_id, contact_declined(declined, member.zone))

    def copies_removed(self, member: Member, report: LeftReport, kept: Sequence[str]) -> None:
        """The report after events were removed, and the account too where it was left."""
        self._tell(member.slack_user_id, copies_removed(report, kept))

    def ask_to_connect(self, actor: Actor, member: Member) -> None:
        """A colleague's wish that a member connect a calendar."""
        self._tell(member.slack_user_id, invitation(actor))

    def _tell(self, slack_user_id: str, message: Message) -> None:
        try:
            channel = self._client.conversations_open(users=slack_user_id)["channel"]["id"]
            self._client.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=list(message.blocks),
                # A preview would fetch what a message links to.
                unfurl_links=False,
                unfurl_media=False,
            )
        except (SlackApiError, SlackClientError, OSError) as error:
            raise ProviderDown("Slack did not take the message.") from error
