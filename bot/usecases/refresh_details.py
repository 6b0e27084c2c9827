"""Keeps a calendar's name and access role in step with its account's list, at the cost of a request a day."""

from bot.domain.calendars import RemoteCalendar, SyncClaim
from bot.domain.errors import CalendarGone, CredentialRefused, ProviderError
from bot.domain.polling import LISTING_INTERVAL
from bot.ports import CalendarGateway, Clock, Store


class RefreshDetails:
    """Looks a calendar up in its account's list."""

    def __init__(self, store: Store, gateway: CalendarGateway, clock: Clock) -> None:
        self._store = store
        self._gateway = gateway
        self._clock = clock

    def is_due(self, claim: SyncClaim) -> bool:
        """Whether it is a day since the last time; what was chosen and never read was listed just before."""
        if claim.calendar.read_at is None:
            return False
        return claim.listed_at is None or self._clock.now() - claim.listed_at >= LISTING_INTERVAL

    def __call__(self, claim: SyncClaim) -> RemoteCalendar | None:
        """The calendar as it is listed now, stored if it changed; nothing where it is not in the list.

        A calendar that is hidden is not listed either, so being left out proves nothing by itself. Raises the
        `ProviderError`s of the gateway, and `LeaseLost`.
        """
        calendar = claim.calendar
        listed = self._gateway.calendars(calendar.account_id)
        found = next((one for one in listed if one.remote_id == calendar.remote_id), None)
        if found is not None and (found.name, found.access_role) != (calendar.name, calendar.access_role):
            with self._store.writing() as work:
                work.calendars.describe(claim, name=found.name, access_role=found.access_role)
                work.commit()
        return found

    def if_possible(self, claim: SyncClaim) -> RemoteCalendar | None:
        """The same for those to whom it is no matter if the list cannot be had; `CredentialRefused` is one."""
        try:
            return self(claim)
        except CredentialRefused:
            raise
        except ProviderError:
            return None

    def why_gone(self, claim: SyncClaim, gone: CalendarGone) -> str:
        """What a person is told of a calendar that the provider does not find."""
        try:
            if self(claim) is not None:
                return str(gone)
        except ProviderError:
            return str(gone)
        if claim.calendar.is_owned:
            return "It was deleted in Google."
        with self._store.reading() as work:
            account = work.accounts.known(claim.calendar.account_id)
        return str(gone) if account is None else f"It is no longer shared with {account.address}, or was deleted."
