"""An in-memory repository of appointments taken from Google, with the semantics of `bot.ports`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import Calendar, Role, SyncClaim
from bot.domain.effects import EffectKind, uid_of
from bot.domain.errors import NotFound
from bot.domain.events import AllDay, EventStatus, RemoteEvent, Timed
from bot.domain.intervals import Interval
from bot.domain.invitee_questions import Met
from bot.domain.people import Actor
from bot.domain.taken import (
    Decided,
    KnownMeeting,
    LeftMeeting,
    MarkedEvent,
    TakenAppointment,
    TakenKey,
    day_about,
)
from bot.domain.wall_time import epoch
from tests.fakes.declines import FakeDeclines
from tests.fakes.met import met_by
from tests.fakes.tables import EventRow, PlaceRow, aware


class FakeTaken(FakeDeclines):
    """Implements `ports.Taken`; who declined is its parent."""

    def marked(self, calendar: Calendar, *, after: str, limit: int) -> Sequence[MarkedEvent]:
        rows = self._tables.events.get(calendar.id, {})
        found = sorted(event_id for event_id, row in rows.items() if row.needs_decision and event_id > after)
        return [self._marked(calendar.id, rows[event_id].event) for event_id in found[:limit]]

    def _marked(self, calendar_id: UUID, event: RemoteEvent) -> MarkedEvent:
        series = self._tables.events[calendar_id].get(event.series_id or "")
        ends = [one.end for one in self._tables.occurrences.get(calendar_id, {}).get(event.id, ())]
        last = max(ends, default=None) if event.recurrence else None
        return MarkedEvent(event, series.event if series is not None else None, last)

    def mark_all(self, actor: Actor, calendar_id: UUID) -> None:
        self._own(actor, calendar_id)
        self._mark(calendar_id, self._tables.events.get(calendar_id, {}))

    def met(self, workspace_id: UUID, host_id: UUID, emails: Collection[str], now: int) -> Mapping[str, Met]:
        return met_by(self._tables, (workspace_id, host_id), emails, now)

    def mark_invited(self, workspace_id: UUID, emails: Collection[str]) -> None:
        for row in self._tables.calendars.values():
            if row.calendar.workspace_id == workspace_id:
                events = self._tables.events.get(row.calendar.id, {})
                marked = [
                    event_id
                    for event_id, event in events.items()
                    if any(email in emails or f"@{email.rpartition('@')[2]}" in emails for email in event.emails)
                ]
                if marked:
                    self._mark(row.calendar.id, marked)

    def waiting(self, now: datetime, *, limit: int) -> Sequence[Calendar]:
        found = [
            row
            for row in self._tables.calendars.values()
            if row.calendar.role is Role.LINKED
            and self._tables.has_undecided(row.calendar.id)
            and (row.lease_until is None or row.lease_until <= now)
            and (row.decide_after is None or row.decide_after <= now)
            and self._tables.accounts[row.calendar.account_id].account.status is AccountStatus.ACTIVE
        ]
        found.sort(key=lambda row: (row.decide_after or datetime.min.replace(tzinfo=now.tzinfo), row.calendar.id))
        return [self._tables.read(row) for row in found[:limit]]

    def leave_alone(self, calendar_id: UUID, until: datetime) -> None:
        row = self._tables.calendars.get(calendar_id)
        if row is not None:
            self._tables.calendars[calendar_id] = replace(row, decide_after=aware(until))

    def begin(self, claim: SyncClaim) -> Calendar:
        return self._tables.read(self._tables.claimed(claim))

    def known(self, claim: SyncClaim, keys: Mapping[str, TakenKey]) -> Mapping[str, KnownMeeting]:
        taken = self._remembered(claim.calendar.workspace_id, set(keys.values()))
        found = {}
        for event_id, key in keys.items():
            if (one := taken.get(key)) is not None:
                place = self._tables.taken_places.get((claim.calendar.id, event_id))
                stood = place is not None and place.taken_id == one.id
                found[event_id] = KnownMeeting(one, place.seen if place is not None and stood else None)
        return found

    def by_key(self, workspace_id: UUID, keys: Collection[TakenKey]) -> Mapping[TakenKey, TakenAppointment]:
        return {key: one for key, one in self._remembered(workspace_id, keys).items() if one.hosts}

    def _remembered(self, workspace_id: UUID, keys: Collection[TakenKey]) -> Mapping[TakenKey, TakenAppointment]:
        found = (one for one in self._tables.taken.values() if one.workspace_id == workspace_id and one.key in keys)
        return {one.key: self._as_it_is(one) for one in found}

    def series_titled(self, claim: SyncClaim, title: str) -> Sequence[tuple[RemoteEvent, TakenAppointment]]:
        events = self._tables.events.get(claim.calendar.id, {})
        return [
            (events[event_id].event, self._as_it_is(one))
            for (calendar_id, event_id), place in self._tables.taken_places.items()
            if calendar_id == claim.calendar.id and event_id in events
            for one in [self._tables.taken[place.taken_id]]
            if one.repeats and one.title == title and not one.is_cancelled
        ]

    def copies(self, workspace_id: UUID, uids: Collection[str]) -> Mapping[str, UUID]:
        left = {
            uid_of(one.event_id): one.appointment_id
            for leaving, _, copies in self._tables.leavings.values()
            for one in copies
            if leaving.workspace_id == workspace_id and uid_of(one.event_id) in uids
        }
        return left | {
            link.ical_uid: appointment_id
            for (appointment_id, kind), link in self._tables.remote_links.items()
            if kind is EffectKind.EVENT
            and link.ical_uid in uids
            and self._tables.appointments[appointment_id].appointment.workspace_id == workspace_id
        }

    def neighbours(self, calendar: Calendar, *, limit: int) -> Sequence[Calendar]:
        others = [
            self._tables.read(row)
            for row in self._tables.calendars.values()
            if row.calendar.workspace_id == calendar.workspace_id
            and row.calendar.id != calendar.id
            and (row.calendar.member_id == calendar.member_id or row.calendar.role is Role.LINKED)
            and self._tables.accounts[row.calendar.account_id].account.status is AccountStatus.ACTIVE
        ]
        return sorted(others, key=lambda one: (one.member_id != calendar.member_id, one.id))[:limit]

    def is_kept(self, claim: SyncClaim, key: TakenKey) -> bool:
        for (calendar_id, event_id), place in self._tables.taken_places.items():
            one = self._tables.taken[place.taken_id]
            is_series = one.workspace_id == claim.calendar.workspace_id and one.key == TakenKey(key.ical_uid, 0)
            if is_series and calendar_id != claim.calendar.id and not place.is_gone:
                changes = self._tables.events.get(calendar_id, {}).values()
                if not any(_calls_off(row, event_id, key.original) for row in changes):
                    return True
        return False

    def addresses(self, workspace_id: UUID) -> frozenset[str]:
        return frozenset(
            row.account.address.lower()
            for row in self._tables.accounts.values()
            if row.account.workspace_id == workspace_id and row.account.status is not AccountStatus.PENDING
        )

    def save(self, claim: SyncClaim, decided: Sequence[Decided]) -> None:
        self._tables.claimed(claim)
        events = self._tables.events[claim.calendar.id]
        for one in decided:
            self._tables.taken_places.pop((claim.calendar.id, one.event_id), None)
        for one in decided:
            if one.ended is not None:
                self._store(one.ended)
        for one in decided:
            row = events[one.event_id]
            emails = tuple(sorted(set(one.emails)))
            events[one.event_id] = replace(row, needs_decision=False, shade=one.shade, emails=emails)
            if one.taken is not None:
                self._store(one.taken)
                place = PlaceRow(one.taken.id, one.seen or one.taken.span)
                self._tables.taken_places[claim.calendar.id, one.event_id] = place
        self._lapse_unheld(claim.calendar.id)

    def left(self, calendar: Calendar) -> Sequence[LeftMeeting]:
        found = []
        for (calendar_id, event_id), place in self._tables.taken_places.items():
            if calendar_id == calendar.id and place.is_gone:
                one = self._tables.taken[place.taken_id]
                others = [other for other in self._tables.taken_places.values() if other.taken_id == one.id]
                is_elsewhere = any(not other.is_gone for other in others)
                found.append(LeftMeeting(self._as_it_is(one), event_id, is_elsewhere))
        return sorted(found, key=lambda left: (left.taken.original, left.taken.id))

    def settle(self, claim: SyncClaim, left: LeftMeeting, ended: TakenAppointment | None, *, stays: bool) -> None:
        self._tables.claimed(claim)
        key = (claim.calendar.id, left.event_id)
        if ended is not None:
            self._store(ended)
        if ended is not None or stays:
            self._tables.taken_places[key] = replace(self._tables.taken_places[key], is_gone=False)
        else:
            self._tables.taken_places.pop(key, None)
            self._lapse_unheld(claim.calendar.id)

    def forget_lapsed(self, before: datetime) -> int:
        gone = [
            one.id
            for one in self._tables.taken.values()
            if one.is_over(epoch(aware(before))) and (one.is_cancelled or one.id in self._tables.taken_lapsed)
        ]
        for taken_id in gone:
            del self._tables.taken[taken_id]
            self._tables.taken_lapsed.pop(taken_id, None)
        places = self._tables.taken_places.items()
        self._tables.taken_places = {key: place for key, place in places if place.taken_id not in gone}
        return len(gone)

    def forget(self, actor: Actor, calendar_id: UUID) -> None:
        self._own(actor, calendar_id)
        self._tables.forget_decisions(calendar_id)

    def with_contact(
        self, actor: Actor, contact_id: UUID, window: Interval, *, limit: int
    ) -> Sequence[tuple[TakenAppointment, Interval]]:
        found = []
        for one in self._tables.taken.values():
            is_theirs = contact_id in [each.contact.id for each in one.contacts]
            if one.workspace_id != actor.workspace_id or not is_theirs or one.is_cancelled:
                continue
            starts = {
                happening.start
                for (calendar_id, event_id), place in self._tables.taken_places.items()
                if place.taken_id == one.id
                for series in self._tables.occurrences.get(calendar_id, {}).values()
                for happening in series
                if happening.event_id == event_id and happening.start < window.end and happening.end > window.start
            }
            if starts and (one.repeats or _touches(one.span, window)):
                length = one.span.end - one.span.start
                happening_at = sorted(starts) if one.repeats else [min(starts)]
                found += [(self._as_it_is(one), Interval(start, start + length)) for start in happening_at]
            elif _touches(one.span, window):
                found.append((self._as_it_is(one), one.span))
        return sorted(found, key=lambda each: (each[1], each[0].id))[:limit]

    def invited_events(self, actor: Actor, calendar_id: UUID, *, after: str, limit: int) -> Sequence[RemoteEvent]:
        if calendar_id not in [row.calendar.id for row in self._tables.own_calendars(actor)]:
            return []
        rows = self._tables.events.get(calendar_id, {})
        return [rows[event_id].event for event_id in sorted(rows) if event_id > after][:limit]

    def _store(self, taken: TakenAppointment) -> None:
        self._tables.taken[taken.id] = taken
        self._tables.taken_lapsed.pop(taken.id, None)

    def _lapse_unheld(self, calendar_id: UUID) -> None:
        held = {place.taken_id for place in self._tables.taken_places.values()}
        for one in list(self._tables.taken.values()):
            if one.id not in held and one.id not in self._tables.taken_lapsed:
                self._tables.taken[one.id] = replace(one, title="", contacts=())
                self._tables.taken_lapsed[one.id] = calendar_id

    def _as_it_is(self, taken: TakenAppointment) -> TakenAppointment:
        """With its hosts and contacts as they are known now."""
        hosts = []
        for (calendar_id, event_id), place in self._tables.taken_places.items():
            if place.taken_id == taken.id:
                row = self._tables.events.get(calendar_id, {}).get(event_id)
                is_own = row is not None and row.event.is_own
                hosts.append((not is_own, self._tables.calendars[calendar_id].calendar.member_id))
        contacts = [
            replace(one, contact=self._tables.contacts[one.contact.id])
            for one in taken.contacts
            if one.contact.id in self._tables.contacts
        ]
        contacts.sort(key=lambda one: (one.contact.name.casefold(), one.contact.email))
        ordered = dict.fromkeys(member_id for _, member_id in sorted(hosts))
        return replace(taken, hosts=tuple(ordered), contacts=tuple(contacts))

    def _own(self, actor: Actor, calendar_id: UUID) -> None:
        if calendar_id not in [row.calendar.id for row in self._tables.own_calendars(actor)]:
            raise NotFound

    def _mark(self, calendar_id: UUID, event_ids: Collection[str]) -> None:
        rows = self._tables.events.get(calendar_id, {})
        for event_id in list(event_ids):
            rows[event_id] = replace(rows[event_id], needs_decision=True)
        self._tables.calendars[calendar_id] = replace(self._tables.calendars[calendar_id], decide_after=None)


def _calls_off(row: EventRow, series_id: str, original: int) -> bool:
    event = row.event
    start = event.original_start
    is_there = (isinstance(start, Timed) and epoch(start.at) == original) or start == AllDay(day_about(original))
    return event.series_id == series_id and is_there and event.status is EventStatus.CANCELLED


def _touches(one: Interval, window: Interval) -> bool:
    return one.start < window.end and one.end > window.start
