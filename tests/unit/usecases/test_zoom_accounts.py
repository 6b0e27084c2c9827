"""What is different about a Zoom account: it has no calendars, and its permission is offered where Zoom is set up."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.domain.accounts import Access, Account, AccountStatus, Credential, Provider
from bot.domain.connections import Status
from bot.domain.errors import NotConnected
from bot.usecases.choose_calendars import OfferCalendars
from bot.usecases.offer_connections import OfferConnections
from tests.unit.handlers.settings_house import Listing
from tests.unit.usecases.connect_house import NOW, URL, ConnectHouse

SEALED = Credential("access", "refresh", NOW, frozenset())


def a_zoom_account(house: ConnectHouse, status: AccountStatus = AccountStatus.ACTIVE) -> Account:
    """Ana's, stored."""
    account = Account(
        id=UUID(int=9),
        workspace_id=house.ana.workspace_id,
        member_id=house.ana.member_id,
        provider=Provider.ZOOM,
        address="ana@acme.test",
        access=Access.FULL,
        status=status,
        created_at=NOW,
        external_id="acme/ana",
    )
    with house.store.writing() as work:
        work.accounts.add(account, SEALED)
        work.commit()
    return account


@pytest.mark.parametrize(
    ("providers", "offered"),
    [
        ((Provider.GOOGLE, Provider.ZOOM), (True, True, True)),
        ((Provider.GOOGLE,), (True, True, False)),
        ((Provider.ZOOM,), (False, False, True)),
        ((), (False, False, False)),
    ],
)
def test_only_what_is_set_up_is_offered(providers: tuple[Provider, ...], offered: tuple[bool, ...]) -> None:
    house = ConnectHouse()
    offer = OfferConnections(house.store, house.make_link, providers)(house.ana)
    assert (bool(offer.full), bool(offer.conflict_only), bool(offer.zoom)) == offered
    assert offer.zoom.startswith(f"{URL}/connect/zoom?link=") is offered[2]


def test_a_zoom_account_of_the_same_address_is_another_account() -> None:
    house = ConnectHouse()
    zoom = a_zoom_account(house, AccountStatus.PENDING)
    google = house.connect(house.ana)
    assert house.confirm(house.ana, zoom.id) == replace(zoom, status=AccountStatus.ACTIVE)
    assert [one.provider for one in house.accounts()] == [Provider.ZOOM, Provider.GOOGLE]
    house.disconnect(house.ana, google.id)  # another provider's row does not keep the grant alive
    assert house.provider.revoked == ["refresh-code-1"]


def test_nobody_asks_zoom_for_calendars() -> None:
    house = ConnectHouse()
    a_zoom_account(house)
    offer = OfferCalendars(house.store, Listing("ana@acme.test"), house.clock)
    with pytest.raises(NotConnected):
        offer(house.ana)
    google = house.connect(house.ana)
    assert {one.account.id for one in offer(house.ana).calendars} == {google.id}


def test_with_zoom_alone_no_calendar_is_connected() -> None:
    zoom = a_zoom_account(ConnectHouse())
    status = Status(NOW, (zoom,), (), ())
    assert (status.is_connected, status.has_zoom) == (False, True)
    broken = Status(NOW, (replace(zoom, status=AccountStatus.NEEDS_RECONNECT),), (), ())
    assert broken.has_zoom is False


# fault 54
def test_a_connection_keeps_what_its_provider_calls_it() -> None:
    house = ConnectHouse()
    house.provider.external_id = "acme/ana"
    assert house.connect(house.ana).external_id == "acme/ana"
    house.provider.external_id = "elsewhere/ana"
    assert [house.connect(house.ana).external_id, len(house.accounts())] == ["elsewhere/ana", 1]
