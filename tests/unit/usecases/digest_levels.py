"""Ana on a Tuesday with everything that a digest can show, and what it shows of it at each level."""

from dataclasses import replace

from bot.domain.appointments import Venue, Where
from bot.domain.digest_days import DigestItem
from bot.domain.digests import Digest, Level
from bot.domain.events import EventStatus, RemoteEvent
from tests.builders import span
from tests.unit.rendering.answers import actor, ana
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.digest_house import DigestHouse, a_wish

TUESDAY = "2026-11-24"


def a_day(level: Level = Level.TITLES, *, agreed: Level | None = None) -> tuple[DigestHouse, Digest]:
    """Ana's Tuesday with an event, a private one, and an appointment on Zoom; the digest shows `level`."""
    house = DigestHouse()
    house.add_event(ana, "9:00-9:30", "Kick-off")
    house.add_event(ana, "12:00-13:00", "Ben's birthday", blocks=False)
    house.put_event(ana, RemoteEvent("p", EventStatus.CONFIRMED, title="Doctor", is_private=True), "9:30-10:00")
    house.book(replace(a_request("15:00"), venue=Venue(Where.PLACE, "Hall 2"), title="Maya Ortiz and Ana"))
    digest = house.has(a_wish(ana, level=level))
    if agreed is not None:
        house.cases().answer(actor(ana), digest.id, agreed)
    house.comes(f"{TUESDAY} 8:30")
    return house, digest


def shown(house: DigestHouse, digest: Digest) -> list[tuple[str, str]]:
    """Ana's part: when, and what is told of it."""
    edition = house.compose()(house.now(digest), house.now(digest).next_day)
    return [told(item) for item in edition.people[0].items]


def told(item: DigestItem) -> tuple[str, str]:
    times = next(name for name, of in TIMES.items() if of == item.span)
    parts = (item.title, item.contact, item.details)
    return times, " · ".join(part for part in parts if part) if item.is_shown else "busy"


TIMES = {text: span(text) for text in ("9:00-9:30", "9:30-10:00", "9:00-10:00", "15:00-15:30")}
BUSY = [("9:00-10:00", "busy"), ("15:00-15:30", "busy")]
TITLES = [("9:00-9:30", "Kick-off"), ("9:30-10:00", "busy"), ("15:00-15:30", "Maya Ortiz and Ana")]
FULL = [*TITLES[:2], ("15:00-15:30", "Maya Ortiz and Ana · Maya Ortiz · Hall 2")]
