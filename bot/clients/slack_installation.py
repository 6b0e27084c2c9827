"""Whether Daybook is still installed in a workspace, by Slack's own word."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.errors import ProviderDown

_GONE = frozenset({"token_revoked", "account_inactive", "invalid_auth", "not_authed", "token_expired"})


class SlackInstallation:
    """The `Installation` that the bot's token speaks for."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def is_installed(self, slack_team_id: str) -> bool:
        """Whether the token is good, and of that workspace; raises `ProviderDown`."""
        try:
            told = self._client.auth_test()
        except SlackApiError as error:
            if error.response.get("error") in _GONE:
                return False
            raise ProviderDown("Slack did not say whether Daybook is installed.") from error
        except (SlackClientError, OSError) as error:
            raise ProviderDown("Slack did not say whether Daybook is installed.") from error
        return str(told["team_id"]) == slack_team_id
