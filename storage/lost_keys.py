"""Stored tokens whose key is not configured: found before anything starts, and given up where the key is lost."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import LargeBinary, func, select, update

from bot.domain.accounts import AccountStatus
from storage.store import SqlStore
from storage.tables import ACCOUNTS
from storage.vault import KEY_ID_BYTES, BadSecretKeys, is_key_id

_KEY_ID = func.substr(ACCOUNTS.c.sealed_credential, 1, KEY_ID_BYTES, type_=LargeBinary)


def require_keys(store: SqlStore) -> None:
    """Refuse to work without a key that stored tokens were sealed with: their accounts would all fail.

    Raises `BadSecretKeys`, which names the key by its id. A damaged token is its own account's trouble alone.
    """
    missing = [key_id.decode() for key_id in _missing(store)]
    if missing:
        raise BadSecretKeys(
            f"Stored tokens were sealed with a key that DAYBOOK_SECRET_KEYS lacks (id {', '.join(missing)}). "
            "Put that key back, behind the newer one if there is one. If it is lost, run `daybook keys lost`: "
            "the accounts that it sealed then ask their owners to connect them anew."
        )


def give_up_lost(store: SqlStore, now: datetime) -> int:
    """Throw away the tokens that no configured key opens, and leave their accounts to their owners.

    Returns how many. What was read through them stays, and goes on when they are connected anew.
    """
    lost = _KEY_ID.in_(_missing(store))
    with store.connected("writing") as connection:
        connection.execute(
            update(ACCOUNTS)
            .where(lost, ACCOUNTS.c.status == AccountStatus.ACTIVE)
            .values(status=AccountStatus.NEEDS_RECONNECT, broken_since=now, notified_at=None)
        )
        given_up = connection.execute(update(ACCOUNTS).where(lost).values(sealed_credential=b"")).rowcount
        connection.commit()
    return given_up


def _missing(store: SqlStore) -> Sequence[bytes]:
    """The ids of keys that sealed something and are not configured."""
    with store.connected("reading") as connection:
        # SQLite finds no part in an empty value.
        found = [bytes(key_id or b"") for key_id in connection.scalars(select(_KEY_ID).distinct())]
    return sorted(one for one in found if is_key_id(one) and not store.vault.has_key(one))
