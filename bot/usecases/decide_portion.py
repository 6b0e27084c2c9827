"""Decides some of a calendar's events, in the transaction that stores what they were decided to be."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.calendars import Calendar, EventStyle, SyncClaim
from bot.domain.contact_occasions import NewcomerOccasion
from bot.domain.contacts import Contact
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.intervals import Interval
from bot.domain.invitees import LeftOut, Outsider, Sorted, sorted_invitees
from bot.domain.occasions import BookedIn, What
from bot.domain.people import actor_of
from bot.domain.taken import Decided, KnownMeeting, MarkedEvent, TakenAppointment, TakenContact, TakenKey
from bot.domain.taken_news import fires_for, is_called_off, is_fresh, newly_declined
from bot.domain.taken_occasions import occasion_of_taken
from bot.domain.taking import SeenMeeting, called_off, cancelled, is_a_time_of, made_at, over_at, stays_put, taking
from bot.domain.treatment import Treatment, treatment
from bot.domain.wall_time import epoch
from bot.ports import NewId, UnitOfWork
from bot.usecases.add_contact import known_contact
from bot.usecases.hear_declines import hear_booked, hear_taken
from bot.usecases.know_team import hangs_on_people
from bot.usecases.known_portion import KnownPortion, in_series
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
        self._known = KnownPortion(work, claim, calendar, marked, now)

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
        booked = self._known.copies.get(event.ical_uid)
        if booked is not None:
            hear_booked(self._work, self._calendar, event, booked, self._now)
        if event.status is EventStatus.CANCELLED:
            return self._called_off(one)
        if booked is not None:
            return self._as_no_meeting(event)
        if not hangs_on_people(event, option):
            return replace(self._as_no_meeting(event), ended=self._ended(one))
        invited = sorted_invitees(event.invitees, self._known.team)
        emails = _hung_on(invited)
        if self._known.unanswered.intersection(emails):
            return None
        becomes = treatment(event, option, invited, self._known.contacts)
        span = self._known.span(event)
        guests = self._guests(event, becomes, span)
        if not guests or span is None:
            return Decided(event.id, becomes.shade, emails, ended=self._ended(one))
        return Decided(event.id, becomes.shade, emails, self._take(one, span, guests), span)

    def _as_no_meeting(self, event: RemoteEvent) -> Decided:
        is_live = event.status is not EventStatus.CANCELLED
        return Decided(event.id, treatment(event, self._calendar.option, _NOBODY, {}).shade if is_live else None)

    def _guests(self, event: RemoteEvent, becomes: Treatment, span: Interval | None) -> tuple[TakenContact, ...]:
        """The contacts on the event; those who are none yet are made, or asked about."""
        is_to_come = bool(event.recurrence) or (span is not None and span.end > epoch(self._now))
        if becomes.to_ask and is_to_come:
            unknown, host = [one.contact for one in becomes.to_ask], self._calendar.member_id
            self._work.invitees.ask(self._calendar.workspace_id, host, unknown, self._now, met_at=event.created_at)
        people = [(contact, outsider) for contact, outsider in becomes.with_contacts]
        people += [(self._add(event, one), one) for one in becomes.to_add]
        # One who is invited under two of his addresses is there once.
        answers = {contact.id: TakenContact(contact, outsider.response) for contact, outsider in people}
        return tuple(answers.values())

    def _add(self, event: RemoteEvent, outsider: Outsider) -> Contact:
        self._work.taken.mark_invited(self._calendar.workspace_id, [outsider.contact.email])
        is_news = is_fresh(self._calendar.option_since, event.created_at)
        is_told = fires_for(self._calendar, event.created_at)
        arrival = NewcomerOccasion(
            self._new_id(), self._now, BookedIn.GOOGLE, calendar_id=self._calendar.id, fires=is_told
        )
        contact = known_contact(self._work, self._actor, outsider.contact, arrival)
        if contact.id == arrival.new_id and not is_news:
            self._work.change_sets.made_contact(self._calendar.id, contact.id)
        self._known.contacts[outsider.contact.email] = contact
        return contact

    def _take(self, one: MarkedEvent, span: Interval, guests: tuple[TakenContact, ...]) -> TakenAppointment:
        event, key, now = one.event, self._known.keys[one.event.id], epoch(self._now)
        series = self._known.taken.get(TakenKey(key.ical_uid, 0)) if event.series_id is not None else None
        before = self._known.before(one)
        continued = self._known.continued(event, key) if before is None else None
        meeting = SeenMeeting(
            key=key,
            host_id=self._calendar.member_id,
            span=span,
            title=event.title,
            repeats=bool(event.recurrence),
            contacts=guests,
            created_at=made_at(one, continued[0] if continued else None, series),
            over_at=over_at(one, span, now),
            begun=continued[1] if continued else in_series(key, series),
            continues=continued is not None,
        )
        stood = self._known.standing.get(event.id)
        known = KnownMeeting(before, stood.seen if stood is not None else None) if before is not None else None
        told = taking(meeting, known, workspace_id=self._calendar.workspace_id, now=now)
        if not stays_put(told.taken, before):
            told = replace(told, taken=replace(told.taken, placed_at=self._now))
        self._known.taken[key] = told.taken
        if told.what is not None:
            self._record(told.taken, told.what, told.before)
        if not told.taken.is_over(now):
            is_news = is_fresh(self._calendar.option_since, told.taken.created_at)
            for guest in newly_declined(told.taken, before, series, is_fresh=is_news):
                hear_taken(self._work, self._calendar, told.taken, guest, self._now)
        return told.taken

    def _called_off(self, one: MarkedEvent) -> Decided:
        """One time of a series that does not happen; of a series that is no appointment nobody needs to know."""
        event, key = one.event, self._known.keys[one.event.id]
        series, known = self._known.taken.get(TakenKey(key.ical_uid, 0)), self._known.before(one)
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
        is_told = fires_for(self._calendar, series.created_at) and span.end > epoch(self._now)
        if known is None and not is_told:
            return nothing
        over = cancelled(known) if known is not None else called_off(series, key, span)
        self._known.taken[key] = over
        if is_told:
            self._record(over, What.CANCELLED)
        return Decided(event.id, None, taken=over, seen=span)

    def _ended(self, one: MarkedEvent) -> TakenAppointment | None:
        """The meeting that an event was and is no more, where it was called off by that, and triggers hear of it."""
        event, key = one.event, self._known.keys[one.event.id]
        stood, before = self._known.standing.get(event.id), self._known.before(one)
        if stood is None or stood.seen is None or before is None or not self._calendar.option.wants_contacts:
            return None
        is_over = before.is_over(epoch(self._now)) or not fires_for(self._calendar, before.created_at)
        if is_over or self._known.is_series_off(event, key):
            return None
        if not is_called_off(event, before, self._actor.member_id, self._known.contacts_on(event)):
            return None
        over = cancelled(before)
        self._known.taken[key] = over
        self._record(over, What.CANCELLED)
        return over

    def _record(self, taken: TakenAppointment, what: What, before: Interval | None = None) -> None:
        if fires_for(self._calendar, taken.created_at):
            record_occasion(self._work, occasion_of_taken(self._calendar, taken, what, self._now, before))


def _hung_on(invited: Sorted) -> tuple[str, ...]:
    """The addresses that would make something else of the event if they became contacts, or were none any more."""
    others = [email for email, reason in invited.left_out.items() if reason in _MATTERS]
    return (*(one.contact.email for one in invited.outsiders), *others)
