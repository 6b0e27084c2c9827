"""Ending a connection: the permission is given back first, then everything goes; what could not be is said."""

import pytest

from bot.domain.connections import Ended, Revocation
from bot.domain.errors import NotFound, ProviderDown
from bot.usecases.end_grant import EndGrant
from tests.fakes.store import FakeCredentials
from tests.unit.usecases.connect_house import ConnectHouse


def test_the_only_connection_of_an_account_is_revoked_and_erased() -> None:
    house = ConnectHouse()
    account = house.connect(house.ana)
    assert house.disconnect(house.ana, account.id) == Ended(account, Revocation.DONE)
    assert (house.accounts(), house.provider.revoked) == ([], ["refresh-code-1"])


def test_a_grant_that_another_member_needs_is_kept_until_he_leaves_too() -> None:  # fault 22
    house = ConnectHouse()
    hers, his = house.connect(house.ana), house.connect(house.ben)
    assert house.disconnect(house.ana, hers.id) == Ended(hers, Revocation.NEEDED_ELSEWHERE)
    assert (house.accounts(), house.provider.revoked) == ([his], [])
    assert house.disconnect(house.ben, his.id) == Ended(his, Revocation.DONE)
    assert (house.accounts(), house.provider.revoked) == ([], ["refresh-code-2"])


def test_a_connection_that_waits_for_its_member_keeps_the_grant_as_well() -> None:  # fault 22
    house = ConnectHouse()
    hers = house.connect(house.ana)
    house.arrive(house.ben)
    assert house.disconnect(house.ana, hers.id).revocation is Revocation.NEEDED_ELSEWHERE


def test_another_account_of_the_member_has_nothing_to_do_with_it() -> None:
    house = ConnectHouse()
    work, home = house.connect(house.ana), house.connect(house.ana, address="ana@home.test")
    assert house.disconnect(house.ana, work.id).revocation is Revocation.DONE
    assert house.accounts() == [home]


def test_a_provider_that_does_not_answer_keeps_nobody_from_leaving() -> None:
    house = ConnectHouse()
    account = house.connect(house.ana)
    house.provider.revoke_fails_with = ProviderDown("Google did not answer.")
    assert house.disconnect(house.ana, account.id) == Ended(account, Revocation.FAILED)
    assert house.accounts() == []


def test_a_provider_that_is_not_set_up_any_more_keeps_nobody_from_leaving() -> None:
    house = ConnectHouse()
    account = house.connect(house.ana)
    without_google = EndGrant(house.store, FakeCredentials(house.store), {})
    assert without_google(account) == Ended(account, Revocation.FAILED)
    assert house.accounts() == []


def test_a_connection_outlives_a_death_between_giving_back_and_erasing() -> None:
    house = ConnectHouse()
    account = house.connect(house.ana)

    def power_goes() -> None:
        raise KeyboardInterrupt

    house.store.before_commit = power_goes
    with pytest.raises(KeyboardInterrupt):
        house.disconnect(house.ana, account.id)
    assert house.accounts() == [account]  # to be ended again, which is a success at the provider
    house.store.before_commit = lambda: None
    assert house.disconnect(house.ana, account.id).revocation is Revocation.DONE


def test_nobody_can_end_another_members_connection() -> None:  # fault 11
    house = ConnectHouse()
    account = house.connect(house.ana)
    with pytest.raises(NotFound):
        house.disconnect(house.ben, account.id)
    assert (house.accounts(), house.provider.revoked) == ([account], [])


def test_no_transaction_is_open_while_the_provider_is_asked() -> None:
    house = ConnectHouse()
    account = house.connect(house.ana)
    seen: list[bool] = []
    house.provider.before_revoke = lambda: seen.append(house.store.is_open)
    house.disconnect(house.ana, account.id)
    assert seen == [False]
