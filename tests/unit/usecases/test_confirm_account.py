"""*Yes, connect* and *No, that is not me*: the same member's word, within the hour."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.accounts import Access, AccountStatus
from bot.domain.calendars import ONE_WAY, AccessRole, Calendar, Role
from bot.domain.errors import LinkUnusable, NotFound
from bot.usecases.confirm_account import PATIENCE, TOO_LATE
from bot.usecases.connect_account import ALREADY_FULL
from tests.builders import BERLIN
from tests.unit.usecases.connect_house import NOW, ConnectHouse


def test_the_members_yes_makes_the_account_active() -> None:
    house = ConnectHouse()
    arrival, _ = house.arrive(house.ana)
    account = house.confirm(house.ana, arrival.account.id)
    assert account.status is AccountStatus.ACTIVE
    assert house.accounts() == [account]


def test_nobody_else_can_say_yes() -> None:  # fault 16
    house = ConnectHouse()
    arrival, _ = house.arrive(house.ana)
    with pytest.raises(NotFound):
        house.confirm(house.ben, arrival.account.id)
    assert house.accounts() == [arrival.account]


def test_nobody_else_can_say_no() -> None:  # fault 11
    house = ConnectHouse()
    arrival, _ = house.arrive(house.ana)
    with pytest.raises(NotFound):
        house.reject(house.ben, arrival.account.id)
    assert house.accounts() == [arrival.account]
    assert house.provider.revoked == []


def test_a_second_yes_finds_nothing_waiting() -> None:
    house = ConnectHouse()
    account = house.connect(house.ana)
    with pytest.raises(NotFound):
        house.confirm(house.ana, account.id)
    assert house.accounts() == [account]


def test_yes_within_the_hour_is_in_time_and_later_is_too_late() -> None:
    house = ConnectHouse()
    early, _ = house.arrive(house.ana)
    late, _ = house.arrive(house.ana, address="ana@home.test")
    house.clock.time = NOW + PATIENCE
    house.confirm(house.ana, early.account.id)
    house.clock.time = NOW + PATIENCE + timedelta(seconds=1)
    with pytest.raises(NotFound, match=TOO_LATE):
        house.confirm(house.ana, late.account.id)
    assert [one.status for one in house.accounts()] == [AccountStatus.ACTIVE, AccountStatus.PENDING]


def test_no_gives_the_permission_back_and_erases_the_account() -> None:
    house = ConnectHouse()
    arrival, _ = house.arrive(house.ana)
    assert house.reject(house.ana, arrival.account.id) == arrival.account
    assert house.accounts() == []
    assert house.provider.revoked == ["refresh-code-1"]


def test_no_to_an_account_that_is_connected_already_does_nothing() -> None:
    house = ConnectHouse()
    account = house.connect(house.ana)
    with pytest.raises(NotFound):
        house.reject(house.ana, account.id)
    assert house.accounts() == [account]


def test_connecting_the_same_account_anew_revives_the_old_one_and_makes_its_calendars_due() -> None:  # fault 36
    house = ConnectHouse()
    account = house.connect(house.ana)
    calendar = Calendar(
        id=UUID(int=7),
        workspace_id=account.workspace_id,
        member_id=account.member_id,
        account_id=account.id,
        remote_id="ana@acme.test",
        name="Ana",
        zone=BERLIN,
        access_role=AccessRole.OWNER,
        role=Role.LINKED,
        option=ONE_WAY,
    )
    with house.store.writing() as work:
        work.calendars.choose(house.ana, [calendar])
        work.accounts.mark_broken(account.id, NOW)
        work.commit()
    renewed = house.connect(house.ana)
    assert renewed == replace(account, absorbed_id=renewed.absorbed_id, renewed_at=NOW)
    with house.store.reading() as work:
        assert [one.next_sync_at for one in work.calendars.of(house.ana)] == [NOW]
    assert house.accounts() == [renewed]


def test_the_right_to_write_is_not_lost_by_the_order_of_two_answers() -> None:
    house = ConnectHouse()
    reading, _ = house.arrive(house.ana, Access.CONFLICT_ONLY)
    writing = house.connect(house.ana, Access.FULL)
    with pytest.raises(LinkUnusable, match=ALREADY_FULL.format(address="ana@acme.test")):
        house.confirm(house.ana, reading.account.id)
    assert house.accounts() == [reading.account, writing]


def test_an_account_for_conflict_calendars_may_be_given_the_right_to_write() -> None:
    house = ConnectHouse()
    reading = house.connect(house.ana, Access.CONFLICT_ONLY)
    writing = house.connect(house.ana, Access.FULL)
    assert (writing.id, writing.access) == (reading.id, Access.FULL)
