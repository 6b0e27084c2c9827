"""Clear away what has had its time: spent links, old deliveries and offers, connections that nobody confirmed."""

from datetime import timedelta

from bot.domain.change_sets import UNDOABLE
from bot.domain.reminders import REMINDER_LIFE
from bot.ports import Clock, Store
from bot.usecases.confirm_account import PATIENCE
from bot.usecases.end_grant import EndGrant
from bot.usecases.make_connect_link import LINK_LIFE

INBOX_LIFE = timedelta(days=1)
OFFER_LIFE = timedelta(days=1)
"""After its last start."""
LANDING_LIFE = timedelta(days=30)
"""After the end of the appointment: nobody answers a message about it any more."""
DIGEST_LIFE = timedelta(days=30)
"""Of the days on which digests came, but for those that the next one goes by."""
LAPSED_LIFE = timedelta(days=30)
"""After the end of a meeting in Google that is none any more."""


class CleanUp:
    """What the job of that name clears away; safe to run anywhere, any number of times."""

    def __init__(self, store: Store, clock: Clock, end_grant: EndGrant) -> None:
        self._store = store
        self._clock = clock
        self._end_grant = end_grant

    def __call__(self) -> None:
        now = self._clock.now()
        with self._store.writing() as work:
            work.links.forget_expired(now - LINK_LIFE)
            work.inbox.forget(now - INBOX_LIFE)
            work.offers.forget_passed(now - OFFER_LIFE)
            work.change_sets.forget(now - UNDOABLE)
            work.reminders.forget(now - REMINDER_LIFE)
            work.digests.forget(now - DIGEST_LIFE)
            work.landings.forget(now - LANDING_LIFE)
            work.taken.forget_lapsed(now - LAPSED_LIFE)
            # Well after the last moment at which one could still be confirmed: nothing is given back under a *Yes*.
            unconfirmed = work.accounts.unconfirmed(now - 2 * PATIENCE)
            work.commit()
        for account in unconfirmed:
            self._end_grant(account)
