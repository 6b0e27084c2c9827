"""What Daybook says to one member about what needs him, at most once, and what it brings up to date afterwards."""

from collections.abc import Sequence

from slack_sdk import WebClient

from bot.clients.slack_calls import SlackCalls
from bot.domain.cards import PostedCard
from bot.domain.firings import FailedTrigger
from bot.domain.landings import BatchShown
from bot.domain.nudges import DueNudge
from bot.domain.people import Member
from bot.rendering.failed_triggers import triggers_failed
from bot.rendering.landings import landing_message
from bot.rendering.nudges import still_broken
from bot.rendering.reader import written_for
from bot.rendering.surfaces import Message


class SlackAlerts:
    """Implements `ports.AlertMessages` and `ports.LandingMessages` over Slack's Web API."""

    def __init__(self, client: WebClient) -> None:
        self._slack = SlackCalls(client)

    def still_broken(self, member: Member, due: DueNudge, *, is_last: bool, zone: str) -> None:
        """Remind him of an account."""
        self._post(member, written_for(member, still_broken, due, is_last=is_last, zone=zone))

    def triggers_failed(self, owner: Member, failed: Sequence[FailedTrigger]) -> None:
        """Tell him what came to nothing."""
        self._post(owner, written_for(owner, triggers_failed, failed, owner.zone))

    def post(self, shown: BatchShown) -> PostedCard:
        """Tell the host what landed."""
        return self._post(shown.host, landing_message(shown))

    def update(self, posted: PostedCard, shown: BatchShown) -> None:
        """Show how things stand; raises `CardGone`."""
        self._slack.edit(posted, landing_message(shown))

    def _post(self, member: Member, message: Message) -> PostedCard:
        return self._slack.tell(member.slack_user_id, message)
