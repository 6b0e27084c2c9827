"""The member's word in Slack on a connection that waits for it; before *Yes* nothing is active or read."""

from datetime import timedelta
from uuid import UUID

from bot.domain.accounts import Account
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.adopt_links import adopt_links
from bot.usecases.connect_account import refuse_downgrade
from bot.usecases.end_grant import EndGrant

PATIENCE = timedelta(hours=1)
"""How long an account waits for its member's word."""

TOO_LATE = "This waited for longer than an hour, so it was given back. Nothing was read. Connect again."


class ConfirmAccount:
    """*Yes, connect*: by the same member alone, within the hour."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, account_id: UUID) -> Account:
        """The account that lives on: an older one of the same address takes the new permission over.

        Raises `NotFound` for another member's account, and for one that does not wait any more; `LinkUnusable`
        where the same account was confirmed with the right to write meanwhile.
        """
        require_full_member(actor)
        now = self._clock.now()
        with self._store.writing() as work:
            waiting = waiting_account(work, actor, account_id)
            if now - waiting.created_at > PATIENCE:  # it is about to be given back
                raise NotFound(TOO_LATE)
            refuse_downgrade(waiting, work.accounts.of(actor))
            account = work.accounts.activate(actor, account_id)
            if account.provider.has_calendars:
                work.calendars.request_sync(actor, now)
            work.effects.revive(account.id, now)
            adopt_links(work, actor, now)
            work.homes.changed([actor.member_id], now)
            work.commit()
        return account


class RejectAccount:
    """*No, that is not me*: the permission is given back and the row goes."""

    def __init__(self, store: Store, end_grant: EndGrant) -> None:
        self._store = store
        self._end_grant = end_grant

    def __call__(self, actor: Actor, account_id: UUID) -> Account:
        """Raises `NotFound` unless the account is the actor's own and waits for his word."""
        with self._store.reading() as work:
            account = waiting_account(work, actor, account_id)
        self._end_grant(account)
        return account


def waiting_account(work: UnitOfWork, actor: Actor, account_id: UUID) -> Account:
    """The actor's own pending account; raises `NotFound`."""
    for account in work.accounts.pending(actor):
        if account.id == account_id:
            return account
    raise NotFound
