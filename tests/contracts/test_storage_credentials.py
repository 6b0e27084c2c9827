"""Credentials: sealed in their rows, renewed by one process at a time, useless anywhere else."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, update

from bot.domain.accounts import Account, AccountStatus, Credential, RefreshClaim
from bot.domain.errors import KeyMissing, NotFound, SecretUnreadable
from bot.ports import Credentials, OneTimeCredentials, Store
from storage.credentials import SealedCredentials
from storage.engine import open_engine
from storage.store import SqlStore
from storage.tables import ACCOUNTS
from storage.vault import Vault, new_key
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import NOW, a_credential, a_person, all_at_once, an_account, new_id, stored

CANARY = Credential(
    "canary-access-4f1d", "canary-refresh-9b2e", NOW + timedelta(hours=1), frozenset({"calendar.events"})
)


def test_a_credential_comes_back_as_it_went_in(store: Store, credentials: Credentials) -> None:
    account = stored(store, an_account(a_person(store)), CANARY)

    assert credentials.load(account.id) == CANARY


def test_an_unknown_account_has_no_credential(credentials: Credentials) -> None:
    with pytest.raises(NotFound):
        credentials.load(new_id())
    with pytest.raises(NotFound):
        credentials.replace(new_id(), a_credential("old"), a_credential("new"))


def test_a_renewed_credential_takes_the_place_of_the_old_one(store: Store, credentials: Credentials) -> None:
    account = stored(store, an_account(a_person(store)), a_credential("old"))

    assert credentials.replace(account.id, a_credential("old"), a_credential("new")) == a_credential("new")
    assert credentials.load(account.id) == a_credential("new")


def test_of_many_who_renew_the_same_credential_one_is_believed(store: Store, credentials: Credentials) -> None:
    account = stored(store, an_account(a_person(store)), a_credential("old"))

    def renew(process: int) -> Credential:
        return credentials.replace(account.id, a_credential("old"), a_credential(f"new {process}"))

    answers = set(all_at_once(8, renew))

    assert answers == {credentials.load(account.id)}


def test_of_several_processes_that_renew_one_is_believed(database: Database) -> None:
    stores = [database.open() for _ in range(4)]
    account = stored(stores[0], an_account(a_person(stores[0])), a_credential("old"))

    def renew(process: int) -> Credential:
        new = a_credential(f"new {process}")
        return SealedCredentials(stores[process]).replace(account.id, a_credential("old"), new)

    assert set(all_at_once(4, renew)) == {SealedCredentials(stores[0]).load(account.id)}


# fault 24
def test_a_dump_of_the_database_shows_no_token(database: Database) -> None:
    store = database.open()
    account = stored(store, an_account(a_person(store)), CANARY)

    with store.connected("reading") as connection:
        [row] = connection.execute(select(ACCOUNTS)).all()

    assert row.address == account.address
    assert b"canary" not in row.sealed_credential
    assert "canary" not in repr(tuple(row))


# fault 24
def test_a_stolen_file_holds_no_token(sqlite_template: Path, tmp_path: Path) -> None:
    shutil.copy(sqlite_template, tmp_path / "daybook.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'daybook.db'}")
    store = SqlStore(engine, Vault([new_key()]))
    stored(store, an_account(a_person(store), "canary-address@example.com"), CANARY)

    everything = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    engine.dispose()

    assert b"canary-address" in everything
    assert b"canary-access" not in everything
    assert b"canary-refresh" not in everything


# fault 25
def test_a_credential_moved_to_another_row_does_not_open(database: Database) -> None:
    store = database.open()
    ana = a_person(store)
    mine = stored(store, an_account(ana, "a@example.com"), a_credential("mine"))
    stolen = stored(store, an_account(ana, "b@example.com"), a_credential("stolen"))
    sealed = {account.id: sealed_of(store, account.id) for account in (mine, stolen)}

    put(store, mine.id, sealed[stolen.id])

    with pytest.raises(SecretUnreadable):
        SealedCredentials(store).load(mine.id)
    put(store, mine.id, sealed[mine.id])
    assert SealedCredentials(store).load(mine.id) == a_credential("mine")


# fault 25
@pytest.mark.parametrize(
    "damage",
    [
        lambda sealed: sealed[:-1],
        lambda sealed: sealed[:10],
        lambda sealed: b"",
        lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1]),
    ],
    ids=["cut", "cut short", "empty", "flipped"],
)
def test_a_damaged_credential_is_refused_by_name(database: Database, damage: Callable[[bytes], bytes]) -> None:
    store = database.open()
    account = stored(store, an_account(a_person(store)), CANARY)
    put(store, account.id, damage(sealed_of(store, account.id)))

    with pytest.raises(SecretUnreadable, match="damaged"):
        SealedCredentials(store).load(account.id)


# fault 25
def test_an_older_key_opens_until_it_is_removed(database: Database) -> None:
    account = stored(before := database.open(), an_account(a_person(before)), CANARY)
    newer = new_key()

    assert SealedCredentials(database.open(newer, database.key)).load(account.id) == CANARY
    with pytest.raises(KeyMissing):
        SealedCredentials(database.open(newer)).load(account.id)


# fault 26
def test_a_credential_that_is_renewed_is_sealed_with_the_newer_key(database: Database) -> None:
    account = stored(before := database.open(), an_account(a_person(before)), a_credential("old"))
    newer = new_key()

    SealedCredentials(database.open(newer, database.key)).replace(account.id, a_credential("old"), CANARY)

    assert SealedCredentials(database.open(newer)).load(account.id) == CANARY


def sealed_of(store: SqlStore, account_id: UUID) -> bytes:
    """What stands in the account's row."""
    with store.connected("reading") as connection:
        row = connection.execute(select(ACCOUNTS.c.sealed_credential).where(ACCOUNTS.c.id == account_id)).one()
    sealed: bytes = row.sealed_credential
    return sealed


def put(store: SqlStore, account_id: UUID, sealed: bytes) -> None:
    """Write it there, past all that guards it."""
    with store.connected("writing") as connection:
        connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account_id).values(sealed_credential=sealed))
        connection.commit()


LEASE = timedelta(minutes=1)


def claimed(credentials: OneTimeCredentials, account: Account, now: datetime = NOW) -> RefreshClaim:
    """The right to use up the account's refresh token."""
    claim = credentials.claim_refresh(account.id, now=now, lease=LEASE)
    assert claim is not None
    return claim


# fault 28
def test_of_many_one_may_use_a_refresh_token_up(store: Store, credentials: OneTimeCredentials) -> None:
    account = stored(store, an_account(a_person(store)), a_credential("once"))

    claims = all_at_once(8, lambda _process: credentials.claim_refresh(account.id, now=NOW, lease=LEASE))

    [claim] = [one for one in claims if one is not None]
    assert claim.credential == a_credential("once")
    assert credentials.finish_refresh(claim, a_credential("next")) == a_credential("next")
    assert credentials.load(account.id) == a_credential("next")


# fault 28
def test_a_claim_is_freed_by_its_holder_or_by_time(store: Store, credentials: OneTimeCredentials) -> None:
    account = stored(store, an_account(a_person(store)), a_credential())
    first = claimed(credentials, account)
    credentials.release_refresh(first)
    second = claimed(credentials, account)

    credentials.release_refresh(first)  # it is not the first one's any more

    assert credentials.claim_refresh(account.id, now=NOW + LEASE - timedelta(seconds=1), lease=LEASE) is None
    third = claimed(credentials, account, NOW + LEASE)
    assert (first.fence, second.fence, third.fence) == (1, 2, 3)


# fault 28
def test_one_whose_lease_ran_out_still_stores_what_it_got(store: Store, credentials: OneTimeCredentials) -> None:
    account = stored(store, an_account(a_person(store)), a_credential("once"))
    slow, quick = claimed(credentials, account), claimed(credentials, account, NOW + LEASE)

    # What the slow one has used up is refused to the quick one.
    assert credentials.give_up_refresh(quick) == replace(a_credential("once"), refresh_token="")
    assert credentials.finish_refresh(slow, a_credential("next")) == a_credential("next")

    assert credentials.load(account.id) == a_credential("next")


def test_a_refresh_does_not_undo_what_its_owner_connected_anew(store: Store, credentials: OneTimeCredentials) -> None:
    ana = a_person(store)
    account = stored(store, an_account(ana), a_credential("old"))
    claim = claimed(credentials, account)
    again = stored(store, an_account(ana, status=AccountStatus.PENDING), a_credential("anew"))
    with store.writing() as work:
        work.accounts.activate(ana, again.id)
        work.commit()

    assert credentials.finish_refresh(claim, a_credential("late")) == a_credential("anew")
    assert credentials.give_up_refresh(claim) == a_credential("anew")
    claimed(credentials, account)  # and it is free again


def test_nobody_refreshes_what_is_gone(store: Store, credentials: OneTimeCredentials) -> None:
    account = stored(store, an_account(a_person(store)), a_credential())
    claim = claimed(credentials, account)
    with store.writing() as work:
        work.accounts.erase(account.id)
        work.commit()

    credentials.release_refresh(claim)
    for ends in (credentials.give_up_refresh, lambda one: credentials.finish_refresh(one, a_credential("next"))):
        with pytest.raises(NotFound):
            ends(claim)
    with pytest.raises(NotFound):
        credentials.claim_refresh(account.id, now=NOW, lease=LEASE)
