"""What is known of some of a calendar's events before they are decided, read at once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.domain.calendars import Calendar, SyncClaim
from bot.domain.contacts import Contact, normalised_emails
from bot.domain.event_spans import single_span, written_zone
from bot.domain.events import RemoteEvent
from bot.domain.intervals import Interval
from bot.domain.series_splits import cut_by_uid, goes_on, would_have_been
from bot.domain.taken import MarkedEvent, TakenAppointment, TakenKey, key_of
from bot.domain.taking import original_of
from bot.domain.wall_time import UnknownZone
from bot.ports import UnitOfWork
from bot.usecases.know_team import known_team


class KnownPortion:
    """The people, copies and meetings that some events hang on; `contacts` and `taken` grow as they are decided."""

    def __init__(
        self, work: UnitOfWork, claim: SyncClaim, calendar: Calendar, marked: Sequence[MarkedEvent], now: datetime
    ) -> None:
        """Read all of it.

        Args:
            work: the transaction.
            claim: of the calendar.
            calendar: as it is now.
            marked: the events.
            now: what Slack said too long before is not relied on.
        """
        self._work, self._claim, self._calendar = work, claim, calendar
        known = known_team(work, calendar, [one.event for one in marked], now)
        self.team, self.unanswered = known.team, known.unanswered
        invited = normalised_emails({one.email for each in marked for one in each.event.invitees})
        self.contacts = dict(work.contacts.by_address(calendar.workspace_id, invited))
        uids = {one.event.ical_uid for one in marked if one.event.ical_uid}
        self.copies = work.taken.copies(calendar.workspace_id, uids)
        self.keys = {one.event.id: self._key(one) for one in marked}
        masters = {
            one.event.series_id: TakenKey(self.keys[one.event.id].ical_uid, 0) for one in marked if one.event.series_id
        }
        self.standing = work.taken.known(claim, masters | self.keys)
        related = {TakenKey(key.ical_uid, 0) for key in self.keys.values()}
        related |= {TakenKey(cut.ical_uid, 0) for key in related if (cut := cut_by_uid(key.ical_uid)) is not None}
        self.taken = dict(work.taken.by_key(calendar.workspace_id, related | set(self.keys.values())))

    def before(self, one: MarkedEvent) -> TakenAppointment | None:
        """The meeting as it is known, even if it stands in no calendar for now."""
        standing = self.standing.get(one.event.id)
        return self.taken.get(self.keys[one.event.id]) or (standing.taken if standing is not None else None)

    def contacts_on(self, event: RemoteEvent) -> Collection[Contact]:
        """The contacts among its invitees, whatever else they count as."""
        invited = normalised_emails({invitee.email for invitee in event.invitees})
        return [self.contacts[email] for email in invited if email in self.contacts]

    def is_series_off(self, event: RemoteEvent, key: TakenKey) -> bool:
        """Whether the series was called off of which this is one time: that it goes too is no more news."""
        known = self.standing.get(event.series_id or "")
        series = self.taken.get(TakenKey(key.ical_uid, 0)) or (known.taken if known is not None else None)
        return event.series_id is not None and series is not None and series.is_cancelled

    def continued(self, event: RemoteEvent, key: TakenKey) -> tuple[TakenAppointment, Interval | None] | None:
        """The series that was cut where this one begins, and when it would have happened then."""
        if not event.recurrence:
            return None
        cut = cut_by_uid(key.ical_uid)
        base = self.taken.get(TakenKey(cut.ical_uid, 0)) if cut is not None else None
        if cut is not None and base is not None:
            return base, would_have_been(base.span, cut.day, written_zone(event.start, self._calendar.zone))
        for old, taken in self._work.taken.series_titled(self._claim, event.title):
            if goes_on(event, old, self._calendar.zone):
                return taken, None
        return None

    def span(self, event: RemoteEvent) -> Interval | None:
        """When it happens; nothing where that cannot be read, so that it is no appointment."""
        if event.start is None:
            return None
        try:
            return Interval(*single_span(event.start, event.end, self._calendar.zone))
        except UnknownZone:
            return None

    def _key(self, one: MarkedEvent) -> TakenKey:
        try:
            original = original_of(one, self._calendar.zone)
        except UnknownZone:
            original = 0
        return key_of(one.event, original, one.series, self._calendar.id)


def in_series(key: TakenKey, series: TakenAppointment | None) -> Interval | None:
    """Where a changed time stood in its series."""
    if series is None:
        return None
    return Interval(key.original, key.original + series.span.end - series.span.start)
