"""An event is missing: one day in Google beside what is stored, by every kind of event."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.calendars import TWO_WAY, Calendar
from bot.domain.compare_days import asked_ids, compare, span_of, stored_day, unused_day
from bot.domain.events import (
    AgendaEntry,
    AllDay,
    EventKind,
    EventStatus,
    Occurrence,
    RemoteEvent,
    Response,
    ShowsAs,
)
from bot.domain.missing_events import MOST_EVENTS, Compared, MissingReason, StoredDay
from bot.domain.round_trips import begin
from bot.domain.shades import Shade
from tests.builders import ANA, BERLIN, NEW_YORK, at, days, span
from tests.event_builders import a_day_off, a_meeting, timed
from tests.unit.rendering.connections import a_calendar, a_linked_calendar

NOW = at("12:00")
DAY = days()
TWO_WAY_CALENDAR = replace(a_linked_calendar(), option=TWO_WAY, expanded_until=at("2027-11-01 0:00"))
MEETING = replace(a_meeting(), title="Kick-off", ical_uid="uid")


def stored_as(event: RemoteEvent, calendar: Calendar = TWO_WAY_CALENDAR, **entry: object) -> AgendaEntry:
    """The entry of an event, as it was read; what is visibly different is named."""
    when = span_of(event, calendar.zone)
    assert when is not None
    plain = AgendaEntry(
        occurrence=Occurrence(*when, event.id, event.series_id or event.id, blocks=event.shows_as is ShowsAs.BUSY),
        calendar_name=calendar.name,
        is_linked=calendar.role == "linked",
        title=event.title,
        shows_as=event.shows_as,
        kind=event.kind,
        is_private=event.is_private,
        is_all_day=isinstance(event.start, AllDay),
        calendar_id=calendar.id,
        response=event.response,
        shade=Shade.TEAL,
    )
    return replace(plain, **entry)  # type: ignore[arg-type]  # by name


def compared(
    live: Sequence[RemoteEvent],
    entries: Sequence[AgendaEntry] = (),
    known: Sequence[RemoteEvent] = (),
    calendar: Calendar = TWO_WAY_CALENDAR,
    unreadable: dict[str, str] | None = None,
    day: str = "2026-11-24",
    zone: str = BERLIN,
) -> Sequence[Compared]:
    stored = StoredDay(calendar, entries, {one.id: one for one in known}, unreadable or {})
    return compare(live, stored, days(day, zone=zone), zone, NOW)


def reasons(found: Sequence[Compared]) -> list[str]:
    return [one.reason.value for one in found]


def open_one(**fields: object) -> tuple[RemoteEvent, AgendaEntry]:
    """A meeting that does not block, live and stored alike."""
    event = replace(MEETING, **fields)  # type: ignore[arg-type]  # by name
    entry = stored_as(event)
    return event, replace(entry, occurrence=entry.occurrence._replace(blocks=False))


STORED = stored_as(MEETING)
DECLINED = open_one(response=Response.DECLINED)
UNSURE = open_one(response=Response.TENTATIVE)
FREE = open_one(shows_as=ShowsAs.FREE)
AT_HOME = open_one(kind=EventKind.WORKING_LOCATION)
BIRTHDAY = open_one(kind=EventKind.BIRTHDAY)
PRIVATE = replace(MEETING, is_private=True)
ONE_WAY_CALENDAR = a_linked_calendar()


@pytest.mark.parametrize(
    ("live", "entry", "reason"),
    [
        (MEETING, STORED, "shown"),
        (MEETING, None, "not_read"),
        (*FREE, "free"),
        (*DECLINED, "declined"),
        (*UNSURE, "left_open"),
        (*AT_HOME, "working_location"),
        (*BIRTHDAY, "birthday"),
        (MEETING, replace(STORED, is_ignored=True), "ignored"),
        (PRIVATE, stored_as(PRIVATE), "private"),
        (MEETING, replace(STORED, shade=Shade.GREY), "left_out"),
        (replace(MEETING, title="Kick-off 2"), STORED, "changed"),
        (replace(MEETING, shows_as=ShowsAs.FREE), STORED, "changed"),
        (replace(MEETING, response=Response.DECLINED), STORED, "changed"),
        (replace(MEETING, end=timed("2026-11-24 11:00")), STORED, "changed"),
        (replace(MEETING, status=EventStatus.CANCELLED), STORED, "cancelled"),
        (replace(MEETING, status=EventStatus.CANCELLED), None, "cancelled"),
    ],
)
def test_an_event_has_the_first_reason_that_fits(live: RemoteEvent, entry: AgendaEntry | None, reason: str) -> None:
    assert reasons(compared([live], [entry] if entry else [])) == [reason]


def test_one_way_shows_grey_and_so_does_a_conflict_calendar_hatched() -> None:
    assert reasons(compared([MEETING], [stored_as(MEETING, ONE_WAY_CALENDAR)], calendar=ONE_WAY_CALENDAR)) == [
        "one_way"
    ]
    family = a_calendar("Family", read_at=NOW)
    assert reasons(compared([MEETING], [stored_as(MEETING, family)], calendar=family)) == ["shown"]


def test_an_event_that_is_not_read_yet_tells_when_google_has_it() -> None:
    assert compared([MEETING]) == (Compared(MissingReason.NOT_READ, "Kick-off", span("9:00-10:00")),)


def test_a_stored_event_that_google_does_not_list_any_more_is_told_too() -> None:
    [gone] = compared([], [STORED])
    assert (gone.reason, gone.span, gone.stored) == (MissingReason.GONE, span("9:00-10:00"), span("9:00-10:00"))


def test_an_event_that_was_moved_here_tells_where_it_is_stored() -> None:
    before = replace(MEETING, start=timed("2026-11-25 9:00"), end=timed("2026-11-25 10:00"))
    [moved] = compared([MEETING], known=[before])
    assert (moved.reason, moved.span, moved.stored) == (
        MissingReason.MOVED,
        span("9:00-10:00"),
        span("2026-11-25 9:00-10:00"),
    )


def test_the_event_of_an_appointment_is_told_by_the_appointment() -> None:
    assert reasons(compared([MEETING], known=[MEETING])) == ["own_copy"]


def test_an_event_that_could_not_be_worked_out_says_what_is_wrong() -> None:
    [odd] = compared([replace(MEETING, id="m_1", series_id="m")], unreadable={"m": "It repeats every second."})
    assert (odd.reason, odd.detail) == (MissingReason.UNEXPANDED, "It repeats every second.")


@pytest.mark.parametrize("day", ["2026-09-01", "2027-12-01"])
def test_a_day_that_is_not_kept_says_so(day: str) -> None:
    event = a_meeting(when=f"{day} 9:00-10:00")
    assert reasons(compared([event], day=day)) == ["out_of_reach"]


def test_one_time_of_a_series_is_found_at_its_place_or_under_its_own_id() -> None:
    time = replace(MEETING, id="m_20261124T080000Z", series_id="m", original_start=MEETING.start)
    of_series = replace(STORED, occurrence=STORED.occurrence._replace(event_id="m", series_id="m"))
    changed = replace(STORED, occurrence=STORED.occurrence._replace(event_id=time.id, series_id="m"))
    assert reasons(compared([time], [of_series])) == ["shown"]
    assert reasons(compared([time], [changed])) == ["shown"]
    moved = replace(time, start=timed("2026-11-24 15:00"), end=timed("2026-11-24 16:00"))
    assert reasons(compared([moved], [of_series])) == ["changed"]
    assert asked_ids([time]) == {"m", "m_20261124T080000Z"}


@pytest.mark.parametrize(
    ("zone", "day", "reason"),
    [
        (BERLIN, "2026-11-24", "shown"),
        (NEW_YORK, "2026-11-24", "other_zone"),
        (BERLIN, "2026-03-29", "shown"),  # 23 hours
        (NEW_YORK, "2026-10-25", "other_zone"),  # 25 hours in Berlin alone
    ],
)
def test_a_whole_day_of_another_zone_is_said_to_be_one(zone: str, day: str, reason: str) -> None:
    family = replace(a_calendar("Family", read_at=NOW), expanded_until=at("2027-11-01 0:00"))
    off = replace(a_day_off(first=day), title="Off")
    stored = StoredDay(family, [stored_as(off, family)])
    assert reasons(compare([off], stored, days(day, zone=zone), zone, at(f"{day} 12:00"))) == [reason]


def test_the_event_of_a_check_and_what_has_no_time_are_passed_over() -> None:
    check = replace(MEETING, id=begin(ANA, TWO_WAY_CALENDAR, None, NOW).event_id, shows_as=ShowsAs.FREE)
    assert compared([check, RemoteEvent("x", EventStatus.CANCELLED)]) == ()


def test_a_calendar_that_is_not_used_says_so_of_each_event() -> None:
    assert reasons(unused_day([MEETING, replace(MEETING, id="n")], BERLIN)) == ["unused", "unused"]


def test_what_is_stored_is_told_where_google_does_not_answer() -> None:
    entries = [replace(STORED, is_ignored=True), stored_as(replace(MEETING, id="n", title="Lunch"))]
    assert reasons(stored_day(StoredDay(TWO_WAY_CALENDAR, entries))) == ["ignored", "shown"]


def test_only_googles_own_pages_are_linked_to() -> None:
    google, other = "https://www.google.com/calendar/event?eid=1", "https://evil.test/"
    events = [replace(MEETING, link=google), replace(MEETING, id="n", title="Lunch", link=other)]
    assert [one.link for one in compared(events)] == [google, ""]


def test_of_a_day_with_more_events_than_are_looked_at_nothing_is_said_to_be_gone() -> None:
    many = [replace(MEETING, id=f"e{number}") for number in range(MOST_EVENTS)]
    assert set(reasons(compared(many, [STORED]))) == {"not_read"}


@pytest.mark.parametrize("days_long", [0, 1, 3])
def test_a_whole_day_is_as_long_as_the_sync_says(days_long: int) -> None:
    off = a_day_off(days=days_long)
    assert reasons(compared([off], [stored_as(off)])) == ["shown"]
    assert span_of(a_day_off(days=0), BERLIN) == DAY
