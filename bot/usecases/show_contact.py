"""One contact, with what was and what is to come."""

from uuid import UUID

from bot.domain.contact_views import MEETINGS_SHOWN, ContactShown
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store
from bot.usecases.contact_meetings import meetings_past, meetings_to_come


class ShowContact:
    """Looks in the actor's workspace and in no other."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, contact_id: UUID) -> ContactShown:
        """Raises `NotFound`, for another workspace's as for none."""
        require_full_member(actor)
        now, more = self._clock.now(), MEETINGS_SHOWN + 1
        with self._store.reading() as work:
            contact = work.contacts.get(actor, contact_id)
            others = work.contacts.other_addresses(actor, contact_id)
            to_come = meetings_to_come(work, actor, contact_id, now, limit=more)
            past = meetings_past(work, actor, contact_id, now, limit=more)
        return ContactShown(
            contact=contact,
            others=tuple(others),
            to_come=tuple(to_come[:MEETINGS_SHOWN]),
            past=tuple(past[:MEETINGS_SHOWN]),
            zone=actor.zone,
            now=now,
            more_to_come=len(to_come) > MEETINGS_SHOWN,
            more_past=len(past) > MEETINGS_SHOWN,
        )
