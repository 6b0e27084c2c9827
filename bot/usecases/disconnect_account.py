"""A member leaves a provider: everything read through it goes, and the permission is given back."""

from dataclasses import replace
from uuid import UUID

from bot.domain.connections import Ended
from bot.domain.people import Actor
from bot.ports import Clock, Store
from bot.usecases.adopt_links import tell_cut_off
from bot.usecases.end_grant import EndGrant


class DisconnectAccount:
    """End one of the actor's own connections and tell what was done."""

    def __init__(self, store: Store, end_grant: EndGrant, clock: Clock) -> None:
        self._store = store
        self._end_grant = end_grant
        self._clock = clock

    def __call__(self, actor: Actor, account_id: UUID) -> Ended:
        """Raises `NotFound` for an account that is not the actor's own."""
        with self._store.reading() as work:
            account = work.accounts.get(actor, account_id)
            calendars = [one for one in work.calendars.of(actor) if one.account_id == account_id]
            counts = work.calendars.event_counts(actor)
            appointments = work.remote_links.living(account_id, self._clock.now())
        ended = self._end_grant(account, lambda work, _told: tell_cut_off(work, actor, account_id, self._clock.now()))
        events = sum(counts.get(one.id, 0) for one in calendars)
        names = tuple(one.name for one in calendars)
        return replace(ended, calendars=names, events=events, appointments=appointments)
