"""What stands in a digest: of each no more than he agreed to, and no more than the channel may read."""

from dataclasses import replace

import pytest

from bot.domain.appointments import Venue, Where
from bot.domain.digests import Level, Rhythm
from bot.domain.effects import EffectKind
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.people import Standing
from bot.usecases.forget_member import ForgetMember
from tests.builders import at, second, span
from tests.unit.rendering.answers import actor, ana, ben, cara
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.digest_house import DigestHouse, a_wish
from tests.unit.usecases.digest_levels import BUSY, FULL, TITLES, TUESDAY, a_day, shown


@pytest.mark.parametrize(
    ("level", "agreed", "seen"),
    [
        (Level.BUSY, Level.BUSY, BUSY),
        (Level.TITLES, Level.BUSY, BUSY),
        (Level.FULL, Level.BUSY, BUSY),
        (Level.TITLES, Level.TITLES, TITLES),
        (Level.FULL, Level.TITLES, TITLES),
        (Level.FULL, Level.FULL, FULL),
    ],
)
def test_of_the_digests_level_and_what_was_agreed_to_the_lower_one_counts(
    level: Level, agreed: Level, seen: list[tuple[str, str]]
) -> None:
    assert shown(*a_day(level, agreed=agreed)) == seen


def test_a_level_that_is_lowered_holds_for_whoever_agreed_to_more() -> None:
    house, digest = a_day(Level.FULL)
    house.cases().save(actor(ana), a_wish(ana, level=Level.BUSY), origin="x", digest_id=digest.id)
    assert shown(house, digest) == BUSY


def test_conflict_calendars_are_never_more_than_busy() -> None:
    house, digest = a_day(Level.FULL)
    calendar = house.calendars[ana.id]
    row = house.store.tables.calendars[calendar.id]
    house.store.tables.calendars[calendar.id] = replace(
        row, calendar=replace(row.calendar, role=type(row.calendar.role).CONFLICT)
    )
    assert shown(house, digest)[:2] == [("9:00-9:30", "busy"), ("9:30-10:00", "busy")]


def test_nobody_is_in_it_before_he_agreed_and_the_preview_alone_says_who_was_asked() -> None:
    house = DigestHouse()
    house.add_event(ben, "16:00-16:30", "Standup")
    digest = house.has(a_wish(ana, ben, cara), agreed=False)
    house.cases().answer(actor(cara), digest.id, None)
    edition = house.cases().preview(actor(ana), digest.id)
    assert [person.member.name for person in edition.people] == ["Ana"]
    assert ([member.name for member in edition.waiting], edition.is_everyone) == (["Ben"], False)
    house.comes(f"{TUESDAY} 8:30")
    house.ticks()
    assert [line for line in house.reads() if "Ben" in line or "Cara" in line] == []


def test_whoever_is_no_full_member_any_more_is_left_out() -> None:
    house = DigestHouse()
    digest = house.has()
    house.becomes(ben, standing=Standing.GUEST)
    assert [one.member.name for one in house.compose()(digest, digest.next_day).people] == ["Ana"]


# fault 55
def test_whoever_asked_to_be_forgotten_is_left_out_though_somebody_puts_him_back() -> None:
    house = DigestHouse()
    digest = house.has()
    ForgetMember(house.store, house.clock)(actor(ben))
    shown = [[one.member.name for one in house.compose()(digest, digest.next_day).people]]
    house.cases().save(actor(ana), a_wish(), origin="again", digest_id=digest.id)
    with house.store.writing() as work:
        work.digests.answer(digest, ben.id, Level.TITLES)
        work.commit()
    edition = house.compose()(digest, digest.next_day)
    shown.append([one.member.name for one in edition.people])
    assert (shown, edition.waiting, edition.is_everyone) == ([["Ana"], ["Ana"]], (), False)


def test_everyone_is_free_when_all_working_hours_meet_and_nothing_is_on() -> None:
    house = DigestHouse()
    house.add_event(ana, "16:00-16:20", "Call")
    digest = house.has()
    house.comes(f"{TUESDAY} 8:30")
    edition = house.compose()(digest, digest.next_day)
    assert edition.free == (span("15:00-16:00"), span("16:20-17:00"))
    assert edition.is_everyone


def test_time_that_has_passed_is_not_free_any_more() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 16:10")
    assert house.compose()(digest, digest.next_day).free == (span("16:10-17:00"),)


def test_without_a_calendar_nobody_is_free() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ana, cara))
    edition = house.compose()(digest, digest.next_day)
    assert [(person.member.name, person.is_known, person.free != ()) for person in edition.people] == [
        ("Ana", True, True),
        ("Cara", False, False),
    ]
    assert (edition.free, edition.is_everyone) == ((), False)


def test_a_calendar_that_was_not_read_for_long_is_told() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ana))
    house.comes(f"{TUESDAY} 8:30")
    house.set_read(ana, at(f"{TUESDAY} 7:00"))
    [person] = house.compose()(digest, digest.next_day).people
    assert (person.is_late, person.late_since) == (True, at(f"{TUESDAY} 7:00"))


@pytest.mark.parametrize("why", ["busy", "one of its hosts", "private"])
def test_that_a_call_has_no_link_is_not_told_of_what_is_shown_as_busy(why: str) -> None:
    house = DigestHouse()
    hosts = (ana, ben) if why == "one of its hosts" else (ana,)
    booked = house.book(replace(a_request("16:00", *hosts), venue=Venue(Where.MEET))).appointment
    digest = house.has(a_wish(level=Level.BUSY if why == "busy" else Level.FULL))
    if why == "one of its hosts":
        house.cases().answer(actor(ben), digest.id, Level.BUSY)
    if why == "private":
        link = house.links(booked)[EffectKind.EVENT]
        copy = RemoteEvent(link.remote_id, EventStatus.CONFIRMED, ical_uid=link.ical_uid, title="Maya", is_private=True)
        house.put_event(ana, copy, "16:00-16:30")
    assert house.compose()(digest, digest.next_day).without_link == 0


def test_a_call_without_a_link_is_counted_once_for_all_its_hosts() -> None:
    house = DigestHouse()
    house.book(replace(a_request("16:00", ana, ben), venue=Venue(Where.MEET)))
    digest = house.has()
    assert house.compose()(digest, digest.next_day).without_link == 1


def test_a_weekly_digest_tells_of_seven_days_from_its_own_on() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ana, rhythm=Rhythm.WEEKLY, weekdays=frozenset({1})))
    edition = house.compose()(digest, digest.next_day)
    assert (edition.day.isoformat(), edition.window) == (
        TUESDAY,
        span(f"{TUESDAY} 0:00-1:00")._replace(end=second("2026-12-01 0:00")),
    )


def test_a_number_to_call_is_told_at_no_level() -> None:
    house = DigestHouse()
    house.book(replace(a_request("15:00"), venue=Venue(Where.PHONE, "+49 30 123456")))
    digest = house.has(a_wish(ana, level=Level.FULL))
    [item] = house.compose()(digest, digest.next_day).people[0].items
    assert (item.where, item.details) == (Where.PHONE, "")
