"""What changed since the last digest, as far as its channel may read it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.agenda import window_of
from bot.domain.appointments import Appointment, Venue, Where
from bot.domain.digest_changes import Change, ChangeKind
from bot.domain.digest_content import Edition
from bot.domain.digests import Digest, Level
from bot.domain.effects import EffectKind, PrivacyChange
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.intervals import Interval
from bot.rendering.digests.lines import change_lines
from bot.usecases.change_appointment import CancelAppointment
from bot.usecases.move_appointment import MoveAppointment, MoveRequest
from tests.builders import BERLIN, NEW_YORK, at, second, span
from tests.digest_builders import a_digest, a_plan
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.digest_house import DigestHouse, a_wish
from tests.unit.usecases.digest_levels import TUESDAY, told


# fault 12
def test_with_somebody_from_outside_in_the_channel_changes_are_told_as_time_alone() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ana))
    house.comes(f"{TUESDAY} 8:30")
    house.ticks()
    house.comes(f"{TUESDAY} 9:30")
    house.book(replace(a_request("2026-11-25 16:00"), venue=Venue(Where.MEET)))
    house.comes("2026-11-25 8:30")
    seen = []
    for readers in (("U1", "U2", "U3"), None):
        house.channels.reads = readers
        edition = house.compose()(house.now(digest), house.now(digest).next_day)
        seen.append((change_lines(edition), edition.has_outsiders))
    assert seen == [
        (["new: Maya Ortiz and Ana 16:00", "one appointment has no link yet"], False),
        (["Ana: 16:00-16:30 is taken now"], True),
    ]


def test_an_appointment_whose_event_somebody_made_private_is_busy_and_its_changes_name_nobody() -> None:
    house = DigestHouse()
    house.comes("2026-11-23 7:00")
    digest = house.has(a_wish(ana, level=Level.FULL))
    house.comes("2026-11-23 8:30")
    house.ticks()
    house.comes("2026-11-23 14:00")
    link = house.links(house.book(a_request("15:00")).appointment)[EffectKind.EVENT]
    copy = RemoteEvent(link.remote_id, EventStatus.CONFIRMED, ical_uid=link.ical_uid, title="Maya", is_private=True)
    house.put_event(ana, copy, "15:00-15:30")
    house.comes(f"{TUESDAY} 8:30")
    edition = house.compose()(house.now(digest), house.now(digest).next_day)
    assert [told(item) for item in edition.people[0].items] == [("15:00-15:30", "busy")]
    assert edition.changes == (Change(ChangeKind.TAKEN, (ana,), "", None, span("15:00-15:30")),)


@pytest.mark.parametrize("is_cancelled", [True, False])
def test_what_was_private_stays_so_when_its_event_is_not_there_any_more(is_cancelled: bool) -> None:
    house = DigestHouse()
    house.comes("2026-11-23 7:00")
    digest = house.has(a_wish(ana, level=Level.FULL))
    made = house.book(a_request("15:00")).appointment
    with house.store.writing() as work:
        work.remote_links.keep_privacy(PrivacyChange(hidden=(made.id,)))
        work.commit()
    house.comes("2026-11-23 8:30")
    house.ticks()
    house.comes("2026-11-23 14:00")
    if is_cancelled:
        cancel = CancelAppointment(house.store, house.clock, house.deliver_soon)
        cancel(actor(ana), made.id, version=made.version)
    house.comes(f"{TUESDAY} 8:30")
    edition = house.compose()(house.now(digest), house.now(digest).next_day)
    assert [told(item) for item in edition.people[0].items] == ([] if is_cancelled else [("15:00-15:30", "busy")])
    freed = Change(ChangeKind.FREED, (ana,), "", span("15:00-15:30"), None)
    assert edition.changes == ((freed,) if is_cancelled else ())


def test_what_changed_since_the_last_one_is_told_as_a_whole() -> None:
    house = DigestHouse()
    house.comes("2026-11-23 7:00")
    digest = house.has(a_wish(ana))
    early = house.book(a_request("10:00")).appointment
    gone = house.book(a_request("11:00")).appointment
    house.book(a_request("12:00"))
    house.comes("2026-11-23 8:30")
    house.ticks()
    house.comes("2026-11-23 14:00")
    cancel = CancelAppointment(house.store, house.clock, house.deliver_soon)
    move = MoveAppointment(house.store, house.clock, house.read_live(), house.deliver_soon)
    for start in ("13:00", "14:00"):
        version = house.store.tables.appointments[early.id].appointment.version
        move(actor(ana), MoveRequest(early.id, version, second(start)))
    cancel(actor(ana), gone.id, version=gone.version)
    fleeting = house.book(a_request("16:00")).appointment
    cancel(actor(ana), fleeting.id, version=fleeting.version)
    house.book(a_request("15:00"))
    house.comes(f"{TUESDAY} 8:30")
    house.ticks()
    changes = [(one.kind, one.title, one.before, one.after) for one in house.messages.posted[-1].changes]
    assert changes == [
        (ChangeKind.CANCELLED, "Maya Ortiz and Ana", span("11:00-11:30"), None),
        (ChangeKind.MOVED, "Maya Ortiz and Ana", span("10:00-10:30"), span("14:00-14:30")),
        (ChangeKind.NEW, "Maya Ortiz and Ana", None, span("15:00-15:30")),
    ]
    assert digest.id == house.messages.posted[-1].digest.id


def at_busy(level: Level = Level.BUSY) -> tuple[DigestHouse, Digest]:
    """A digest of Ana and Ben that was posted on Monday at 8:30; it is two in the afternoon."""
    house = DigestHouse()
    house.comes("2026-11-23 7:00")
    for start in ("10:00", "11:00"):
        house.book(a_request(start))
    digest = house.has(a_wish(level=level))
    house.comes("2026-11-23 8:30")
    house.ticks()
    house.comes("2026-11-23 14:00")
    return house, digest


def told_next(house: DigestHouse) -> list[str]:
    """What changed, as Tuesday's digest tells it."""
    house.comes(f"{TUESDAY} 8:30")
    house.ticks()
    return change_lines(house.messages.posted[-1])


def booked_at(house: DigestHouse, start: str) -> Appointment:
    rows = (row.appointment for row in house.store.tables.appointments.values())
    return next(one for one in rows if one.span.start == second(start))


def test_at_busy_changes_are_told_as_time_alone() -> None:
    house, _ = at_busy()
    gone, early = booked_at(house, "11:00"), booked_at(house, "10:00")
    CancelAppointment(house.store, house.clock, house.deliver_soon)(actor(ana), gone.id, version=gone.version)
    move = MoveAppointment(house.store, house.clock, house.read_live(), house.deliver_soon)
    move(actor(ana), MoveRequest(early.id, early.version, second("10:15")))
    house.book(a_request("16:00", ana, ben))
    assert told_next(house) == [
        "Ana: 10:00-10:15 is free again",
        "Ana: 10:30-10:45 is taken now",
        "Ana: 11:00-11:30 is free again",
        "Ana: 16:00-16:30 is taken now",
        "Ben: 16:00-16:30 is taken now",
    ]


def test_at_busy_time_that_something_else_takes_as_well_is_neither_taken_nor_free_again() -> None:
    house, _ = at_busy()
    gone = booked_at(house, "11:00")
    house.book(a_request("15:00"))
    house.add_event(ana, "11:15-12:00", "Board call")
    house.add_event(ana, "14:30-15:30", "Doctor")
    CancelAppointment(house.store, house.clock, house.deliver_soon)(actor(ana), gone.id, version=gone.version)
    assert told_next(house) == ["Ana: 11:00-11:15 is free again"]


def test_at_busy_what_takes_the_time_of_what_was_cancelled_is_no_change() -> None:
    house, _ = at_busy()
    gone = booked_at(house, "11:00")
    CancelAppointment(house.store, house.clock, house.deliver_soon)(actor(ana), gone.id, version=gone.version)
    house.book(a_request("11:00"))
    assert told_next(house) == []


def test_of_whose_calendar_is_not_known_nothing_is_called_free_again() -> None:
    house, digest = at_busy()
    gone = booked_at(house, "11:00")
    CancelAppointment(house.store, house.clock, house.deliver_soon)(actor(ana), gone.id, version=gone.version)
    house.comes(f"{TUESDAY} 8:30")
    del house.store.tables.calendars[house.calendars[ana.id].id]
    edition = house.compose()(house.now(digest), house.now(digest).next_day)
    assert (edition.people[0].is_known, edition.changes) == (False, ())


def test_what_one_of_its_hosts_shows_as_busy_is_told_of_all_as_time_alone() -> None:
    house, digest = at_busy(Level.TITLES)
    house.cases().answer(actor(ben), digest.id, Level.BUSY)
    house.book(a_request("15:00"))
    house.book(a_request("16:00", ana, ben))
    assert told_next(house) == [
        "new: Maya Ortiz and Ana 15:00",
        "Ana: 16:00-16:30 is taken now",
        "Ben: 16:00-16:30 is taken now",
    ]


# fault 42
@pytest.mark.parametrize(
    ("zone", "day", "hours", "line"),
    [
        (BERLIN, "2026-03-29", (1.5, 2.5), "Ana: Sun 29 Mar, 1:30-3:30 is taken now"),
        (NEW_YORK, "2026-11-01", (0.5, 2.5), "Ana: Sun 1 Nov, 0:30-1:30 is taken now"),
    ],
)
def test_at_busy_time_goes_by_the_wall_on_days_on_which_clocks_change(
    zone: str, day: str, hours: tuple[float, float], line: str
) -> None:
    first = date.fromisoformat(day)
    window = window_of(first, zone)
    begins, ends = (window.start + int(hour * 3600) for hour in hours)
    change = Change(ChangeKind.TAKEN, (ana,), "", None, Interval(begins, ends))
    plan = a_plan(zone=zone)
    edition = Edition(a_digest(plan), "Acme", first - timedelta(days=1), window, (), at("8:30"), changes=(change,))
    assert change_lines(edition) == [line]
