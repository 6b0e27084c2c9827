"""*This was not me*: undone from the browser that made the connection, whatever its member said meanwhile."""

import json
from datetime import timedelta

import pytest

from bot.domain.errors import LinkUnusable
from bot.usecases.connect_account import FORGED, STATE_PURPOSE, STOP_LIFE
from tests.unit.usecases.connect_house import NOW, ConnectHouse


def test_a_connection_that_waits_is_undone() -> None:  # fault 16
    house = ConnectHouse()
    arrival, cookie = house.arrive(house.ana)
    house.stop(arrival.stop, cookie)
    assert (house.accounts(), house.provider.revoked) == ([], ["refresh-code-1"])


def test_a_connection_that_was_confirmed_is_undone() -> None:  # fault 16
    house = ConnectHouse()
    arrival, cookie = house.arrive(house.ana)
    house.confirm(house.ana, arrival.account.id)
    house.stop(arrival.stop, cookie)
    assert (house.accounts(), house.provider.revoked) == ([], ["refresh-code-1"])


def test_a_connection_that_revived_an_older_one_is_undone_with_it() -> None:  # fault 16
    house = ConnectHouse()
    house.connect(house.ana)
    arrival, cookie = house.arrive(house.ana)
    house.confirm(house.ana, arrival.account.id)
    house.stop(arrival.stop, cookie)
    assert house.accounts() == []
    assert house.provider.revoked == ["refresh-code-2"]


# fault 16
def test_undoing_twice_leaves_an_older_account_that_took_nothing_over() -> None:
    house = ConnectHouse()
    old = house.connect(house.ana)
    arrival, cookie = house.arrive(house.ana)
    house.stop(arrival.stop, cookie)
    house.stop(arrival.stop, cookie)
    assert house.accounts() == [old]
    assert house.provider.revoked == []  # the older account lives by the same grant


# fault 16
def test_undoing_what_its_member_refused_leaves_his_older_account() -> None:
    house = ConnectHouse()
    old = house.connect(house.ana)
    arrival, cookie = house.arrive(house.ana)
    house.reject(house.ana, arrival.account.id)
    house.stop(arrival.stop, cookie)
    assert house.accounts() == [old]


# fault 16
def test_undoing_a_connection_that_was_renewed_since_leaves_the_new_one() -> None:
    house = ConnectHouse()
    house.connect(house.ana)
    first, cookie = house.arrive(house.ana)
    house.confirm(house.ana, first.account.id)
    renewed = house.connect(house.ana)
    house.stop(first.stop, cookie)
    assert house.accounts() == [renewed]


# fault 16
def test_a_page_undoes_for_an_hour_and_not_longer() -> None:
    house = ConnectHouse()
    early, early_cookie = house.arrive(house.ana)
    late, late_cookie = house.arrive(house.ana, address="ana@home.test")
    house.clock.time = NOW + STOP_LIFE - timedelta(seconds=1)
    house.stop(early.stop, early_cookie)
    house.clock.time = NOW + STOP_LIFE
    with pytest.raises(LinkUnusable, match="more than an hour old"):
        house.stop(late.stop, late_cookie)
    assert house.accounts() == [late.account]


def test_other_accounts_of_the_member_stay() -> None:
    house = ConnectHouse()
    home = house.connect(house.ana, address="ana@home.test")
    arrival, cookie = house.arrive(house.ana)
    house.stop(arrival.stop, cookie)
    assert house.accounts() == [home]


def test_the_same_account_of_another_member_stays() -> None:  # fault 22
    house = ConnectHouse()
    his = house.connect(house.ben)
    arrival, cookie = house.arrive(house.ana)
    house.stop(arrival.stop, cookie)
    assert (house.accounts(), house.provider.revoked) == ([his], [])


@pytest.mark.parametrize("cookie", ["", "another browser's"])
def test_another_browser_undoes_nothing(cookie: str) -> None:  # fault 16
    house = ConnectHouse()
    arrival, _ = house.arrive(house.ana)
    with pytest.raises(LinkUnusable, match=FORGED):
        house.stop(arrival.stop, cookie)
    assert house.accounts() == [arrival.account]


def test_undoing_twice_is_a_success() -> None:
    house = ConnectHouse()
    arrival, cookie = house.arrive(house.ana)
    house.stop(arrival.stop, cookie)
    house.stop(arrival.stop, cookie)
    assert house.accounts() == []
    assert house.provider.revoked == ["refresh-code-1"]


def test_a_forged_ticket_undoes_nothing() -> None:
    house = ConnectHouse()
    arrival, cookie = house.arrive(house.ana)
    named = json.dumps({"account": str(arrival.account.id), "browser": ""})
    for ticket in ("", "forged", arrival.stop[:-4], house.vault.seal(named, purpose=STATE_PURPOSE)):
        with pytest.raises(LinkUnusable, match=FORGED):
            house.stop(ticket, cookie)
    assert house.accounts() == [arrival.account]
