"""What Daybook says unasked, as direct messages to the one it concerns."""

from collections.abc import Sequence

from slack_sdk import WebClient

from bot.clients.slack_calls import SlackCalls
from bot.domain.accounts import Account
from bot.domain.calendars import Calendar
from bot.domain.errors import ProviderDown, ProviderError
from bot.domain.invitee_questions import InviteeBatch
from bot.domain.leaving import LeftReport
from bot.domain.people import Actor, Member
from bot.domain.taken import Declined
from bot.rendering.connect import ask_to_confirm, invitation
from bot.rendering.declined import contact_declined
from bot.rendering.disconnect import copies_removed
from bot.rendering.fuse import question
from bot.rendering.invitees import invitees_message
from bot.rendering.reader import written_for
from bot.rendering.reconnect import needs_reconnecting
from bot.rendering.surfaces import Message

# Much of it is said while somebody waits for it, and a person does not come again for a second's pause.
_PAUSES = 2


class SlackNotifier:
    """The `Notifier` over Slack's Web API; every failure is a `ProviderDown`.

    It is to be tried again by whoever asked, but not where it `is_silent`: Slack may have taken the message.
    """

    def __init__(self, client: WebClient) -> None:
        self._slack = SlackCalls(client, pauses=_PAUSES)

    def ask_to_confirm(self, actor: Actor, account: Account) -> None:
        """The question after the browser."""
        self._tell(actor.slack_user_id, ask_to_confirm(account))

    def needs_reconnecting(self, member: Member, account: Account) -> None:
        """The one message about a permission that died."""
        self._tell(member.slack_user_id, written_for(member, needs_reconnecting, account, member.zone))

    def ask_about_loss(self, member: Member, calendar: Calendar) -> None:
        """The one question about a loss that is held back; nothing where it was settled meanwhile."""
        if calendar.fuse is not None:
            self._tell(member.slack_user_id, question(calendar, calendar.fuse))

    def ask_about_invitees(self, host: Member, batch: InviteeBatch) -> None:
        """The one question about people in his calendar who are no contacts."""
        self._tell(host.slack_user_id, invitees_message(batch))

    def contact_declined(self, member: Member, declined: Declined) -> None:
        """The one message about a contact who will not come."""
        self._tell(member.slack_user_id, written_for(member, contact_declined, declined, member.zone))

    def copies_removed(self, member: Member, report: LeftReport, kept: Sequence[str]) -> None:
        """The report after events were removed, and the account too where it was left."""
        self._tell(member.slack_user_id, copies_removed(report, kept))

    def ask_to_connect(self, actor: Actor, member: Member) -> None:
        """A colleague's wish that a member connect a calendar."""
        self._tell(member.slack_user_id, invitation(actor))

    def _tell(self, slack_user_id: str, message: Message) -> None:
        try:
            self._slack.tell(slack_user_id, message)
        except ProviderError as error:
            is_silent = isinstance(error, ProviderDown) and error.is_silent
            told = "Slack did not say whether it took the message." if is_silent else "Slack did not take the message."
            raise ProviderDown(told, is_silent=is_silent) from error
