"""What is told about one's data, as direct messages."""

from slack_sdk import WebClient

from bot.clients.slack_homes import SlackHomes
from bot.clients.slack_notifier import SlackNotifier
from bot.domain.erasure import Forgetting
from bot.domain.errors import NotFound, ProviderDown, ProviderError
from bot.domain.people import Actor
from bot.ports import Exported
from bot.rendering.export import export_messages
from bot.rendering.forgetting_me import member_forgotten
from bot.rendering.home import render_home


class SlackPrivacy(SlackNotifier):
    """The `PrivacyMessages` over Slack's Web API; every failure is a `ProviderDown`."""

    def __init__(self, client: WebClient) -> None:
        super().__init__(client)
        self._homes = SlackHomes(client, render_home)

    def exported(self, actor: Actor, subject: str, exported: Exported) -> bool:
        """An export, in as many messages as it takes; False where it was cut."""
        messages, is_whole = export_messages(subject, exported)
        for message in messages:
            self._tell(actor.slack_user_id, message)
        return is_whole

    def forgotten(self, forgetting: Forgetting) -> None:
        """The one report after a member was forgotten, and a Home on which nothing of his stands any more."""
        try:
            self._homes.clear(forgetting.slack_user_id)
        except (NotFound, ProviderError) as error:
            raise ProviderDown("Slack did not take the Home.") from error
        self._tell(forgetting.slack_user_id, member_forgotten(forgetting))
