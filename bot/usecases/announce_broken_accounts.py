"""Tells the owners of broken connections that these need reconnecting: once each."""

from bot.domain.accounts import Account
from bot.domain.people import Standing
from bot.ports import Clock, Notifier, Store, UnitOfWork
from bot.usecases.tell_each_once import LATER, TRIED_FOR, one_by_one, tell_each_once


class AnnounceBrokenAccounts:
    """One direct message per broken account, whoever runs this and however often."""

    def __init__(self, store: Store, notifier: Notifier, clock: Clock) -> None:
        self._store = store
        self._notifier = notifier
        self._clock = clock

    def __call__(self) -> int:
        """How many owners were told.

        Each notice is claimed before it is sent: a process that dies in between leaves one owner untold rather
        than told again and again.
        """
        return tell_each_once(one_by_one(self._store, self._claim), self._tell, self._give_back)

    def _claim(self, work: UnitOfWork) -> Account | None:
        now = self._clock.now()
        account = work.accounts.claim_notice(now)
        if account is not None:
            work.homes.changed([account.member_id], now)
        return account

    def _tell(self, account: Account) -> None:
        with self._store.reading() as work:
            member = work.members.get(account.workspace_id, account.member_id)
        if member.standing is Standing.FULL:
            self._notifier.needs_reconnecting(member, account)

    def _give_back(self, account: Account) -> None:
        """To be tried again, or else left to the reminders."""
        now = self._clock.now()
        if account.broken_since is not None and now >= account.broken_since + TRIED_FOR:
            return
        with self._store.writing() as work:
            work.accounts.release_notice(account.id, now + LATER)
            work.commit()
