"""Tells the owners of broken connections that these need reconnecting: once each."""

from bot.domain.accounts import Account
from bot.ports import Clock, Notifier, Store
from bot.usecases.tell_each_once import tell_each_once


class AnnounceBrokenAccounts:
    """One direct message per broken account, whoever runs this and however often."""

    def __init__(self, store: Store, notifier: Notifier, clock: Clock) -> None:
        self._store = store
        self._notifier = notifier
        self._clock = clock

    def __call__(self) -> int:
        """How many owners were told.

        The notice is claimed before it is sent: a process that dies in between leaves its owner untold rather
        than told again and again.
        """
        with self._store.writing() as work:
            accounts = work.accounts.claim_notices(self._clock.now())
            work.homes.changed([one.member_id for one in accounts], self._clock.now())
            work.commit()
        return tell_each_once(accounts, self._tell, self._give_back)

    def _tell(self, account: Account) -> None:
        with self._store.reading() as work:
            member = work.members.get(account.workspace_id, account.member_id)
        self._notifier.needs_reconnecting(member, account)

    def _give_back(self, account: Account) -> None:
        with self._store.writing() as work:
            work.accounts.release_notice(account.id)
            work.commit()
