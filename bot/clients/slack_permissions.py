"""What the workspace allows Daybook, by what Slack says beside every answer."""

from collections.abc import Collection

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.errors import ProviderDown

_SCOPES = "x-oauth-scopes"


class SlackPermissions:
    """The `Permissions` that the bot's token has."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def missing(self, wanted: Collection[str]) -> frozenset[str]:
        """Those of the scopes `wanted` that the token lacks; none where Slack does not say. Raises `ProviderDown`."""
        try:
            answer = self._client.auth_test()
        except (SlackApiError, SlackClientError, OSError) as error:
            raise ProviderDown("Slack did not say what Daybook may do.") from error
        told = next((value for name, value in answer.headers.items() if name.lower() == _SCOPES), None)
        if not isinstance(told, str):
            return frozenset()
        return frozenset(wanted) - {scope.strip() for scope in told.split(",")}
