"""Zoom tells that somebody took Daybook's permission back: what was kept of his account is erased everywhere."""

from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.accounts import Account, Provider, zoom_identity
from bot.domain.people import actor_of
from bot.ports import Clock, Store
from bot.usecases.adopt_links import tell_cut_off

_LEASE = timedelta(minutes=1)


class ForgetZoomAccount:
    """Erase everybody's connection to one Zoom account, in every workspace, however often and late it is told."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, *, key: str, user_id: str, account_id: str, ended_at: datetime) -> int:
        """How many connections were erased.

        Args:
            key: of the message; once it was done, the same one does nothing.
            user_id: whose permission, as Zoom knows him.
            account_id: the Zoom account that he belongs to.
            ended_at: when he took it back: what he connected since then stays.
        """
        with self._store.writing() as work:
            if not work.inbox.claim(key, now=self._clock.now(), lease=_LEASE):
                return 0
            found = work.accounts.with_external_id(Provider.ZOOM, zoom_identity(user_id, account_id))
            work.commit()
        # One transaction each: their owners are locked one at a time, as by everybody else.
        erased = sum(self._erase(account.id, ended_at) for account in found)
        with self._store.writing() as work:
            work.inbox.done(key, now=self._clock.now(), answer="")
            work.commit()
        return erased

    def _erase(self, account_id: UUID, ended_at: datetime) -> bool:
        with self._store.writing() as work:
            account = work.accounts.known(account_id)
            if account is None or not _is_over(account, ended_at):
                return False
            workspace = work.workspaces.get(account.workspace_id)
            owner = actor_of(work.members.get(workspace.id, account.member_id), workspace)
            tell_cut_off(work, owner, account_id, self._clock.now())
            erased = work.accounts.erase(account_id)
            work.commit()
        return erased


def _is_over(account: Account, ended_at: datetime) -> bool:
    """Zoom's time may be cut to whole seconds."""
    return account.granted_at.replace(microsecond=0) <= ended_at
