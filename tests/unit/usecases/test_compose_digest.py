"""What stands in a digest: of each no more than he agreed to, and no more than the channel may read."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from bot.domain.agenda import window_of
from bot.domain.appointments import Appointment, Venue, Where
from bot.domain.digest_changes import Change, ChangeKind
from bot.domain.digest_content import Edition
from bot.domain.digest_days import DigestItem
from bot.domain.digests import MOST_ASKED, Digest, Level, Rhythm
from bot.domain.effects import EffectKind, PrivacyChange
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.intervals import Interval
from bot.domain.people import Standing
from bot.rendering.digests.lines import change_lines
from bot.usecases.change_appointment import CancelAppointment
from bot.usecases.forget_member import ForgetMember
from bot.usecases.move_appointment import MoveAppointment, MoveRequest
from tests.builders import BERLIN, NEW_YORK, at, second, span
from tests.digest_builders import a_digest, a_plan
from tests.unit.rendering.answers import actor, ana, ben, cara
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


# faults 12, 13
@pytest.mark.parametrize("who", ["a guest", "somebody unknown", "too many, or others", "a guest whom Slack knows"])
def test_with_anybody_but_full_members_in_the_channel_everything_stays_at_busy(who: str) -> None:
    house, digest = a_day(Level.FULL)
    match who:
        case "a guest":
            house.becomes(cara, standing=Standing.GUEST)
        case "somebody unknown":
            house.channels.reads = ("U1", "UNEW")
        case "a guest whom Slack knows":
            house.channels.reads, house.channels.full = ("U1", "UNEW", "UGUEST"), {"UNEW"}
        case _:
            house.channels.reads = None
    assert shown(house, digest) == BUSY


# fault 13
@pytest.mark.parametrize("is_full", [True, False], ids=["a bot of the workspace", "a stranger"])
def test_whoever_is_stored_as_no_full_member_is_asked_about_anew(*, is_full: bool) -> None:
    house, digest = a_day(Level.FULL)
    house.becomes(cara, standing=Standing.EXTERNAL)
    house.channels.full = {"U3"} if is_full else set()
    assert (shown(house, digest), house.channels.asked) == (FULL if is_full else BUSY, ["U3"])


# fault 13
def test_whoever_became_a_guest_since_slack_called_him_a_full_member_is_a_guest() -> None:
    house, digest = a_day(Level.FULL)
    row = house.store.tables.members.pop(cara.id)
    house.channels.full = {"U3"}
    readers = house.readers()
    assert not readers(digest.workspace_id, digest.channel_id)
    house.clock.time += timedelta(hours=1)
    guest = replace(row, standing=Standing.GUEST, checked_at=house.clock.now())
    house.store.tables.members[cara.id] = guest
    house.channels.full = set()
    assert readers(digest.workspace_id, digest.channel_id)


def test_people_whom_daybook_looked_at_within_a_day_are_not_asked_about_again() -> None:
    house, digest = a_day(Level.FULL)
    for member in (ana, ben, cara):
        house.becomes(member, checked_at=house.clock.now() - timedelta(hours=23))
    house.channels.reads, house.channels.full = ("U1", "U2", "UNEW"), {"UNEW"}
    assert (shown(house, digest), house.channels.asked) == (FULL, ["UNEW"])
    assert house.directory.asked == []


# fault 13
@pytest.mark.parametrize(
    ("standing", "seen"), [(Standing.FULL, FULL), (Standing.GUEST, BUSY), (None, BUSY)], ids=["full", "guest", "silent"]
)
def test_about_a_reader_whom_nobody_looked_at_for_a_day_slack_is_asked(
    standing: Standing | None, seen: list[tuple[str, str]]
) -> None:
    house, digest = a_day(Level.FULL)
    house.becomes(cara, checked_at=house.clock.now() - timedelta(days=1))
    house.channels.reads = ("U3",)
    house.directory.people = {} if standing is None else {"U3": replace(cara, standing=standing)}
    assert (shown(house, digest), house.directory.asked) == (seen, ["U3"])
    stored = house.store.tables.members[cara.id]
    assert (stored.standing, stored.checked_at == house.clock.now()) == (
        standing or Standing.FULL,
        standing is not None,
    )


def test_a_reader_whom_daybook_does_not_know_is_looked_at_once_a_day() -> None:
    house, digest = a_day(Level.FULL)
    house.channels.reads, house.channels.full = ("U1", "UNEW"), {"UNEW"}
    compose, asked = house.compose(), []
    for hours in (0, 23, 1):
        house.clock.time += timedelta(hours=hours)
        compose(digest, digest.next_day)
        asked.append(len(house.channels.asked))
    assert asked == [1, 1, 2]


def test_a_reader_of_whom_slack_says_nothing_is_asked_about_again() -> None:
    house, digest = a_day(Level.FULL)
    house.channels.reads = ("U1", "UNEW")
    compose = house.compose()
    assert compose(digest, digest.next_day).has_outsiders
    house.channels.full = {"UNEW"}
    assert not compose(digest, digest.next_day).has_outsiders


# fault 13
def test_a_look_that_takes_longer_than_half_a_minute_counts_as_guests() -> None:
    house, digest = a_day(Level.FULL)
    crowd = tuple(f"UC{number:02}" for number in range(MOST_ASKED))
    house.channels.reads, house.channels.full = crowd, set(crowd)

    def slowly() -> None:
        house.clock.time += timedelta(seconds=4)

    house.channels.looking = slowly
    assert (shown(house, digest), len(house.channels.asked)) == (BUSY, 8)


def test_of_many_readers_those_are_asked_about_at_whom_nobody_looked_for_longest() -> None:
    house, digest = a_day(Level.FULL)
    crowd = [
        replace(
            cara,
            id=UUID(int=9000 + number),
            slack_user_id=f"UC{number:02}",
            checked_at=house.clock.now() - timedelta(days=99 - number),
        )
        for number in range(MOST_ASKED + 5)
    ]
    house.store.tables.members |= {member.id: member for member in crowd}
    house.directory.people = {member.slack_user_id: member for member in crowd}
    house.channels.reads, house.channels.full = ("UNEW", *house.directory.people), {"UNEW"}
    for _ in range(2):
        assert shown(house, digest) == FULL
    assert house.directory.asked == [f"UC{number:02}" for number in range(MOST_ASKED + 5)]


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


def test_a_digest_of_busy_times_does_not_ask_who_reads_it() -> None:
    house, digest = a_day(Level.BUSY)
    house.channels.reads = ("U1", "UNEW")
    assert (shown(house, digest), house.channels.asked) == (BUSY, [])


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
