"""*Add New*: what a member can connect, each with a fresh private link, and what waits for his word."""

from collections.abc import Sequence

from bot.domain.accounts import Access, Provider
from bot.domain.connections import ConnectOffer
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Store
from bot.usecases.make_connect_link import MakeConnectLink


class OfferConnections:
    """Make the links for the providers that the settings have a client id for."""

    def __init__(self, store: Store, make_link: MakeConnectLink, providers: Sequence[Provider]) -> None:
        self._store = store
        self._make_link = make_link
        self._providers = providers

    def __call__(self, actor: Actor) -> ConnectOffer:
        require_full_member(actor)
        google, zoom = (provider in self._providers for provider in (Provider.GOOGLE, Provider.ZOOM))
        with self._store.reading() as work:
            accounts = tuple(work.accounts.of(actor))
            pending = tuple(work.accounts.pending(actor))
        return ConnectOffer(
            full=self._make_link(actor, Provider.GOOGLE, Access.FULL) if google else "",
            conflict_only=self._make_link(actor, Provider.GOOGLE, Access.CONFLICT_ONLY) if google else "",
            accounts=accounts,
            pending=pending,
            zoom=self._make_link(actor, Provider.ZOOM, Access.FULL) if zoom else "",
        )
