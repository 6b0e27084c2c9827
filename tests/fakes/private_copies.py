"""Whose event is private, in memory, with the semantics of `bot.ports`."""

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from bot.domain.calendars import SyncClaim
from bot.domain.effects import EffectKind, PrivacyChange, RemoteLink
from bot.domain.events import EventStatus, RemoteEvent
from tests.fakes.tables import Tables


class FakePrivateCopies:
    """The part of `ports.RemoteLinks` that says whose event is private."""

    _tables: Tables

    def private_among(self, appointment_ids: Collection[UUID]) -> frozenset[UUID]:
        booked = {link.appointment_id for link in self._events() if self._is_private(link)}
        taken = {
            place.taken_id
            for (calendar_id, event_id), place in self._tables.taken_places.items()
            if (stored := self._tables.events.get(calendar_id, {}).get(event_id)) is not None
            and stored.event.is_private
        }
        return frozenset(appointment_ids) & (booked | taken)

    def privacy_change(self, claim: SyncClaim, events: Sequence[RemoteEvent]) -> PrivacyChange:
        stands = self._tables.events.get(claim.calendar.id, {})
        private = {event.ical_uid for event in events if event.is_private}
        opened = {
            event.ical_uid
            for event in events
            if not event.is_private and event.status is not EventStatus.CANCELLED
            if event.id in stands and stands[event.id].event.is_private
        } - private
        links = sorted(self._of_workspace(claim.calendar.workspace_id), key=lambda link: link.appointment_id)
        known = self._tables.private_links
        return PrivacyChange(
            hidden=tuple(
                one.appointment_id for one in links if one.ical_uid in private and one.appointment_id not in known
            ),
            shown=tuple(one.appointment_id for one in links if one.ical_uid in opened and one.appointment_id in known),
        )

    def keep_privacy(self, change: PrivacyChange) -> None:
        self._tables.private_links |= set(change.hidden)
        for link in self._events():
            if link.appointment_id in change.shown and not self._stands_private(link):
                self._tables.private_links.discard(link.appointment_id)

    def _events(self) -> Iterator[RemoteLink]:
        links = self._tables.remote_links.values()
        return (link for link in links if link.kind is EffectKind.EVENT and link.ical_uid)

    def _of_workspace(self, workspace_id: UUID) -> Iterator[RemoteLink]:
        return (link for link in self._events() if self._workspace_of(link) == workspace_id)

    def _workspace_of(self, link: RemoteLink) -> UUID:
        return self._tables.appointments[link.appointment_id].appointment.workspace_id

    def _is_private(self, link: RemoteLink) -> bool:
        return link.appointment_id in self._tables.private_links or self._stands_private(link)

    def _stands_private(self, link: RemoteLink) -> bool:
        return any(
            stored.event.is_private and stored.event.ical_uid == link.ical_uid
            for row in self._tables.calendars.values()
            if row.calendar.workspace_id == self._workspace_of(link)
            for stored in self._tables.events.get(row.calendar.id, {}).values()
        )
