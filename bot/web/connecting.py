"""The pages of connecting an account: each calls one use-case, and every way it can end is a page."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.accounts import Provider
from bot.domain.errors import ConsentIncomplete, DaybookError, ProviderError
from bot.rendering.connect_pages import arrived, incomplete, not_connected, stopped
from bot.rendering.pages import Page
from bot.usecases.connect_account import BeginConnecting, FinishConnecting
from bot.usecases.stop_connecting import StopConnecting
from bot.web.connect import Redirect

_log = logging.getLogger(__name__)
_UNKNOWN_PROVIDER = "Daybook does not connect that. Nothing was stored."


@dataclass(frozen=True, slots=True)
class Connecting:
    """Implements `ConnectPages`."""

    begin_connecting: BeginConnecting
    finish_connecting: FinishConnecting
    stop_connecting: StopConnecting

    def begin(self, provider: str, token: str) -> Page | Redirect:
        """From the private link to the provider."""
        try:
            departure = self.begin_connecting(provider, token)
        except DaybookError as error:
            return not_connected(str(error))
        return Redirect(departure.url, departure.cookie)

    def callback(self, provider: str, params: Mapping[str, str], cookie: str) -> Page:
        """Back from the provider."""
        if provider not in set(Provider):
            return not_connected(_UNKNOWN_PROVIDER, status=404)
        try:
            return arrived(self.finish_connecting(Provider(provider), params, cookie))
        except ConsentIncomplete as error:
            return incomplete(error, Provider(provider))
        except ProviderError as error:
            _log.warning("connecting failed at the provider: %s", error)
            return not_connected(f"{error} Nothing was stored. Ask for a new link in Slack and try again.", status=502)
        except DaybookError as error:
            return not_connected(str(error))

    def stop(self, provider: str, ticket: str, cookie: str) -> Page:
        """*This was not me.*"""
        if provider not in set(Provider):
            return not_connected(_UNKNOWN_PROVIDER, status=404)
        try:
            self.stop_connecting(ticket, cookie)
        except DaybookError as error:
            return not_connected(str(error))
        return stopped()
