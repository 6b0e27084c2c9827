"""Google's push channels: the `ChannelGateway` for Google."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from bot.clients.google.asking import GoogleAsking
from bot.clients.google.errors import unreadable
from bot.clients.google.service import GoogleService
from bot.clients.google.tokens import GoogleTokens
from bot.domain.channels import Granted
from bot.domain.errors import CalendarGone

_GRANTED_FIELDS = "resourceId,expiration"


class GoogleChannels:
    """Has Google tell of the changes of a calendar's events, and stops it again."""

    def __init__(self, service: GoogleService, tokens: GoogleTokens) -> None:
        """Take the way to Google and the source of what opens it."""
        self._asking = GoogleAsking(service, tokens)

    def watch(
        self, account_id: UUID, remote_id: str, *, channel_id: UUID, token: str, address: str, life: timedelta
    ) -> Granted:
        """Open a channel to `address`, whose messages carry `token`; Google may end it sooner than after `life`.

        Raises:
            PushRefused: Google does not tell of this calendar's changes, or not to this address.
            ProviderError: as `bot.clients.google.errors` maps it.
        """
        body = {
            "id": str(channel_id),
            "type": "web_hook",
            "address": address,
            "token": token,
            # Not by the time of its end, which would be one by our clock.
            "params": {"ttl": str(int(life.total_seconds()))},
        }
        request = self._asking.service.events.watch(calendarId=remote_id, body=body, fields=_GRANTED_FIELDS)
        return _granted(self._asking.answer(account_id, request))

    def stop(self, account_id: UUID, channel_id: UUID, resource_id: str) -> None:
        """End a channel; one that Google does not know any more is a success. Raises `ProviderError`."""
        request = self._asking.service.channels.stop(body={"id": str(channel_id), "resourceId": resource_id})
        try:
            self._asking.answer(account_id, request)
        except CalendarGone:  # what Google does not find here is the channel
            return


def _granted(answer: Mapping[str, Any]) -> Granted:
    resource_id = answer.get("resourceId")
    if not isinstance(resource_id, str) or not resource_id:
        raise unreadable()
    try:
        return Granted(resource_id, datetime.fromtimestamp(int(answer["expiration"]) / 1000, UTC))
    except (LookupError, TypeError, ValueError, OverflowError, OSError) as error:
        raise unreadable() from error
