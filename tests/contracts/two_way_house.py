"""Ana and Ben with a linked calendar each, in two-way sync, and what becomes of what people do in Google."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.accounts import Account
from bot.domain.calendars import TWO_WAY, Calendar, Role, SyncClaim, SyncOption
from bot.domain.events import EventStatus, Invitee, RemoteEvent, Response, Timed
from bot.domain.occasions import Occasion, What
from bot.domain.people import Actor
from bot.domain.taken import TakenAppointment
from bot.domain.triggers import ActionKind, Trigger, TriggerAction, TriggerFilter
from bot.domain.wall_time import epoch
from bot.ports import Store
from bot.usecases.decide_events import DecideEvents
from bot.usecases.decide_waiting import PAUSE, DecideWaiting
from bot.usecases.learn_colleagues import LearnColleagues
from bot.usecases.sync_calendar import SyncCalendar
from tests.builders import BERLIN, days, local
from tests.contracts.storage_builders import LEASE, a_calendar, a_person, chosen, connected, new_id
from tests.contracts.two_way_fakes import Googles, Roster
from tests.event_builders import a_meeting
from tests.fakes.calendar_gateway import LivingCalendar
from tests.fakes.clock import SettableClock

ANA, BEN, CARA = "ana@acme.test", "ben@acme.test", "cara@acme.test"
MAYA, LEE = "maya@ortiz.test", "lee@chen.test"
NAMES = {ANA: "Ana", BEN: "Ben", CARA: "Cara", MAYA: "Maya Ortiz", LEE: "Lee Chen"}
MONDAY = datetime.fromisoformat("2026-11-23T08:00:00+00:00")
SWITCHED = MONDAY - timedelta(days=1)
MADE = MONDAY - timedelta(hours=1)
"""After the option was chosen: what was made then fires."""
BEFORE = SWITCHED - timedelta(days=1)
_FORTNIGHT = days("2026-11-16", "2027-01-31")


def invited(
    event_id: str,
    when: str,
    *emails: str,
    said: Mapping[str, Response] | None = None,
    title: str = "Demo",
    created_at: datetime | None = MADE,
    by: str = ANA,
) -> RemoteEvent:
    """An event that `by` organises, with these people on it, as it stands in the organiser's own calendar."""
    told = said or {}
    people = [
        Invitee(email, NAMES.get(email, ""), told.get(email, Response.NEEDS_ACTION), is_organizer=email == by)
        for email in (by, *emails)
    ]
    return replace(
        a_meeting(event_id, when),
        ical_uid=f"{event_id}@google.com",
        etag=f'"{event_id}"',
        title=title,
        created_at=created_at,
        invitees=tuple(people),
    )


def weekly(event: RemoteEvent, until: str = "") -> RemoteEvent:
    """The same every week, until a time written as `20261201T080000Z`."""
    return replace(event, recurrence=(f"RRULE:FREQ=WEEKLY{f';UNTIL={until}' if until else ''}",))


def one_time(series: RemoteEvent, day: str, to: str = "") -> RemoteEvent:
    """One time of a weekly series, moved to `2026-12-01 15:00-16:00`, or called off."""
    hours = hours_of(series)
    was = a_meeting("x", f"{day} {hours}")
    event_id = f"{series.id}_{day.replace('-', '')}"
    if not to:
        return RemoteEvent(event_id, EventStatus.CANCELLED, series_id=series.id, original_start=was.start)
    moved = a_meeting(event_id, to)
    return replace(
        series,
        id=event_id,
        etag=f'"{event_id}"',
        recurrence=(),
        series_id=series.id,
        original_start=was.start,
        start=moved.start,
        end=moved.end,
    )


def hours_of(event: RemoteEvent) -> str:
    """`9:00-10:00`, on the wall in Berlin."""
    assert isinstance(event.start, Timed)
    assert isinstance(event.end, Timed)
    start, end = (local([epoch(time.at)])[0][11:16] for time in (event.start, event.end))
    return f"{start}-{end}"


@dataclass(frozen=True)
class Person:
    """A member with his account, and his calendar in Google by that name."""

    actor: Actor
    account: Account
    calendar_id: UUID
    google: LivingCalendar


class TwoWay:
    """A workspace with Ana and Ben, each with a linked calendar in two-way sync."""

    def __init__(self, store: Store, option: SyncOption = TWO_WAY) -> None:
        self.store, self.clock = store, SettableClock(MONDAY)
        self.google, self.roster = Googles(), Roster({ANA, BEN, CARA})
        self.decide = DecideEvents(store, self.clock, new_id)
        self.sync = SyncCalendar(
            store,
            self.google,
            self.clock,
            interval=timedelta(minutes=5),
            jitter=lambda: 0.5,
            decide=self.decide,
        )
        self.learn = LearnColleagues(store, self.roster, self.clock)
        self.wait = DecideWaiting(store, self.decide, self.learn, self.google, self.clock)
        self.ana = self.move_in("U1", ANA, option)
        self.ben = self.move_in("U2", BEN, option)
        self.trigger = self._listening()

    def move_in(self, user: str, address: str, option: SyncOption) -> Person:
        """A member with one linked calendar."""
        actor = a_person(self.store, user=user)
        account = connected(self.store, actor, address)
        calendar = replace(
            a_calendar(account, address, role=Role.LINKED, name=NAMES[address], next_sync_at=MONDAY),
            option=option,
            option_since=SWITCHED,
        )
        chosen(self.store, actor, calendar)
        google = LivingCalendar(BERLIN, page_size=50)
        self.google.calendars_by_id[address] = google
        return Person(actor, account, calendar.id, google)

    def conflict_calendar(self, person: Person, remote_id: str) -> LivingCalendar:
        """Another calendar of a member's, which only blocks."""
        with self.store.reading() as work:
            present = work.calendars.of(person.actor)
        chosen(self.store, person.actor, *present, a_calendar(person.account, remote_id, name=remote_id))
        self.google.calendars_by_id[remote_id] = LivingCalendar(BERLIN, page_size=50)
        return self.google.calendars_by_id[remote_id]

    def put(self, event: RemoteEvent, *people: Person) -> None:
        """Make or change an event in Google, in the calendars of these people, Ana's where nobody is named."""
        for person in people or (self.ana,):
            seen = tuple(replace(one, is_self=one.email == person.account.address) for one in event.invitees)
            own = next((one.response for one in seen if one.is_self and not one.is_organizer), None)
            is_own = any(one.is_self and one.is_organizer for one in seen) or not seen
            person.google.put(replace(event, invitees=seen, response=own, is_own=is_own))

    def take_away(self, event_id: str, *people: Person) -> None:
        """Delete an event in Google; a series takes its changed times along."""
        for person in people or (self.ana,):
            for event in [one for one in person.google.events.values() if one.series_id == event_id]:
                person.google.put(replace(event, status=EventStatus.CANCELLED))
            person.google.put(RemoteEvent(event_id, EventStatus.CANCELLED))

    def read(self, *people: Person) -> None:
        """Sync their calendars, all where nobody is named; nothing that has to be asked for is asked."""
        for person in people or (self.ana, self.ben):
            self.sync(self.claim(person))

    def read_all(self, person: Person) -> None:
        """Sync every calendar of his."""
        with self.store.writing() as work:
            found = [one.id for one in work.calendars.of(person.actor)]
            claims = work.calendars.claim_these(found, self.clock.now(), lease=LEASE)
            work.commit()
        for claim in claims:
            self.sync(claim)

    def run(self, *people: Person) -> None:
        """The same, and then decide what waits until nothing more comes of it."""
        self.read(*people)
        self.settle()

    def settle(self) -> None:
        """Run the job that decides, twice, so that what hangs on another calendar is decided as well."""
        for _ in range(2):
            self.wait()
            self.clock.time += PAUSE

    def claim(self, person: Person) -> SyncClaim:
        """Claim a calendar, whether it is due or not."""
        with self.store.writing() as work:
            (claim,) = work.calendars.claim_these([person.calendar_id], self.clock.now(), lease=LEASE)
            work.commit()
        return claim

    def calendar(self, person: Person) -> Calendar:
        with self.store.reading() as work:
            [calendar] = [one for one in work.calendars.of(person.actor) if one.id == person.calendar_id]
        return calendar

    def switch(self, person: Person, option: SyncOption) -> None:
        """Choose another option now."""
        with self.store.writing() as work:
            current = work.calendars.of(person.actor)
            changed = [replace(one, option=option, option_since=self.clock.now()) for one in current]
            work.calendars.choose(person.actor, changed)
            work.taken.mark_all(person.actor, person.calendar_id)
            work.commit()

    def shown(self, person: Person | None = None) -> list[str]:
        """`2026-11-24T09:00+01:00 blue Demo: Maya Ortiz needsAction`, by start."""
        with self.store.reading() as work:
            entries = work.events.agenda((person or self.ana).actor, _FORTNIGHT)
        return [
            f"{local([entry.occurrence.start])[0]} {entry.shade or '-'} {entry.title}"
            + "".join(f": {guest.name} {guest.response}" for guest in entry.guests)
            for entry in entries
        ]

    def contacts(self) -> list[str]:
        with self.store.reading() as work:
            return [f"{one.name} <{one.email}>" for one in work.contacts.search(self.ana.actor, "", limit=100)]

    def taken(self, email: str = MAYA) -> list[TakenAppointment]:
        """The live meetings with a contact."""
        with self.store.reading() as work:
            contact = work.contacts.by_address(self.ana.actor.workspace_id, [email])[email]
            found = work.taken.with_contact(self.ana.actor, contact.id, _FORTNIGHT, limit=100)
        return [one for one, _ in found]

    def told(self) -> list[str]:
        """What triggers heard, in order: `booked Demo 2026-11-24T09:00+01:00`, moves with where it was."""
        return [_told(one) for one in self._occasions() if one.what is not What.CONTACT_ADDED]

    def added(self) -> list[str]:
        """The contacts of whom triggers heard that they were added."""
        return [one.contacts[0].name for one in self._occasions() if one.what is What.CONTACT_ADDED]

    def declined(self) -> list[str]:
        """Which hosts would be told of whom; each is told once."""
        with self.store.writing() as work:
            found = work.taken.claim_declined(self.clock.now(), limit=100)
            work.commit()
        people = {self.ana.actor.member_id: "Ana", self.ben.actor.member_id: "Ben"}
        return [f"{people[one.member_id]}: {one.contact.name}, {one.title}" for one in found]

    def _occasions(self) -> list[Occasion]:
        with self.store.reading() as work:
            firings = work.firings.of(self.trigger.id, limit=100)
        return sorted((one.occasion for one in firings), key=lambda one: (one.at, one.title, one.what))

    def _listening(self) -> Trigger:
        trigger = Trigger(
            id=new_id(),
            workspace_id=self.ana.actor.workspace_id,
            owner_id=self.ana.actor.member_id,
            name="All",
            when=frozenset(What),
            only=TriggerFilter(),
            action=TriggerAction(ActionKind.POST, "C1", "all"),
            created_at=BEFORE,
        )
        with self.store.writing() as work:
            work.triggers.add(trigger, None)
            work.commit()
        return trigger


def _told(occasion: Occasion) -> str:
    at = local([occasion.span.start])[0] if occasion.span is not None else ""
    came_from = f" from {local([occasion.before.start])[0]}" if occasion.before is not None else ""
    return f"{occasion.what} {occasion.title} {at}{came_from}"
