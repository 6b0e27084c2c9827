"""What Daybook has to hold once all is quiet, told from Google, the options and the contacts alone."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from bot.domain.appointments import Appointment
from bot.domain.calendars import Calendar, Role
from bot.domain.contacts import Contact
from bot.domain.effects import EffectKind
from bot.domain.event_spans import single_span
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.intervals import Interval
from bot.domain.invitees import Sorted, Team, sorted_invitees
from bot.domain.shades import Shade
from bot.domain.treatment import Treatment, treatment
from storage.tables import (
    APPOINTMENTS,
    CALENDARS,
    CONTACTS,
    EFFECTS,
    EVENTS,
    FIRINGS,
    REMOTE_LINKS,
    TAKEN,
    TAKEN_CONTACTS,
    TAKEN_PLACES,
)
from tests.integration.booking_stage import OVERLAPS
from tests.integration.both_sides_people import MEMBERS
from tests.integration.both_sides_town import BothSides

_TOLD_BACK = timedelta(days=30)
_STANDS = ~TAKEN.c.is_cancelled & ~TAKEN_PLACES.c.is_gone
_TAKEN = (
    select(TAKEN, CALENDARS.c.remote_id)
    .join(TAKEN_PLACES, TAKEN_PLACES.c.taken_id == TAKEN.c.id)
    .join(CALENDARS, CALENDARS.c.id == TAKEN_PLACES.c.calendar_id)
    .where(_STANDS)
)
_WITH = select(TAKEN_CONTACTS.c.taken_id, CONTACTS.c.email).join(CONTACTS, CONTACTS.c.id == TAKEN_CONTACTS.c.contact_id)
_SHADES = select(CALENDARS.c.remote_id, EVENTS.c.id, EVENTS.c.shade).join(
    EVENTS, EVENTS.c.calendar_id == CALENDARS.c.id
)
_WAITING = select(func.count()).where(EVENTS.c.needs_decision)
_LEFT = select(func.count()).where(TAKEN_PLACES.c.is_gone)
_DUE = select(func.count()).where(EFFECTS.c.due_at.is_not(None))
_TO_FIRE = select(func.count()).where(FIRINGS.c.due_at.is_not(None))
_OUR_UIDS = select(REMOTE_LINKS.c.ical_uid).where(REMOTE_LINKS.c.kind == EffectKind.EVENT)

Taken = dict[tuple[str, int], tuple[Interval, frozenset[str], frozenset[str]]]
"""Meetings by what they are known by: when, in whose calendars, with whom."""


@dataclass(frozen=True)
class Shown:
    """An event as Google shows it in a linked calendar, and what it is to be."""

    calendar: Calendar
    event: RemoteEvent
    becomes: Treatment
    invited: Sorted


class Truth:
    """Looks at both sides."""

    def __init__(self, town: BothSides) -> None:
        self._town = town

    def team(self, calendar: Calendar) -> Team:
        with self._town.store.reading() as work:
            blocked = work.invitees.blocked(calendar.workspace_id)
        members = frozenset(self._town.roster.members)
        return Team(own=frozenset({calendar.remote_id}), colleagues=members | {*MEMBERS}, blocked=blocked)

    def shown(self) -> list[Shown]:
        """Every live event of the linked calendars but those of appointments."""
        found = []
        ours = self.our_uids()
        for calendar in self._town.calendars():
            if calendar.role is not Role.LINKED:
                continue
            team = self.team(calendar)
            since = self._town.now - _TOLD_BACK
            pages = self._town.google.calendars.changes(
                calendar.account_id, calendar.remote_id, sync_token=None, since=since
            )
            for event in (one for page in pages for one in page.events):
                if event.status is EventStatus.CANCELLED or event.ical_uid in ours:
                    continue
                invited = sorted_invitees(event.invitees, team)
                known = self.by_address([one.contact.email for one in invited.outsiders])
                found.append(Shown(calendar, event, treatment(event, calendar.option, invited, known), invited))
        return found

    def taken(self, shown: Collection[Shown]) -> Taken:
        """The meetings that there are to be."""
        found: Taken = {}
        for one in shown:
            if one.becomes.shade is not Shade.BLUE:
                continue
            event, zone = one.event, one.calendar.zone
            assert event.start is not None
            original = single_span(event.original_start, None, zone).start if event.original_start else 0
            span = Interval(*single_span(event.start, event.end, zone))
            guests = frozenset(contact.email for contact, _ in one.becomes.with_contacts)
            key = (event.ical_uid, original)
            before = found.get(key)
            places = frozenset({one.calendar.remote_id}) | (before[1] if before is not None else frozenset())
            found[key] = (span, places, guests)
        return found

    def stored_taken(self) -> Taken:
        found: Taken = {}
        with self._town.store.connected("reading") as connection:
            rows = connection.execute(_TAKEN).all()
            guests: dict[UUID, set[str]] = {}
            for taken_id, email in connection.execute(_WITH).all():
                guests.setdefault(taken_id, set()).add(email)
        for row in rows:
            key = (row.ical_uid, row.original_at)
            places = frozenset({row.remote_id}) | (found[key][1] if key in found else frozenset())
            found[key] = (Interval(row.start_at, row.end_at), places, frozenset(guests.get(row.id, ())))
        return found

    def shades(self) -> dict[tuple[str, str], str | None]:
        with self._town.store.connected("reading") as connection:
            return {(place, event_id): shade for place, event_id, shade in connection.execute(_SHADES).all()}

    def waiting(self) -> tuple[int, ...]:
        """Undecided events, meetings that went, deliveries and firings that are due."""
        with self._town.store.connected("reading") as connection:
            return tuple(int(connection.execute(one).scalar_one()) for one in (_WAITING, _LEFT, _DUE, _TO_FIRE))

    def overlaps(self) -> int:
        with self._town.store.connected("reading") as connection:
            return int(connection.execute(OVERLAPS).scalar_one())

    def contacts(self) -> list[Contact]:
        with self._town.store.reading() as work:
            return [*work.contacts.search(self._town.ana, "", limit=1000)]

    def by_address(self, emails: Collection[str]) -> dict[str, Contact]:
        with self._town.store.reading() as work:
            return dict(work.contacts.by_address(self._town.ana.workspace_id, emails))

    def our_uids(self) -> frozenset[str]:
        with self._town.store.connected("reading") as connection:
            return frozenset(connection.execute(_OUR_UIDS).scalars())

    def known(self, appointment_id: UUID) -> Appointment:
        with self._town.store.reading() as work:
            found = work.appointments.known(appointment_id)
        assert found is not None
        return found

    def appointments(self) -> list[UUID]:
        with self._town.store.connected("reading") as connection:
            return [*connection.execute(select(APPOINTMENTS.c.id).order_by(APPOINTMENTS.c.id)).scalars()]

    def uids(self) -> dict[UUID, tuple[str, datetime]]:
        """By which UID meetings are known, cancelled ones too, and when they were made."""
        with self._town.store.connected("reading") as connection:
            return {row.id: (row.ical_uid, row.created_at) for row in connection.execute(select(TAKEN)).all()}

    def rows(self) -> list[Any]:
        """The meetings that stand in one calendar alone, with which."""
        with self._town.store.connected("reading") as connection:
            rows = connection.execute(_TAKEN).all()
        places = Counter(row.id for row in rows)
        return [row for row in rows if places[row.id] == 1]
