"""One of the actor's own connections, to explain it."""

from uuid import UUID

from bot.domain.accounts import Account
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Store


class ShowOwnAccount:
    """As it is stored."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, account_id: UUID) -> Account:
        """Raises `NotFound`, for another's as for none."""
        require_full_member(actor)
        with self._store.reading() as work:
            return work.accounts.get(actor, account_id)
