"""Decides some of a calendar's events, in the transaction that stores what they were decided to be."""

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.domain.calendars import Calendar, EventStyle, SyncClaim
from bot.domain.contacts import BadAddress, Contact, normalised_email
from bot.domain.event_spans import single_span
from bot.domain.events import EventStatus, EventTime, Invitee, RemoteEvent, Timed
from bot.domain.intervals import Interval
from bot.domain.invitees import LeftOut, Outsider, Sorted, sorted_invitees
from bot.domain.occasions import BookedIn, What
from bot.domain.people import actor_of
from bot.domain.series_splits import cut_by_uid, goes_on, would_have_been
from bot.domain.taken import Decided, MarkedEvent, Standing, TakenAppointment, TakenContact, TakenKey, key_of
from bot.domain.taken_occasions import occasion_of_taken
from bot.domain.taking import (
    Meeting,
    called_off,
    cancelled,
    fires,
    is_a_time_of,
    is_fresh,
    made_at,
    newly_declined,
    original_of,
    over_at,
    taking,
)
from bot.domain.treatment import Treatment, treatment
from bot.domain.wall_time import UnknownZone, epoch, zone_named
from bot.ports import NewId, UnitOfWork
from bot.usecases.add_contact import known_contact
from bot.usecases.hear_declines import hear_booked, hear_taken
from bot.usecases.know_team import hangs_on_people, known_team
from bot.usecases.record_occasion import record_occasion

_log = logging.getLogger(__name__)

_NOBODY = Sorted((), {})
_MATTERS = frozenset({LeftOut.COLLEAGUE, LeftOut.GROUP, LeftOut.BLOCKED, LeftOut.CROWD})


class DecidePortion:
    """Decides one event after the other, each by what the ones before were decided to be."""

    def __init__(
        self,
        work: UnitOfWork,
        claim: SyncClaim,
        calendar: Calendar,
        marked: Sequence[MarkedEvent],
        now: datetime,
        new_id: NewId,
    ) -> None:
        """Read what is known of all of them at once.

        Args:
            work: the transaction.
            claim: of the calendar.
            calendar: as it is now.
            marked: the events, series ahead of their changed times.
            now: what is over by now is news for nobody.
            new_id: for meetings and contacts that are new.
        """
        self._work, self._claim, self._calendar = work, claim, calendar
        self._now, self._new_id = now, new_id
        member = work.members.get(calendar.workspace_id, calendar.member_id)
        self._actor = actor_of(member, work.workspaces.get(calendar.workspace_id))
        known = known_team(work, calendar, [one.event for one in marked], now)
        self._team, self._unanswered = known.team, known.unanswered
        invited = [one for each in marked for one in each.event.invitees]
        self._contacts = dict(work.contacts.by_address(calendar.workspace_id, _addresses(invited)))
        self._copies = work.taken.copies(claim, {one.event.ical_uid for one in marked if one.event.ical_uid})
        self._keys = {one.event.id: self._key(one) for one in marked}
        self._standing = work.taken.known(claim, self._keys)
        related = {TakenKey(key.ical_uid, 0) for key in self._keys.values()}
        related |= {TakenKey(cut.ical_uid, 0) for key in related if (cut := cut_by_uid(key.ical_uid)) is not None}
        self._taken = dict(work.taken.by_key(calendar.workspace_id, related | set(self._keys.values())))

    def __call__(self, one: MarkedEvent) -> Decided | None:
        """What it is; nothing where that hangs on an answer that nobody gave yet: it stays marked."""
        try:
            return self._decide(one)
        except (ValueError, OverflowError):
            # One event that cannot be read must not stand in the way of the others.
            told = {"calendar": str(self._calendar.id), "event": one.event.id}
            _log.exception("an event could not be decided", extra=told)
            return self._as_no_meeting(one.event)

    def _decide(self, one: MarkedEvent) -> Decided | None:
        event, option = one.event, self._calendar.option
        booked = self._copies.get(event.ical_uid)
        if booked is not None:
            hear_booked(self._work, self._calendar, event, booked, self._now)
        if event.status is EventStatus.CANCELLED:
            return self._called_off(one)
        if booked is not None or not hangs_on_people(event, option):
            return self._as_no_meeting(event)
        invited = sorted_invitees(event.invitees, self._team)
        emails = _hung_on(invited)
        if self._unanswered.intersection(emails):
            return None
        becomes = treatment(event, option, invited, self._contacts)
        span = self._span(event)
        guests = self._guests(event, becomes, span)
        if not guests or span is None:
            return Decided(event.id, becomes.shade, emails)
        return Decided(event.id, becomes.shade, emails, self._take(one, span, guests), span)

    def _as_no_meeting(self, event: RemoteEvent) -> Decided:
        is_live = event.status is not EventStatus.CANCELLED
        return Decided(event.id, treatment(event, self._calendar.option, _NOBODY, {}).shade if is_live else None)

    def _guests(self, event: RemoteEvent, becomes: Treatment, span: Interval | None) -> tuple[TakenContact, ...]:
        """The contacts on the event; those who are none yet are made, or asked about."""
        is_to_come = bool(event.recurrence) or (span is not None and span.end > epoch(self._now))
        if becomes.to_ask and is_to_come:
            unknown = [one.contact for one in becomes.to_ask]
            self._work.invitees.ask(self._calendar.workspace_id, self._calendar.member_id, unknown, self._now)
        people = [(contact, outsider) for contact, outsider in becomes.with_contacts]
        people += [(self._add(event, one), one) for one in becomes.to_add]
        # One who is invited under two of his addresses is there once.
        answers = {contact.id: TakenContact(contact, outsider.response) for contact, outsider in people}
        return tuple(answers.values())

    def _add(self, event: RemoteEvent, outsider: Outsider) -> Contact:
        self._work.taken.mark_invited(self._calendar.workspace_id, [outsider.contact.email])
        is_news, new_id = is_fresh(self._calendar.option_since, event.created_at), self._new_id()
        contact = known_contact(
            self._work,
            self._actor,
            outsider.contact,
            new_id=new_id,
            now=self._now,
            booked_in=BookedIn.GOOGLE,
            calendar_id=self._calendar.id,
            fires=self._calendar.option.fire_triggers and is_news,
        )
        if contact.id == new_id and not is_news:
            self._work.change_sets.made_contact(self._calendar.id, contact.id)
        self._contacts[outsider.contact.email] = contact
        return contact

    def _take(self, one: MarkedEvent, span: Interval, guests: tuple[TakenContact, ...]) -> TakenAppointment:
        event, key, now = one.event, self._keys[one.event.id], epoch(self._now)
        series = self._taken.get(TakenKey(key.ical_uid, 0)) if event.series_id is not None else None
        before = self._before(one)
        continued = self._continued(event, key) if before is None else None
        meeting = Meeting(
            key=key,
            host_id=self._calendar.member_id,
            span=span,
            title=event.title,
            repeats=bool(event.recurrence),
            contacts=guests,
            created_at=made_at(one, continued[0] if continued else None, series),
            over_at=over_at(one, span, now),
            begun=continued[1] if continued else self._in_series(key, series),
            continues=continued is not None,
        )
        stood = self._standing.get(event.id)
        known = Standing(before, stood.seen if stood is not None else None) if before is not None else None
        told = taking(meeting, known, workspace_id=self._calendar.workspace_id, now=now)
        self._taken[key] = told.taken
        if told.what is not None:
            self._record(told.taken, told.what, told.before)
        if not told.taken.is_over(now):
            is_news = is_fresh(self._calendar.option_since, told.taken.created_at)
            for guest in newly_declined(told.taken, before, series, is_fresh=is_news):
                hear_taken(self._work, self._calendar, told.taken, guest, self._now)
        return told.taken

    def _called_off(self, one: MarkedEvent) -> Decided:
        """One time of a series that does not happen; of a series that is no appointment nobody needs to know."""
        event, key = one.event, self._keys[one.event.id]
        series, known = self._taken.get(TakenKey(key.ical_uid, 0)), self._before(one)
        is_taken = event.series_id is not None and series is not None and not series.is_cancelled
        nothing = Decided(event.id, None)
        if series is None or not is_taken or self._calendar.option.event_style is EventStyle.BLOCKED:
            return nothing
        if known is not None and known.is_cancelled:
            return Decided(event.id, None, taken=known, seen=known.span)
        if not is_a_time_of(one, key.original, self._calendar.zone) or self._work.taken.is_kept(self._claim, key):
            return nothing
        length = series.span.end - series.span.start
        span = known.span if known is not None else Interval(key.original, key.original + length)
        is_told = fires(self._calendar.option, self._calendar.option_since, series) and span.end > epoch(self._now)
        if known is None and not is_told:
            return nothing
        over = cancelled(known) if known is not None else called_off(series, key, span)
        self._taken[key] = over
        if is_told:
            self._record(over, What.CANCELLED)
        return Decided(event.id, None, taken=over, seen=span)

    def _before(self, one: MarkedEvent) -> TakenAppointment | None:
        """The meeting as it is known, even if it stands in no calendar for now."""
        standing = self._standing.get(one.event.id)
        return self._taken.get(self._keys[one.event.id]) or (standing.taken if standing is not None else None)

    def _record(self, taken: TakenAppointment, what: What, before: Interval | None = None) -> None:
        if fires(self._calendar.option, self._calendar.option_since, taken):
            record_occasion(self._work, occasion_of_taken(self._calendar, taken, what, self._now, before))

    def _continued(self, event: RemoteEvent, key: TakenKey) -> tuple[TakenAppointment, Interval | None] | None:
        """The series that was cut where this one begins, and when it would have happened then."""
        if not event.recurrence:
            return None
        cut = cut_by_uid(key.ical_uid)
        base = self._taken.get(TakenKey(cut.ical_uid, 0)) if cut is not None else None
        if cut is not None and base is not None:
            return base, would_have_been(base.span, cut.day, self._zone(event.start))
        for old, taken in self._work.taken.series_titled(self._claim, event.title):
            if goes_on(event, old, self._calendar.zone):
                return taken, None
        return None

    def _in_series(self, key: TakenKey, series: TakenAppointment | None) -> Interval | None:
        """Where a changed time stood in its series."""
        if series is None:
            return None
        return Interval(key.original, key.original + series.span.end - series.span.start)

    def _key(self, one: MarkedEvent) -> TakenKey:
        try:
            original = original_of(one, self._calendar.zone)
        except UnknownZone:
            original = 0
        return key_of(one.event, original, one.series, self._calendar.id)

    def _span(self, event: RemoteEvent) -> Interval | None:
        """When it happens; nothing where that cannot be read, so that it is no appointment."""
        if event.start is None:
            return None
        try:
            return Interval(*single_span(event.start, event.end, self._calendar.zone))
        except UnknownZone:
            return None

    def _zone(self, start: EventTime | None) -> str:
        if not isinstance(start, Timed) or not start.zone:
            return self._calendar.zone
        try:
            return zone_named(start.zone).key
        except UnknownZone:
            return self._calendar.zone


def _hung_on(invited: Sorted) -> tuple[str, ...]:
    """The addresses that would make something else of the event if they became contacts, or were none any more."""
    others = [email for email, reason in invited.left_out.items() if reason in _MATTERS]
    return (*(one.contact.email for one in invited.outsiders), *others)


def _addresses(invitees: Sequence[Invitee]) -> list[str]:
    found = set()
    for one in invitees:
        try:
            found.add(normalised_email(one.email))
        except BadAddress:
            continue
    return sorted(found)
