"""A house in which appointments are booked: Ana with Google and Zoom, Ben who books her, and what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import func, or_, select

from bot.sandbox.ledger import Entry, Ledger
from bot.sandbox.slack.people import Member
from bot.sandbox.slack.person import Person
from bot.sandbox.zoom.browser import ZoomBrowser
from storage.tables import APPOINTMENTS, EFFECTS, METADATA
from tests.journeys.browser import Browser
from tests.journeys.house import House

EVENTS = "/calendar/v3/calendars/[^/]*/events"
AN_EVENT = f"{EVENTS}/.*"
MEETINGS = "/v2/users/.*/meetings"
A_MEETING = "/v2/meetings/.*"
_BOOKED = frozenset(
    {"appointment", "appointment_host", "appointment_log", "contact", "effect", "offer", "remote_link", "schedule"}
)


@dataclass(frozen=True)
class Bookings:
    """Ana and Ben in that house; both have read calendars, Ana has Zoom unless a test wants otherwise."""

    house: House
    ana: Person
    ben: Person
    told: tuple[int, int]
    """How much stood in the ledgers of Google and of Zoom before."""

    # --- Booking

    def opens(self, person: Person, when: str, *, with_: str = "@ana") -> str:
        """The form for that start, in the words of a command and on the person's own clock.

        The time of those he named is taken, and not his own.
        """
        shown = self.house.types(person, f"/daybook book {with_} 30m {when}")
        assert person.modal is not None, shown
        if not with_:
            return shown
        person.fills("With", with_.split())
        self.house.is_settled()
        return self.house.sees(person)

    def fills(self, person: Person, **fields: Any) -> str:
        """Fill fields in, by their names in lower case; what the person sees then."""
        for name, wanted in fields.items():
            person.fills(name.replace("_", " ").capitalize(), wanted)
            self.house.is_settled()
        return self.house.sees(person)

    def books(self, person: Person, when: str, *, with_: str = "@ana", **fields: Any) -> str:
        """Open the form, fill it in, and submit it; what the person sees then, with the form or its end still open."""
        self.opens(person, when, with_=with_)
        self.fills(person, **fields)
        return self.house.submits(person)

    def has_booked(self, person: Person, when: str, *, with_: str = "@ana", **fields: Any) -> None:
        """The same, gone well, closed, and delivered."""
        assert "*Booked:*" in self.books(person, when, with_=with_, **fields)
        person.closes(all_of_them=True)
        self.delivers()

    # --- Delivering

    def delivers(self) -> None:
        """Have everything delivered that is due now."""
        self.house.is_settled()
        while self.is_due():
            self.house.runs("deliver_effects")
            self.house.waits_until(lambda: not self._leased())
        self.house.is_settled()

    def is_due(self) -> bool:
        """Whether something has to be delivered now, or is being delivered."""
        due = or_(EFFECTS.c.due_at <= self.house.clock.now(), EFFECTS.c.lease_until.is_not(None))
        with self.house.store.connected("reading") as connection:
            return connection.execute(select(EFFECTS.c.kind).where(due).limit(1)).first() is not None

    def follows(self) -> None:
        """Read what changed in Google, and have it delivered."""
        self.house.reads()
        self.delivers()

    # --- What there is, in Slack

    def card(self, title: str, person: Person | None = None) -> str:
        """The card with that title as its reader sees it, on one line; nothing where there is none."""
        shown = [_line(who.reads(each)) for who in [person or self.ana] for each in who.messages if not each.thread_ts]
        return next((text for text in reversed(shown) if title in text and "booked by" in text), "")

    def cards(self, title: str) -> list[str]:
        """The ids of the cards with that title in Ana's messages."""
        mains = [each for each in self.ana.messages if not each.thread_ts]
        return [each.ts for each in mains if title in (text := self.ana.reads(each)) and "booked by" in text]

    def thread(self, title: str) -> list[str]:
        """The lines below those cards, in the order in which they were posted."""
        cards = self.cards(title)
        lines = sorted((each for each in self.ana.messages if each.thread_ts in cards), key=lambda each: each.ts)
        return [_line(self.ana.reads(line).partition("\n")[2]) for line in lines]

    # --- What there is, outside

    def event(self, title: str) -> dict[str, Any]:
        """The one live event of Daybook's with that title in Google."""
        [event] = [one for one in self.events() if one["summary"] == title]
        return event

    def events(self, member: Member | None = None) -> list[dict[str, Any]]:
        """Daybook's live events in a member's own calendar, Ana's if nobody is named."""
        calendar = self.house.google.calendars[(member or self.house.town.ana).email]
        return [
            one.fields for one in calendar.events.values() if "extendedProperties" in one.fields and not one.cancelled
        ]

    def meetings(self) -> Sequence[dict[str, Any]]:
        """Ana's meetings in Zoom."""
        self.house.town.zoom.settle()
        return self.house.town.zoom.meetings(self.house.town.ana.email)

    def mails(self) -> list[tuple[str, str]]:
        """What Google has mailed to whom, oldest first."""
        return [(mail.kind, mail.to) for mail in self.house.google.mails]

    def inserts(self) -> Sequence[Entry]:
        """The events that Google's ledger says were made."""
        return self.at_google("POST", EVENTS, 200)

    def creates(self) -> Sequence[Entry]:
        """The meetings that Zoom's ledger says were made."""
        return self.at_zoom("POST", MEETINGS, 201)

    def at_google(self, method: str, path: str, status: int | None = None) -> Sequence[Entry]:
        """What reached Google since the test began, by method, path and answer."""
        return _since(self.house.google.ledger, self.told[0], method, path, status)

    def at_zoom(self, method: str, path: str, status: int | None = None) -> Sequence[Entry]:
        """The same of Zoom."""
        return _since(self.house.town.zoom.settle(), self.told[1], method, path, status)

    def appointments(self) -> int:
        """How many appointments are stored."""
        with self.house.store.connected("reading") as connection:
            return int(connection.scalar(select(func.count()).select_from(APPOINTMENTS)) or 0)

    def _leased(self) -> bool:
        with self.house.store.connected("reading") as connection:
            held = select(EFFECTS.c.kind).where(EFFECTS.c.lease_until.is_not(None)).limit(1)
            return connection.execute(held).first() is not None


def connects_zoom(house: House, member: Member) -> Person:
    """A member whose meetings are made in Zoom from now on."""
    person = house.person(member)
    with Browser() as browser:
        at_zoom = browser.departs(house.link_for(member, "Connect Zoom"))
        page = browser.opens(ZoomBrowser(browser.client).consents(at_zoom, member.email))
    assert page.status_code == httpx.codes.OK
    assert "Zoom is connected" in house.clicks(person, "Yes, connect")
    person.closes(all_of_them=True)
    return person


def moved_in(house: House) -> Bookings:
    """Ana with Google and Zoom, Ben with Google."""
    ana, ben = house.sets_up(house.town.ana), house.sets_up(house.town.ben)
    connects_zoom(house, house.town.ana)
    told = len(house.google.ledger.entries), len(house.town.zoom.settle().entries)
    return Bookings(house, ana, ben, told)


def clears_away(house: House) -> None:
    """No appointment was ever made, here or outside."""
    house.starts_over()
    with house.store.connected("writing") as connection:
        for table in reversed(METADATA.sorted_tables):
            if table.name in _BOOKED:
                connection.execute(table.delete())
        connection.commit()
    for calendar in house.google.calendars.values():
        for event in [one for one in calendar.events.values() if "extendedProperties" in one.fields]:
            del calendar.events[event.id]
    for meeting in house.town.zoom.meetings():
        house.town.zoom.deletes_meeting(meeting["id"])
    house.google.mails.clear()
    house.town.zoom.faults.clear()


def _since(ledger: Ledger, before: int, method: str, path: str, status: int | None) -> Sequence[Entry]:
    old = set(map(id, ledger.entries[:before]))
    return [entry for entry in ledger.matching(method, path, status) if id(entry) not in old]


def _line(shown: str) -> str:
    return " ".join(shown.replace("│", " ").split())
