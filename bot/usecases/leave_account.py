"""Leaves an account with what Daybook wrote there: the events go first, then the permission is given back."""

from collections.abc import Sequence
from uuid import UUID

from bot.domain.accounts import Account
from bot.domain.effects import EffectKind
from bot.domain.leaving import PATIENCE, Behind, CopiesThere, Leaving, LeftCopy
from bot.domain.people import Actor
from bot.ports import Clock, Store
from bot.usecases.delivering import want_again


class LookAtCopies:
    """What leaving an account would leave behind in Google."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, account_id: UUID) -> Behind:
        """Raises `NotFound` for an account that is not the actor's own."""
        with self._store.reading() as work:
            account = work.accounts.get(actor, account_id)
            copies = work.leavings.copies(actor, account_id, self._clock.now())
        return _behind(account, copies)


class LeaveAccount:
    """Has the events removed in the background; nothing of the account blocks time from now on."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, account_id: UUID) -> Behind:
        """What is going to be removed; raises `NotFound` for an account that is not the actor's own."""
        now = self._clock.now()
        with self._store.writing() as work:
            account = work.accounts.get(actor, account_id)
            leaving = Leaving(account_id, actor.workspace_id, actor.member_id, now + PATIENCE)
            copies = work.leavings.begin(actor, leaving, now)
            for one in copies:
                want_again(work, one.appointment_id, EffectKind.CARD, now)
            work.commit()
        return _behind(account, copies)


def _behind(account: Account, copies: Sequence[LeftCopy]) -> Behind:
    return Behind(account, CopiesThere(len(copies), sum(one.mails for one in copies)))
