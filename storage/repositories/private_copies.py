"""Whose event somebody made private: remembered beside the appointment, because the event may go before it does."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from bot.domain.calendars import SyncClaim
from bot.domain.effects import EffectKind, PrivacyChange, is_uid_of_ours
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.sync_plan import portions
from storage.tables import APPOINTMENTS, CALENDARS, EVENTS, REMOTE_LINKS, TAKEN_PLACES

_STANDS_PRIVATE = (
    select(EVENTS.c.id)
    .join(CALENDARS, CALENDARS.c.id == EVENTS.c.calendar_id)
    .join(APPOINTMENTS, APPOINTMENTS.c.workspace_id == CALENDARS.c.workspace_id)
    .where(
        APPOINTMENTS.c.id == REMOTE_LINKS.c.appointment_id,
        EVENTS.c.ical_uid == REMOTE_LINKS.c.ical_uid,
        EVENTS.c.is_private,
    )
    .correlate(REMOTE_LINKS)
    .exists()
)
_IN_PLACE = and_(EVENTS.c.calendar_id == TAKEN_PLACES.c.calendar_id, EVENTS.c.id == TAKEN_PLACES.c.event_id)
_OF_EVENT = and_(REMOTE_LINKS.c.kind == EffectKind.EVENT, REMOTE_LINKS.c.ical_uid != "")


class PrivateCopies:
    """The part of `ports.RemoteLinks` that says whose event is private."""

    _connection: Connection

    def private_among(self, appointment_ids: Collection[UUID]) -> frozenset[UUID]:
        """Of these appointments, those whose event somebody made private; see the port."""
        booked = select(REMOTE_LINKS.c.appointment_id).where(_OF_EVENT, or_(REMOTE_LINKS.c.is_private, _STANDS_PRIVATE))
        taken = select(TAKEN_PLACES.c.taken_id).join(EVENTS, _IN_PLACE).where(EVENTS.c.is_private)
        return frozenset(
            found
            for some in portions(appointment_ids)
            for among in (
                booked.where(REMOTE_LINKS.c.appointment_id.in_(some)),
                taken.where(TAKEN_PLACES.c.taken_id.in_(some)),
            )
            for found in self._connection.scalars(among)
        )

    def privacy_change(self, claim: SyncClaim, events: Sequence[RemoteEvent]) -> PrivacyChange:
        """What these events of the calendar say, which are about to be stored."""
        told = [event for event in events if is_uid_of_ours(event.ical_uid)]
        if not told:
            return PrivacyChange()
        links = self._connection.execute(
            select(REMOTE_LINKS.c.appointment_id, REMOTE_LINKS.c.ical_uid, REMOTE_LINKS.c.is_private)
            .join(APPOINTMENTS, APPOINTMENTS.c.id == REMOTE_LINKS.c.appointment_id)
            .where(
                REMOTE_LINKS.c.kind == EffectKind.EVENT,
                REMOTE_LINKS.c.ical_uid.in_({event.ical_uid for event in told}),
                APPOINTMENTS.c.workspace_id == claim.calendar.workspace_id,
            )
            .order_by(REMOTE_LINKS.c.appointment_id)
        ).all()
        private = {event.ical_uid for event in told if event.is_private}
        opened = self._opened(claim, told) - private
        return PrivacyChange(
            hidden=tuple(row.appointment_id for row in links if row.ical_uid in private and not row.is_private),
            shown=tuple(row.appointment_id for row in links if row.ical_uid in opened and row.is_private),
        )

    def keep_privacy(self, change: PrivacyChange) -> None:
        """Remember it, once they are stored; what is private in another calendar stays so."""
        self._mark(change.hidden, is_private=True)
        self._mark(change.shown, ~_STANDS_PRIVATE, is_private=False)

    def _opened(self, claim: SyncClaim, events: Sequence[RemoteEvent]) -> set[str]:
        """The UIDs of those that stand as private in the calendar, and are not any more."""
        # Of what was called off Google tells little, and not that it was private.
        told = {
            one.id: one.ical_uid for one in events if not one.is_private and one.status is not EventStatus.CANCELLED
        }
        stood = select(EVENTS.c.id).where(
            EVENTS.c.calendar_id == claim.calendar.id, EVENTS.c.id.in_(list(told)), EVENTS.c.is_private
        )
        return {told[event_id] for event_id in self._connection.scalars(stood)} if told else set()

    def _mark(self, appointment_ids: Sequence[UUID], *which: ColumnElement[bool], is_private: bool) -> None:
        for appointment_id in appointment_ids:  # in the order of their ids, whoever else does so meanwhile
            link = REMOTE_LINKS.c.appointment_id == appointment_id, REMOTE_LINKS.c.kind == EffectKind.EVENT
            self._connection.execute(update(REMOTE_LINKS).where(*link, *which).values(is_private=is_private))
