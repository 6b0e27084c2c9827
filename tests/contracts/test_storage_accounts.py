"""Accounts from their pending beginning to their end."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.accounts import Access, Account, AccountStatus, Provider
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.ports import Credentials, Store
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import (
    NOW,
    a_calendar,
    a_credential,
    a_person,
    all_at_once,
    an_account,
    chosen,
    connected,
    new_id,
    stored,
)

PENDING, ACTIVE, BROKEN = AccountStatus.PENDING, AccountStatus.ACTIVE, AccountStatus.NEEDS_RECONNECT


def test_accounts_are_listed_oldest_first_and_pending_ones_apart(store: Store) -> None:
    ana = a_person(store)
    young = stored(store, an_account(ana, "b@example.com"))
    old = stored(store, an_account(ana, "a@example.com", created_at=NOW - timedelta(days=1)))
    waiting = stored(store, an_account(ana, "c@example.com", status=PENDING))

    with store.reading() as work:
        assert list(work.accounts.of(ana)) == [old, young]
        assert list(work.accounts.pending(ana)) == [waiting]
        assert work.accounts.get(ana, young.id) == young
        assert work.accounts.known(waiting.id) == waiting
        assert work.accounts.known(new_id()) is None


def test_a_pending_account_becomes_active(store: Store, credentials: Credentials) -> None:
    ana = a_person(store)
    waiting = stored(store, an_account(ana, status=PENDING), a_credential("first"))

    with store.writing() as work:
        active = work.accounts.activate(ana, waiting.id)
        work.commit()

    assert active == replace(waiting, status=ACTIVE)
    assert credentials.load(active.id) == a_credential("first")


def test_connecting_an_account_again_gives_its_permission_to_the_one_that_was_there(
    store: Store, credentials: Credentials
) -> None:
    ana = a_person(store)
    old = stored(store, an_account(ana, access=Access.CONFLICT_ONLY), a_credential("revoked"))
    [calendar] = chosen(store, ana, a_calendar(old))
    with store.writing() as work:
        work.accounts.mark_broken(old.id, NOW)
        work.accounts.claim_notice(NOW)
        work.commit()
    again = stored(store, an_account(ana, status=PENDING, access=Access.FULL), a_credential("new"))

    with store.writing() as work:
        active = work.accounts.activate(ana, again.id)
        work.commit()

    assert active == replace(old, access=Access.FULL, absorbed_id=again.id, renewed_at=again.created_at)
    assert credentials.load(old.id) == a_credential("new")
    with store.reading() as work:
        assert list(work.accounts.of(ana)) == [active]
        assert work.accounts.known(again.id) is None
        assert work.accounts.that_absorbed(again.id) == active
        assert list(work.calendars.of(ana)) == [calendar]


# fault 16
def test_an_account_is_found_by_the_connection_that_it_took_over_last_alone(store: Store) -> None:
    ana = a_person(store)
    old = connected(store, ana)
    first, second, waiting = (stored(store, an_account(ana, status=PENDING)) for _ in range(3))
    with store.writing() as work:
        work.accounts.activate(ana, first.id)
        active = work.accounts.activate(ana, second.id)
        work.commit()

    with store.reading() as work:
        found = [work.accounts.that_absorbed(one.id) for one in (old, first, second, waiting)]
    assert found == [None, None, active, None]


def test_the_right_to_write_is_not_given_up_for_less(store: Store, credentials: Credentials) -> None:
    ana = a_person(store)
    old = stored(store, an_account(ana, access=Access.FULL), a_credential("writes"))
    less = stored(store, an_account(ana, status=PENDING, access=Access.CONFLICT_ONLY), a_credential("reads"))

    with store.writing() as work, pytest.raises(NotFound):
        work.accounts.activate(ana, less.id)

    with store.reading() as work:
        assert (list(work.accounts.of(ana)), list(work.accounts.pending(ana))) == ([old], [less])
    assert credentials.load(old.id) == a_credential("writes")


# fault 36
def test_an_account_that_was_connected_anew_since_it_was_read_does_not_break(store: Store) -> None:
    ana = a_person(store)
    as_read = connected(store, ana)
    waiting = stored(store, an_account(ana, status=PENDING))
    with store.writing() as work:
        renewed = work.accounts.activate(ana, waiting.id)
        work.accounts.mark_broken(as_read.id, NOW, as_read=as_read)
        work.commit()

    with store.reading() as work:
        assert work.accounts.get(ana, as_read.id) == renewed
    with store.writing() as work:
        work.accounts.mark_broken(as_read.id, NOW, as_read=renewed)
        assert work.accounts.get(ana, as_read.id) == replace(renewed, status=BROKEN, broken_since=NOW)


# fault 22
def test_the_same_google_account_of_two_people_stays_two_accounts(store: Store, credentials: Credentials) -> None:
    ana, ben = a_person(store, user="U1"), a_person(store, user="U2")
    hers = stored(store, an_account(ana, "team@example.com"), a_credential("hers"))
    his = stored(store, an_account(ben, "team@example.com", status=PENDING), a_credential("his"))

    with store.writing() as work:
        active = work.accounts.activate(ben, his.id)
        work.commit()

    assert active == replace(his, status=ACTIVE)
    assert [credentials.load(account.id) for account in (hers, his)] == [a_credential("hers"), a_credential("his")]


@pytest.mark.parametrize("status", [ACTIVE, BROKEN])
def test_only_a_pending_account_can_be_activated(store: Store, status: AccountStatus) -> None:
    ana = a_person(store)
    account = stored(store, an_account(ana, status=status))

    with store.writing() as work, pytest.raises(NotFound):
        work.accounts.activate(ana, account.id)


def test_two_confirmations_at_once_leave_one_account(database: Database) -> None:
    stores = [database.open(), database.open()]
    ana = a_person(stores[0])
    waiting = [stored(stores[0], an_account(ana, status=PENDING)) for _ in stores]

    def confirm(process: int) -> UUID:
        with stores[process].writing() as work:
            active = work.accounts.activate(ana, waiting[process].id)
            work.commit()
        return active.id

    survivors = set(all_at_once(2, confirm))

    with stores[0].reading() as work:
        assert {account.id for account in work.accounts.of(ana)} == survivors
        assert len(survivors) == 1
        assert list(work.accounts.pending(ana)) == []


# fault 36
def test_a_broken_account_is_told_of_once_whoever_asks_how_often(store: Store) -> None:
    ana = a_person(store)
    account = connected(store, ana)
    with store.writing() as work:
        work.accounts.mark_broken(account.id, NOW)
        work.accounts.mark_broken(account.id, NOW + timedelta(hours=1))
        work.commit()

    def tick(_process: int) -> Account | None:
        with store.writing() as work:
            claimed = work.accounts.claim_notice(NOW)
            work.commit()
        return claimed

    notices = [notice for notice in all_at_once(10, tick) if notice is not None]

    assert notices == [replace(account, status=BROKEN, broken_since=NOW)]


# fault 36
def test_a_notice_that_could_not_be_given_is_given_later(store: Store) -> None:
    account = connected(store, a_person(store))
    in_an_hour = NOW + timedelta(hours=1)
    with store.writing() as work:
        work.accounts.mark_broken(account.id, NOW)
        work.accounts.claim_notice(NOW)
        work.accounts.release_notice(account.id, in_an_hour)
        soon = work.accounts.claim_notice(in_an_hour - timedelta(seconds=1))
        again = work.accounts.claim_notice(in_an_hour)

    assert (soon, again) == (None, replace(account, status=BROKEN, broken_since=NOW))


# fault 36
def test_notices_are_handed_out_one_by_one_the_first_that_broke_first(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    late, early = connected(store, ana), connected(store, ben, "ben@example.com")
    with store.writing() as work:
        work.accounts.mark_broken(late.id, NOW)
        work.accounts.mark_broken(early.id, NOW - timedelta(minutes=1))
        told = [work.accounts.claim_notice(NOW) for _ in range(3)]

    assert [one and one.id for one in told] == [early.id, late.id, None]


def test_an_account_that_breaks_again_after_reconnecting_is_told_of_again(store: Store) -> None:
    ana = a_person(store)
    account = connected(store, ana)
    for _ in range(2):
        with store.writing() as work:
            work.accounts.mark_broken(account.id, NOW)
            assert work.accounts.claim_notice(NOW) is not None
            work.commit()
        waiting = stored(store, an_account(ana, status=PENDING))
        with store.writing() as work:
            work.accounts.activate(ana, waiting.id)
            work.commit()


def test_a_pending_account_does_not_break(store: Store) -> None:
    waiting = stored(store, an_account(a_person(store), status=PENDING))

    with store.writing() as work:
        work.accounts.mark_broken(waiting.id, NOW)

        assert work.accounts.known(waiting.id) == waiting
        assert work.accounts.claim_notice(NOW) is None


def test_an_erased_account_takes_its_calendars_and_credential_along(store: Store, credentials: Credentials) -> None:
    ana = a_person(store)
    gone, left = connected(store, ana, "a@example.com"), connected(store, ana, "b@example.com")
    chosen(store, ana, a_calendar(gone, "gone"), a_calendar(left, "left"))

    with store.writing() as work:
        work.accounts.erase(gone.id)
        work.accounts.erase(gone.id)
        work.commit()

    with store.reading() as work:
        assert list(work.accounts.of(ana)) == [left]
        assert [calendar.remote_id for calendar in work.calendars.of(ana)] == ["left"]
    with pytest.raises(NotFound):
        credentials.load(gone.id)


def test_accounts_that_nobody_confirmed_are_found_by_their_age(store: Store) -> None:
    ana = a_person(store)
    old = stored(store, an_account(ana, status=PENDING, created_at=NOW - timedelta(hours=2)))
    stored(store, an_account(ana, status=PENDING, created_at=NOW - timedelta(hours=1)))
    stored(store, an_account(ana, created_at=NOW - timedelta(hours=2)))

    with store.reading() as work:
        assert list(work.accounts.unconfirmed(NOW - timedelta(hours=1))) == [old]


# fault 22
def test_a_grant_is_shared_when_any_other_row_uses_the_google_account(store: Store) -> None:
    alone = connected(store, a_person(store), "alone@example.com")
    here = connected(store, a_person(store, "T1"), "team@example.com")
    there = connected(store, a_person(store, "T2"), "team@example.com")

    with store.reading() as work:
        assert [work.accounts.is_grant_shared(account) for account in (alone, here, there)] == [False, True, True]


def a_zoom_account(owner: Actor, known_as: str = "acme/ana", *, status: AccountStatus = ACTIVE) -> Account:
    return replace(an_account(owner, status=status), provider=Provider.ZOOM, external_id=known_as)


# fault 54
def test_a_remote_account_is_found_in_every_workspace_by_what_its_provider_calls_it(store: Store) -> None:
    here = stored(store, a_zoom_account(a_person(store, "T1")))
    there = stored(store, a_zoom_account(a_person(store, "T2"), status=PENDING))
    stored(store, a_zoom_account(a_person(store, "T3"), "acme/ben"))
    stored(store, an_account(a_person(store, "T4")))

    with store.reading() as work:
        assert list(work.accounts.with_external_id(Provider.ZOOM, "acme/ana")) == [here, there]
        assert list(work.accounts.with_external_id(Provider.GOOGLE, "acme/ana")) == []


# fault 54
def test_an_account_that_takes_a_permission_over_takes_its_time_and_name_over_too(store: Store) -> None:
    ana, later = a_person(store), NOW + timedelta(days=1)
    old = stored(store, a_zoom_account(ana, "other/ana"))
    again = stored(store, replace(a_zoom_account(ana, status=PENDING), created_at=later))

    with store.writing() as work:
        work.accounts.activate(ana, again.id)
        work.commit()

    with store.reading() as work:
        [active] = work.accounts.of(ana)
    assert (active.id, active.external_id, active.created_at, active.granted_at) == (old.id, "acme/ana", NOW, later)
