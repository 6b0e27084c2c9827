"""Tokens whose key is not configured: a start is refused over them, until the key is back or given up."""

from dataclasses import replace

import pytest

from bot.domain.accounts import AccountStatus
from bot.domain.errors import SecretUnreadable
from storage.credentials import SealedCredentials
from storage.lost_keys import give_up_lost, require_keys
from storage.vault import BadSecretKeys, new_key
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import NOW, a_credential, a_person, an_account, stored
from tests.contracts.test_storage_credentials import put, sealed_of


# fault 25
def test_a_key_that_sealed_a_stored_token_is_required(database: Database) -> None:
    before = database.open()
    require_keys(before)
    account = stored(before, an_account(a_person(before)))
    newer = new_key()

    with pytest.raises(BadSecretKeys, match=f"lacks.*{sealed_of(before, account.id)[:8].decode()}"):
        require_keys(database.open(newer))

    require_keys(database.open(newer, database.key))
    require_keys(database.open(database.key, newer))


# fault 25
@pytest.mark.parametrize("damaged", [b"", b"x", bytes(40)])
def test_a_damaged_token_keeps_nobody_from_starting(database: Database, damaged: bytes) -> None:
    store = database.open()
    put(store, stored(store, an_account(a_person(store))).id, damaged)

    require_keys(store)


# fault 25
def test_tokens_of_a_lost_key_are_given_up_and_no_others(database: Database) -> None:
    before = database.open()
    ana = a_person(before)
    lost = stored(before, an_account(ana, "lost@example.com"))
    waiting = stored(before, an_account(ana, "waiting@example.com", status=AccountStatus.PENDING))
    after = database.open(new_key())
    kept = stored(after, an_account(ana, "kept@example.com"), a_credential("kept"))

    assert give_up_lost(after, NOW) == 2

    require_keys(after)
    assert give_up_lost(after, NOW) == 0
    with after.reading() as work:
        broken = replace(lost, status=AccountStatus.NEEDS_RECONNECT, broken_since=NOW)
        assert list(work.accounts.of(ana)) == [broken, kept]
        assert list(work.accounts.pending(ana)) == [waiting]
    assert SealedCredentials(after).load(kept.id) == a_credential("kept")
    with pytest.raises(SecretUnreadable, match="damaged"):
        SealedCredentials(after).load(lost.id)
